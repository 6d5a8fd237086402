package dev.millrace.persistence;

import dev.millrace.engine.journal.AttemptRecord;
import dev.millrace.engine.task.AttemptOutcome;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The form of a task's attempts in the database; stateless. Times are epoch microseconds, durations
 * nanoseconds.
 */
final class AttemptsColumn {
  private AttemptsColumn() {}

  static JsonNode write(List<AttemptRecord> attempts) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode(attempts.size());
    for (AttemptRecord attempt : attempts) {
      json.addObject()
          .put("number", attempt.number())
          .put("startedAt", attempt.startedAt())
          .put("durationNanos", attempt.durationNanos())
          .put("outcome", attempt.outcome().name())
          .put("status", attempt.status());
    }
    return json;
  }

  static List<AttemptRecord> read(JsonNode json) {
    List<AttemptRecord> attempts = new ArrayList<>(json.size());
    for (JsonNode attempt : json) {
      attempts.add(
          new AttemptRecord(
              attempt.path("number").asInt(),
              attempt.path("startedAt").asLong(),
              attempt.path("durationNanos").asLong(),
              AttemptOutcome.valueOf(attempt.path("outcome").asString()),
              attempt.path("status").asInt()));
    }
    return attempts;
  }
}
