package dev.millrace.persistence;

import dev.millrace.engine.journal.AttemptRecord;
import dev.millrace.engine.task.AttemptOutcome;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The form of a task's attempts in the database; stateless. Times are epoch microseconds, durations
 * nanoseconds.
 */
final class AttemptsColumn {
  private AttemptsColumn() {}

  /** As text: nothing in it needs an escape. */
  static String write(List<AttemptRecord> attempts) {
    StringBuilder json = new StringBuilder(112 * attempts.size() + 2).append('[');
    for (int index = 0; index < attempts.size(); index++) {
      AttemptRecord attempt = attempts.get(index);
      json.append(index == 0 ? "{\"number\":" : ",{\"number\":")
          .append(attempt.number())
          .append(",\"startedAt\":")
          .append(attempt.startedAt())
          .append(",\"durationNanos\":")
          .append(attempt.durationNanos())
          .append(",\"outcome\":\"")
          .append(attempt.outcome().name())
          .append("\",\"status\":")
          .append(attempt.status())
          .append('}');
    }
    return json.append(']').toString();
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
