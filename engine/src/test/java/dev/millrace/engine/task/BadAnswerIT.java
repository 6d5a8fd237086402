package dev.millrace.engine.task;

import static dev.millrace.engine.task.Definitions.get;
import static dev.millrace.engine.task.Definitions.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.schema.SchemaError;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each way in which a service can fail becomes its own failure. */
class BadAnswerIT {
  private static final String SECRET = "s3cret-value";

  private final RunnerFixture fixture =
      new RunnerFixture(HttpTaskOptions.DEFAULT.withMaxResponseBytes(1024 * 1024));

  @AfterEach
  void close() {
    fixture.close();
  }

  private Failure failure(TaskOutcome outcome, ErrorCode code, AttemptOutcome attempt) {
    assertThat(outcome.succeeded()).isFalse();
    assertThat(outcome.output()).isNull();
    assertThat(outcome.failure().code()).isEqualTo(code);
    assertThat(outcome.failure().taskId()).isEqualTo("probe-step");
    assertThat(outcome.failure().taskRef()).isEqualTo("probe");
    assertThat(outcome.failure().attempts()).isEqualTo(1);
    assertThat(outcome.failure().detail())
        .contains("GET of WorkflowTask/default/probe")
        .doesNotContain(SECRET, "127.0.0.1");
    assertThat(outcome.attempts()).singleElement().extracting(Attempt::outcome).isEqualTo(attempt);
    return outcome.failure();
  }

  private String answers(String contentType, String body) {
    return fixture.serve(
        request -> request.response().putHeader("content-type", contentType).end(body));
  }

  @Test
  void refusedConnection() {
    Failure failure =
        failure(
            fixture.run(get(fixture.nowhere() + "/")),
            ErrorCode.UpstreamUnreachable,
            AttemptOutcome.CONNECT_FAILED);
    assertThat(failure.detail()).contains("refused the connection");
    assertThat(failure.upstreamStatus()).isZero();
  }

  @Test
  void unknownHost() {
    Failure failure =
        failure(
            fixture.run(get("http://no-such-host.invalid/")),
            ErrorCode.UpstreamUnreachable,
            AttemptOutcome.CONNECT_FAILED);
    assertThat(failure.detail()).contains("name of its host");
  }

  @Test
  void notTls() {
    String base = fixture.serve(request -> request.response().end("1"));
    Failure failure =
        failure(
            fixture.run(get(base.replace("http:", "https:") + "/")),
            ErrorCode.UpstreamUnreachable,
            AttemptOutcome.CONNECT_FAILED);
    assertThat(failure.detail()).contains("TLS handshake");
  }

  @Test
  void closedBeforeAnswering() {
    String base = fixture.serveRaw(socket -> socket.close());
    Failure failure =
        failure(
            fixture.run(get(base + "/")),
            ErrorCode.UpstreamUnreachable,
            AttemptOutcome.CONNECT_FAILED);
    assertThat(failure.detail()).contains("broke before an answer");
  }

  @Test
  void notHttp() {
    String base = fixture.serveBytes("SSH-2.0-OpenSSH_9.2\r\n\r\n");
    failure(
        fixture.run(get(base + "/")), ErrorCode.UpstreamUnreachable, AttemptOutcome.CONNECT_FAILED);
  }

  @Test
  void failedStatus() {
    String base =
        fixture.serve(
            request ->
                request
                    .response()
                    .setStatusCode(500)
                    .putHeader("retry-after", "7")
                    .end("{\"why\":\"" + SECRET + "\"}"));
    Failure failure =
        failure(
            fixture.run(get(base + "/")), ErrorCode.UpstreamStatus, AttemptOutcome.FAILED_STATUS);
    assertThat(failure.upstreamStatus()).isEqualTo(500);
    assertThat(failure.retryAfter()).hasSeconds(7);
  }

  @Test
  void redirectIsNotFollowed() {
    AtomicBoolean followed = new AtomicBoolean();
    String base =
        fixture.serve(
            request -> {
              followed.compareAndSet(false, request.path().equals("/there"));
              request.response().setStatusCode(302).putHeader("location", "/there").end();
            });
    Failure failure =
        failure(
            fixture.run(get(base + "/")), ErrorCode.UpstreamStatus, AttemptOutcome.FAILED_STATUS);
    assertThat(failure.detail()).contains("302").contains("not followed");
    assertThat(followed).isFalse();
  }

