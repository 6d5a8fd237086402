package dev.millrace.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.gateway.testing.HttpAnswer;
import dev.millrace.gateway.testing.TestClient;
import dev.millrace.gateway.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The OpenAPI documents of a gateway that serves workflows, against the official schema. */
class OpenApiIT {
  private static TestGateway gateway;
  private static TestClient client;

  @BeforeAll
  static void start() {
    gateway = TestGateway.start().serveResource("workflows.yaml", 9);
    client = gateway.client();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void describesTheApiWithEveryWorkflow() {
    HttpAnswer answer = client.get("/openapi.json");
    OpenApiSchema.assertValid(answer.body());
    JsonNode document = answer.json();
    JsonNode paths = document.path("paths");
    assertThat(paths.has("/api/v1/workflows/{name}/execute")).isTrue();
    assertThat(paths.has("/api/v1/workflows/broken/execute")).isFalse();
    assertThat(paths.has("/api/v1/workflows/elsewhere/execute")).isFalse();
    JsonNode execute = paths.path("/api/v1/workflows/user/execute").path("post");
    JsonNode body = execute.path("requestBody").path("content").path("application/json");
    assertThat(body.path("schema").path("$ref").asString())
        .isEqualTo("#/components/schemas/user.input");
    assertThat(body.path("example").has("userId")).isTrue();
    assertThat(client.get("/openapi.json").body()).isEqualTo(answer.body());
  }

  @Test
  void describesRoutesWithTypedParameters() {
    JsonNode document = client.get("/openapi.json").json();
    JsonNode route = document.path("paths").path("/run/typed/{id}");
    JsonNode id = route.path("get").path("parameters").path(0);
    assertThat(id.path("in").asString()).isEqualTo("path");
    assertThat(id.path("schema").path("$ref").asString())
        .isEqualTo("#/components/schemas/typed.input/properties/id");
    assertThat(route.path("get").path("parameters").toString()).contains("\"name\":\"tags\"");
    JsonNode body = route.path("post").path("requestBody").path("content").path("application/json");
    assertThat(body.path("schema").path("required").toString()).isEqualTo("[\"name\"]");
    assertThat(body.path("schema").path("properties").has("id")).isFalse();
    assertThat(
            document
                .path("components")
                .path("schemas")
                .path("typed.input")
                .path("properties")
                .path("note")
                .path("$ref")
                .asString())
        .isEqualTo("#/components/schemas/typed.input/$defs/note");
  }

  @Test
  void describesAnotherNamespace() {
    HttpAnswer answer = client.get("/openapi.json?namespace=other");
    OpenApiSchema.assertValid(answer.body());
    assertThat(
            answer
                .json()
                .path("paths")
                .path("/api/v1/workflows/elsewhere/execute")
                .path("post")
                .path("parameters")
                .path(0)
                .path("name")
                .asString())
        .isEqualTo("namespace");
  }

  @Test
  void describesOneWorkflow() {
    HttpAnswer answer = client.get("/api/v1/workflows/user/openapi.json");
    OpenApiSchema.assertValid(answer.body());
    assertThat(answer.json().path("paths").propertyNames())
        .containsExactly(
            "/api/v1/workflows/user/execute", "/api/v1/workflows/user/test", "/run/users/{userId}");
    assertThat(answer.json().path("info").path("title").asString()).isEqualTo("user");
    OpenApiSchema.assertValid(client.get("/api/v1/workflows/typed/openapi.json").body());
    client.get("/api/v1/workflows/none/openapi.json").problem(404, "UnknownWorkflow");
    client.get("/api/v1/workflows/broken/openapi.json").problem(409, "WorkflowNotReady");
  }

  @Test
  void describesOnlyWhatIsThere() {
    JsonNode paths = client.get("/openapi.json").json().path("paths");
    for (String path : paths.propertyNames()) {
      if (path.startsWith("/run/")) {
        continue;
      }
      HttpAnswer options = client.send("OPTIONS", path.replaceAll("\\{[a-z]+}", "x"), null);
      assertThat(options.status()).as(path).isEqualTo(204);
      for (String method : paths.path(path).propertyNames()) {
        assertThat(options.header("allow"))
            .as(path)
            .contains(method.toUpperCase(java.util.Locale.ROOT));
      }
    }
  }
}
