package dev.millrace.engine.journal;

import dev.millrace.engine.problem.Failure;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * One ended task of an execution, as history tells it. Times are epoch microseconds, 0 where there
 * is none.
 *
 * @param slot the task's index in the definition that ran
 * @param input what it was called with; null when it never began
 * @param output null unless it yielded one, by itself or by {@code continueWith}
 * @param failure null unless it failed
 * @param continued whether {@code continueWith} took the place of its output
 */
public record TaskRecord(
    int slot,
    String taskId,
    String taskRef,
    TaskStatus status,
    JsonNode input,
    JsonNode output,
    Failure failure,
    boolean continued,
    List<AttemptRecord> attempts,
    long queuedAt,
    long startedAt,
    long endedAt) {
  public TaskRecord {
    Objects.requireNonNull(taskId);
    Objects.requireNonNull(taskRef);
    Objects.requireNonNull(status);
    attempts = List.copyOf(attempts);
  }

  /** What history keeps of a fact. */
  public static TaskRecord of(Fact.TaskEnded fact) {
    return new TaskRecord(
        fact.slot(),
        fact.taskId(),
        fact.taskRef(),
        fact.status(),
        fact.input(),
        fact.output(),
        fact.failure(),
        fact.continued(),
        fact.attempts(),
        fact.queuedAt(),
        fact.startedAt(),
        fact.endedAt());
  }

  /** The same task at another place of its workflow. */
  public TaskRecord inSlot(int place) {
    return new TaskRecord(
        place, taskId, taskRef, status, input, output, failure, continued, attempts, queuedAt,
        startedAt, endedAt);
  }

  /** The fact of an execution that this was kept of. */
  public Fact.TaskEnded fact(String executionId) {
    return new Fact.TaskEnded(
        executionId,
        slot,
        taskId,
        taskRef,
        status,
        input,
        output,
        failure,
        continued,
        attempts,
        queuedAt,
        startedAt,
        endedAt);
  }
}