  @Test
  void html() {
    Failure failure =
        failure(
            fixture.run(get(answers("text/html; charset=utf-8", "<b>" + SECRET) + "/")),
            ErrorCode.UpstreamNotJson,
            AttemptOutcome.INVALID_ANSWER);
    assertThat(failure.detail()).contains("text/html");
    assertThat(failure.upstreamStatus()).isEqualTo(200);
  }

  @Test
  void htmlOfStrangeContentTypes() {
    assertThat(fixture.run(get(answers("text/\u00e4", "<") + "/")).failure().detail())
        .contains("unreadable content type");
    String untyped = fixture.serve(request -> request.response().end("<"));
    assertThat(fixture.run(get(untyped + "/")).failure().detail())
        .contains("without a content type");
  }

  @Test
  void outsideOfTheSchema() {
    String base = answers("application/json", "{\"id\":\"" + SECRET + "\"}");
    CompiledTask task =
        task(
            "method: GET\nurl: " + base + "/",
            "",
            "{ type: object, required: [id, email], properties: { id: { type: integer } } }");
    Failure failure =
        failure(fixture.run(task), ErrorCode.UpstreamSchemaMismatch, AttemptOutcome.INVALID_ANSWER);
    assertThat(failure.errors())
        .extracting(SchemaError::keyword)
        .containsExactlyInAnyOrder("type", "required");
    assertThat(failure.errors().toString()).doesNotContain(SECRET);
  }

  @Test
  void lessThanAnnounced() {
    String base = fixture.serveBytes("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"a\":");
    Failure failure =
        failure(
            fixture.run(get(base + "/")),
            ErrorCode.UpstreamTruncated,
            AttemptOutcome.INVALID_ANSWER);
    assertThat(failure.upstreamStatus()).isEqualTo(200);
  }

