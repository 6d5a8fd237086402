package dev.millrace.engine.execution;

import dev.millrace.engine.journal.WireTime;
import dev.millrace.engine.json.JsonName;
import dev.millrace.engine.json.MemberSink;
import dev.millrace.engine.json.TextSink;
import dev.millrace.engine.json.TreeSink;
import io.vertx.core.buffer.Buffer;
import tools.jackson.databind.node.ObjectNode;

/** Writes the answer of {@code execute}; pure, usable on any thread. */
public final class ExecutionResultJson {
  private static final JsonName EXECUTION_ID = JsonName.of("executionId");
  private static final JsonName WORKFLOW = JsonName.of("workflow");
  private static final JsonName VERSION = JsonName.of("version");
  private static final JsonName STATUS = JsonName.of("status");
  private static final JsonName INPUT = JsonName.of("input");
  private static final JsonName OUTPUT = JsonName.of("output");
  private static final JsonName STARTED_AT = JsonName.of("startedAt");
  private static final JsonName DURATION_MS = JsonName.of("durationMs");
  private static final JsonName TASKS = JsonName.of("tasks");
  private static final JsonName ID = JsonName.of("id");
  private static final JsonName TASK_REF = JsonName.of("taskRef");
  private static final JsonName ATTEMPTS = JsonName.of("attempts");

  private ExecutionResultJson() {}

  /** The answer with as much of it as is asked for, as a tree. */
  public static ObjectNode of(ExecutionResult result, ResultDetail detail) {
    return TreeSink.write(answer -> write(result, detail, answer));
  }

  /** The same as {@link #of} as text. */
  public static Buffer text(ExecutionResult result, ResultDetail detail) {
    return TextSink.write(answer -> write(result, detail, answer));
  }

  private static void write(ExecutionResult result, ResultDetail detail, MemberSink answer) {
    answer.put(EXECUTION_ID, result.executionId());
    answer.put(WORKFLOW, result.workflow());
    answer.put(VERSION, result.version());
    answer.put(STATUS, result.status().name());
    if (result.output() != null) {
      answer.put(OUTPUT, result.output());
    }
    answer.put(STARTED_AT, WireTime.instant(result.startedAtMicros()));
    answer.put(DURATION_MS, WireTime.millis(result.durationNanos()));
    if (detail != ResultDetail.OUTPUT) {
      answer.putObjects(TASKS, result.tasks(), (task, node) -> write(task, detail, node));
    }
  }

  private static void write(TaskResult task, ResultDetail detail, MemberSink node) {
    node.put(ID, task.id());
    node.put(TASK_REF, task.taskRef());
    node.put(STATUS, task.status().name());
    node.put(ATTEMPTS, task.attempts());
    if (task.startedAtMicros() != 0) {
      node.put(STARTED_AT, WireTime.instant(task.startedAtMicros()));
      node.put(DURATION_MS, WireTime.millis(task.durationNanos()));
    }
    if (detail == ResultDetail.FULL) {
      if (task.input() != null) {
        node.put(INPUT, task.input());
      }
      if (task.output() != null) {
        node.put(OUTPUT, task.output());
      }
    }
  }
}
