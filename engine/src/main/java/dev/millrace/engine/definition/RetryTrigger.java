package dev.millrace.engine.definition;

/** What lets a task try again. */
public sealed interface RetryTrigger {
  /** The connection could not be made or broke. */
  record Connect() implements RetryTrigger {}

  /** The attempt took longer than its timeout. */
  record Timeout() implements RetryTrigger {}

  /** The service answered with one of these statuses. */
  record Status(StatusPattern pattern) implements RetryTrigger {}
}
