package dev.millrace.engine.task;

import static dev.millrace.engine.task.Definitions.get;
import static dev.millrace.engine.task.Definitions.json;
import static dev.millrace.engine.task.Definitions.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.problem.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Stopping calls, crowded pools and runners that close. */
class CancellationIT {
  private final RunnerFixture fixture = new RunnerFixture(HttpTaskOptions.DEFAULT.withPool(1, 1));
  private final List<HttpServerRequest> held = new CopyOnWriteArrayList<>();
  private final AtomicInteger closed = new AtomicInteger();
  private final Cancellation cancellation = new Cancellation();

  @AfterEach
  void close() {
    fixture.close();
  }

  private String holding() {
    return fixture.serve(
        request -> {
          held.add(request);
          request.connection().closeHandler(v -> closed.incrementAndGet());
        });
  }

  private TaskCall cancellable(CompiledTask task) {
    return fixture.call(task, json("{}"), 10_000, cancellation);
  }

  private TaskOutcome cancel(Future<TaskOutcome> outcome) {
    fixture.loop.runOnContext(v -> cancellation.cancel());
    return RunnerFixture.wait(outcome);
  }

  @Test
  void theServiceSeesTheConnectionClose() {
    // Given
    Future<TaskOutcome> outcome = fixture.begin(cancellable(get(holding() + "/")));
    await().until(() -> held.size() == 1);

    // When
    TaskOutcome result = cancel(outcome);

    // Then
    assertThat(result.failure().code()).isEqualTo(ErrorCode.ExecutionCancelled);
    assertThat(result.attempts())
        .extracting(Attempt::outcome)
        .containsExactly(AttemptOutcome.CANCELLED);
    await().untilAsserted(() -> assertThat(closed).hasValue(1));
  }

  @Test
  void nothingIsSentForACallThatIsCancelledAlready() {
    cancellation.cancel();

    TaskOutcome result = fixture.run(cancellable(get(holding() + "/")));

    assertThat(result.failure().code()).isEqualTo(ErrorCode.ExecutionCancelled);
    assertThat(result.attempts()).isEmpty();
    assertThat(held).isEmpty();
  }

  @Test
  void nothingIsSentForACallWithoutTime() {
    TaskCall late = fixture.call(get(holding() + "/"), json("{}"), 0, cancellation);

    TaskOutcome result = fixture.run(late);

    assertThat(result.failure().code()).isEqualTo(ErrorCode.TaskTimedOut);
    assertThat(result.failure().detail()).contains("was not sent");
    assertThat(held).isEmpty();
  }

  @Test
  void cancellingAtTheDeadlineIsATimeout() {
    // Given
    TaskCall call = fixture.call(get(holding() + "/"), json("{}"), 50, cancellation);

    // When
    Future<TaskOutcome> outcome = fixture.begin(call);
    fixture.on(fixture.loop, () -> fixture.vertx.setTimer(51, id -> cancellation.cancel()));

    // Then
    TaskOutcome result = RunnerFixture.wait(outcome);
    assertThat(result.failure().code()).isEqualTo(ErrorCode.TaskTimedOut);
    assertThat(result.attempts())
        .extracting(Attempt::outcome)
        .containsExactly(AttemptOutcome.TIMED_OUT);
  }

  @Test
  void aCallThatWaitsForAConnectionCanBeCancelledAndLeavesItForOthers() {
    // Given
    String base = holding();
    Future<TaskOutcome> first = fixture.begin(fixture.call(get(base + "/1"), "{}"));
    await().until(() -> held.size() == 1);
    Future<TaskOutcome> waiting = fixture.begin(cancellable(get(base + "/2")));

    // When
    TaskOutcome cancelled = cancel(waiting);
    held.get(0).response().end("1");

    // Then
    assertThat(cancelled.failure().code()).isEqualTo(ErrorCode.ExecutionCancelled);
    assertThat(RunnerFixture.wait(first).succeeded()).isTrue();
    Future<TaskOutcome> third = fixture.begin(fixture.call(get(base + "/3"), "{}"));
    await().until(() -> held.size() == 2);
    assertThat(held.get(1).path()).isEqualTo("/3");
    held.get(1).response().end("3");
    assertThat(RunnerFixture.wait(third).succeeded()).isTrue();
  }

  @Test
  void aCallThatWaitsForAConnectionTimesOut() {
    // A place for each that waits: the pool frees the first one's only after its own timer.
    try (RunnerFixture roomy = new RunnerFixture(HttpTaskOptions.DEFAULT.withPool(1, 2))) {
      // Given
      String base = holding();
      roomy.begin(roomy.call(get(base + "/1"), "{}"));
      await().until(() -> held.size() == 1);

      // When
      TaskOutcome own = roomy.run(task("method: GET\nurl: " + base + "/2", "timeout: 50ms"));
      TaskOutcome ofExecution =
          roomy.run(roomy.call(get(base + "/3"), json("{}"), 50, new Cancellation()));

      // Then
      assertThat(own.failure().code()).isEqualTo(ErrorCode.TaskTimedOut);
      assertThat(ofExecution.failure().code()).isEqualTo(ErrorCode.TaskTimedOut);
      assertThat(held).hasSize(1);
    }
  }

  @Test
  void tooManyWaitingForAConnectionAreTurnedAway() {
    // Given
    String base = holding();
    fixture.begin(fixture.call(get(base + "/1"), "{}"));
    await().until(() -> held.size() == 1);
    fixture.begin(fixture.call(get(base + "/2"), "{}"));

    // When
    TaskOutcome outcome = fixture.run(get(base + "/3"));

    // Then
    assertThat(outcome.failure().code()).isEqualTo(ErrorCode.BulkheadFull);
    assertThat(outcome.failure().retryAfter()).hasSeconds(1);
  }

  @Test
  void closingFailsCallsInFlightAndLaterOnes() {
    // Given
    String base = holding();
    Future<TaskOutcome> outcome = fixture.begin(fixture.call(get(base + "/"), "{}"));
    await().until(() -> held.size() == 1);

    // When
    RunnerFixture.wait(fixture.runner.close());

    // Then
    assertThat(RunnerFixture.wait(outcome).failure().code())
        .isEqualTo(ErrorCode.UpstreamUnreachable);
    assertThat(fixture.run(get(base + "/")).failure().code())
        .isEqualTo(ErrorCode.UpstreamUnreachable);
  }
}
