package dev.millrace.engine.task;

import static dev.millrace.engine.task.Definitions.json;
import static dev.millrace.engine.task.Definitions.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.ResourceName;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Circuit breakers and bulkheads against real services. */
class TaskGuardsIT {
  private static final String BREAKER =
      "circuitBreaker: { failureThreshold: 3, window: 10s, openFor: 300ms }";

  private final RunnerFixture fixture = new RunnerFixture();
  private final AtomicInteger status = new AtomicInteger(500);
  private final AtomicInteger requests = new AtomicInteger();
  private final List<HttpServerRequest> held = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    fixture.close();
  }

  private String switchable() {
    return fixture.serve(
        request -> {
          requests.incrementAndGet();
          request.response().setStatusCode(status.get()).end("1");
        });
  }

  private String holding() {
    return fixture.serve(held::add);
  }

  private static CompiledTask guarded(String base, String rest) {
    return task("method: GET\nurl: " + base + "/", rest);
  }

  private BreakerState state(CompiledTask task) {
    return fixture.guards.breakerStates().get(task.name());
  }

  private void awaitState(CompiledTask task, BreakerState expected) {
    await().untilAsserted(() -> assertThat(state(task)).isEqualTo(expected));
  }

  private void fail(CompiledTask task, int times) {
    for (int i = 0; i < times; i++) {
      fixture.run(task);
    }
  }

  @Test
  void opensAfterFailuresTurnsCallsAwayTriesOneAndCloses() {
    // Given
    CompiledTask task = guarded(switchable(), BREAKER);
    fail(task, 3);
    awaitState(task, BreakerState.OPEN);

    // When
    TaskOutcome refused = fixture.run(task);

    // Then
    assertThat(refused.failure().code()).isEqualTo(ErrorCode.CircuitOpen);
    assertThat(refused.failure().retryAfter()).hasSeconds(1);
    assertThat(refused.attempts())
        .extracting(Attempt::outcome)
        .containsExactly(AttemptOutcome.CIRCUIT_OPEN);
    assertThat(requests).hasValue(3);

    // And then
    status.set(200);
    awaitState(task, BreakerState.HALF_OPEN);
    assertThat(fixture.run(task).succeeded()).isTrue();
    awaitState(task, BreakerState.CLOSED);
    assertThat(fixture.run(task).succeeded()).isTrue();
  }

  @Test
  void opensThoughSomeCallsSucceed() {
    CompiledTask task = guarded(switchable(), BREAKER);
    for (int i = 0; i < 3; i++) {
      status.set(500);
      fixture.run(task);
      status.set(200);
      fixture.run(task);
    }
    awaitState(task, BreakerState.OPEN);
  }

  @Test
  void opensAgainAfterAFailedTrial() {
    // Given
    CompiledTask task = guarded(switchable(), BREAKER);
    fail(task, 3);
    awaitState(task, BreakerState.HALF_OPEN);

    // When
    fixture.run(task);

    // Then
    awaitState(task, BreakerState.OPEN);
    assertThat(requests).hasValue(4);
  }

  @Test
  void letsOneTrialThroughAtATimeAndOpensAgainWhereItIsCancelled() {
    // Given
    AtomicBoolean hold = new AtomicBoolean();
    String base =
        fixture.serve(
            request -> {
              if (hold.get()) {
                held.add(request);
              } else {
                request.response().setStatusCode(503).end();
              }
            });
    CompiledTask task = guarded(base, BREAKER);
    fail(task, 3);
    awaitState(task, BreakerState.HALF_OPEN);
    hold.set(true);
    Cancellation cancellation = new Cancellation();
    Future<TaskOutcome> trial = fixture.begin(fixture.call(task, json("{}"), 10_000, cancellation));
    await().until(() -> held.size() == 1);

    // When
    TaskOutcome second = fixture.run(task);
    fixture.loop.runOnContext(v -> cancellation.cancel());

    // Then
    assertThat(second.failure().code()).isEqualTo(ErrorCode.CircuitOpen);
    assertThat(RunnerFixture.wait(trial).failure().code()).isEqualTo(ErrorCode.ExecutionCancelled);
    awaitState(task, BreakerState.OPEN);
  }

  @Test
  void staysClosedForMistakesOfTheCaller() {
    CompiledTask task = guarded(switchable(), BREAKER);
    status.set(404);
    fail(task, 5);
    status.set(429);
    fail(task, 2);
    fixture.settle();
    assertThat(state(task)).isEqualTo(BreakerState.CLOSED);
    fail(task, 1);
    awaitState(task, BreakerState.OPEN);
  }

  @Test
  void staysClosedForCallersInAHurryButNotForSilence() {
    // Given
    CompiledTask hurried = guarded(holding(), BREAKER);
    for (int i = 0; i < 4; i++) {
      fixture.run(fixture.call(hurried, json("{}"), 20, new Cancellation()));
    }

    // Then
    assertThat(state(hurried)).isEqualTo(BreakerState.CLOSED);

    // And then
    CompiledTask silent = guarded(holding(), BREAKER + "\ntimeout: 30ms");
    fail(silent, 3);
    awaitState(silent, BreakerState.OPEN);
  }

  @Test
  void opensForHostsThatRefuseAndSaysForHowLong() {
    String once = "circuitBreaker: { failureThreshold: 1, window: 500ms, openFor: 10s }";
    CompiledTask task = guarded(fixture.nowhere(), once);
    fail(task, 1);
    awaitState(task, BreakerState.OPEN);
    assertThat(fixture.run(task).failure().retryAfter())
        .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
  }

  @Test
  void anOpenCircuitEndsRetriesWithTheLastFailure() {
    CompiledTask task =
        guarded(
            switchable(),
            "retry: { maxAttempts: 9, initialDelay: 10ms, on: [5xx, connect] }\n" + BREAKER);

    TaskOutcome outcome = fixture.run(task);

    assertThat(outcome.failure().code()).isEqualTo(ErrorCode.UpstreamStatus);
    assertThat(requests).hasValue(3);
  }

  @Test
  void keepsItsStateForAnUnchangedSpecAndForgetsWhatIsNotServed() {
    // Given
    String base = switchable();
    fail(guarded(base, BREAKER), 3);
    CompiledTask reloaded = guarded(base, BREAKER);
    awaitState(reloaded, BreakerState.OPEN);

    // Then
    assertThat(fixture.run(reloaded).failure().code()).isEqualTo(ErrorCode.CircuitOpen);
    CompiledTask changed = guarded(base, BREAKER + "\ntimeout: 9s");
    assertThat(fixture.run(changed).failure().code()).isEqualTo(ErrorCode.UpstreamStatus);
    assertThat(state(changed)).isEqualTo(BreakerState.CLOSED);
    for (int i = 0; i < 5; i++) {
      fixture.run(guarded(base, BREAKER + "\ntimeout: " + (i + 10) + "s"));
    }
    assertThat(fixture.guards.breakerStates()).hasSize(1);

    // And then
    fixture.guards.retain(List.<ResourceName>of());
    assertThat(fixture.guards.breakerStates()).isEmpty();
  }

  @Test
  void tasksWithoutGuardsHaveNoState() {
    fixture.run(guarded(switchable(), ""));
    fixture.run(guarded(switchable(), "bulkhead: { maxConcurrent: 1, maxQueued: 1 }"));
    assertThat(fixture.guards.breakerStates()).isEqualTo(Map.of());
  }

  @Test
  void bulkheadQueuesAcrossEventLoopsAndTurnsTheRestAway() {
    // Given
    CompiledTask task = guarded(holding(), "bulkhead: { maxConcurrent: 1, maxQueued: 1 }");
    Context otherLoop = ((VertxInternal) fixture.vertx).createEventLoopContext();
    HttpTaskRunner other = fixture.makeRunner(HttpTaskOptions.DEFAULT, otherLoop);
    Future<TaskOutcome> first = fixture.begin(fixture.call(task, "{}"));
    await().until(() -> held.size() == 1);
    Future<TaskOutcome> waiting = fixture.on(otherLoop, () -> other.run(fixture.call(task, "{}")));

    // When
    TaskOutcome refused = fixture.run(task);

    // Then
    assertThat(refused.failure().code()).isEqualTo(ErrorCode.BulkheadFull);
    assertThat(refused.failure().retryAfter()).hasSeconds(1);
    assertThat(refused.attempts()).isEmpty();
    assertThat(held).hasSize(1);
    assertThat(waiting.isComplete()).isFalse();

    // And then
    held.get(0).response().end("1");
    assertThat(RunnerFixture.wait(first).succeeded()).isTrue();
    await().until(() -> held.size() == 2);
    held.get(1).response().end("2");
    assertThat(RunnerFixture.wait(waiting).succeeded()).isTrue();
    Bulkhead bulkhead = fixture.guards.guard(task).bulkhead();
    assertThat(bulkhead.inFlight()).isZero();
    assertThat(bulkhead.queued()).isZero();
  }

  @Test
  void waitingForTheBulkheadEndsWithTheDeadlineOrTheCancellation() {
    // Given
    CompiledTask task = guarded(holding(), "bulkhead: { maxConcurrent: 1, maxQueued: 5 }");
    fixture.begin(fixture.call(task, "{}"));
    await().until(() -> held.size() == 1);
    Cancellation cancellation = new Cancellation();
    Future<TaskOutcome> late =
        fixture.begin(fixture.call(task, json("{}"), 40, new Cancellation()));
    Future<TaskOutcome> cancelled =
        fixture.begin(fixture.call(task, json("{}"), 10_000, cancellation));

    // When
    fixture.loop.runOnContext(v -> cancellation.cancel());

    // Then
    assertThat(RunnerFixture.wait(cancelled).failure().code())
        .isEqualTo(ErrorCode.ExecutionCancelled);
    assertThat(RunnerFixture.wait(late).failure().code()).isEqualTo(ErrorCode.TaskTimedOut);
    Bulkhead bulkhead = fixture.guards.guard(task).bulkhead();
    assertThat(bulkhead.queued()).isZero();
    assertThat(bulkhead.inFlight()).isEqualTo(1);
  }

  @Test
  void anOpenCircuitIsSeenBeforeTheBulkhead() {
    CompiledTask task =
        guarded(switchable(), BREAKER + "\nbulkhead: { maxConcurrent: 1, maxQueued: 0 }");
    fail(task, 3);
    awaitState(task, BreakerState.OPEN);
    assertThat(fixture.run(task).failure().code()).isEqualTo(ErrorCode.CircuitOpen);
    assertThat(fixture.guards.guard(task).bulkhead().inFlight()).isZero();
  }
}
