package dev.millrace.app.faults;

/** The one clock of the fault test: wall clock at its start, monotonic from then on. Any thread. */
final class EpochMicros {
  private static final long STARTED_AT = System.currentTimeMillis() * 1_000L;
  private static final long STARTED_NANOS = System.nanoTime();

  private EpochMicros() {}

  static long now() {
    return STARTED_AT + (System.nanoTime() - STARTED_NANOS) / 1_000L;
  }
}
