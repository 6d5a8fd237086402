package dev.millrace.perf.load;

import java.net.URI;

/**
 * A gateway that runs. Owned by its {@link Bench}.
 *
 * @param url without a path
 */
record Gateway(Program program, URI url) {}
