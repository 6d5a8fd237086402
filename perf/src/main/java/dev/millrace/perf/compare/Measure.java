package dev.millrace.perf.compare;

/** A line of the table: what is measured and how it is read from a run. A constant. */
enum Measure {
  THROUGHPUT("executions per second", 0),
  P50("p50, ms", 2),
  P99("p99, ms", 2),
  CPU("CPU seconds per 1,000", 3),
  DATABASE_CPU("the same of PostgreSQL", 3);

  private final String label;
  private final int digits;

  Measure(String label, int digits) {
    this.label = label;
    this.digits = digits;
  }

  String label() {
    return label;
  }

  /** Digits after the point when printed. */
  int digits() {
    return digits;
  }

  double of(Measurement run) {
    return switch (this) {
      case THROUGHPUT -> run.throughput();
      case P50 -> run.p50Millis();
      case P99 -> run.p99Millis();
      case CPU -> run.cpuSecondsPerThousand();
      case DATABASE_CPU -> run.databaseCpuSecondsPerThousand();
    };
  }
}
