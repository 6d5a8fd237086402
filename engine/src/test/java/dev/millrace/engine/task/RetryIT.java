package dev.millrace.engine.task;

import static dev.millrace.engine.task.Definitions.json;
import static dev.millrace.engine.task.Definitions.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.problem.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.NetServer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a task tries again, how long it waits, and when it had better not. */
class RetryIT {
  private static final String THRICE =
      "retry: { maxAttempts: 3, initialDelay: 100ms, multiplier: 2.0, jitter: 0 }";

  private final ManualTimers timers = new ManualTimers();
  private final RunnerFixture fixture = new RunnerFixture(timers);
  private final AtomicInteger requests = new AtomicInteger();

  @AfterEach
  void close() {
    fixture.close();
  }

  private String failing(int times, int status, String... header) {
    return fixture.serve(
        request -> {
          if (requests.incrementAndGet() > times) {
            request.response().end("\"done\"");
            return;
          }
          request.response().setStatusCode(status);
          if (header.length > 0) {
            request.response().putHeader(header[0], header[1]);
          }
          request.response().end();
        });
  }

  private static CompiledTask get(String base, String rest) {
    return task("method: GET\nurl: " + base + "/", rest);
  }

  private static CompiledTask post(String base, String rest) {
    return task("method: POST\nurl: " + base + "/", rest);
  }

  /** Waits for an alarm beside the attempt's own and tells when it will ring. */
  private long awaitDelay() {
    await().until(() -> timers.pending().stream().anyMatch(RetryIT::isDelay));
    return timers.pending().stream().filter(RetryIT::isDelay).findFirst().orElseThrow();
  }

  private static boolean isDelay(long pending) {
    return pending < 9_000;
  }

  private void advance(long millis) {
    fixture.on(
        fixture.loop,
        () -> {
          timers.advance(millis);
          return null;
        });
  }

  @Test
  void triesAgainWithGrowingDelays() {
    // Given
    Future<TaskOutcome> outcome = fixture.begin(fixture.call(get(failing(2, 503), THRICE), "{}"));

    // When
    assertThat(awaitDelay()).isEqualTo(100);
    advance(100);
    await().untilAtomic(requests, org.hamcrest.Matchers.equalTo(2));
    await().until(() -> timers.pending().contains(200L));
    advance(200);

    // Then
    TaskOutcome result = RunnerFixture.wait(outcome);
    assertThat(result.output()).isEqualTo(json("'done'"));
    assertThat(result.attempts())
        .extracting(Attempt::outcome)
        .containsExactly(
            AttemptOutcome.FAILED_STATUS, AttemptOutcome.FAILED_STATUS, AttemptOutcome.SUCCEEDED);
    assertThat(result.attempts()).extracting(Attempt::number).containsExactly(1, 2, 3);
    assertThat(fixture.heard).isEqualTo(result.attempts());
  }

  @Test
  void givesUpAfterTheLastAttempt() {
    // Given
    String rest = "retry: { maxAttempts: 2, initialDelay: 100ms, jitter: 0 }";
    Future<TaskOutcome> outcome = fixture.begin(fixture.call(get(failing(9, 502), rest), "{}"));

    // When
    awaitDelay();
    advance(100);

    // Then
    TaskOutcome result = RunnerFixture.wait(outcome);
    assertThat(result.failure().code()).isEqualTo(ErrorCode.UpstreamStatus);
    assertThat(result.failure().attempts()).isEqualTo(2);
    assertThat(result.failure().upstreamStatus()).isEqualTo(502);
    assertThat(requests).hasValue(2);
  }

  @Test
  void retryAfterTakesThePlaceOfTheBackOff() {
    // Given
    Future<TaskOutcome> outcome =
        fixture.begin(fixture.call(get(failing(1, 429, "retry-after", "3"), THRICE), "{}"));

    // When
    assertThat(awaitDelay()).isEqualTo(3_000);
    advance(3_000);

    // Then
    assertThat(RunnerFixture.wait(outcome).succeeded()).isTrue();
  }

  @Test
  void retryAfterBeyondTheDeadlineEndsTheCallAtOnce() {
    TaskOutcome outcome =
        fixture.run(fixture.call(get(failing(1, 503, "retry-after", "30"), THRICE), "{}"));

    assertThat(outcome.failure().code()).isEqualTo(ErrorCode.UpstreamStatus);
    assertThat(outcome.failure().retryAfter()).hasSeconds(30);
    assertThat(outcome.attempts()).hasSize(1);
  }

  @Test
  void doesNotSleepIntoTheDeadline() {
    TaskCall call = fixture.call(get(failing(9, 503), THRICE), json("{}"), 105, new Cancellation());

    TaskOutcome outcome = fixture.run(call);

    assertThat(outcome.failure().code()).isEqualTo(ErrorCode.UpstreamStatus);
    assertThat(outcome.attempts()).hasSize(1);
  }

  @Test
  void leavesStatusesAloneThatNoTriggerNames() {
    TaskOutcome outcome = fixture.run(fixture.call(get(failing(9, 404), THRICE), "{}"));

    assertThat(outcome.failure().upstreamStatus()).isEqualTo(404);
    assertThat(requests).hasValue(1);
  }

