package dev.millrace.app.demo;

import java.util.Locale;
import java.util.Objects;

/**
 * How one endpoint of the demo's upstream misbehaves; immutable, usable on any thread.
 *
 * @param latencyMs added to every answer
 * @param status what {@link Mode#ERROR} answers
 * @param share the part of the calls that the mode hits, 0 to 1
 */
record Fault(Mode mode, int status, int latencyMs, double share) {

  static final Fault NONE = new Fault(Mode.NONE, 500, 0, 1.0);

  private static final int MAX_LATENCY_MS = 60_000;

  /** What a hit call gets. */
  enum Mode {
    NONE,
    ERROR,
    HANG,
    HTML,
    TRUNCATE;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Fault {
    Objects.requireNonNull(mode);
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status must be from 200 to 599");
    }
    if (latencyMs < 0 || latencyMs > MAX_LATENCY_MS) {
      throw new IllegalArgumentException("latencyMs must be from 0 to " + MAX_LATENCY_MS);
    }
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be from 0 to 1");
    }
  }
}
