package dev.millrace.perf.compare;

/** A line of the table: what is measured and how it is read from a run. A constant. */
enum Measure {
  THROUGHPUT("throughput", "executions per second", 0),
  P50("p50", "p50, ms", 2),
  P99("p99", "p99, ms", 2),
  P999("p999", "p99.9, ms", 2),
  CPU("cpu", "CPU seconds per 1,000", 3),
  DATABASE_CPU("databaseCpu", "the same of PostgreSQL", 3),
  ALLOCATED("allocated", "KB allocated each", 1);

  private final String key;
  private final String label;
  private final int digits;

  Measure(String key, String label, int digits) {
    this.key = key;
    this.label = label;
    this.digits = digits;
  }

  /** Its name in JSON. */
  String key() {
    return key;
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
      case P50 -> run.result().p50Millis();
      case P99 -> run.result().p99Millis();
      case P999 -> run.result().p999Millis();
      case CPU -> run.cpuSecondsPerThousand();
      case DATABASE_CPU -> run.databaseCpuSecondsPerThousand();
      case ALLOCATED -> run.allocatedKilobytes();
    };
  }
}
