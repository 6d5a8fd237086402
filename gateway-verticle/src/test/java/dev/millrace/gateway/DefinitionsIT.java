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

/** What the gateway tells of definitions, plans and executions. */
class DefinitionsIT {
  private static final String BROKEN_TASK =
      """
      apiVersion: millrace.dev/v1
      kind: WorkflowTask
      metadata: { name: fetch-user }
      spec:
        inputSchema: { type: object, required: [userId], properties: { userId: { type: integer } } }
        outputSchema: { type: object }
        http: { method: GET, url: "http://127.0.0.1:1/{{input.userId}}" }
      """;

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

  private static JsonNode named(JsonNode list, String name) {
    for (JsonNode item : list.path("items")) {
      if (item.path("name").asString().equals(name)) {
        return item;
      }
    }
    throw new AssertionError(name + " is not in " + list);
  }

  @Test
  void listsWorkflows() {
    JsonNode list = client.get("/api/v1/workflows").json();
    assertThat(list.path("total").asInt()).isEqualTo(list.path("items").size()).isEqualTo(8);
    JsonNode user = named(list, "user");
    assertThat(user.path("ready").booleanValue()).isTrue();
    assertThat(user.path("reason").asString()).isEqualTo("Valid");
    assertThat(user.path("description").asString()).isEqualTo("One user");
    assertThat(user.path("route").path("endpoint").asString()).isEqualTo("/run/users/{userId}");
    assertThat(user.path("versionHash").asString()).startsWith("sha256:");
    assertThat(user.path("taskCount").asInt()).isEqualTo(2);
    JsonNode broken = named(list, "broken");
    assertThat(broken.path("ready").booleanValue()).isFalse();
    assertThat(broken.path("reason").asString()).isEqualTo("UnknownTaskRef");
    assertThat(named(list, "any").path("route").isNull()).isTrue();
  }

  @Test
  void listsOneNamespace() {
    JsonNode list = client.get("/api/v1/workflows?namespace=other").json();
    assertThat(list.path("items")).hasSize(1);
    assertThat(client.get("/api/v1/workflows?namespace=none").json().path("total").asInt())
        .isZero();
    client.get("/api/v1/workflows?take=1").problem(400, "InvalidRequest");
  }

  @Test
  void tellsAllOfAWorkflow() {
    JsonNode one = client.get("/api/v1/workflows/user").json();
    assertThat(one.path("levels").toString()).isEqualTo("[[\"user\"],[\"again\"]]");
    assertThat(one.path("definition").path("kind").asString()).isEqualTo("Workflow");
    assertThat(one.path("problems")).isEmpty();
    assertThat(one.path("edges")).isNotEmpty();
    assertThat(one.path("edges").path(0).path("verdict").asString()).isEqualTo("proved");
    assertThat(one.path("outputSchema").path("type").asString()).isEqualTo("object");
    JsonNode broken = client.get("/api/v1/workflows/broken").json();
    assertThat(broken.path("problems").path(0).path("code").asString()).isEqualTo("UnknownTaskRef");
    client.get("/api/v1/workflows/none").problem(404, "UnknownWorkflow");
  }

  @Test
  void listsTasksWithTheirUsers() {
    JsonNode list = client.get("/api/v1/tasks").json();
    JsonNode task = named(list, "fetch-user");
    assertThat(task.path("usedBy").toString()).isEqualTo("[\"user\"]");
    assertThat(task.path("method").asString()).isEqualTo("GET");
    JsonNode one = client.get("/api/v1/tasks/fetch-user").json();
    assertThat(one.path("definition").path("kind").asString()).isEqualTo("WorkflowTask");
    client.get("/api/v1/tasks/none").problem(404, "UnknownWorkflowTask");
    assertThat(
            client
                .get("/api/v1/tasks/" + "n".repeat(99))
                .problem(404, "UnknownWorkflowTask")
                .path("detail")
                .asString())
        .contains("...");
  }

