package dev.millrace.engine.task;

/** Where a task's circuit breaker stands. */
public enum BreakerState {
  CLOSED("closed"),
  OPEN("open"),
  HALF_OPEN("halfOpen");

  private final String label;

  BreakerState(String label) {
    this.label = label;
  }

  /** The name on the wire and in metrics. */
  public String label() {
    return label;
  }
}
