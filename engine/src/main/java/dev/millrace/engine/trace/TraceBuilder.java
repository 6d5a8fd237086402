package dev.millrace.engine.trace;

import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.journal.ExecutionRecord;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.TaskRecord;
import dev.millrace.engine.journal.TaskStatus;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.plan.TaskGraph;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Puts a trace together; made for one trace, used on its thread. */
final class TraceBuilder {
  private final ExecutionRecord execution;
  private final ExecutionPlan plan;
  private final TaskGraph graph;
  private final TaskRecord[] records;
  private final TaskTrace[] tasks;

  TraceBuilder(ExecutionRecord execution, ExecutionPlan plan) {
    this.execution = execution;
    this.plan = plan;
    this.graph = plan.graph();
    this.records = new TaskRecord[plan.taskCount()];
    this.tasks = new TaskTrace[plan.taskCount()];
  }

  /** The times alone. */
  static ExecutionTrace withoutPlan(ExecutionRecord execution) {
    List<TaskTrace> tasks = new ArrayList<>();
    for (TaskRecord record : execution.tasks()) {
      tasks.add(
          new TaskTrace(
              record.taskId(),
              record.taskRef(),
              record.status(),
              -1,
              record.queuedAt(),
              record.startedAt(),
              record.endedAt(),
              List.of(),
              concurrentWith(record, execution.tasks()),
              record.attempts(),
              List.of()));
    }
    return new ExecutionTrace(execution.summary(), false, List.of(), tasks, List.of());
  }

  ExecutionTrace build() {
    // By id: an execution that was continued under other definitions has records of both.
    Map<String, TaskRecord> byId = new HashMap<>();
    for (TaskRecord record : execution.tasks()) {
      byId.put(record.taskId(), record);
    }
    Workflow workflow = plan.workflow();
    for (int slot = 0; slot < records.length; slot++) {
      records[slot] = byId.get(workflow.tasks().get(slot).id());
    }
    TemplateValues templates = new TemplateValues(execution, plan);
    for (int slot = 0; slot < tasks.length; slot++) {
      tasks[slot] = task(slot, templates);
    }
    return new ExecutionTrace(
        execution.summary(), true, criticalPath(), List.of(tasks), templates.ofOutput());
  }

  private TaskTrace task(int slot, TemplateValues templates) {
    TaskRecord record = records[slot];
    JsonNode input = record == null ? null : record.input();
    return new TaskTrace(
        plan.task(slot).id(),
        plan.task(slot).taskRef(),
        record == null ? statusWithoutRecord(slot) : record.status(),
        graph.level(slot),
        record == null ? readySince(slot) : record.queuedAt(),
        record == null ? 0 : record.startedAt(),
        record == null ? 0 : record.endedAt(),
        blockedBy(slot),
        record == null ? List.of() : concurrentWith(record, execution.tasks()),
        record == null ? List.of() : record.attempts(),
        templates.ofTask(slot, input));
  }

  /** Only what has ended is recorded; of the rest it is known whether it may run. */
  private TaskStatus statusWithoutRecord(int slot) {
    ExecutionStatus status = execution.summary().status();
    boolean ready = readySince(slot) != 0;
    return switch (status) {
      case Running -> ready ? TaskStatus.Running : TaskStatus.Pending;
      case Paused -> TaskStatus.Pending;
      case Succeeded, Failed, Cancelled, TimedOut, Interrupted ->
          ready ? TaskStatus.Cancelled : TaskStatus.Skipped;
    };
  }

  /** When the last of a task's dependencies yielded its output; 0 when not all did. */
  private long readySince(int slot) {
    long since = execution.summary().startedAt();
    for (int dependency : graph.dependencies(slot)) {
      TaskRecord record = records[dependency];
      boolean yielded =
          record != null && (record.status() == TaskStatus.Succeeded || record.continued());
      if (!yielded) {
        return 0;
      }
      since = Math.max(since, record.endedAt());
    }
    return since;
  }

  private List<String> blockedBy(int slot) {
    List<Integer> dependencies = new ArrayList<>();
    for (int dependency : graph.dependencies(slot)) {
      dependencies.add(dependency);
    }
    dependencies.sort(Comparator.comparingLong(dependency -> -end(dependency)));
    List<String> ids = new ArrayList<>();
    for (int dependency : dependencies) {
      ids.add(plan.task(dependency).id());
    }
    return ids;
  }

  /** When a task ended; the end of all times when it has not. */
  private long end(int slot) {
    TaskRecord record = records[slot];
    return record == null ? Long.MAX_VALUE : record.endedAt();
  }

  private static List<String> concurrentWith(TaskRecord task, List<TaskRecord> others) {
    List<String> ids = new ArrayList<>();
    if (task.startedAt() == 0) {
      return ids;
    }
    for (TaskRecord other : others) {
      boolean overlaps =
          other.startedAt() != 0
              && other.startedAt() < task.endedAt()
              && task.startedAt() < other.endedAt();
      if (overlaps && !other.taskId().equals(task.taskId())) {
        ids.add(other.taskId());
      }
    }
    return ids;
  }

  /** Back from the task that determined the end, always to the dependency that ended last. */
  private List<String> criticalPath() {
    Map<String, TaskTrace> ran = new HashMap<>();
    for (TaskTrace task : tasks) {
      if (task.ran()) {
        ran.put(task.id(), task);
      }
    }
    Deque<String> path = new ArrayDeque<>();
    TaskTrace next = last(ran);
    while (next != null) {
      path.addFirst(next.id());
      TaskTrace before = null;
      for (String id : next.blockedBy()) {
        before = before == null ? ran.get(id) : before;
      }
      next = before;
    }
    return List.copyOf(path);
  }

  private TaskTrace last(Map<String, TaskTrace> ran) {
    String culprit = execution.failure() == null ? null : execution.failure().taskId();
    TaskTrace last = culprit == null ? null : ran.get(culprit);
    if (last != null) {
      return last;
    }
    for (TaskTrace task : tasks) {
      boolean later =
          task.ran()
              && (last == null
                  || task.endedAt() > last.endedAt()
                  || (task.endedAt() == last.endedAt() && task.level() > last.level()));
      last = later ? task : last;
    }
    return last;
  }
}
