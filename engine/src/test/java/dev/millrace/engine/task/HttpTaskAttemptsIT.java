package dev.millrace.engine.task;

import static dev.millrace.engine.plan.TestDefinitions.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.problem.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Repeated attempts, and attempts that end before an answer came. */
@Timeout(60)
class HttpTaskAttemptsIT {
  private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":";

  private final TaskFixture fixture = new TaskFixture();
  private final AtomicInteger requests = new AtomicInteger();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Fails so often, then answers. */
  private Handler<HttpServerRequest> failing(int times, int status, String retryAfter) {
    return request -> {
      if (requests.incrementAndGet() > times) {
        request.response().end("1");
        return;
      }
      if (retryAfter != null) {
        request.response().putHeader("retry-after", retryAfter);
      }
      request.response().setStatusCode(status).end();
    };
  }

  @Test
  void triesAgainAfter503() {
    TaskOutcome outcome =
        fixture.run(TestTask.get(fixture.http(failing(2, 503, null))).attempts(5));

    assertThat(outcome.output()).isEqualTo(json("1"));
    assertThat(outcome.attempts()).extracting(Attempt::status).containsExactly(503, 503, 200);
    assertThat(outcome.attempts()).extracting(Attempt::number).containsExactly(1, 2, 3);
    assertThat(fixture.heard).isEqualTo(outcome.attempts());
  }

  @Test
  void givesUpAfterTheLastAttempt() {
    TaskOutcome outcome =
        fixture.run(TestTask.get(fixture.http(failing(9, 503, null))).attempts(3));

    assertThat(outcome.failure().code()).isEqualTo(ErrorCode.UpstreamStatus);
    assertThat(outcome.failure().attempts()).isEqualTo(3);
    assertThat(requests).hasValue(3);
  }

  @Test
  void doesNotRepeatWhatThePolicyDoesNotName() {
    fixture.run(TestTask.get(fixture.http(failing(9, 404, null))).attempts(3));

    assertThat(requests).hasValue(1);
  }

