package dev.millrace.engine.plan;

/**
 * What history says of how long the tasks of one workflow take; read before the dry run that asks
 * for it, on whose thread it answers from memory.
 */
public interface Estimates {
  /** No history. */
  Estimates NONE = taskId -> TaskEstimate.UNKNOWN;

  /** How long a task took of late. */
  TaskEstimate task(String taskId);

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
