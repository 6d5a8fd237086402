package dev.millrace.engine.bus;

import dev.millrace.engine.execution.EngineObserver;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.TaskStatus;
import dev.millrace.engine.journal.WireTime;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;

/**
 * Publishes what happens in executions to the event bus; made by the program where events are
 * enabled, called on any event loop. Carries names and times, never values.
 */
public final class ExecutionEvents implements EngineObserver {
  private final Vertx vertx;
  private final Clock clock;

  /** Makes a publisher. */
  public ExecutionEvents(Vertx vertx) {
    this(vertx, Clock.systemUTC());
  }

  ExecutionEvents(Vertx vertx, Clock clock) {
    this.vertx = vertx;
    this.clock = clock;
  }

  @Override
  public void executionStarted(String executionId, String namespace, String workflow) {
    publish(executionId, workflow, "started", null);
  }

  @Override
  public void taskEnded(
      String executionId, String namespace, String workflow, String taskId, TaskStatus status) {
    publish(executionId, workflow, type(status), taskId);
  }

  @Override
  public void executionPaused(String executionId, String namespace, String workflow) {
    publish(executionId, workflow, "paused", null);
  }

  @Override
  public void executionResumed(String executionId, String namespace, String workflow) {
    publish(executionId, workflow, "resumed", null);
  }

  @Override
  public void executionEnded(
      String executionId,
      String namespace,
      String workflow,
      ExecutionStatus status,
      long durationNanos) {
    publish(executionId, workflow, type(status), null);
  }

  private static String type(TaskStatus status) {
    return switch (status) {
      case Pending, Running -> throw new IllegalArgumentException(status + " is not an end");
      case Succeeded -> "taskSucceeded";
      case Failed -> "taskFailed";
      case Skipped -> "taskSkipped";
      case Cancelled -> "taskCancelled";
    };
  }

  private static String type(ExecutionStatus status) {
    return switch (status) {
      case Running, Paused -> throw new IllegalArgumentException(status + " is not an end");
      case Succeeded -> "succeeded";
      case Failed -> "failed";
      case Cancelled -> "cancelled";
      case TimedOut -> "timedOut";
      case Interrupted -> "interrupted";
    };
  }

  private void publish(String executionId, String workflow, String type, String taskId) {
    JsonObject event =
        new JsonObject()
            .put("executionId", executionId)
            .put("workflow", workflow)
            .put("type", type)
            .put("at", WireTime.instant(clock.millis() * 1_000L));
    if (taskId != null) {
      event.put("taskId", taskId);
    }
    vertx.eventBus().publish(EngineAddresses.EVENTS, event);
  }
}
