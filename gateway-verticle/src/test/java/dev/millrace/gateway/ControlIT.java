package dev.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.gateway.testing.HttpAnswer;
import dev.millrace.gateway.testing.TestClient;
import dev.millrace.gateway.testing.TestGateway;
import dev.millrace.gateway.testing.TestUpstream;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pause, resume and cancel over real HTTP, while a task's call is in flight. */
@Timeout(60)
class ControlIT {
  private static final String DEFINITIONS =
      """
      apiVersion: millrace.dev/v1
      kind: WorkflowTask
      metadata: { name: wait }
      spec:
        outputSchema: { type: object, required: [n], properties: { n: { type: integer } } }
        http: { method: GET, url: "http://127.0.0.1:$PORT/hangs" }
      ---
      apiVersion: millrace.dev/v1
      kind: WorkflowTask
      metadata: { name: echo }
      spec:
        inputSchema: { type: object, required: [n], properties: { n: { type: integer } } }
        outputSchema: { type: object }
        http: { method: POST, url: "http://127.0.0.1:$PORT/echo", body: { n: "{{input.n}}" } }
      ---
      apiVersion: millrace.dev/v1
      kind: Workflow
      metadata: { name: slow }
      spec:
        inputSchema: { type: object }
        tasks:
          - { id: wait, taskRef: wait }
          - { id: echo, taskRef: echo, input: { n: "{{tasks.wait.output.n}}" } }
        output: "{{tasks.echo.output}}"
        route: { method: POST, path: /slow }
      ---
      apiVersion: millrace.dev/v1
      kind: WorkflowTask
      metadata: { name: wait-in-full }
      spec:
        outputSchema:
          type: object
          required: [headers]
          properties: { headers: { type: object, additionalProperties: { type: string } } }
        http: { method: GET, url: "http://127.0.0.1:$PORT/hangs", response: full }
      ---
      apiVersion: millrace.dev/v1
      kind: Workflow
      metadata: { name: headed }
      spec:
        inputSchema: { type: object }
        tasks:
          - { id: wait, taskRef: wait-in-full }
          - { id: echo, taskRef: echo, input: { n: 1 }, dependsOn: [wait] }
        output: "{{tasks.wait.output.headers.etag ?? null}}"
      """;

  private static TestUpstream upstream;
  private static TestGateway gateway;
  private static TestClient client;

  @BeforeAll
  static void start() {
    upstream = TestUpstream.start();
    gateway =
        TestGateway.start().serve(DEFINITIONS.replace("$PORT", Integer.toString(upstream.port())));
    client = gateway.client();
  }

  @AfterAll
  static void stop() {
    gateway.close();
    upstream.close();
  }

  private CompletableFuture<HttpAnswer> execute(String path) {
    return CompletableFuture.supplyAsync(() -> client.post(path, "{}"));
  }

  private static HttpServerRequest call() throws InterruptedException {
    HttpServerRequest call = upstream.held().poll(20, TimeUnit.SECONDS);
    assertThat(call).as("the call of the first task").isNotNull();
    return call;
  }

  private static String running() {
    return running("slow");
  }

  private static String running(String workflow) {
    return client
        .get("/api/v1/workflows/" + workflow + "/executions?status=Running")
        .json()
        .at("/items/0/executionId")
        .stringValue();
  }

  private static void answer(HttpServerRequest call) {
    call.response().putHeader("Content-Type", "application/json").end("{\"n\":1}");
  }

  private HttpAnswer pausedBy(String path) throws Exception {
    CompletableFuture<HttpAnswer> caller = execute(path);
    HttpServerRequest call = call();
    String id = running(path.contains("headed") ? "headed" : "slow");
    HttpAnswer accepted = client.send("POST", "/api/v1/executions/" + id + "/pause", null);
    assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
    assertThat(accepted.json().path("executionId").stringValue()).isEqualTo(id);
    assertThat(accepted.header("location")).isEqualTo("/api/v1/executions/" + id);
    answer(call);
    return caller.get(20, TimeUnit.SECONDS);
  }

