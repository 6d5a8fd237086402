package dev.millrace.engine.execution;

import dev.millrace.engine.journal.TaskStatus;
import tools.jackson.databind.JsonNode;

/**
 * A task of a finished execution.
 *
 * @param input null when it never began
 * @param output null when it yielded none
 * @param startedAtMicros epoch microseconds, 0 when it never began
 */
public record TaskResult(
    String id,
    String taskRef,
    TaskStatus status,
    int attempts,
    long startedAtMicros,
    long durationNanos,
    JsonNode input,
    JsonNode output) {}