  @Test
  void leavesInvalidAnswersAlone() {
    String base =
        fixture.serve(
            request -> {
              requests.incrementAndGet();
              request.response().end("<html>");
            });

    TaskOutcome outcome = fixture.run(fixture.call(get(base, THRICE), "{}"));

    assertThat(outcome.failure().code()).isEqualTo(ErrorCode.UpstreamNotJson);
    assertThat(requests).hasValue(1);
  }

  @Test
  void doesNotRepeatAPostThatMayHaveArrived() {
    String base =
        fixture.serveRaw(
            socket -> {
              requests.incrementAndGet();
              socket.close();
            });

    TaskOutcome outcome = fixture.run(fixture.call(post(base, THRICE), "{}"));

    assertThat(outcome.failure().code()).isEqualTo(ErrorCode.UpstreamUnreachable);
    assertThat(outcome.failure().detail()).contains("was sent");
    assertThat(outcome.attempts()).hasSize(1);
    assertThat(requests).hasValue(1);
  }

  @Test
  void repeatsAGetWhoseAnswerBrokeOff() {
    // Given
    String base =
        fixture.serveRaw(
            socket -> {
              boolean first = requests.incrementAndGet() == 1;
              String answer = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n";
              socket.end(Buffer.buffer(answer + (first ? "tr" : "true")));
            });
    Future<TaskOutcome> outcome = fixture.begin(fixture.call(get(base, THRICE), "{}"));

    // When
    awaitDelay();
    advance(100);

    // Then
    assertThat(RunnerFixture.wait(outcome).attempts())
        .extracting(Attempt::outcome)
        .containsExactly(AttemptOutcome.INVALID_ANSWER, AttemptOutcome.SUCCEEDED);
  }

  @Test
  void doesNotRepeatAPostThatWasAnswered() {
    TaskOutcome outcome = fixture.run(fixture.call(post(failing(9, 503), THRICE), "{}"));

    assertThat(outcome.failure().upstreamStatus()).isEqualTo(503);
    assertThat(requests).hasValue(1);
  }

  @Test
  void repeatsAPostThatSaysItIsIdempotent() {
    // Given
    String base = failing(1, 503);
    Future<TaskOutcome> outcome =
        fixture.begin(fixture.call(post(base, THRICE + "\nidempotent: true"), "{}"));

    // When
    awaitDelay();
    advance(100);

    // Then
    assertThat(RunnerFixture.wait(outcome).succeeded()).isTrue();
  }

  @Test
  void repeatsAPostThatWasNeverSent() {
    // Given
    NetServer free = fixture.vertx.createNetServer().connectHandler(socket -> {});
    int port = RunnerFixture.wait(free.listen(0, "127.0.0.1")).actualPort();
    RunnerFixture.wait(free.close());
    Future<TaskOutcome> outcome =
        fixture.begin(fixture.call(post("http://127.0.0.1:" + port, THRICE), "{}"));
    awaitDelay();

    // When
    HttpServer late =
        fixture.vertx.createHttpServer().requestHandler(request -> request.response().end("1"));
    RunnerFixture.wait(late.listen(port, "127.0.0.1"));
    advance(100);

    // Then
    TaskOutcome result = RunnerFixture.wait(outcome);
    assertThat(result.succeeded()).isTrue();
    assertThat(result.attempts())
        .extracting(Attempt::outcome)
        .containsExactly(AttemptOutcome.CONNECT_FAILED, AttemptOutcome.SUCCEEDED);
  }

  @Test
  void triesAgainAfterATimeoutWithANewSpan() {
    // Given
    Set<String> spans = ConcurrentHashMap.newKeySet();
    String base =
        fixture.serve(
            request -> {
              spans.add(request.getHeader("traceparent"));
              if (requests.incrementAndGet() > 1) {
                request.response().end("1");
              }
            });
    Future<TaskOutcome> outcome =
        fixture.begin(fixture.call(get(base, THRICE + "\ntimeout: 700ms"), "{}"));
    await().untilAtomic(requests, org.hamcrest.Matchers.equalTo(1));

    // When
    advance(700);
    assertThat(awaitDelay()).isEqualTo(100);
    advance(100);

    // Then
    TaskOutcome result = RunnerFixture.wait(outcome);
    assertThat(result.attempts())
        .extracting(Attempt::outcome)
        .containsExactly(AttemptOutcome.TIMED_OUT, AttemptOutcome.SUCCEEDED);
    assertThat(spans).hasSize(2);
    assertThat(timers.pending()).isEmpty();
  }

  @Test
  void cancellationEndsTheWaitForARetry() {
    // Given
    Cancellation cancellation = new Cancellation();
    Future<TaskOutcome> outcome =
        fixture.begin(fixture.call(get(failing(9, 503), THRICE), json("{}"), 10_000, cancellation));
    awaitDelay();

    // When
    fixture.loop.runOnContext(v -> cancellation.cancel());

    // Then
    TaskOutcome result = RunnerFixture.wait(outcome);
    assertThat(result.failure().code()).isEqualTo(ErrorCode.ExecutionCancelled);
    assertThat(result.attempts()).hasSize(1);
    assertThat(timers.pending()).noneMatch(RetryIT::isDelay);
  }
}
