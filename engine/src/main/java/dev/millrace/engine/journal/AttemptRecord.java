package dev.millrace.engine.journal;

import dev.millrace.engine.task.AttemptOutcome;
import java.util.Objects;

/**
 * One attempt of a task's call, as it is kept.
 *
 * @param number counted from one
 * @param startedAt epoch microseconds
 * @param status the HTTP status, 0 where none came
 */
public record AttemptRecord(
    int number, long startedAt, long durationNanos, AttemptOutcome outcome, int status) {
  public AttemptRecord {
    Objects.requireNonNull(outcome);
  }
}
