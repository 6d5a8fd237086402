package dev.millrace.engine.problem;

/** Who must act on an error. */
public enum ErrorCategory {
  /** The caller sent something that cannot be accepted. */
  CALLER,
  /** The workflow or one of its tasks is defined wrongly. */
  DEFINITION,
  /** A service that a task called did not do its part. */
  UPSTREAM,
  /** There is no room at the moment; trying again later helps. */
  CAPACITY,
  /** A fault of Millrace itself. */
  INTERNAL
}
