package dev.millrace.engine.task;

import static dev.millrace.engine.task.Definitions.get;
import static dev.millrace.engine.task.Definitions.json;
import static dev.millrace.engine.task.Definitions.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.problem.ErrorCode;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a service sees of a call, and what becomes of a good answer. */
class HttpTaskRunnerIT {
  private static final Iterable<String> MANY = List.of("a", "b");

  private final RunnerFixture fixture = new RunnerFixture();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final AtomicReference<MultiMap> headers = new AtomicReference<>();

  @AfterEach
  void close() {
    fixture.close();
  }

  private String echo() {
    return fixture.serve(
        request ->
            request
                .body()
                .onSuccess(
                    body -> {
                      seen.add(request.method() + " " + request.uri() + " " + body);
                      headers.set(request.headers());
                      request.response().end("{\"ok\":true}");
                    }));
  }

  @Test
  void yieldsTheBodyOfTheAnswer() {
    // Given
    CompiledTask task = get(echo() + "/users/{{input.id}}?expand={{input.expand}}");

    // When
    TaskOutcome outcome = fixture.run(task, "{'id': 'a/b?c', 'expand': true}");

    // Then
    assertThat(outcome.succeeded()).isTrue();
    assertThat(outcome.output()).isEqualTo(json("{'ok': true}"));
    assertThat(seen).containsExactly("GET /users/a%2Fb%3Fc?expand=true ");
    assertThat(outcome.attempts()).hasSize(1);
    Attempt attempt = outcome.attempts().get(0);
    assertThat(attempt.outcome()).isEqualTo(AttemptOutcome.SUCCEEDED);
    assertThat(attempt.status()).isEqualTo(200);
    assertThat(attempt.durationNanos()).isPositive();
    assertThat(fixture.heard).isEqualTo(outcome.attempts());
  }

  @Test
  void sendsTraceBudgetAndDefaultsDownstream() {
    // Given
    CompiledTask task = get(echo() + "/");

    // When
    fixture.run(task);

    // Then
    assertThat(headers.get().get("accept")).isEqualTo("application/json");
    assertThat(headers.get().get("user-agent")).isEqualTo("millrace");
    assertThat(headers.get().get("traceparent"))
        .startsWith("00-0af7651916cd43dd8448eb211c80319c-")
        .endsWith("-01")
        .isNotEqualTo(RunnerFixture.TRACE);
    assertThat(headers.get().get("tracestate")).isEqualTo("vendor=1");
    assertThat(Long.parseLong(headers.get().get("x-request-timeout-ms")))
        .isBetween(9_000L, 10_000L);
    assertThat(headers.get().contains("idempotency-key")).isFalse();
  }

  @Test
  void sendsNoTraceThatIsNotValid() {
    // Given
    TaskCall call = fixture.call(get(echo() + "/"), "{}");
    TraceContext broken = new TraceContext("00-nonsense", "a=b");

    // When
    fixture.run(
        new TaskCall(
            call.task(),
            call.executionId(),
            call.taskId(),
            call.retry(),
            call.timeoutMillis(),
            call.input(),
            call.deadlineNanos(),
            broken,
            call.cancellation(),
            call.clearance()));

    // Then
    assertThat(headers.get().contains("traceparent")).isFalse();
    assertThat(headers.get().contains("tracestate")).isFalse();
  }

  @Test
  void sendsTheTaskTimeoutWhereItIsShorterThanTheBudget() {
    // Given
    CompiledTask task = task("method: GET\nurl: " + echo() + "/", "timeout: 1500ms");

    // When
    fixture.run(task);

    // Then
    assertThat(Long.parseLong(headers.get().get("x-request-timeout-ms"))).isBetween(500L, 1_500L);
  }

  @Test
  void sendsBodyAndIdempotencyKeyOfAPost() {
    // Given
    CompiledTask task =
        task(
            "method: POST\nurl: "
                + echo()
                + "/orders\nbody: { sku: '{{input.sku}}', count: '{{input.count}}' }\n"
                + "headers: { X-Tenant: 'acme-{{input.tenant}}', X-None: '{{input.none}}' }",
            "");

    // When
    fixture.run(task, "{'sku': 'a', 'count': 12345678901234567890.50, 'tenant': 7}");

    // Then
    assertThat(seen)
        .containsExactly("POST /orders {\"sku\":\"a\",\"count\":12345678901234567890.50}");
    assertThat(headers.get().get("content-type")).isEqualTo("application/json");
    assertThat(headers.get().get("idempotency-key")).isEqualTo("0199-execution/probe-step");
    assertThat(headers.get().get("x-tenant")).isEqualTo("acme-7");
    assertThat(headers.get().contains("x-none")).isFalse();
  }

  @Test
  void announcesThatAPostHasNoBody() {
    // Given
    CompiledTask task = task("method: POST\nurl: " + echo() + "/orders", "");

    // When
    fixture.run(task);

    // Then
    assertThat(headers.get().get("content-length")).isEqualTo("0");
  }

  @Test
  void takesTheTasksOwnHeadersForTheDefaults() {
    // Given
    CompiledTask task =
        task(
            "method: POST\nurl: "
                + echo()
                + "/\nheaders: { accept: text/csv, User-Agent: me,"
                + " Content-Type: application/merge-patch+json }\nbody: {}",
            "");

    // When
    fixture.run(task);

    // Then
    assertThat(headers.get().getAll("accept")).containsExactly("text/csv");
    assertThat(headers.get().getAll("user-agent")).containsExactly("me");
    assertThat(headers.get().getAll("content-type"))
        .containsExactly("application/merge-patch+json");
  }