  @Test
  void keepsServingTheLastGoodPlan() {
    try (TestGateway other = TestGateway.start()) {
      other.serveResource("workflows.yaml", upstream.port());
      String good = other.client().get("/api/v1/workflows/elsewhere?namespace=other").body();
      other.serve(
          """
          apiVersion: millrace.dev/v1
          kind: Workflow
          metadata: { name: elsewhere, namespace: other }
          spec:
            inputSchema: { type: object }
            tasks: [ { id: it, taskRef: gone, input: {} } ]
            output: { a: 2 }
          ---
          apiVersion: millrace.dev/v1
          kind: WorkflowTask
          metadata: { name: nothing, namespace: other }
          spec:
            inputSchema: { type: object }
            outputSchema: {}
            http: { method: GET, url: "no address" }
          """);
      TestClient served = other.client();
      JsonNode one = served.get("/api/v1/workflows/elsewhere?namespace=other").json();
      assertThat(one.path("ready").booleanValue()).isFalse();
      assertThat(good).contains(one.path("servingVersionHash").asString());
      JsonNode task = served.get("/api/v1/tasks/nothing?namespace=other").json();
      assertThat(task.path("servingVersionHash").asString()).startsWith("sha256:");
    }
  }

  @Test
  void plansAnExecutionWithoutCallingAnything() {
    int before = upstream.requests().size();
    JsonNode plan = client.post("/api/v1/workflows/user/test", "{\"userId\":\"ada\"}").json();
    assertThat(plan.path("valid").booleanValue()).isTrue();
    assertThat(plan.path("order").toString()).isEqualTo("[\"user\",\"again\"]");
    assertThat(plan.path("tasks").path(0).path("request").path("url").asString())
        .endsWith("/users/ada");
    JsonNode invalid = client.post("/api/v1/workflows/user/test", "{}").json();
    assertThat(invalid.path("input").path("valid").booleanValue()).isFalse();
    client.post("/api/v1/workflows/none/test", "{}").problem(404, "UnknownWorkflow");
    client.post("/api/v1/workflows/user/test", "{").problem(400, "InvalidJson");
    client.post("/api/v1/workflows/user/test?detail=full", "{}").problem(400, "InvalidRequest");
    assertThat(upstream.requests()).hasSize(before);
  }

  @Test
  void judgesDefinitionsTogetherWithWhatIsServed() {
    JsonNode alone =
        client
            .post(
                "/api/v1/validate",
                """
                apiVersion: millrace.dev/v1
                kind: Workflow
                metadata: { name: new }
                spec:
                  inputSchema: { type: object, required: [u], properties: { u: { type: string } } }
                  tasks: [ { id: it, taskRef: fetch-user, input: { userId: "{{input.u}}" } } ]
                  output: { e: "{{tasks.it.output.emial}}" }
                """,
                "Content-Type",
                "application/yaml")
            .json();
    assertThat(alone.path("valid").booleanValue()).isFalse();
    assertThat(alone.path("problems")).hasSize(1);
    assertThat(alone.path("problems").path(0).path("code").asString()).isEqualTo("UnknownPath");
    assertThat(alone.path("problems").path(0).path("position").path("line").asInt()).isEqualTo(7);
    assertThat(alone.path("edges").path(0).path("verdict").asString()).isEqualTo("proved");
  }

  @Test
  void tellsWhatAChangedTaskWouldBreak() {
    JsonNode answer =
        client.post("/api/v1/validate", BROKEN_TASK, "Content-Type", "application/yaml").json();
    assertThat(answer.path("valid").booleanValue()).isFalse();
    assertThat(answer.path("problems").path(0).path("resource").asString())
        .isEqualTo("Workflow/default/user");
    assertThat(answer.path("edges").toString()).contains("refuted").contains("witness");
    JsonNode standalone =
        client
            .post(
                "/api/v1/validate?standalone=true", BROKEN_TASK, "Content-Type", "application/yaml")
            .json();
    assertThat(standalone.path("valid").booleanValue()).as(standalone.toString()).isTrue();
    assertThat(client.post("/api/v1/workflows/user/execute", "{\"userId\":\"a\"}").status())
        .as("nothing was changed")
        .isEqualTo(200);
  }

