package dev.millrace.engine.plan;

/**
 * What history says of how long tasks take; asked by dry runs, on the thread that runs them, and
 * must therefore answer from memory.
 */
public interface Estimates {
  /** No history. */
  Estimates NONE = (namespace, workflow, taskId) -> TaskEstimate.UNKNOWN;

  /** How long a task of a workflow took lately. */
  TaskEstimate task(String namespace, String workflow, String taskId);

  /**
   * How long a task took.
   *
   * @param p50Millis null when there are no samples
   * @param p95Millis null when there are no samples
   */
  record TaskEstimate(Double p50Millis, Double p95Millis, int samples) {
    /** Nothing is known. */
    public static final TaskEstimate UNKNOWN = new TaskEstimate(null, null, 0);
  }
}