  @Test
  void brokenOffChunks() {
    String base =
        fixture.serveBytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n[1,\r\n");
    failure(
        fixture.run(get(base + "/")), ErrorCode.UpstreamTruncated, AttemptOutcome.INVALID_ANSWER);
  }

  @Test
  void whatComesUnaskedIsNotTakenForTheNextAnswer() {
    String answer = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n";
    String base =
        fixture.serveRaw(
            socket -> {
              socket.write(answer + "1" + answer + "2");
              socket.handler(next -> socket.write(answer + "3"));
            });

    TaskOutcome first = fixture.run(get(base + "/"));
    TaskOutcome second = fixture.run(get(base + "/"));

    assertThat(first.output().intValue()).isEqualTo(1);
    assertThat(second.output() == null || second.output().intValue() == 1).isTrue();
  }

  @Test
  void brokenCompression() {
    String base =
        fixture.serveBytes(
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 12\r\n\r\nnot zipped!!");
    Failure failure =
        failure(
            fixture.run(get(base + "/")), ErrorCode.UpstreamNotJson, AttemptOutcome.INVALID_ANSWER);
    assertThat(failure.detail()).contains("decompressed");
  }

  @Test
  void announcedAsTooLarge() {
    String base =
        fixture.serveRaw(
            socket -> socket.write("HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n[1,"));
    Failure failure =
        failure(
            fixture.run(get(base + "/")),
            ErrorCode.UpstreamTooLarge,
            AttemptOutcome.INVALID_ANSWER);
    assertThat(failure.detail()).contains("1048576");
  }

  @Test
  void hundredMegabytesAreNotRead() {
    // Given
    AtomicLong written = new AtomicLong();
    AtomicBoolean closed = new AtomicBoolean();
    Buffer megabyte = Buffer.buffer("[" + "1,".repeat(512 * 1024 - 1) + " ");
    String base =
        fixture.serve(
            request -> {
              request.response().setChunked(true);
              request.connection().closeHandler(v -> closed.set(true));
              pour(request, megabyte, written);
            });

    // When
    failure(
        fixture.run(get(base + "/")), ErrorCode.UpstreamTooLarge, AttemptOutcome.INVALID_ANSWER);

    // Then
    await().untilTrue(closed);
    assertThat(written.get()).isLessThan(30);
  }

  private void pour(HttpServerRequest request, Buffer megabyte, AtomicLong written) {
    if (written.incrementAndGet() <= 100) {
      request.response().write(megabyte).onSuccess(v -> pour(request, megabyte, written));
    }
  }

  @Test
  void tooManyHeaders() {
    String base =
        fixture.serveBytes("HTTP/1.1 200 OK\r\nX-Long: " + "a".repeat(60_000) + "\r\n\r\n");
    failure(
        fixture.run(get(base + "/")), ErrorCode.UpstreamTooLarge, AttemptOutcome.INVALID_ANSWER);
  }

  @Test
  void endlessBodyOfAFailedStatusIsNotRead() {
    AtomicBoolean closed = new AtomicBoolean();
    String base =
        fixture.serve(
            request -> {
              request.connection().closeHandler(v -> closed.set(true));
              request.response().setStatusCode(503).setChunked(true);
              pour(request, Buffer.buffer("x".repeat(1024 * 1024)), new AtomicLong());
            });
    failure(fixture.run(get(base + "/")), ErrorCode.UpstreamStatus, AttemptOutcome.FAILED_STATUS);
    await().untilTrue(closed);
  }

  @Test
  void brokenBodyOfAFailedStatusChangesNothing() {
    String base =
        fixture.serveBytes("HTTP/1.1 404 Not Found\r\nContent-Length: 50\r\n\r\nhalf of it");
    Failure failure =
        failure(
            fixture.run(get(base + "/")), ErrorCode.UpstreamStatus, AttemptOutcome.FAILED_STATUS);
    assertThat(failure.upstreamStatus()).isEqualTo(404);
  }

  @Test
  void silenceBeforeTheAnswer() {
    AtomicBoolean closed = new AtomicBoolean();
    String base = fixture.serveRaw(socket -> socket.closeHandler(v -> closed.set(true)));
    Failure failure =
        failure(
            fixture.run(task("method: GET\nurl: " + base + "/", "timeout: 80ms")),
            ErrorCode.TaskTimedOut,
            AttemptOutcome.TIMED_OUT);
    assertThat(failure.detail()).contains("timeout of 80 ms");
    await().untilTrue(closed);
  }

  @Test
  void silenceWithinTheAnswer() {
    String base =
        fixture.serveRaw(
            socket -> socket.write("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"a\":"));
    Failure failure =
        failure(
            fixture.run(task("method: GET\nurl: " + base + "/", "timeout: 80ms")),
            ErrorCode.TaskTimedOut,
            AttemptOutcome.TIMED_OUT);
    assertThat(failure.upstreamStatus()).isEqualTo(200);
  }

  @Test
  void silenceWithinAFailedAnswerKeepsTheStatus() {
    String base =
        fixture.serveRaw(socket -> socket.write("HTTP/1.1 503 No\r\nContent-Length: 50\r\n\r\n"));
    failure(
        fixture.run(task("method: GET\nurl: " + base + "/", "timeout: 80ms")),
        ErrorCode.UpstreamStatus,
        AttemptOutcome.FAILED_STATUS);
  }

  @Test
  void silenceBeyondTheDeadlineThatNobodyCancels() {
    String base = fixture.serveRaw(socket -> {});
    TaskCall call = fixture.call(get(base + "/"), Definitions.json("{}"), 60, new Cancellation());
    Failure failure = failure(fixture.run(call), ErrorCode.TaskTimedOut, AttemptOutcome.TIMED_OUT);
    assertThat(failure.detail()).contains("left of the execution's time");
  }

  @Test
  void nextCallIsServedAfterEachFailure() throws InterruptedException {
    CountDownLatch hang = new CountDownLatch(1);
    String base =
        fixture.serve(
            request -> {
              if (request.path().equals("/hang")) {
                hang.countDown();
              } else {
                request.response().end("1");
              }
            });
    fixture.run(task("method: GET\nurl: " + base + "/hang", "timeout: 50ms"));
    assertThat(hang.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(fixture.run(get(base + "/")).succeeded()).isTrue();
  }
}
