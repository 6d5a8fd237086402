package dev.millrace.engine.journal;

import dev.millrace.engine.definition.Durability;
import dev.millrace.engine.problem.Failure;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * All that is known of one execution.
 *
 * @param planHash of the {@link PlanVersion} that it runs by; null where none is kept
 * @param deadlineAt epoch microseconds
 * @param output null unless it succeeded
 * @param failure why it did not succeed; null while it runs and when it did
 * @param tasks those that ended, in document order
 */
public record ExecutionRecord(
    ExecutionSummary summary,
    String planHash,
    Durability durability,
    JsonNode input,
    JsonNode output,
    Failure failure,
    long deadlineAt,
    List<TaskRecord> tasks) {
  public ExecutionRecord {
    Objects.requireNonNull(summary);
    Objects.requireNonNull(durability);
    tasks = List.copyOf(tasks);
  }

  /** The fact of its start that this was kept of. */
  public Fact.ExecutionStarted started() {
    return new Fact.ExecutionStarted(
        summary.executionId(),
        summary.namespace(),
        summary.workflow(),
        summary.versionHash(),
        planHash,
        durability,
        input,
        summary.startedAt(),
        deadlineAt);
  }
}
