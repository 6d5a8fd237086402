package dev.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.gateway.testing.HttpAnswer;
import dev.millrace.gateway.testing.RawConnection;
import dev.millrace.gateway.testing.TestClient;
import dev.millrace.gateway.testing.TestGateway;
import dev.millrace.gateway.testing.TestUpstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Running workflows over real HTTP: what comes of good requests, and of every kind of bad one. */
class ExecuteIT {
  private static final String EXECUTE_USER = "/api/v1/workflows/user/execute";
  private static final String EXECUTE_ANY = "/api/v1/workflows/any/execute";
  private static final String EXECUTE_ASK = "/api/v1/workflows/ask/execute";

  private static TestUpstream upstream;
  private static TestGateway gateway;
  private static TestClient client;

  @BeforeAll
  static void start() {
    upstream = TestUpstream.start();
    gateway =
        TestGateway.start(GatewayOptions.DEFAULT.withMaxBodyBytes(100_000))
            .serveResource("workflows.yaml", upstream.port());
    client = gateway.client();
  }

  @AfterAll
  static void stop() {
    gateway.close();
    upstream.close();
  }

  /** Whatever a test did to it, the gateway serves the next request and holds on to nothing. */
  @AfterEach
  void servesTheNextRequest() {
    assertThat(client.post(EXECUTE_USER, "{\"userId\":\"next\"}").status()).isEqualTo(200);
    Awaitility.await()
        .atMost(10, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(gateway.admission().inFlight()).isZero());
  }

  @Test
  void answersWithTheExecution() {
    HttpAnswer answer = client.post(EXECUTE_USER, "{\"userId\":\"ada\"}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    JsonNode json = answer.json();
    assertThat(json.path("executionId").asString()).hasSize(36);
    assertThat(json.path("workflow").asString()).isEqualTo("user");
    assertThat(json.path("version").asString()).startsWith("sha256:");
    assertThat(json.path("status").asString()).isEqualTo("Succeeded");
    assertThat(json.path("output").toString())
        .isEqualTo("{\"email\":\"ada@example.com\",\"again\":\"ada\"}");
    assertThat(json.path("tasks")).hasSize(2);
    assertThat(json.path("tasks").path(0).path("attempts").asInt()).isEqualTo(1);
    assertThat(json.path("tasks").path(0).has("output")).isFalse();
  }

  @Test
  void answersAsMuchAsIsAskedFor() {
    JsonNode full = client.post(EXECUTE_USER + "?detail=full", "{\"userId\":\"ada\"}").json();
    assertThat(full.path("tasks").path(1).path("input").toString())
        .isEqualTo("{\"userId\":\"ada\"}");
    assertThat(full.path("tasks").path(1).path("output").path("id").asString()).isEqualTo("ada");
    JsonNode output = client.post(EXECUTE_USER + "?detail=output", "{\"userId\":\"ada\"}").json();
    assertThat(output.has("tasks")).isFalse();
    assertThat(
            client
                .post(EXECUTE_USER + "?detail=foo", "{}")
                .problem(400, "InvalidRequest")
                .path("detail")
                .asString())
        .contains("full")
        .contains("output");
    client.post(EXECUTE_USER + "?detial=full", "{}").problem(400, "InvalidRequest");
  }

  @Test
  void takesAnEmptyBodyForTheEmptyObject() {
    assertThat(client.post(EXECUTE_ANY, "").json().path("output").toString())
        .isEqualTo("{\"value\":null}");
  }

  @Test
  void keepsNumbersExact() {
    String body = "{\"value\":[123456789012345678901234567890,0.10,1e2,-0.000000000000000000001]}";
    assertThat(client.post(EXECUTE_ANY, body).body())
        .contains("[123456789012345678901234567890,0.10,100,-0.000000000000000000001]");
  }

  @Test
  void knowsWorkflowsByNamespaceAndName() {
    assertThat(client.post("/api/v1/workflows/elsewhere/execute?namespace=other", "{}").status())
        .isEqualTo(200);
    client.post("/api/v1/workflows/elsewhere/execute", "{}").problem(404, "UnknownWorkflow");
    client.post("/api/v1/workflows/usr/execute", "{}").problem(404, "UnknownWorkflow");
    client.post("/api/v1/workflows/%00%22/execute", "{}").problem(404, "UnknownWorkflow");
    assertThat(client.post("/api/v1/workflows/us%65r/execute", "{\"userId\":\"a\"}").status())
        .isEqualTo(200);
  }

  @Test
  void refusesAWorkflowThatIsNotReady() {
    JsonNode problem =
        client.post("/api/v1/workflows/broken/execute", "{}").problem(409, "WorkflowNotReady");
    assertThat(problem.path("problems").path(0).path("code").asString())
        .isEqualTo("UnknownTaskRef");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "nonsense",
        "{\"a\":1}}",
        "{\"a\":1,}",
        "{\"a\":1,\"a\":2}",
        "{'a':1}",
        "[1 2]",
        "01",
        "NaN",
        "\"\\ud800\"",
        "1e999999999",
        "// comment\n{}"
      })
  void refusesWhatIsNotJson(String body) {
    JsonNode problem = client.post(EXECUTE_ANY, body).problem(400, "InvalidJson");
    assertThat(problem.path("detail").asString()).contains("line 1, column ");
  }

