package dev.millrace.engine.task;

import static dev.millrace.engine.task.RunnerHarness.get;
import static dev.millrace.engine.task.RunnerHarness.json;
import static dev.millrace.engine.task.RunnerHarness.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.problem.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTaskRunnerIT {
  private static final String QUICK_RETRY =
      "  retry: {maxAttempts: 3, initialDelay: 5ms, maxDelay: 20ms}";
  private static final String HEAD = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

  private final RunnerHarness harness = new RunnerHarness();
  private final List<HttpServerRequest> seen = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    harness.close();
  }

  private int answering(int status, String body) {
    return harness.http(
        request -> {
          seen.add(request);
          request.response().setStatusCode(status).putHeader("X-Kind", "test").end(body);
        });
  }

  private TaskOutcome failure(CompiledTask task, ErrorCode code) {
    TaskOutcome outcome = harness.run(harness.call(task, "7"));
    assertThat(outcome.succeeded()).isFalse();
    assertThat(outcome.failure().code()).isEqualTo(code);
    assertThat(outcome.failure().taskId()).isEqualTo("first");
    assertThat(outcome.failure().taskRef()).isEqualTo("thing");
    return outcome;
  }

  @Test
  void yieldsTheAnswersBodyAndTellsTheServiceWhatItMayKnow() {
    int port = answering(200, "{\"n\":1,\"price\":1.10}");

    TaskOutcome outcome = harness.run(harness.call(get(port), "a b"));

    assertThat(outcome.output()).isEqualTo(json("{\"n\":1,\"price\":1.10}"));
    assertThat(outcome.attempts()).singleElement().extracting(Attempt::status).isEqualTo(200);
    HttpServerRequest request = seen.get(0);
    assertThat(request.uri()).isEqualTo("/things/a%20b");
    assertThat(request.getHeader("traceparent"))
        .startsWith("00-0af7651916cd43dd8448eb211c80319c-")
        .isNotEqualTo(RunnerHarness.TRACE);
    assertThat(request.getHeader("tracestate")).isEqualTo("vendor=1");
    assertThat(Long.parseLong(request.getHeader("X-Request-Timeout-Ms"))).isBetween(1L, 5_000L);
    assertThat(request.getHeader("Idempotency-Key")).isNull();
  }

  @Test
  void sendsTheBodyAndAKeyWhereRepeatingWouldHarm() {
    List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    int port =
        harness.http(
            request -> {
              seen.add(request);
              request
                  .body()
                  .onSuccess(
                      body -> {
                        bodies.add(body.toString());
                        request.response().setStatusCode(201).end("{}");
                      });
            });

    assertThat(harness.run(harness.call(post(port), "7")).succeeded()).isTrue();

    assertThat(bodies).containsExactly("{\"id\":\"7\"}");
    assertThat(seen.get(0).getHeader("Idempotency-Key"))
        .isEqualTo("018f0000-0000-7000-8000-000000000001/first");
    assertThat(seen.get(0).getHeader("content-type")).startsWith("application/json");
  }

  @Test
  void yieldsStatusHeadersAndBodyWhereAllAreWanted() {
    int port = answering(404, "");

    TaskOutcome outcome =
        harness.run(
            harness.call(
                get(port, "    response: full", "    successStatus: [\"2xx\", 404]"), "7"));

    assertThat(outcome.output().path("status").asInt()).isEqualTo(404);
    assertThat(outcome.output().path("headers").path("x-kind").asString()).isEqualTo("test");
    assertThat(outcome.output().path("body").isNull()).isTrue();
  }

  @Test
  void takesAnEmptyAnswerForNull() {
    CompiledTask task = get(answering(204, ""));
    assertThat(harness.run(harness.call(task, "7")).output().isNull()).isTrue();
  }

  @Test
  void neverShowsWhatAFailingServiceSaid() {
    TaskOutcome outcome = failure(get(answering(500, "secret")), ErrorCode.UpstreamStatus);
    assertThat(outcome.failure().upstreamStatus()).isEqualTo(500);
    assertThat(outcome.failure().detail()).doesNotContain("secret");
    assertThat(seen).hasSize(1);
  }

  @Test
  void saysWhatIsNoJson() {
    failure(get(answering(200, "<html>")), ErrorCode.UpstreamNotJson);
  }

  @Test
  void saysWhereAnAnswerBreaksItsSchema() {
    TaskOutcome outcome =
        failure(get(answering(200, "{\"n\":\"x\"}")), ErrorCode.UpstreamSchemaMismatch);
    assertThat(outcome.failure().errors()).singleElement().extracting("path").isEqualTo("/n");
  }

  @Test
  void aPortWhereNobodyListensIsUnreachable() throws IOException {
    failure(get(freePort()), ErrorCode.UpstreamUnreachable);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "content-length: 100\r\n\r\n{\"n\":",
        "transfer-encoding: chunked\r\n\r\n5\r\n{\"n\":"
      })
  void halfABodyIsTruncated(String rest) {
    int port =
        harness.raw(socket -> socket.write(HEAD + rest).onComplete(written -> socket.close()));
    failure(get(port), ErrorCode.UpstreamTruncated);
  }

  @Test
  void aConnectionThatBreaksBeforeTheAnswerIsUnreachable() {
    failure(get(harness.raw(NetSocket::close)), ErrorCode.UpstreamUnreachable);
  }

  @Test
  void anAnnouncedFloodIsNotEvenBegun() {
    AtomicBoolean closed = new AtomicBoolean();
    int port =
        harness.raw(
            socket -> {
              socket.closeHandler(ignored -> closed.set(true));
              socket.write(HEAD + "content-length: 104857600\r\n\r\n");
            });
    failure(get(port), ErrorCode.UpstreamTooLarge);
    await().untilTrue(closed);
  }

  @Test
  void anUnannouncedFloodIsCutOffAtTheLimit() {
    AtomicInteger written = new AtomicInteger();
    String chunk = "4000\r\n" + " ".repeat(0x4000) + "\r\n";
    int port =
        harness.raw(
            socket -> {
              socket.write(HEAD + "transfer-encoding: chunked\r\n\r\n");
              writeOn(socket, chunk, written);
            });
    failure(get(port), ErrorCode.UpstreamTooLarge);
    assertThat(written.get()).as("chunks of 16 KiB that the service got rid of").isLessThan(3_000);
  }

  private static void writeOn(NetSocket socket, String chunk, AtomicInteger written) {
    if (written.incrementAndGet() < 6_400) {
      socket.write(chunk).onSuccess(ignored -> writeOn(socket, chunk, written));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", HEAD + "content-length: 10\r\n\r\n{"})
  void aServiceThatHangsTimesOut(String begun) {
    int port = harness.raw(socket -> socket.write(begun));
    TaskOutcome outcome = failure(get(port, "  timeout: 50ms"), ErrorCode.TaskTimedOut);
    assertThat(outcome.attempts())
        .singleElement()
        .extracting(Attempt::outcome)
        .isEqualTo(AttemptOutcome.TIMED_OUT);
  }

  @Test
  void theExecutionsDeadlineEndsACallToo() {
    int port = harness.raw(socket -> {});
    TaskOutcome outcome = harness.run(harness.call(get(port), "7", 60, new Cancellation()));
    assertThat(outcome.failure().code()).isEqualTo(ErrorCode.TaskTimedOut);
  }

  @Test
  void aCancelledCallEndsAtOnceAndTheServiceSeesTheConnectionClose() {
    AtomicBoolean arrived = new AtomicBoolean();
    AtomicBoolean closed = new AtomicBoolean();
    int port =
        harness.raw(
            socket -> {
              arrived.set(true);
              socket.closeHandler(ignored -> closed.set(true));
            });
    Cancellation cancellation = new Cancellation();
    Future<TaskOutcome> outcome = harness.begin(harness.call(get(port), "7", 20_000, cancellation));
    await().untilTrue(arrived);

    harness.onLoop(cancellation::cancel);

    assertThat(RunnerHarness.await(outcome).failure().code())
        .isEqualTo(ErrorCode.ExecutionCancelled);
    await().untilTrue(closed);
  }

  @Test
  void triesAgainUntilTheServiceRecovers() {
    AtomicInteger calls = new AtomicInteger();
    int port =
        harness.http(
            request ->
                request
                    .response()
                    .setStatusCode(calls.incrementAndGet() < 3 ? 503 : 200)
                    .end("{}"));

    TaskOutcome outcome = harness.run(harness.call(get(port, QUICK_RETRY), "7"));

    assertThat(outcome.succeeded()).isTrue();
    assertThat(outcome.attempts()).extracting(Attempt::status).containsExactly(503, 503, 200);
    assertThat(harness.attempts).hasSize(3);
  }

  @Test
  void waitsNoLongerThanTheServiceAsksWhereTheTimeDoesNotSuffice() {
    int port =
        harness.http(
            request -> {
              seen.add(request);
              request.response().setStatusCode(503).putHeader("Retry-After", "60").end();
            });
    failure(get(port, QUICK_RETRY), ErrorCode.UpstreamStatus);
    assertThat(seen).hasSize(1);
  }

  @Test
  void neverRepeatsAnEffectThatMayHaveHappened() {
    int port = answering(503, "");
    failure(post(port, QUICK_RETRY), ErrorCode.UpstreamStatus);
    assertThat(seen).hasSize(1);
  }

  @Test
  void repeatsAnEffectThatCannotHaveHappened() throws IOException {
    TaskOutcome outcome = failure(post(freePort(), QUICK_RETRY), ErrorCode.UpstreamUnreachable);
    assertThat(outcome.attempts()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".."})
  void sendsNothingWhereAValueWouldChangeTheRequestsShape(String id) {
    TaskOutcome outcome = harness.run(harness.call(get(answering(200, "{}")), id));
    assertThat(outcome.failure().code()).isEqualTo(ErrorCode.InvalidRequestValue);
    assertThat(seen).isEmpty();
  }

  @Test
  void noInputLeavesItsHeader() {
    int port = answering(200, "{}");
    CompiledTask task = get(port, "    headers: {X-Id: \"{{input.id}}\"}");
    TaskOutcome outcome = harness.run(harness.call(task, "a\r\nX-Evil: 1"));
    assertThat(outcome.failure().code()).isEqualTo(ErrorCode.InvalidRequestValue);
    assertThat(seen).isEmpty();
  }

  @Test
  void noInputLeavesItsSegment() {
    CompiledTask task = get(answering(200, "{}"));
    assertThat(harness.run(harness.call(task, "../../admin?x=1#y")).succeeded()).isTrue();
    assertThat(seen.get(0).path()).isEqualTo("/things/..%2F..%2Fadmin%3Fx%3D1%23y");
  }

  @Test
  void aConnectionServesManyCalls() {
    List<String> ports = Collections.synchronizedList(new ArrayList<>());
    int port =
        harness.http(
            request -> {
              ports.add(request.remoteAddress().toString());
              request.response().end("{}");
            });
    for (int i = 0; i < 5; i++) {
      assertThat(harness.run(harness.call(get(port), "7")).succeeded()).isTrue();
    }
    assertThat(ports).hasSize(5).containsOnly(ports.get(0));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
