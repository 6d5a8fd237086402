package dev.millrace.engine.execution;

import dev.millrace.engine.task.Cancellation;
import dev.millrace.engine.task.TraceContext;
import tools.jackson.databind.JsonNode;

/**
 * A wish to run a workflow.
 *
 * @param namespace null for the default namespace
 * @param timeoutMillis lowers the workflow's own timeout; 0 leaves it
 * @param cancellation cancelled by the caller when nobody waits for the answer any more
 */
public record ExecutionRequest(
    String namespace,
    String workflow,
    JsonNode input,
    long timeoutMillis,
    TraceContext trace,
    Cancellation cancellation) {}
