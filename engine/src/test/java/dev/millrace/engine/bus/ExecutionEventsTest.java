package dev.millrace.engine.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.TaskStatus;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExecutionEventsTest {
  private final Vertx vertx = Vertx.vertx();
  private final Clock clock =
      Clock.fixed(Instant.parse("2026-11-23T09:00:00.123Z"), ZoneOffset.UTC);
  private final ExecutionEvents events = new ExecutionEvents(vertx, clock);
  private final List<JsonObject> heard = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    var closed = vertx.close();
    await().until(closed::isComplete);
  }

  @Test
  void namesEveryEndOfTasksAndExecutions() {
    vertx
        .eventBus()
        .<JsonObject>consumer(EngineAddresses.EVENTS, message -> heard.add(message.body()));

    for (TaskStatus status :
        List.of(
            TaskStatus.Succeeded, TaskStatus.Failed, TaskStatus.Skipped, TaskStatus.Cancelled)) {
      events.taskEnded("id", "default", "flow", "a", status);
    }
    for (ExecutionStatus status :
        List.of(
            ExecutionStatus.Succeeded,
            ExecutionStatus.Failed,
            ExecutionStatus.Cancelled,
            ExecutionStatus.TimedOut,
            ExecutionStatus.Interrupted)) {
      events.executionEnded("id", "default", "flow", status, 1);
    }

    await().until(() -> heard.size() == 9);
    assertThat(heard)
        .extracting(event -> event.getString("type"))
        .containsExactly(
            "taskSucceeded",
            "taskFailed",
            "taskSkipped",
            "taskCancelled",
            "succeeded",
            "failed",
            "cancelled",
            "timedOut",
            "interrupted");
    assertThat(heard.get(8))
        .isEqualTo(
            new JsonObject()
                .put("executionId", "id")
                .put("workflow", "flow")
                .put("type", "interrupted")
                .put("at", "2026-11-23T09:00:00.123Z"));
  }

  @Test
  void whatRunsIsNoEnd() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> events.taskEnded("id", "n", "w", "a", TaskStatus.Running));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> events.executionEnded("id", "n", "w", ExecutionStatus.Paused, 1));
  }
}