  @Test
  void waitsAsLongAsTheServiceAsks() {
    TaskOutcome outcome = fixture.run(TestTask.get(fixture.http(failing(1, 503, "1"))).attempts(2));

    assertThat(outcome.succeeded()).isTrue();
    long between =
        outcome.attempts().get(1).startedAtNanos() - outcome.attempts().get(0).startedAtNanos();
    assertThat(between).isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos());
  }

  @Test
  void givesUpWhereTheServiceAsksForMoreTimeThanThereIs() {
    long started = System.nanoTime();

    TaskOutcome outcome =
        fixture.run(TestTask.get(fixture.http(failing(1, 503, "60"))).attempts(2));

    assertThat(outcome.failure().code()).isEqualTo(ErrorCode.UpstreamStatus);
    assertThat(outcome.failure().retryAfter()).isEqualTo(Duration.ofSeconds(60));
    assertThat(requests).hasValue(1);
    assertThat(System.nanoTime() - started).isLessThan(Duration.ofSeconds(5).toNanos());
  }

  @Test
  void doesNotRepeatAPostThatWasSent() {
    TaskOutcome outcome =
        fixture.run(TestTask.post(fixture.http(failing(1, 503, null))).attempts(3));

    assertThat(outcome.failure().code()).isEqualTo(ErrorCode.UpstreamStatus);
    assertThat(requests).hasValue(1);
  }

  @Test
  void doesNotRepeatAPostWhoseConnectionBroke() {
    TaskOutcome outcome = fixture.run(TestTask.post(fixture.raw("", true)).attempts(3));

    assertThat(outcome.failure().code()).isEqualTo(ErrorCode.UpstreamUnreachable);
    assertThat(outcome.failure().detail()).contains("is unknown");
    assertThat(outcome.attempts()).hasSize(1);
  }

  @Test
  void repeatsAPostThatWasNotSent() {
    TaskOutcome outcome = fixture.run(TestTask.post(fixture.freePort()).attempts(3));

    assertThat(outcome.attempts()).hasSize(3);
    assertThat(outcome.failure().code()).isEqualTo(ErrorCode.UpstreamUnreachable);
  }

  @Test
  void repeatsAGetWhoseAnswerBrokeOff() {
    assertThat(fixture.run(TestTask.get(fixture.raw(HALF, true)).attempts(2)).attempts())
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", HALF})
  void anAttemptEndsWithItsTimeout(String answer) {
    TaskOutcome outcome =
        fixture.run(TestTask.get(fixture.raw(answer, false)).timeout(100).attempts(2));

    assertThat(outcome.failure().code()).isEqualTo(ErrorCode.TaskTimedOut);
    assertThat(outcome.failure().detail()).contains("timeout of 100 ms");
    assertThat(outcome.attempts())
        .hasSize(2)
        .allSatisfy(attempt -> assertThat(attempt.outcome()).isEqualTo(AttemptOutcome.TIMED_OUT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", HALF})
  void theDeadlineEndsACallThatNobodyCancels(String answer) {
    long started = System.nanoTime();

    TaskOutcome outcome =
        fixture.run(TestTask.get(fixture.raw(answer, false)).deadline(300).attempts(5));

    assertThat(outcome.failure().code()).isEqualTo(ErrorCode.TaskTimedOut);
    assertThat(outcome.failure().detail()).contains("left of the execution's time");
    assertThat(outcome.attempts()).hasSize(1);
    assertThat(System.nanoTime() - started).isLessThan(Duration.ofSeconds(5).toNanos());
  }

  @Test
  void sendsNothingAfterTheDeadline() {
    TaskOutcome outcome =
        fixture.run(TestTask.get(fixture.http(failing(0, 200, null))).deadline(-1));

    assertThat(outcome.failure().code()).isEqualTo(ErrorCode.TaskTimedOut);
    assertThat(outcome.attempts()).isEmpty();
    assertThat(requests).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", HALF})
  void aCancelledCallEndsAtOnceAndTheServiceSeesIt(String answer) {
    AtomicBoolean arrived = new AtomicBoolean();
    AtomicBoolean closed = new AtomicBoolean();
    int port =
        fixture.raw(
            (NetSocket socket) -> {
              socket.closeHandler(ignored -> closed.set(true));
              socket.handler(
                  ignored -> socket.write(answer).onComplete(written -> arrived.set(true)));
            });
    TestTask task = TestTask.get(port).attempts(5);
    Future<TaskOutcome> call = fixture.start(task);
    await().untilTrue(arrived);

    fixture.cancel(task);

    TaskOutcome outcome = TaskFixture.get(call);
    assertThat(outcome.failure().code()).isEqualTo(ErrorCode.ExecutionCancelled);
    assertThat(outcome.attempts())
        .singleElement()
        .satisfies(attempt -> assertThat(attempt.outcome()).isEqualTo(AttemptOutcome.CANCELLED));
    await().atMost(Duration.ofSeconds(5)).untilTrue(closed);
  }

  @Test
  void aCallThatWaitsForItsNextAttemptCanBeCancelled() {
    TestTask task = TestTask.get(fixture.http(failing(9, 503, "8"))).attempts(5);
    Future<TaskOutcome> call = fixture.start(task);
    await().until(() -> fixture.heard.size() == 1);

    fixture.cancel(task);

    assertThat(TaskFixture.get(call).failure().code()).isEqualTo(ErrorCode.ExecutionCancelled);
    assertThat(requests).hasValue(1);
  }

  @Test
  void aCancelledExecutionSendsNothing() {
    TestTask task = TestTask.get(fixture.http(failing(0, 200, null)));
    task.cancellation.cancel();

    assertThat(fixture.run(task).failure().code()).isEqualTo(ErrorCode.ExecutionCancelled);
    assertThat(requests).hasValue(0);
  }

  @Test
  void turnsCallsAwayThatCannotEvenWaitForAConnection() {
    TaskFixture.Loop narrow = fixture.newLoop(HttpTaskOptions.DEFAULT.withPool(1, 0));
    TestTask task = TestTask.get(fixture.raw("", false)).timeout(1000);
    Future<TaskOutcome> first = narrow.start(task.call());

    TaskOutcome second = TaskFixture.get(narrow.start(task.call()));

    assertThat(second.failure().code()).isEqualTo(ErrorCode.BulkheadFull);
    assertThat(second.failure().retryAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThat(TaskFixture.get(first).failure().code()).isEqualTo(ErrorCode.TaskTimedOut);
  }

  @Test
  void aClosedRunnerFailsItsCalls() {
    TaskFixture.get(fixture.loop.runner().close());

    assertThat(fixture.run(TestTask.get(fixture.freePort())).failure().code())
        .isEqualTo(ErrorCode.UpstreamUnreachable);
  }

  @Test
  void aRunnerServesItsOwnEventLoopOnly() {
    assertThatThrownBy(() -> fixture.loop.runner().run(TestTask.get(1).call()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("event loop");
  }
}
