package dev.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.gateway.testing.HttpAnswer;
import dev.millrace.gateway.testing.TestClient;
import dev.millrace.gateway.testing.TestGateway;
import dev.millrace.gateway.testing.TestUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The workflows' own endpoints below {@code /run}. */
class RunIT {
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
  void answersTheBareOutput() {
    HttpAnswer answer = client.get("/run/users/ada");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"email\":\"ada@example.com\",\"again\":\"ada\"}");
    assertThat(answer.header("x-execution-id")).hasSize(36);
  }

  @Test
  void convertsPathAndQueryToTheTypesOfTheSchema() {
    HttpAnswer answer =
        client.get(
            "/run/typed/12345678901234567890?price=0.10&tags=a&tags=b&on=true&note=1%2B1+%C3%A9");
    assertThat(answer.body())
        .isEqualTo(
            "{\"value\":{\"id\":12345678901234567890,\"price\":0.10,\"tags\":[\"a\",\"b\"],"
                + "\"on\":true,\"note\":\"1+1 é\"}}");
    assertThat(client.get("/run/typed/1?tags=one").body()).contains("\"tags\":[\"one\"]");
  }

  @Test
  void letsTheSchemaJudgeWhatIsGiven() {
    JsonNode wrong = client.get("/run/typed/abc").problem(422, "InvalidInput");
    assertThat(wrong.path("errors").path(0).path("path").asString()).isEqualTo("/id");
    JsonNode unknown = client.get("/run/typed/1?unknown=2").problem(422, "InvalidInput");
    assertThat(unknown.path("errors").path(0).path("keyword").asString())
        .isEqualTo("additionalProperties");
    client.get("/run/typed/1?on=true&on=false").problem(422, "InvalidInput");
  }

  @Test
  void joinsTheBodyWithTheParameters() {
    assertThat(client.post("/run/typed/7", "{\"name\":\"x\"}").body())
        .isEqualTo("{\"value\":{\"name\":\"x\",\"id\":7}}");
    assertThat(client.post("/run/typed/7?name=y", "").body())
        .isEqualTo("{\"value\":{\"id\":7,\"name\":\"y\"}}");
  }

  @Test
  void takesOnlyObjectsForABody() {
    JsonNode problem = client.post("/run/typed/7", "[1]").problem(422, "InvalidInput");
    assertThat(problem.path("errors").path(0).path("keyword").asString()).isEqualTo("type");
    client.post("/run/typed/7", "{").problem(400, "InvalidJson");
    client
        .post("/run/typed/7", "x", "Content-Type", "text/plain")
        .problem(415, "UnsupportedMediaType");
  }

  @Test
  void refusesAMemberThatIsGivenTwice() {
    client.post("/run/typed/7", "{\"name\":\"x\",\"id\":8}").problem(400, "InvalidRequest");
    client.get("/run/users/ada?userId=bob").problem(400, "InvalidRequest");
  }

  @Test
  void knowsItsMethods() {
    HttpAnswer answer = client.send("DELETE", "/run/typed/7", null);
    answer.problem(405, "MethodNotAllowed");
    assertThat(answer.header("allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
    HttpAnswer options = client.send("OPTIONS", "/run/users/a", null);
    assertThat(options.status()).isEqualTo(204);
    HttpAnswer head = client.send("HEAD", "/run/users/ada", null);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void knowsNoOtherPaths() {
    client.get("/run").problem(404, "NotFound");
    client.get("/run/").problem(404, "NotFound");
    client.get("/run/users").problem(404, "NotFound");
    client.get("/run/users/a/b").problem(404, "NotFound");
  }

  @Test
  void tellsWhyAWorkflowIsNotReady() {
    client.get("/run/broken").problem(409, "WorkflowNotReady");
  }

  @Test
  void obeysTheCallersDeadline() {
    client.get("/run/users/ada", "X-Request-Timeout-Ms", "soon").problem(400, "InvalidRequest");
  }

  @Test
  void followsTheCatalog() {
    try (TestGateway other = TestGateway.start()) {
      other.client().get("/run/users/ada").problem(404, "NotFound");
      other.serveResource("workflows.yaml", upstream.port());
      assertThat(other.client().get("/run/users/ada").status()).isEqualTo(200);
      other.serve("");
      other.client().get("/run/users/ada").problem(404, "NotFound");
    }
  }
}
