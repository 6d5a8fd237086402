package dev.millrace.gateway.api;

import dev.millrace.gateway.http.Answer;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;

/** Answers that lead to an execution instead of its result; stateless. */
final class ExecutionAnswers {
  private ExecutionAnswers() {}

  /** 202, with the place where the execution can be looked at. */
  static Answer accepted(String executionId, Buffer summary) {
    return new Answer(
        202,
        Answer.JSON,
        summary,
        List.of(Map.entry("Location", "/api/v1/executions/" + executionId)));
  }
}