  @Test
  void refusesDeepNestingHugeNumbersAndInvalidUtf8() throws IOException {
    client.post(EXECUTE_ANY, "[".repeat(30_000)).problem(400, "InvalidJson");
    client
        .post(EXECUTE_ANY, "{\"a\":".repeat(100) + "1" + "}".repeat(100))
        .problem(400, "InvalidJson");
    client.post(EXECUTE_ANY, "9".repeat(50_000)).problem(400, "InvalidJson");
    try (RawConnection connection = gateway.connect()) {
      byte[] body = "{\"value\":\"x\"}".getBytes(StandardCharsets.UTF_8);
      body[10] = (byte) 0xff;
      JsonNode problem = connection.post(EXECUTE_ANY, body).answer().problem(400, "InvalidJson");
      assertThat(problem.path("detail").asString()).contains("UTF-8").contains("column 11");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | required",
        "{\"userId\":5} | type",
        "{\"userId\":\"\"} | minLength",
        "{\"userId\":\"a\",\"other\":1} | additionalProperties",
        "[] | type",
        "null | type"
      })
  void refusesInputOutsideOfTheSchema(String body, String keyword) {
    JsonNode problem = client.post(EXECUTE_USER, body).problem(422, "InvalidInput");
    assertThat(problem.path("errors").path(0).path("keyword").asString()).isEqualTo(keyword);
    assertThat(problem.path("errors").path(0).has("path")).isTrue();
  }

  @Test
  void tellsAllThatIsWrongWithAnInput() {
    JsonNode problem =
        client.post(EXECUTE_USER, "{\"header\":1,\"x\":2}").problem(422, "InvalidInput");
    assertThat(problem.path("errors")).hasSize(3);
  }

  @Test
  void refusesBodiesOverTheLimit() {
    client
        .post(EXECUTE_ANY, "{\"value\":\"" + "x".repeat(100_000) + "\"}")
        .problem(413, "BodyTooLarge");
  }

  @Test
  void refusesForeignMediaTypes() {
    client
        .post(EXECUTE_ANY, "<a/>", "Content-Type", "text/html")
        .problem(415, "UnsupportedMediaType");
  }

