package dev.millrace.engine.execution;

import dev.millrace.engine.journal.AttemptRecord;
import dev.millrace.engine.journal.TaskStatus;
import dev.millrace.engine.problem.Failure;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Where one task of an execution stands. Owned and changed by its {@link ExecutionState} only, on
 * the execution's event loop; times are epoch microseconds, 0 where there is none.
 */
public final class TaskProgress {
  TaskStatus status = TaskStatus.Pending;
  JsonNode input;
  JsonNode output;
  Failure failure;
  boolean continued;
  List<AttemptRecord> attempts = List.of();
  long queuedAt;
  long startedAt;
  long endedAt;

  TaskProgress() {}

  /** Where it stands. */
  public TaskStatus status() {
    return status;
  }

  /** Whether it has come to its end. */
  public boolean isEnded() {
    return switch (status) {
      case Pending, Running -> false;
      case Succeeded, Failed, Skipped, Cancelled -> true;
    };
  }

  /** What it was called with; null when it never began. */
  public JsonNode input() {
    return input;
  }

  /** What it yielded, by itself or by {@code continueWith}; null while there is none. */
  public JsonNode output() {
    return output;
  }

  /** Why it failed; null unless it did. */
  public Failure failure() {
    return failure;
  }

  /** Whether {@code continueWith} took the place of its output. */
  public boolean continued() {
    return continued;
  }

  /** The attempts it made. */
  public List<AttemptRecord> attempts() {
    return attempts;
  }

  /** When its dependencies had ended. */
  public long queuedAt() {
    return queuedAt;
  }

  /** When it began. */
  public long startedAt() {
    return startedAt;
  }

  /** When it ended. */
  public long endedAt() {
    return endedAt;
  }
}
