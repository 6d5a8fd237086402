package dev.millrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.problem.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Circuit breakers and bulkheads around real calls. */
@Timeout(60)
class HttpTaskGuardsIT {
  private final TaskFixture fixture = new TaskFixture();
  private final AtomicInteger requests = new AtomicInteger();
  private final Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
  private volatile int status = 500;

  @AfterEach
  void close() {
    fixture.close();
  }

  private int answering() {
    return fixture.http(
        request -> {
          requests.incrementAndGet();
          request.response().setStatusCode(status).end();
        });
  }

  private Collection<BreakerState> states() {
    return fixture.guards.breakerStates().values();
  }

  @Test
  void theBreakerOpensHalfOpensAndCloses() {
    TestTask task = TestTask.get(answering()).breaker(2, Duration.ofMillis(900));
    fixture.run(task);
    awaitState(BreakerState.CLOSED);
    fixture.run(task);
    awaitState(BreakerState.OPEN);

    TaskOutcome refused = fixture.run(task);

    assertThat(refused.failure().code()).isEqualTo(ErrorCode.CircuitOpen);
    assertThat(refused.failure().retryAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThat(refused.attempts())
        .extracting(Attempt::outcome)
        .containsExactly(AttemptOutcome.CIRCUIT_OPEN);
    assertThat(requests).hasValue(2);
    await().until(this::isHalfOpen);
    status = 200;
    assertThat(fixture.run(task).succeeded()).isTrue();
    awaitState(BreakerState.CLOSED);
    assertThat(fixture.run(task).succeeded()).isTrue();
  }

  /** The breaker changes its state one turn of an event loop after an attempt ended. */
  private void awaitState(BreakerState state) {
    await().untilAsserted(() -> assertThat(states()).containsExactly(state));
  }

  private boolean isHalfOpen() {
    return states().contains(BreakerState.HALF_OPEN);
  }

  @Test
  void aFailedTrialOpensTheBreakerAgain() {
    TestTask task = TestTask.get(answering()).breaker(1, Duration.ofMillis(200));
    fixture.run(task);
    await().until(this::isHalfOpen);

    fixture.run(task);

    awaitState(BreakerState.OPEN);
    assertThat(requests).hasValue(2);
  }

  @Test
  void onlyOneTrialAtATime() {
    int port =
        fixture.http(
            request -> {
              if (requests.incrementAndGet() == 1) {
                request.response().setStatusCode(500).end();
              } else {
                held.add(request);
              }
            });
    TestTask task = TestTask.get(port).breaker(1, Duration.ofMillis(100));
    fixture.run(task);
    await().until(this::isHalfOpen);
    Future<TaskOutcome> trial = fixture.start(task);
    await().until(() -> held.size() == 1);

    TaskOutcome other = fixture.run(task);

    assertThat(other.failure().code()).isEqualTo(ErrorCode.CircuitOpen);
    held.remove().response().end("1");
    assertThat(TaskFixture.get(trial).succeeded()).isTrue();
  }

  @Test
  void aCancelledTrialDoesNotLeaveTheBreakerHalfOpenForEver() {
    int port =
        fixture.http(
            request -> {
              switch (requests.incrementAndGet()) {
                case 1 -> request.response().setStatusCode(500).end();
                case 2 -> held.add(request);
                default -> request.response().end("1");
              }
            });
    TestTask task = TestTask.get(port).breaker(1, Duration.ofMillis(100)).bulkhead(5, 5);
    fixture.run(task);
    await().until(this::isHalfOpen);
    Future<TaskOutcome> trial = fixture.start(task);
    await().until(() -> held.size() == 1);

    fixture.cancel(task);

    TaskFixture.get(trial);
    TestTask next = TestTask.get(port).breaker(1, Duration.ofMillis(100)).bulkhead(5, 5);
    await().until(() -> fixture.run(next).succeeded());
    awaitState(BreakerState.CLOSED);
  }

  @Test
  void statusesOfTheCallersFaultDoNotOpenTheBreaker() {
    status = 404;
    TestTask task = TestTask.get(answering()).breaker(1, Duration.ofSeconds(10));

    fixture.run(task);
    fixture.run(task);

    awaitState(BreakerState.CLOSED);
  }

  @Test
  void anImpatientCallerDoesNotOpenTheBreaker() {
    TestTask task =
        TestTask.get(fixture.raw("", false)).breaker(1, Duration.ofSeconds(10)).deadline(50);

    fixture.run(task);

    awaitState(BreakerState.CLOSED);
  }

  @Test
  void brokenAnswersAndTimeoutsOpenTheBreaker() {
    TestTask slow =
        TestTask.get(fixture.raw("", false)).breaker(1, Duration.ofSeconds(10)).timeout(50);
    fixture.run(slow);
    awaitState(BreakerState.OPEN);

    TestTask gone =
        TestTask.get(fixture.freePort()).breaker(1, Duration.ofSeconds(10)).version("other");
    fixture.run(gone);

    awaitState(BreakerState.OPEN);
    TaskOutcome refused = fixture.run(gone.bulkhead(1, 1));
    assertThat(refused.failure().code()).isEqualTo(ErrorCode.CircuitOpen);
    assertThat(refused.failure().retryAfter()).isGreaterThan(Duration.ofSeconds(5));
  }

  @Test
  void anOpenBreakerEndsRetries() {
    TestTask task = TestTask.get(fixture.freePort()).breaker(2, Duration.ofSeconds(9)).attempts(9);

    TaskOutcome outcome = fixture.run(task);

    assertThat(outcome.failure().code()).isEqualTo(ErrorCode.UpstreamUnreachable);
    assertThat(outcome.attempts()).hasSize(2);
  }

  @Test
  void theBulkheadQueuesAcrossEventLoopsAndTurnsAwayWhenFull() {
    int port = fixture.http(held::add);
    TaskFixture.Loop other = fixture.newLoop(HttpTaskOptions.DEFAULT);
    TestTask task = TestTask.get(port).bulkhead(1, 1).breaker(9, Duration.ofSeconds(1));
    Future<TaskOutcome> first = fixture.start(task);
    await().until(() -> held.size() == 1);
    Bulkhead bulkhead = fixture.guards.guard(task.compiled()).bulkhead();
    Future<TaskOutcome> second = other.start(task.call());
    await().until(() -> bulkhead.queued() == 1);

    TaskOutcome third = fixture.run(task);

    assertThat(third.failure().code()).isEqualTo(ErrorCode.BulkheadFull);
    assertThat(third.failure().retryAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThat(second.isComplete()).isFalse();
    held.remove().response().end("1");
    assertThat(TaskFixture.get(first).succeeded()).isTrue();
    await().until(() -> held.size() == 1);
    held.remove().response().end("2");
    assertThat(TaskFixture.get(second).succeeded()).isTrue();
    assertThat(bulkhead.inFlight()).isZero();
    assertThat(bulkhead.queued()).isZero();
  }

  @Test
  void waitingInTheBulkheadEndsWithTheDeadline() {
    int port = fixture.http(held::add);
    TestTask task = TestTask.get(port).bulkhead(1, 5);
    Future<TaskOutcome> first = fixture.start(task);
    await().until(() -> held.size() == 1);

    TaskOutcome late = fixture.run(task.deadline(100));

    assertThat(late.failure().code()).isEqualTo(ErrorCode.TaskTimedOut);
    assertThat(late.attempts()).isEmpty();
    held.remove().response().end("1");
    assertThat(TaskFixture.get(first).succeeded()).isTrue();
  }
}
