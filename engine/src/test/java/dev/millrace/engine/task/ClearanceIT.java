package dev.millrace.engine.task;

import static dev.millrace.engine.task.Definitions.json;
import static dev.millrace.engine.task.Definitions.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.problem.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that must wait in the moment in which they could be sent. */
class ClearanceIT {
  private final RunnerFixture fixture = new RunnerFixture();
  private final Cancellation cancellation = new Cancellation();
  private final Promise<Void> clearance = Promise.promise();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger received = new AtomicInteger();

  @AfterEach
  void close() {
    fixture.close();
  }

  private Future<TaskOutcome> begin(long budgetMillis) {
    String address =
        fixture.serve(
            request -> {
              received.incrementAndGet();
              request.response().end("1");
            });
    TaskCall call =
        fixture.call(
            task("method: POST\nurl: " + address + "/", "timeout: 20s"),
            json("{}"),
            budgetMillis,
            cancellation);
    return fixture.begin(
        new TaskCall(
            call.task(),
            call.executionId(),
            call.taskId(),
            call.retry(),
            call.timeoutMillis(),
            call.input(),
            call.deadlineNanos(),
            call.trace(),
            call.cancellation(),
            () -> {
              asked.incrementAndGet();
              return clearance.future();
            }));
  }

  @Test
  void aRequestIsSentOnceItIsCleared() {
    Future<TaskOutcome> outcome = begin(10_000);
    await().until(() -> asked.get() == 1);
    assertThat(received).hasValue(0);

    // on a thread of its own, as a renewed lease is told
    clearance.complete();

    assertThat(RunnerFixture.wait(outcome).succeeded()).isTrue();
    assertThat(received).hasValue(1);
  }

  @Test
  void nothingIsSentWhereTheCallIsCancelledMeanwhile() {
    Future<TaskOutcome> outcome = begin(10_000);
    await().until(() -> asked.get() == 1);

    fixture.loop.runOnContext(v -> cancellation.cancel());

    assertThat(RunnerFixture.wait(outcome).failure().code())
        .isEqualTo(ErrorCode.ExecutionCancelled);
    clearance.complete();
    fixture.on(fixture.loop, () -> null);
    assertThat(received).hasValue(0);
  }

  @Test
  void nothingIsSentWithoutClearanceWhenTheTimeIsOver() {
    Future<TaskOutcome> outcome = begin(200);
    clearance.fail("lost");

    assertThat(RunnerFixture.wait(outcome).failure().code()).isEqualTo(ErrorCode.TaskTimedOut);
    assertThat(asked).hasPositiveValue();
    assertThat(received).hasValue(0);
  }
}
