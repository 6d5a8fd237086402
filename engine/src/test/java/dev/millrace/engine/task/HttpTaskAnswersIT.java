package dev.millrace.engine.task;

import static dev.millrace.engine.plan.TestDefinitions.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.HttpMethodName;
import dev.millrace.engine.problem.ErrorCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the answers that services give. */
@Timeout(60)
class HttpTaskAnswersIT {
  private final TaskFixture fixture = new TaskFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private void failsWith(ErrorCode code, int upstreamStatus, TaskOutcome outcome) {
    assertThat(outcome.succeeded()).isFalse();
    assertThat(outcome.output()).isNull();
    assertThat(outcome.failure().code()).isEqualTo(code);
    assertThat(outcome.failure().upstreamStatus()).isEqualTo(upstreamStatus);
    assertThat(outcome.failure().taskId()).isEqualTo("step");
    assertThat(outcome.failure().taskRef()).isEqualTo("service");
    assertThat(outcome.failure().attempts()).isEqualTo(outcome.attempts().size());
  }

  @Test
  void yieldsATypedOutput() {
    int port = fixture.http(request -> request.response().end("{\"id\":7,\"big\":1.50}"));

    TaskOutcome outcome =
        fixture.run(
            TestTask.get(port)
                .outputSchema("{'type':'object','properties':{'id':{'type':'integer'}}}"));

    assertThat(outcome.failure()).isNull();
    assertThat(outcome.output()).isEqualTo(json("{'id':7,'big':1.50}"));
    assertThat(outcome.attempts())
        .singleElement()
        .satisfies(
            attempt -> {
              assertThat(attempt.number()).isEqualTo(1);
              assertThat(attempt.status()).isEqualTo(200);
              assertThat(attempt.outcome()).isEqualTo(AttemptOutcome.SUCCEEDED);
              assertThat(attempt.durationNanos()).isPositive();
            });
    assertThat(fixture.heard).isEqualTo(outcome.attempts());
  }

  @Test
  void sendsTheBody() {
    int port =
        fixture.http(request -> request.body().onSuccess(body -> request.response().end(body)));

    TaskOutcome outcome =
        fixture.run(
            TestTask.of(HttpMethodName.PUT, port).body("{'n':'{{input.n}}'}").input("{'n':3}"));

    assertThat(outcome.output()).isEqualTo(json("{'n':3}"));
  }

  @Test
  void saysThatABodyIsEmpty() {
    int port =
        fixture.http(
            request -> request.response().end('"' + request.getHeader("content-length") + '"'));

    assertThat(fixture.run(TestTask.of(HttpMethodName.POST, port)).output()).isEqualTo(json("'0'"));
  }

  @Test
  void tellsOfARefusedConnection() {
    TaskOutcome outcome = fixture.run(TestTask.get(fixture.freePort()));

    failsWith(ErrorCode.UpstreamUnreachable, 0, outcome);
    assertThat(outcome.failure().detail()).contains("refused the connection");
    assertThat(outcome.attempts().get(0).outcome()).isEqualTo(AttemptOutcome.CONNECT_FAILED);
  }

  @Test
  void tellsOfAnUnknownHost() {
    failsWith(
        ErrorCode.UpstreamUnreachable, 0, fixture.run(TestTask.get("http://nowhere.invalid/")));
  }

