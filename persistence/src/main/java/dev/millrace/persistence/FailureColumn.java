package dev.millrace.persistence;

import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.schema.SchemaError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The form of a {@link Failure} in the database; stateless. The problems of a definition are not
 * kept: the definition is.
 */
final class FailureColumn {
  private FailureColumn() {}

  static JsonNode write(Failure failure) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("code", failure.code().name());
    json.put("detail", failure.detail());
    putIfPresent(json, "executionId", failure.executionId());
    putIfPresent(json, "taskId", failure.taskId());
    putIfPresent(json, "taskRef", failure.taskRef());
    json.put("attempts", failure.attempts());
    json.put("upstreamStatus", failure.upstreamStatus());
    if (failure.retryAfter() != null) {
      json.put("retryAfterMs", failure.retryAfter().toMillis());
    }
    ArrayNode errors = json.putArray("errors");
    for (SchemaError error : failure.errors()) {
      errors
          .addObject()
          .put("path", error.path())
          .put("keyword", error.keyword())
          .put("message", error.message());
    }
    return json;
  }

  static Failure read(JsonNode json) {
    List<SchemaError> errors = new ArrayList<>();
    for (JsonNode error : json.path("errors")) {
      errors.add(
          new SchemaError(
              error.path("path").asString(),
              error.path("keyword").asString(),
              error.path("message").asString()));
    }
    JsonNode retryAfter = json.path("retryAfterMs");
    return new Failure(
        ErrorCode.valueOf(json.path("code").asString()),
        json.path("detail").asString(),
        textOrNull(json.path("executionId")),
        textOrNull(json.path("taskId")),
        textOrNull(json.path("taskRef")),
        json.path("attempts").asInt(),
        json.path("upstreamStatus").asInt(),
        List.of(),
        errors,
        retryAfter.isNumber() ? Duration.ofMillis(retryAfter.asLong()) : null);
  }

  private static void putIfPresent(ObjectNode json, String name, String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static String textOrNull(JsonNode node) {
    return node.isString() ? node.asString() : null;
  }
}