  @Test
  void takesNoAnswerForNull() {
    // Given
    String base = fixture.serve(HttpTaskRunnerIT::answerByPath);

    // Then
    assertThat(fixture.run(get(base + "/empty")).output()).isEqualTo(json("null"));
    assertThat(fixture.run(get(base + "/204")).output()).isEqualTo(json("null"));
    CompiledTask head = task("method: HEAD\nurl: " + base + "/large", "");
    assertThat(fixture.run(head).output()).isEqualTo(json("null"));
  }

  private static void answerByPath(HttpServerRequest request) {
    switch (request.path()) {
      case "/204" -> request.response().setStatusCode(204).end();
      case "/large" -> request.response().putHeader("content-length", "999999999").end();
      default -> request.response().end();
    }
  }

  @Test
  void yieldsStatusHeadersAndBodyWhereAllIsWanted() {
    // Given
    String base =
        fixture.serve(
            request ->
                request
                    .response()
                    .setStatusCode(404)
                    .putHeader("X-Many", MANY)
                    .putHeader("ETag", "\"v1\"")
                    .end("{\"why\":\"gone\"}"));
    CompiledTask task =
        task("method: GET\nurl: " + base + "/\nresponse: full\nsuccessStatus: [2xx, '404']", "");

    // When
    TaskOutcome outcome = fixture.run(task);

    // Then
    assertThat(outcome.output().get("status")).isEqualTo(json("404"));
    assertThat(outcome.output().get("headers").get("x-many")).isEqualTo(json("'a, b'"));
    assertThat(outcome.output().get("headers").get("etag").stringValue()).isEqualTo("\"v1\"");
    assertThat(outcome.output().get("body")).isEqualTo(json("{'why': 'gone'}"));
  }

  @Test
  void takesJsonOfAnyContentTypeInChunksAndCompressed() {
    // Given
    String numbers = "[" + "1234567,".repeat(20_000) + "0]";
    Vertx vertx = fixture.vertx;
    var server =
        vertx
            .createHttpServer(
                new io.vertx.core.http.HttpServerOptions().setCompressionSupported(true))
            .requestHandler(
                request -> request.response().putHeader("content-type", "text/plain").end(numbers));
    int port = RunnerFixture.wait(server.listen(0, "127.0.0.1")).actualPort();

    // When
    TaskOutcome outcome = fixture.run(get("http://127.0.0.1:" + port + "/"));

    // Then
    assertThat(outcome.output().size()).isEqualTo(20_001);
  }

  @Test
  void readsABodyThatEndsWithTheConnection() {
    String base = fixture.serveBytes("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n[1,2]");
    assertThat(fixture.run(get(base + "/")).output()).isEqualTo(json("[1,2]"));
  }

  @Test
  void completesInTheContextOfTheCaller() {
    // Given
    CompiledTask task = get(echo() + "/");
    AtomicReference<Context> completed = new AtomicReference<>();

    // When
    fixture.loop.runOnContext(
        v ->
            fixture
                .runner
                .run(fixture.call(task, "{}"))
                .onComplete(done -> completed.set(Vertx.currentContext())));

    // Then
    await().until(() -> completed.get() != null);
    assertThat(completed.get()).isSameAs(fixture.loop);
  }

  @Test
  void usesConnectionsAgain() {
    // Given
    Set<String> connections = ConcurrentHashMap.newKeySet();
    String base =
        fixture.serve(
            request -> {
              connections.add(request.remoteAddress().toString());
              request.response().setStatusCode(request.path().equals("/no") ? 500 : 200).end("1");
            });

    // When
    fixture.run(get(base + "/"));
    fixture.run(get(base + "/no"));
    fixture.run(get(base + "/"));

    // Then
    assertThat(connections).hasSize(1);
  }

  @Test
  void refusesBeforeSendingWhatWouldChangeTheRequest() {
    // Given
    String base = echo();
    CompiledTask path = get(base + "/a/{{input.x}}/b");
    CompiledTask header =
        task("method: GET\nurl: " + base + "/\nheaders: { X: '{{input.x}}' }", "");

    // When
    TaskOutcome traversal = fixture.run(path, "{'x': '..'}");
    TaskOutcome injection = fixture.run(header, "{'x': 'a\\r\\nX-Admin: 1'}");

    // Then
    assertThat(traversal.failure().code()).isEqualTo(ErrorCode.InvalidRequestValue);
    assertThat(traversal.failure().taskId()).isEqualTo("probe-step");
    assertThat(traversal.failure().taskRef()).isEqualTo("probe");
    assertThat(traversal.attempts()).isEmpty();
    assertThat(injection.failure().code()).isEqualTo(ErrorCode.InvalidRequestValue);
    assertThat(injection.failure().detail()).contains("X").doesNotContain("Admin");
    assertThat(seen).isEmpty();
  }

  @Test
  void belongsToOneEventLoop() {
    // Given
    CompiledTask task = get(echo() + "/");
    Context other = fixture.vertx.getOrCreateContext();

    // Then
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () ->
                    fixture.on(
                        otherLoop(other), () -> fixture.runner.run(fixture.call(task, "{}")))))
        .hasRootCauseInstanceOf(IllegalStateException.class);
  }

  private Context otherLoop(Context known) {
    Context context =
        ((io.vertx.core.internal.VertxInternal) fixture.vertx).createEventLoopContext();
    return context == known ? otherLoop(known) : context;
  }
}
