package dev.millrace.engine.problem;

import dev.millrace.engine.schema.SchemaError;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes failures as RFC 9457 problem documents, for the gateway and the event bus; pure, usable on
 * any thread.
 */
public final class FailureJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private FailureJson() {}

  /** The problem document of a failure. */
  public static ObjectNode of(Failure failure) {
    ObjectNode document = NODES.objectNode();
    document.put("type", failure.code().docs());
    document.put("title", failure.code().title());
    document.put("status", failure.code().status());
    document.put("detail", failure.detail());
    document.put("code", failure.code().name());
    if (failure.executionId() != null) {
      document.put("executionId", failure.executionId());
    }
    if (failure.taskId() != null) {
      document.put("taskId", failure.taskId());
      document.put("taskRef", failure.taskRef());
      document.put("attempts", failure.attempts());
      if (failure.upstreamStatus() != 0) {
        document.put("upstreamStatus", failure.upstreamStatus());
      }
    }
    if (!failure.problems().isEmpty()) {
      document.set("problems", problems(failure.problems()));
    }
    if (!failure.errors().isEmpty()) {
      document.set("errors", errors(failure.errors()));
    }
    return document;
  }

  /** Problems of definitions, in their order. */
  public static ArrayNode problems(List<Problem> problems) {
    ArrayNode array = NODES.arrayNode(problems.size());
    for (Problem problem : problems) {
      ObjectNode node = array.addObject();
      node.put("code", problem.code().name());
      node.put("severity", problem.severity().label());
      node.put("resource", problem.resource());
      node.put("path", problem.path());
      SourcePosition position = problem.position();
      if (position != null) {
        ObjectNode place = node.putObject("position");
        place.put("file", position.file());
        place.put("line", position.line());
        place.put("column", position.column());
      }
      node.put("message", problem.message());
      if (problem.suggestion() != null) {
        node.put("suggestion", problem.suggestion());
      }
      node.put("docs", problem.docs());
    }
    return array;
  }

  /** What is wrong with an instance, in the validator's order. */
  public static ArrayNode errors(List<SchemaError> errors) {
    ArrayNode array = NODES.arrayNode(errors.size());
    for (SchemaError error : errors) {
      ObjectNode node = array.addObject();
      node.put("path", error.path());
      node.put("keyword", error.keyword());
      node.put("message", error.message());
    }
    return array;
  }
}