  @Test
  void takesThePlainClaimOfCurlForNoneButABrowsersFormAtItsWord() {
    String form = "application/x-www-form-urlencoded";
    client.post(EXECUTE_ANY, "a=1", "Content-Type", form).problem(400, "InvalidJson");
    client
        .post(EXECUTE_ANY, "{}", "Content-Type", form, "Origin", "https://elsewhere.example")
        .problem(415, "UnsupportedMediaType");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "abc", "1.5", "1s", " "})
  void refusesWrongTimeouts(String value) throws IOException {
    try (RawConnection connection = gateway.connect()) {
      connection.send(
          "POST "
              + EXECUTE_ANY
              + " HTTP/1.1\r\nHost: a\r\nX-Request-Timeout-Ms: "
              + value
              + "\r\nContent-Length: 0\r\n\r\n");
      connection.answer().problem(400, "InvalidRequest");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "500,502,UpstreamStatus",
    "html,502,UpstreamNotJson",
    "half,502,UpstreamTruncated",
    "huge,502,UpstreamTooLarge",
    "wrong,502,UpstreamSchemaMismatch",
    "hangs,504,TaskTimedOut"
  })
  void tellsWhatAnUpstreamDidWrong(String place, int status, String code) {
    HttpAnswer answer = client.post(EXECUTE_ASK, "{\"place\":\"" + place + "\"}");
    JsonNode problem = answer.problem(status, code);
    assertThat(problem.path("executionId").asString()).hasSize(36);
    assertThat(problem.path("taskId").asString()).isEqualTo("it");
    assertThat(problem.path("taskRef").asString()).isEqualTo("ask");
    assertThat(problem.path("attempts").asInt()).isEqualTo(1);
    assertThat(answer.body()).doesNotContain("secret");
    if (place.equals("500")) {
      assertThat(problem.path("upstreamStatus").asInt()).isEqualTo(500);
    }
    assertThat(upstream.bytesSent()).as("the rest is not fetched").isLessThan(50_000_000);
  }

  @Test
  void tellsThatAnUpstreamRefuses() {
    client.post("/api/v1/workflows/refused/execute", "{}").problem(502, "UpstreamUnreachable");
  }

  @Test
  void obeysTheCallersDeadline() {
    long began = System.nanoTime();
    HttpAnswer answer =
        client.post(EXECUTE_ASK, "{\"place\":\"hangs\"}", "X-Request-Timeout-Ms", "150");
    answer.problem(504, "ExecutionTimedOut");
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).isLessThan(1_900);
  }

  @Test
  void saysWhenToTryAgain() {
    client.post("/api/v1/workflows/guarded/execute", "{}").problem(502, "UpstreamStatus");
    HttpAnswer open = client.post("/api/v1/workflows/guarded/execute", "{}");
    open.problem(503, "CircuitOpen");
    assertThat(Integer.parseInt(open.header("retry-after"))).isBetween(1, 30);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", ""})
  void letsNoInputLeaveItsSegment(String place) {
    client.post(EXECUTE_ASK, "{\"place\":\"" + place + "\"}").problem(422, "InvalidRequestValue");
  }

  @Test
  void encodesWhatWouldChangeTheRequest() {
    client.post(EXECUTE_ASK, "{\"place\":\"../a?b#c\"}");
    assertThat(upstream.requests()).contains("GET /..%2Fa%3Fb%23c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\r\\nX-Evil: 1", "a\\nb", "\\u0000"})
  void letsNoInputIntoTheHead(String header) {
    client
        .post(EXECUTE_USER, "{\"userId\":\"a\",\"header\":\"" + header + "\"}")
        .problem(422, "InvalidRequestValue");
    assertThat(upstream.lastHeaders()).doesNotContainKey("x-evil");
  }

  @Test
  void sendsTraceAndBudgetDownstreamAndNothingElse() {
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    client.post(
        EXECUTE_USER,
        "{\"userId\":\"a\"}",
        "traceparent",
        trace,
        "Authorization",
        "Bearer secret",
        "X-Request-Timeout-Ms",
        "5000");
    assertThat(upstream.lastHeaders().get("traceparent"))
        .startsWith("00-0af7651916cd43dd8448eb211c80319c-");
    assertThat(Integer.parseInt(upstream.lastHeaders().get("x-request-timeout-ms")))
        .isBetween(1, 5_000);
    assertThat(upstream.lastHeaders()).doesNotContainKey("authorization");
  }

  @Test
  void cancelsTheCallsOfACallerWhoLeaves() throws Exception {
    upstream.held().clear();
    upstream.closed().clear();
    try (RawConnection connection = gateway.connect()) {
      connection.post(EXECUTE_ASK, "{\"place\":\"hangs\"}".getBytes(StandardCharsets.UTF_8));
      assertThat(upstream.held().poll(10, TimeUnit.SECONDS)).isNotNull();
    }
    assertThat(upstream.closed().poll(1_900, TimeUnit.MILLISECONDS)).isEqualTo("/hangs");
  }
}
