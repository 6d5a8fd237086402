package dev.millrace.engine.task;

import dev.millrace.engine.definition.RetryPolicy;
import io.vertx.core.Future;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * One task of one execution, ready to be called.
 *
 * @param taskId the task's id in its workflow
 * @param timeoutMillis of one attempt
 * @param input valid under the task's input schema
 * @param deadlineNanos when the execution's time is over, on the monotonic clock
 * @param clearance asked in the moment before each request is sent: null when it may go, otherwise
 *     what it must wait for; one that fails leaves the end to the cancellation or the time-out
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
    Cancellation cancellation,
    Supplier<Future<Void>> clearance) {
  /** Of a call that waits for nothing. */
  public static final Supplier<Future<Void>> CLEAR = () -> null;
}
