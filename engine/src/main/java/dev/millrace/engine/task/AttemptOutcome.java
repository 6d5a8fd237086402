package dev.millrace.engine.task;

/** How one attempt of a task's call ended. */
public enum AttemptOutcome {
  SUCCEEDED("succeeded"),
  CONNECT_FAILED("connectFailed"),
  TIMED_OUT("timedOut"),
  FAILED_STATUS("failedStatus"),
  INVALID_ANSWER("invalidAnswer"),
  CIRCUIT_OPEN("circuitOpen"),
  CANCELLED("cancelled");

  private final String label;

  AttemptOutcome(String label) {
    this.label = label;
  }

  /** The name on the wire. */
  public String label() {
    return label;
  }
}
