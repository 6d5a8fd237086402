package dev.millrace.engine.journal;

import dev.millrace.engine.definition.Durability;
import dev.millrace.engine.problem.Failure;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What happened in an execution: append-only, enough to rebuild its state. Times are epoch
 * microseconds.
 */
public sealed interface Fact {
  /** The execution, a UUIDv7. */
  String executionId();

  /**
   * An execution was accepted.
   *
   * @param executionId made at {@code startedAt}, so that a range of time is a range of ids; less
   *     than a day apart where the clock was set
   * @param planHash of the {@link PlanVersion} that it runs by; null where none is kept
   */
  record ExecutionStarted(
      String executionId,
      String namespace,
      String workflow,
      String versionHash,
      String planHash,
      Durability durability,
      JsonNode input,
      long startedAt,
      long deadlineAt)
      implements Fact {
    /** Without a kept plan. */
    public ExecutionStarted(
        String executionId,
        String namespace,
        String workflow,
        String versionHash,
        Durability durability,
        JsonNode input,
        long startedAt,
        long deadlineAt) {
      this(
          executionId,
          namespace,
          workflow,
          versionHash,
          null,
          durability,
          input,
          startedAt,
          deadlineAt);
    }
  }

  /**
   * A task came to its end. Said again of a task that succeeded, with the end of the execution, it
   * takes the place of what was said before.
   *
   * @param input what it was called with; null when it never began
   * @param output null unless it yielded one, by itself or by {@code continueWith}
   * @param failure null unless it failed
   * @param continued whether {@code continueWith} took the place of its output
   */
  record TaskEnded(
      String executionId,
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
      long endedAt)
      implements Fact {
    public TaskEnded {
      attempts = List.copyOf(attempts);
    }
  }

  /**
   * The execution stands still: nothing of it is in flight, and what had ended is recorded. It goes
   * on when somebody claims it ({@link ExecutionClaims#claimPaused}), which is therefore no fact.
   */
  record ExecutionPaused(String executionId, long pausedAt) implements Fact {}

  /**
   * The execution came to its end.
   *
   * @param input what takes the place of its input in the record from now on; null to leave that
   */
  record ExecutionEnded(
      String executionId,
      ExecutionStatus status,
      JsonNode output,
      Failure failure,
      long endedAt,
      JsonNode input)
      implements Fact {
    /** With its input as it is. */
    public ExecutionEnded(
        String executionId,
        ExecutionStatus status,
        JsonNode output,
        Failure failure,
        long endedAt) {
      this(executionId, status, output, failure, endedAt, null);
    }
  }
}
