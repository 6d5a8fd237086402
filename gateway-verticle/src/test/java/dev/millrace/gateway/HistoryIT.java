package dev.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.gateway.testing.HttpAnswer;
import dev.millrace.gateway.testing.TestClient;
import dev.millrace.gateway.testing.TestGateway;
import dev.millrace.gateway.testing.TestUpstream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the gateway tells of the past: traces, versions, changes, estimates, and no secrets. */
class HistoryIT {
  private static final String SECRET = "correct-horse";
  private static final String INPUT = "{\"user\":\"ada\",\"password\":\"" + SECRET + "\"}";

  private static TestUpstream upstream;
  private static TestGateway gateway;
  private static TestClient client;

  @BeforeAll
  static void start() {
    upstream = TestUpstream.start();
    gateway = TestGateway.start().serveResource("history.yaml", upstream.port());
    client = gateway.client();
  }

  @AfterAll
  static void stop() {
    gateway.close();
    upstream.close();
  }

  private static String execute() {
    HttpAnswer executed = client.post("/api/v1/workflows/account/execute", INPUT);
    assertThat(executed.status()).as(executed.body()).isEqualTo(200);
    assertThat(executed.json().path("output").path("email").asString("")).contains("ada");
    return executed.json().path("executionId").asString();
  }

  @Test
  void tracesAnExecution() {
    JsonNode trace = client.get("/api/v1/executions/" + execute() + "/trace").json();
    assertThat(trace.path("workflow").asString()).isEqualTo("account");
    assertThat(trace.path("status").asString()).isEqualTo("Succeeded");
    assertThat(trace.path("durationMs").isNumber()).isTrue();
    assertThat(trace.has("note")).isFalse();
    assertThat(strings(trace.path("criticalPath"))).isNotEmpty();
    JsonNode account = trace.path("tasks").path(1);
    assertThat(account.path("id").asString()).isEqualTo("account");
    assertThat(account.path("level").asInt()).isEqualTo(1);
    assertThat(strings(account.path("blockedBy"))).containsExactly("log-in");
    assertThat(account.path("waitMs").isNumber()).isTrue();
    assertThat(account.path("attempts").path(0).path("outcome").asString()).isEqualTo("succeeded");
    assertThat(trace.path("tasks").path(0).path("level").asInt()).isZero();
    JsonNode url = null;
    for (JsonNode template : account.path("templates")) {
      url = template.path("path").asString().equals("/spec/http/url") ? template : url;
    }
    assertThat(url.path("template").asString()).isEqualTo("{{input.user}}");
    assertThat(url.path("value").asString()).isEqualTo("ada");
    assertThat(trace.path("templates").path(0).path("path").asString())
        .isEqualTo("/spec/output/email");
    client.get("/api/v1/executions/x/trace").problem(404, "UnknownExecution");
    client.get("/api/v1/executions/x/trace?a=b").problem(400, "InvalidRequest");
  }

  @Test
  void tracesByTheDefinitionThatRan() {
    try (TestGateway changing =
        TestGateway.start().serveResource("history.yaml", upstream.port())) {
      String id =
          changing
              .client()
              .post("/api/v1/workflows/account/execute", INPUT)
              .json()
              .path("executionId")
              .asString();
      changing.serve("[]");
      JsonNode trace = changing.client().get("/api/v1/executions/" + id + "/trace").json();
      assertThat(trace.path("tasks").path(1).path("templates")).isNotEmpty();
      assertThat(changing.client().get("/api/v1/executions/" + id).body())
          .contains("\"ada\"")
          .doesNotContain(SECRET);
    }
  }

  @Test
  void showsNoSecrets() {
    String id = execute();
    HttpAnswer one = client.get("/api/v1/executions/" + id);
    assertThat(one.body()).contains("\"password\":\"***\"").doesNotContain(SECRET);
    assertThat(one.json().path("tasks").path(1).path("output").path("headers").toString())
        .contains("\"content-type\":\"***\"");
    assertThat(one.json().path("output").path("type").asString()).isEqualTo("***");
    assertThat(one.json().path("output").path("email").asString()).isEqualTo("ada@example.com");
    assertThat(client.get("/api/v1/executions/" + id + "/trace").body()).doesNotContain(SECRET);
    HttpAnswer plan = client.post("/api/v1/workflows/account/test", INPUT);
    assertThat(plan.body()).contains("***").doesNotContain(SECRET);
  }

  @Test
  void estimatesByWhatWasMeasured() {
    execute();
    JsonNode plan = client.post("/api/v1/workflows/account/test", INPUT).json();
    JsonNode estimate = plan.path("tasks").path(0).path("estimate");
    assertThat(estimate.path("samples").asInt()).isPositive();
    assertThat(estimate.path("p95Ms").doubleValue())
        .isGreaterThanOrEqualTo(estimate.path("p50Ms").doubleValue())
        .isPositive();
    assertThat(plan.path("estimate").path("p50Ms").doubleValue()).isPositive();
  }

