package dev.millrace.perf.stress;

import java.net.URI;

/**
 * A gateway that runs. Owned by its {@link Bench}.
 *
 * @param url without a path
 */
public record Gateway(Program program, URI url) {}
