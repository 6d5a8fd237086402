package dev.millrace.gateway.api;

import dev.millrace.engine.journal.ExecutionSummary;
import dev.millrace.engine.journal.WireTime;
import dev.millrace.engine.trace.ExecutionTrace;
import dev.millrace.engine.trace.ResolvedTemplate;
import dev.millrace.engine.trace.TaskTrace;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes where the time of an execution went; stateless. */
final class TraceJson {
  private static final String NO_PLAN =
      "The definitions that this execution ran by are not kept: levels, dependencies, the critical"
          + " path and templates are not known";

  private TraceJson() {}

  static ObjectNode of(ExecutionTrace trace) {
    ExecutionSummary summary = trace.summary();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("executionId", summary.executionId());
    node.put("workflow", summary.workflow());
    node.put("version", summary.versionHash());
    node.put("status", summary.status().name());
    node.put("startedAt", WireTime.instant(summary.startedAt()));
    if (summary.endedAt() != 0) {
      node.put("durationMs", millis(summary.endedAt() - summary.startedAt()));
    }
    if (!trace.planKnown()) {
      node.put("note", NO_PLAN);
    }
    strings(node.putArray("criticalPath"), trace.criticalPath());
    ArrayNode tasks = node.putArray("tasks");
    for (TaskTrace task : trace.tasks()) {
      add(tasks.addObject(), task);
    }
    templates(node.putArray("templates"), trace.output());
    return node;
  }

  private static void add(ObjectNode node, TaskTrace task) {
    node.put("id", task.id());
    node.put("taskRef", task.taskRef());
    node.put("status", task.status().name());
    if (task.level() >= 0) {
      node.put("level", task.level());
    }
    putInstant(node, "queuedAt", task.queuedAt());
    putInstant(node, "startedAt", task.startedAt());
    putInstant(node, "endedAt", task.endedAt());
    putMillis(node, "waitMs", task.waitMicros());
    putMillis(node, "durationMs", task.durationMicros());
    strings(node.putArray("blockedBy"), task.blockedBy());
    strings(node.putArray("concurrentWith"), task.concurrentWith());
    node.set("attempts", ExecutionJson.attempts(task.attempts()));
    templates(node.putArray("templates"), task.templates());
  }

  private static void templates(ArrayNode array, List<ResolvedTemplate> templates) {
    for (ResolvedTemplate template : templates) {
      ObjectNode node = array.addObject();
      node.put("path", template.path());
      node.put("template", template.template());
      if (template.value() != null) {
        node.set("value", template.value());
      }
      if (template.omitted()) {
        node.put("omitted", true);
      }
    }
  }

  private static void strings(ArrayNode array, List<String> values) {
    for (String value : values) {
      array.add(value);
    }
  }

  private static void putInstant(ObjectNode node, String name, long micros) {
    if (micros != 0) {
      node.put(name, WireTime.instant(micros));
    }
  }

  private static void putMillis(ObjectNode node, String name, long micros) {
    if (micros >= 0) {
      node.put(name, millis(micros));
    }
  }

  private static BigDecimal millis(long micros) {
    return WireTime.millis(1_000L * micros);
  }
}