  @Test
  void tellsTheVersionsOfADefinition() {
    try (TestGateway changing = TestGateway.start()) {
      changing.serve(definition("one")).serve(definition("two")).serve("[]");
      TestClient asker = changing.client();
      String path = "/api/v1/workflows/simple/versions";
      JsonNode versions = asker.get(path).json();
      assertThat(versions.path("total").asInt()).isEqualTo(2);
      JsonNode newest = versions.path("items").path(0);
      assertThat(newest.path("source").asString()).isEqualTo("directory");
      assertThat(newest.path("at").asString()).startsWith("2027-01-15T08:00:00");
      assertThat(asker.get(path + "?skip=1&take=1").json().path("items")).hasSize(1);
      String second = newest.path("versionHash").asString();
      String first = versions.path("items").path(1).path("versionHash").asString();
      JsonNode version = asker.get(path + "/" + first).json();
      assertThat(version.path("definition").path("spec").path("description").asString())
          .isEqualTo("one");
      String beginning = second.substring("sha256:".length(), "sha256:".length() + 12);
      assertThat(asker.get(path + "/" + beginning).json().path("versionHash").asString())
          .isEqualTo(second);
      JsonNode diff = asker.get(path + "?diff=" + first + ".." + beginning).json();
      assertThat(diff.path("from").asString()).isEqualTo(first);
      assertThat(diff.path("to").asString()).isEqualTo(second);
      assertThat(diff.path("diff").asString())
          .contains("-  description: one\n+  description: two\n");
      String wrong = second.substring(0, second.length() - 1) + "x";
      assertThat(asker.get(path + "/" + wrong).problem(404, "UnknownVersion").toString())
          .contains(second);
      assertThat(asker.get(path + "/beef").problem(404, "UnknownVersion").toString())
          .contains("the newest is " + second);
      asker.get(path + "?diff=" + first).problem(400, "InvalidRequest");
      asker.get(path + "?diff=.." + first).problem(400, "InvalidRequest");
      asker.get(path + "?take=201").problem(400, "InvalidRequest");
      asker.get("/api/v1/workflows/none/versions").problem(404, "UnknownWorkflow");
    }
  }

  @Test
  void tellsWhoChangedWhat() {
    try (TestGateway changing = TestGateway.start()) {
      changing.serve(definition("one")).serve(definition("two")).serve("[]");
      JsonNode log = changing.client().get("/api/v1/workflows/simple/audit-log").json();
      assertThat(log.path("total").asInt()).isEqualTo(3);
      List<String> actions = new ArrayList<>();
      log.path("items").forEach(item -> actions.add(item.path("action").asString()));
      assertThat(actions).containsExactly("deleted", "updated", "created");
      JsonNode update = log.path("items").path(1);
      assertThat(update.path("diff").asString()).contains("+  description: two");
      assertThat(update.path("previousHash").asString())
          .isEqualTo(log.path("items").path(2).path("versionHash").asString());
      assertThat(update.has("actor")).isFalse();
      assertThat(
              changing
                  .client()
                  .get("/api/v1/workflows/simple/audit-log?skip=2")
                  .json()
                  .path("items"))
          .hasSize(1);
    }
  }

  @Test
  void tellsOfTasksAsOfWorkflows() {
    try (TestGateway changing = TestGateway.start()) {
      changing.serve(task("one")).serve(task("two"));
      TestClient asker = changing.client();
      JsonNode versions = asker.get("/api/v1/tasks/look/versions").json();
      assertThat(versions.path("total").asInt()).isEqualTo(2);
      String newest = versions.at("/items/0/versionHash").asString();
      String oldest = versions.at("/items/1/versionHash").asString();
      assertThat(asker.get("/api/v1/tasks/look/versions/" + newest).status()).isEqualTo(200);
      JsonNode diff =
          asker.get("/api/v1/tasks/look/versions?diff=" + oldest + ".." + newest).json();
      assertThat(diff.path("task").asString()).isEqualTo("look");
      assertThat(diff.path("diff").asString()).contains("+  description: two");
      assertThat(asker.get("/api/v1/tasks/look/audit-log").json().path("total").asInt())
          .isEqualTo(2);
      asker.get("/api/v1/tasks/none/audit-log").problem(404, "UnknownWorkflowTask");
    }
  }

  private static String task(String description) {
    return """
    apiVersion: millrace.dev/v1
    kind: WorkflowTask
    metadata: { name: look }
    spec:
      description: %s
      http: { method: GET, url: "http://127.0.0.1:1/look" }
    """
        .formatted(description);
  }

  private static String definition(String description) {
    return """
    apiVersion: millrace.dev/v1
    kind: Workflow
    metadata: { name: simple }
    spec:
      description: %s
      inputSchema: { type: object }
      tasks: []
      output: {}
    """
        .formatted(description);
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(each -> strings.add(each.asString()));
    return strings;
  }
}
