package dev.millrace.engine.journal;

import java.util.Objects;

/**
 * One line of an execution list. Times are epoch microseconds.
 *
 * @param versionHash of the definition that ran
 * @param endedAt 0 while it runs
 */
public record ExecutionSummary(
    String executionId,
    String namespace,
    String workflow,
    String versionHash,
    ExecutionStatus status,
    long startedAt,
    long endedAt) {
  public ExecutionSummary {
    Objects.requireNonNull(executionId);
    Objects.requireNonNull(namespace);
    Objects.requireNonNull(workflow);
    Objects.requireNonNull(versionHash);
    Objects.requireNonNull(status);
  }
}
