package dev.millrace.engine.journal;

/** Where a task of an execution stands; the constant's name is the name on the wire. */
public enum TaskStatus {
  Pending,
  Running,
  Succeeded,
  Failed,
  Skipped,
  Cancelled
}
