package dev.millrace.engine.journal;

/** Where an execution stands; the constant's name is the name on the wire. */
public enum ExecutionStatus {
  Running,
  Succeeded,
  Failed,
  Paused,
  Cancelled,
  TimedOut,
  Interrupted
}
