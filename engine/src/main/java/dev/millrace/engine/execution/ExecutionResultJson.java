package dev.millrace.engine.execution;

import dev.millrace.engine.journal.WireTime;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the answer of {@code execute}; pure, usable on any thread. */
public final class ExecutionResultJson {
  private ExecutionResultJson() {}

  /** The answer with as much of it as is asked for. */
  public static ObjectNode of(ExecutionResult result, ResultDetail detail) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("executionId", result.executionId());
    answer.put("workflow", result.workflow());
    answer.put("version", result.version());
    answer.put("status", result.status().name());
    if (result.output() != null) {
      answer.set("output", result.output());
    }
    answer.put("startedAt", WireTime.instant(result.startedAtMicros()));
    answer.put("durationMs", WireTime.millis(result.durationNanos()));
    if (detail != ResultDetail.OUTPUT) {
      ArrayNode tasks = answer.putArray("tasks");
      for (TaskResult task : result.tasks()) {
        write(task, detail, tasks.addObject());
      }
    }
    return answer;
  }

  private static void write(TaskResult task, ResultDetail detail, ObjectNode node) {
    node.put("id", task.id());
    node.put("taskRef", task.taskRef());
    node.put("status", task.status().name());
    node.put("attempts", task.attempts());
    if (task.startedAtMicros() != 0) {
      node.put("startedAt", WireTime.instant(task.startedAtMicros()));
      node.put("durationMs", WireTime.millis(task.durationNanos()));
    }
    if (detail == ResultDetail.FULL) {
      if (task.input() != null) {
        node.set("input", task.input());
      }
      if (task.output() != null) {
        node.set("output", task.output());
      }
    }
  }
}
