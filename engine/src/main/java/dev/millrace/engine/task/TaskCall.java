package dev.millrace.engine.task;

import dev.millrace.engine.definition.RetryPolicy;
import tools.jackson.databind.JsonNode;

/**
 * One task of one execution, ready to be called.
 *
 * @param taskId the task's id in its workflow
 * @param timeoutMillis of one attempt
 * @param input valid under the task's input schema
 * @param deadlineNanos when the execution's time is over, on the monotonic clock
 */
public record TaskCall(
    CompiledTask task,
    String executionId,
    String taskId,
    RetryPolicy retry,
    long timeoutMillis,
    JsonNode input,
    long deadlineNanos,
    TraceContext trace,
    Cancellation cancellation) {}