  @Test
  void aPausedExecutionTellsItsCallerWhereItIsAndGoesOnWhenItIsResumed() throws Exception {
    HttpAnswer paused = pausedBy("/api/v1/workflows/slow/execute");
    assertThat(paused.status()).as(paused.body()).isEqualTo(202);
    assertThat(paused.json().path("status").stringValue()).isEqualTo("Paused");
    assertThat(paused.json().has("output")).isFalse();
    String place = paused.header("location");

    client.send("POST", place + "/pause", null).problem(409, "IllegalTransition");
    HttpAnswer resumed = client.send("POST", place + "/resume", null);
    assertThat(resumed.status()).as(resumed.body()).isEqualTo(202);

    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(client.get(place).json().at("/output/received/n").intValue())
                    .isEqualTo(1));
    assertThat(client.get(place).json().path("status").stringValue()).isEqualTo("Succeeded");
    client.send("POST", place + "/resume", null).problem(409, "IllegalTransition");
  }

  @Test
  void anExecutionThatWouldReadAHeaderCannotGoOnFromItsRecord() throws Exception {
    String place = pausedBy("/api/v1/workflows/headed/execute").header("location");
    for (String definition : new String[] {"pinned", "latest"}) {
      HttpAnswer resumed = client.send("POST", place + "/resume?definition=" + definition, null);
      assertThat(resumed.problem(409, "IllegalTransition").path("detail").stringValue())
          .isEqualTo(
              "the execution is Paused and cannot be resumed: {{tasks.wait.output.headers.etag ??"
                  + " null}} reads a header of an answer, which is never recorded");
    }
    assertThat(client.get(place).json().at("/tasks/0/output/headers/content-type").stringValue())
        .isEqualTo("***");
    assertThat(client.send("POST", place + "/cancel", null).status()).isEqualTo(202);
  }

  @Test
  void aCallerOfARouteIsToldAsWell() throws Exception {
    HttpAnswer paused = pausedBy("/run/slow");

    assertThat(paused.status()).as(paused.body()).isEqualTo(202);
    assertThat(paused.header("location")).startsWith("/api/v1/executions/");
    HttpAnswer resumed =
        client.send("POST", paused.header("location") + "/resume?definition=latest", null);
    assertThat(resumed.status()).as(resumed.body()).isEqualTo(202);
  }

  @Test
  void aCancelledExecutionIsACallersConflict() throws Exception {
    CompletableFuture<HttpAnswer> caller = execute("/api/v1/workflows/slow/execute");
    call();
    String place = "/api/v1/executions/" + running();

    assertThat(client.send("POST", place + "/cancel", null).status()).isEqualTo(202);

    caller.get(20, TimeUnit.SECONDS).problem(409, "ExecutionCancelled");
    assertThat(client.get(place).json().path("status").stringValue()).isEqualTo("Cancelled");
    client.send("POST", place + "/cancel", null).problem(409, "IllegalTransition");
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    client.send("POST", "/api/v1/executions/nobody/pause", null).problem(404, "UnknownExecution");
    client
        .send("POST", "/api/v1/executions/nobody/resume?definition=newest", null)
        .problem(400, "InvalidRequest");
    client
        .send("POST", "/api/v1/executions/nobody/cancel?x=1", null)
        .problem(400, "InvalidRequest");
    client.get("/api/v1/executions/nobody/cancel").problem(405, "MethodNotAllowed");
  }

  @Test
  void aGatewayWithoutItsDatabaseIsNotReady() {
    gateway.setReachable(false);
    try {
      assertThat(client.get("/health/ready").problem(503, "NotReady").path("detail").stringValue())
          .contains("database");
    } finally {
      gateway.setReachable(true);
    }
    assertThat(client.get("/health/ready").status()).isEqualTo(200);
  }
}
