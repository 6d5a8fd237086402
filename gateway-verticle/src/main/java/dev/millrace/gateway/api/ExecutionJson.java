package dev.millrace.gateway.api;

import dev.millrace.engine.journal.AttemptRecord;
import dev.millrace.engine.journal.ExecutionPage;
import dev.millrace.engine.journal.ExecutionRecord;
import dev.millrace.engine.journal.ExecutionSummary;
import dev.millrace.engine.journal.TaskRecord;
import dev.millrace.engine.journal.WireTime;
import dev.millrace.engine.problem.FailureJson;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes executions as history tells them; stateless. */
final class ExecutionJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ExecutionJson() {}

  static ObjectNode of(ExecutionPage page) {
    ArrayNode items = NODES.arrayNode(page.items().size());
    for (ExecutionSummary summary : page.items()) {
      items.add(of(summary));
    }
    ObjectNode list = DefinitionJson.list(items, page.total());
    if (page.next() != null) {
      list.put("next", page.next().encode());
    }
    return list;
  }

  static ObjectNode of(ExecutionRecord execution) {
    ObjectNode node = of(execution.summary());
    node.put("durability", execution.durability().name());
    node.put("deadlineAt", WireTime.instant(execution.deadlineAt()));
    put(node, "input", execution.input());
    put(node, "output", execution.output());
    if (execution.failure() != null) {
      node.set("error", FailureJson.of(execution.failure()));
    }
    ArrayNode tasks = node.putArray("tasks");
    for (TaskRecord task : execution.tasks()) {
      tasks.add(of(task));
    }
    return node;
  }

  static ObjectNode of(ExecutionSummary summary) {
    ObjectNode node = NODES.objectNode();
    node.put("executionId", summary.executionId());
    node.put("namespace", summary.namespace());
    node.put("workflow", summary.workflow());
    node.put("version", summary.versionHash());
    node.put("status", summary.status().name());
    putTimes(node, summary.startedAt(), summary.endedAt());
    return node;
  }

  private static ObjectNode of(TaskRecord task) {
    ObjectNode node = NODES.objectNode();
    node.put("id", task.taskId());
    node.put("taskRef", task.taskRef());
    node.put("status", task.status().name());
    if (task.continued()) {
      node.put("continued", true);
    }
    if (task.queuedAt() != 0) {
      node.put("queuedAt", WireTime.instant(task.queuedAt()));
    }
    putTimes(node, task.startedAt(), task.endedAt());
    put(node, "input", task.input());
    put(node, "output", task.output());
    if (task.failure() != null) {
      node.set("error", FailureJson.of(task.failure()));
    }
    node.set("attempts", attempts(task.attempts()));
    return node;
  }

  static ArrayNode attempts(List<AttemptRecord> attempts) {
    ArrayNode array = NODES.arrayNode(attempts.size());
    for (AttemptRecord attempt : attempts) {
      ObjectNode one = array.addObject();
      one.put("number", attempt.number());
      one.put("startedAt", WireTime.instant(attempt.startedAt()));
      one.put("durationMs", WireTime.millis(attempt.durationNanos()));
      one.put("outcome", attempt.outcome().label());
      if (attempt.status() != 0) {
        one.put("status", attempt.status());
      }
    }
    return array;
  }

  private static void putTimes(ObjectNode node, long startedAt, long endedAt) {
    if (startedAt != 0) {
      node.put("startedAt", WireTime.instant(startedAt));
    }
    if (endedAt != 0) {
      node.put("endedAt", WireTime.instant(endedAt));
    }
    if (startedAt != 0 && endedAt != 0) {
      node.put("durationMs", WireTime.millis(1_000L * (endedAt - startedAt)));
    }
  }

  private static void put(ObjectNode node, String name, JsonNode value) {
    if (value != null) {
      node.set(name, value);
    }
  }
}
