package dev.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.gateway.testing.HttpAnswer;
import dev.millrace.gateway.testing.RawConnection;
import dev.millrace.gateway.testing.TestClient;
import dev.millrace.gateway.testing.TestGateway;
import dev.millrace.gateway.testing.TestUpstream;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Probes, metrics, pages and the shutdown of a gateway. */
class OperationsIT {
  private static TestUpstream upstream;
  private static TestGateway gateway;
  private static TestClient client;

  @BeforeAll
  static void start() {
    upstream = TestUpstream.start();
    gateway = TestGateway.start().serveResource("workflows.yaml", upstream.port());
    client = gateway.client();
  }

  @AfterAll
  static void stop() {
    gateway.close();
    upstream.close();
  }

  @Test
  void leadsToTheDocumentation() {
    HttpAnswer answer = client.get("/");
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("location")).isEqualTo("docs/");
    assertThat(client.get("/docs").header("location")).isEqualTo("docs/");
  }

  @Test
  void servesSwaggerUiFromItsOwnFiles() {
    HttpAnswer page = client.get("/docs/");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.header("content-security-policy")).contains("default-src 'none'");
    assertThat(page.body()).doesNotContain("https://").doesNotContain("<script>");
    for (String file : new String[] {"docs.js", "swagger-ui-bundle.js", "swagger-ui.css"}) {
      assertThat(page.body() + "docs.js").contains(file);
      assertThat(client.get("/docs/" + file).status()).as(file).isEqualTo(200);
    }
    assertThat(client.get("/docs/docs.js").body()).contains("'../openapi.json'");
    String tag = page.header("etag");
    assertThat(client.get("/docs/", "If-None-Match", tag).status()).isEqualTo(304);
  }

  @Test
  void servesNothingButItsFiles() throws IOException {
    for (String path :
        new String[] {
          "/docs/none.js",
          "/docs/..%2F..%2F..%2Fmaven%2Forg.webjars%2Fswagger-ui%2Fpom.xml",
          "/docs/../../logback.xml",
          "/docs/.hidden",
          "/docs//index.html",
          "/docs/a/",
          "/ui/../docs.js"
        }) {
      try (RawConnection connection = gateway.connect()) {
        connection.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
        connection.answer().problem(404, "NotFound");
      }
    }
  }

  @Test
  void servesTheDashboardWhereThereIsOne() {
    assertThat(client.get("/ui").header("location")).isEqualTo("ui/");
    HttpAnswer index = client.get("/ui/");
    HttpAnswer page = client.get("/ui/workflows/user");
    HttpAnswer asset = client.get("/ui/assets/none-1234.js");
    assertThat(asset.status()).isEqualTo(404);
    assertThat(page.status()).isEqualTo(index.status()).isIn(200, 404);
  }

  @Test
  void answersProbes() {
    assertThat(client.get("/health/live").body()).isEqualTo("{\"status\":\"live\"}");
    assertThat(client.get("/health/ready").body()).isEqualTo("{\"status\":\"ready\"}");
    gateway.setReachable(false);
    HttpAnswer answer = client.get("/health/ready");
    gateway.setReachable(true);
    answer.problem(503, "NotReady");
    assertThat(answer.header("retry-after")).isEqualTo("1");
    client.get("/health/ready?x=1").problem(400, "InvalidRequest");
  }

  @Test
  void countsWhatHappens() {
    client.post("/api/v1/workflows/user/execute", "{\"userId\":\"a\"}");
    client.post("/api/v1/workflows/guarded/execute", "{}");
    client.post("/api/v1/workflows/nonsense-name/execute", "{}");
    HttpAnswer answer = client.get("/metrics");
    assertThat(answer.header("content-type")).startsWith("text/plain; version=0.0.4");
    assertThat(answer.body())
        .contains(
            "millrace_executions_total{namespace=\"default\",status=\"Succeeded\",workflow=\"user\"}")
        .contains(
            "millrace_execution_duration_seconds_bucket{namespace=\"default\",workflow=\"user\",le=\"0.005\"}")
        .contains(
            "millrace_task_attempts_total{namespace=\"default\",outcome=\"succeeded\",task=\"fetch-user\"}")
        .contains("millrace_task_attempt_duration_seconds_count")
        .contains("millrace_executions_in_flight 0")
        .contains(
            "millrace_circuit_breaker_state{namespace=\"default\",state=\"open\",task=\"guarded\"} 1")
        .contains("millrace_definitions{kind=\"Workflow\",valid=\"false\"} 1")
        .contains("millrace_definitions{kind=\"WorkflowTask\",valid=\"true\"}")
        .contains("millrace_http_requests_total{route=\"execute\",status=\"404\"}")
        .contains("jvm_memory_used_bytes")
        .doesNotContain("nonsense-name");
  }

  @Test
  void refusesMoreThanThereIsRoomFor() throws Exception {
    try (TestGateway small = TestGateway.withRoomFor(1)) {
      small.serveResource("workflows.yaml", upstream.port());
      upstream.held().clear();
      try (RawConnection waiting = small.connect()) {
        waiting.post(
            "/api/v1/workflows/ask/execute",
            "{\"place\":\"hangs\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(upstream.held().poll(10, TimeUnit.SECONDS)).isNotNull();
        HttpAnswer answer = small.client().post("/api/v1/workflows/any/execute", "{}");
        answer.problem(503, "TooManyExecutions");
        assertThat(answer.header("retry-after")).isNotNull();
        // refused before it is looked at: that would cost more than refusing it
        small.client().post("/api/v1/workflows/any/execute", "{").problem(503, "TooManyExecutions");
      }
    }
  }

  @Test
  void endsWhatIsInFlightBeforeItStops() throws Exception {
    try (TestGateway leaving = TestGateway.start()) {
      leaving.serveResource("workflows.yaml", upstream.port());
      TestClient asker = leaving.client();
      upstream.held().clear();
      try (RawConnection waiting = leaving.connect();
          RawConnection idle = leaving.connect()) {
        waiting.post(
            "/api/v1/workflows/ask/execute",
            "{\"place\":\"hangs\"}".getBytes(StandardCharsets.UTF_8));
        HttpServerRequest held = upstream.held().poll(10, TimeUnit.SECONDS);
        leaving.readiness().drain();
        asker.get("/health/ready").problem(503, "Draining");
        Future<Void> stopped = leaving.shutDown();
        assertThat(idle.isClosedByOther()).isTrue();
        Awaitility.await().until(() -> refusesConnections(leaving));
        assertThat(stopped.isComplete()).isFalse();
        held.response().putHeader("Content-Type", "application/json").end("{\"id\":\"late\"}");
        assertThat(waiting.answer().body()).contains("\"late\"");
        TestGateway.await(stopped);
      }
    }
  }

  private static boolean refusesConnections(TestGateway other) {
    try {
      other.connect().close();
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