  @Test
  void tellsOfAServiceWithoutTls() {
    int port = fixture.raw("HTTP/1.1 400 Bad Request\r\n\r\n", true);

    TaskOutcome outcome = fixture.run(TestTask.get("https://127.0.0.1:" + port + "/"));

    failsWith(ErrorCode.UpstreamUnreachable, 0, outcome);
    assertThat(outcome.failure().detail()).contains("TLS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n",
      })
  void tellsOfHalfABody(String answer) {
    TaskOutcome outcome = fixture.run(TestTask.get(fixture.raw(answer, true)));

    failsWith(ErrorCode.UpstreamTruncated, 200, outcome);
    assertThat(outcome.attempts().get(0).outcome()).isEqualTo(AttemptOutcome.INVALID_ANSWER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 2", "SSH-2.0-OpenSSH\r\n\r\n"})
  void tellsOfAConnectionThatBrokeBeforeAnAnswer(String answer) {
    failsWith(
        ErrorCode.UpstreamUnreachable, 0, fixture.run(TestTask.get(fixture.raw(answer, true))));
  }

  @Test
  void readsABodyThatEndsWithTheConnection() {
    int port = fixture.raw("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n[1]", true);

    assertThat(fixture.run(TestTask.get(port)).output()).isEqualTo(json("[1]"));
  }

  @Test
  void cutsAHugeAnswerOff() {
    AtomicLong written = new AtomicLong();
    long whole = 100L * 1024 * 1024;
    Buffer chunk = Buffer.buffer(new byte[64 * 1024]);
    int port =
        fixture.http(
            request -> {
              request.response().setChunked(true);
              request.response().exceptionHandler(ignored -> {});
              pump(request, chunk, written, whole);
            });

    TaskOutcome outcome = fixture.run(TestTask.get(port));

    failsWith(ErrorCode.UpstreamTooLarge, 200, outcome);
    assertThat(written.get()).isLessThan(whole / 2);
  }

  private static void pump(
      HttpServerRequest request, Buffer chunk, AtomicLong written, long whole) {
    if (written.addAndGet(chunk.length()) < whole) {
      request
          .response()
          .write(chunk.copy())
          .onSuccess(ignored -> pump(request, chunk, written, whole));
    }
  }

  @Test
  void doesNotReadAnAnswerThatAnnouncesToBeTooLarge() {
    int port = fixture.raw("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", false);

    failsWith(ErrorCode.UpstreamTooLarge, 200, fixture.run(TestTask.get(port)));
  }

  @Test
  void refusesHugeHeaders() {
    String answer = "HTTP/1.1 200 OK\r\nX-Big: " + "x".repeat(100_000) + "\r\n\r\n";

    failsWith(ErrorCode.UpstreamTooLarge, 0, fixture.run(TestTask.get(fixture.raw(answer, false))));
  }

  @ParameterizedTest
  @CsvSource({
    "text/html; charset=utf-8, text/html",
    ", without a content type",
    "such nonsense, unreadable content type"
  })
  void tellsOfHtml(String type, String told) {
    int port =
        fixture.http(
            request -> {
              if (type != null) {
                request.response().putHeader("content-type", type);
              }
              request.response().end("<html>secret</html>");
            });

    TaskOutcome outcome = fixture.run(TestTask.get(port));

    failsWith(ErrorCode.UpstreamNotJson, 200, outcome);
    assertThat(outcome.failure().detail()).contains(told).doesNotContain("secret");
  }

  @Test
  void tellsOfBrokenCompression() {
    String answer =
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 20\r\n\r\n" + "x".repeat(20);

    failsWith(
        ErrorCode.UpstreamNotJson, 200, fixture.run(TestTask.get(fixture.raw(answer, false))));
  }

  @ParameterizedTest
  @CsvSource({"GET,200", "GET,204", "HEAD,200"})
  void anAnswerWithoutABodyIsNull(HttpMethodName method, int status) {
    int port =
        fixture.http(
            request -> {
              request.response().setStatusCode(status);
              if (method == HttpMethodName.HEAD) {
                request.response().putHeader("content-length", "123456789");
              }
              request.response().end();
            });

    TaskOutcome outcome = fixture.run(TestTask.of(method, port));

    assertThat(outcome.failure()).isNull();
    assertThat(outcome.output()).isEqualTo(json("null"));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 404, 500})
  void tellsTheStatusOfAFailure(int status) {
    int port = fixture.http(request -> request.response().setStatusCode(status).end("secret"));

    TaskOutcome outcome = fixture.run(TestTask.get(port));

    failsWith(ErrorCode.UpstreamStatus, status, outcome);
    assertThat(outcome.failure().detail()).doesNotContain("secret");
    assertThat(outcome.attempts().get(0).outcome()).isEqualTo(AttemptOutcome.FAILED_STATUS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 500 Oops\r\nContent-Length: 100\r\n\r\nhalf",
        "HTTP/1.1 500 Oops\r\nContent-Length: 200000\r\n\r\n"
      })
  void aFailuresBodyDoesNotMatter(String head) {
    int port = fixture.raw(head + "x".repeat(90_000), true);

    failsWith(ErrorCode.UpstreamStatus, 500, fixture.run(TestTask.get(port)));
  }

  @Test
  void aFailuresBodyThatHangsDoesNotHideTheStatus() {
    int port = fixture.raw("HTTP/1.1 500 Oops\r\nContent-Length: 100\r\n\r\nhalf", false);

    failsWith(ErrorCode.UpstreamStatus, 500, fixture.run(TestTask.get(port).timeout(200)));
  }

  @Test
  void tellsWhereTheAnswerDoesNotMatch() {
    int port = fixture.http(request -> request.response().end("{\"user\":{\"id\":\"secret\"}}"));

    TaskOutcome outcome =
        fixture.run(
            TestTask.get(port)
                .outputSchema("{'properties':{'user':{'properties':{'id':{'type':'integer'}}}}}"));

    failsWith(ErrorCode.UpstreamSchemaMismatch, 200, outcome);
    assertThat(outcome.failure().errors())
        .singleElement()
        .satisfies(error -> assertThat(error.path()).isEqualTo("/user/id"));
    assertThat(outcome.failure().detail()).doesNotContain("secret");
    assertThat(outcome.attempts().get(0).outcome()).isEqualTo(AttemptOutcome.INVALID_ANSWER);
  }

  @Test
  void yieldsTheFullResponse() {
    int port =
        fixture.http(
            request -> {
              request.response().headers().add("X-Two", "a").add("x-two", "b");
              request.response().setStatusCode(201).end("[1]");
            });

    TaskOutcome outcome = fixture.run(TestTask.get(port).fullResponse());

    assertThat(outcome.output())
        .isEqualTo(
            json("{'status':201,'headers':{'x-two':'a, b','content-length':'3'},'body':[1]}"));
  }

  @Test
  void usesAConnectionAgain() {
    Set<Object> connections = ConcurrentHashMap.newKeySet();
    AtomicInteger calls = new AtomicInteger();
    int port =
        fixture.http(
            request -> {
              connections.add(request.connection());
              int status = calls.incrementAndGet() == 2 ? 500 : 200;
              request.response().setStatusCode(status).end("1");
            });

    for (int i = 0; i < 5; i++) {
      assertThat(fixture.run(TestTask.get(port)).attempts()).hasSize(1);
    }

    assertThat(calls).hasValue(5);
    assertThat(connections).hasSize(1);
  }
}
