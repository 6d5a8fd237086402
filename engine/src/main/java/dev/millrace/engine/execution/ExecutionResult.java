package dev.millrace.engine.execution;

import dev.millrace.engine.journal.ExecutionStatus;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * An execution that succeeded, or that was paused and has no output yet.
 *
 * @param output null when it was paused
 * @param version the version hash of the definition that ran
 * @param startedAtMicros epoch microseconds
 * @param tasks in document order
 */
public record ExecutionResult(
    String executionId,
    String workflow,
    String version,
    ExecutionStatus status,
    JsonNode output,
    long startedAtMicros,
    long durationNanos,
    List<TaskResult> tasks) {}
