package dev.millrace.engine.task;

import static dev.millrace.engine.task.RunnerHarness.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.problem.ErrorCode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Circuit breakers and bulkheads, which all event loops of a process share. */
class TaskGuardsIT {
  private final RunnerHarness harness = new RunnerHarness();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void aCircuitOpensAfterFailuresAndClosesAfterATrialThatSucceeds() {
    AtomicInteger status = new AtomicInteger(500);
    AtomicInteger calls = new AtomicInteger();
    int port =
        harness.http(
            request -> {
              calls.incrementAndGet();
              request.response().setStatusCode(status.get()).end("{}");
            });
    CompiledTask task =
        get(port, "  circuitBreaker: {failureThreshold: 3, window: 10s, openFor: 300ms}");
    for (int i = 0; i < 3; i++) {
      harness.run(harness.call(task, "7"));
    }

    TaskOutcome refused = harness.run(harness.call(task, "7"));

    assertThat(refused.failure().code()).isEqualTo(ErrorCode.CircuitOpen);
    assertThat(refused.failure().retryAfter()).isPositive();
    assertThat(calls).hasValue(3);
    assertThat(harness.guards.breakerStates()).containsEntry(task.name(), BreakerState.OPEN);

    status.set(200);
    await().until(() -> harness.run(harness.call(task, "7")).succeeded());
    await().until(() -> harness.guards.breakerStates().get(task.name()) == BreakerState.CLOSED);
    assertThat(harness.run(harness.call(task, "7")).succeeded()).isTrue();
  }

  @Test
  void aCallersMistakesDoNotOpenTheCircuit() {
    int port = harness.http(request -> request.response().setStatusCode(404).end());
    CompiledTask task =
        get(port, "  circuitBreaker: {failureThreshold: 2, window: 10s, openFor: 10s}");
    for (int i = 0; i < 5; i++) {
      assertThat(harness.run(harness.call(task, "7")).failure().code())
          .isEqualTo(ErrorCode.UpstreamStatus);
    }
  }

  @Test
  void aBulkheadLetsCallsOfAllLoopsWaitInTurnAndRefusesTheRest() {
    List<HttpServerRequest> held = new CopyOnWriteArrayList<>();
    int port = harness.http(held::add);
    CompiledTask task = get(port, "  bulkhead: {maxConcurrent: 1, maxQueued: 1}");
    Context otherLoop = harness.vertx.getOrCreateContext();
    HttpTaskRunner otherRunner = harness.newRunner(otherLoop);

    Future<TaskOutcome> first = harness.begin(harness.call(task, "1"));
    await().until(() -> held.size() == 1);
    Future<TaskOutcome> second =
        RunnerHarness.begin(otherLoop, otherRunner, harness.call(task, "2"));
    // The second waits from the moment that a third is refused.
    await()
        .until(
            () -> {
              TaskOutcome third = harness.run(harness.call(task, "3", 50, new Cancellation()));
              return third.failure().code() == ErrorCode.BulkheadFull;
            });
    assertThat(held).hasSize(1);
    held.get(0).response().end("{}");

    assertThat(RunnerHarness.await(first).succeeded()).isTrue();
    await().until(() -> held.size() == 2);
    assertThat(held.get(1).path()).isEqualTo("/things/2");
    held.get(1).response().end("{}");
    assertThat(RunnerHarness.await(second).succeeded()).isTrue();
  }

  @Test
  void whoeverWaitsInABulkheadLeavesAtTheDeadline() {
    List<HttpServerRequest> held = new CopyOnWriteArrayList<>();
    int port = harness.http(held::add);
    CompiledTask task = get(port, "  bulkhead: {maxConcurrent: 1, maxQueued: 5}");
    Future<TaskOutcome> first = harness.begin(harness.call(task, "1"));
    await().until(() -> held.size() == 1);

    TaskOutcome late = harness.run(harness.call(task, "2", 60, new Cancellation()));

    assertThat(late.succeeded()).isFalse();
    assertThat(late.failure().code().status()).isEqualTo(504);
    held.get(0).response().end("{}");
    assertThat(RunnerHarness.await(first).succeeded()).isTrue();
    assertThat(held).hasSize(1);
  }
}