  @Test
  void judgesJsonAndNonsense() {
    JsonNode json =
        client
            .post("/api/v1/validate", "{\"apiVersion\":\"millrace.dev/v1\",\"kind\":\"Workfow\"}")
            .json();
    assertThat(json.path("valid").booleanValue()).isFalse();
    assertThat(client.post("/api/v1/validate", "a: [").json().path("valid").booleanValue())
        .isFalse();
    client
        .post("/api/v1/validate", "<a/>", "Content-Type", "text/html")
        .problem(415, "UnsupportedMediaType");
    client.post("/api/v1/validate?standalone=maybe", "{}").problem(400, "InvalidRequest");
  }

  @Test
  void remembersExecutions() {
    HttpAnswer executed = client.post("/api/v1/workflows/user/execute", "{\"userId\":\"history\"}");
    String id = executed.json().path("executionId").asString();
    JsonNode one = client.get("/api/v1/executions/" + id).json();
    assertThat(one.path("status").asString()).isEqualTo("Succeeded");
    assertThat(one.path("input").path("userId").asString()).isEqualTo("history");
    assertThat(one.path("output").path("again").asString()).isEqualTo("history");
    assertThat(one.path("tasks").path(0).path("attempts").path(0).path("status").asInt())
        .isEqualTo(200);
    HttpAnswer failed = client.post("/api/v1/workflows/refused/execute", "{}");
    JsonNode record =
        client.get("/api/v1/executions/" + failed.json().path("executionId").asString()).json();
    assertThat(record.path("status").asString()).isEqualTo("Failed");
    assertThat(record.path("error").path("code").asString()).isEqualTo("UpstreamUnreachable");
    assertThat(record.path("tasks").path(0).path("error").path("taskId").asString())
        .isEqualTo("it");
    client
        .get("/api/v1/executions/01998c2e-5b7a-7c1d-9f00-2a4b6c8d0e1f")
        .problem(404, "UnknownExecution");
    client.get("/api/v1/executions/x").problem(404, "UnknownExecution");
  }

  @Test
  void listsExecutionsInPages() {
    for (int count = 0; count < 3; count++) {
      client.post("/api/v1/workflows/ask/execute", "{\"place\":\"500\"}");
    }
    String path = "/api/v1/workflows/ask/executions";
    JsonNode page = client.get(path + "?take=2&status=Failed&from=2020-01-01T00:00:00Z").json();
    assertThat(page.path("items")).hasSize(2);
    assertThat(page.path("total").asInt()).isEqualTo(3);
    assertThat(client.get(path + "?skip=2").json().path("items")).hasSize(1);
    assertThat(client.get(path + "?to=2020-01-01T00:00:00Z").json().path("total").asInt()).isZero();
    assertThat(page.path("next").isString()).isTrue();
    JsonNode last = client.get(path + "?take=2&cursor=" + page.path("next").asString()).json();
    assertThat(last.path("items")).hasSize(1);
    assertThat(last.path("total").asInt()).isEqualTo(3);
    assertThat(last.has("next")).isFalse();
    assertThat(last.path("items").path(0)).isNotIn(page.path("items"));
    client.get(path + "?cursor=2").problem(400, "InvalidRequest");
    client.get(path + "?take=501").problem(400, "InvalidRequest");
    client.get(path + "?skip=10001").problem(400, "InvalidRequest");
    client.get(path + "?status=failed").problem(400, "InvalidRequest");
    client.get(path + "?from=yesterday").problem(400, "InvalidRequest");
    client.get("/api/v1/workflows/none/executions").problem(404, "UnknownWorkflow");
  }
}
