package dev.millrace.engine.journal;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** One execution in memory; owned by the {@link InMemoryJournal} and guarded by its lock. */
final class KeptExecution {
  /** What an execution or a task takes without its values: objects, texts, references. */
  private static final int FIXED_BYTES = 512;

  private Fact.ExecutionStarted started;
  private final TreeMap<Integer, TaskRecord> tasks = new TreeMap<>();
  private Fact.ExecutionEnded ended;
  private boolean paused;
  private long bytes;

  KeptExecution(Fact.ExecutionStarted started) {
    this.started = started;
    this.bytes = FIXED_BYTES + size(started.input());
  }

  /** Takes a later fact; returns about how many bytes it adds. */
  long append(Fact fact) {
    long added = 0;
    if (fact instanceof Fact.TaskEnded task) {
      TaskRecord before = tasks.put(task.slot(), TaskRecord.of(task));
      added = FIXED_BYTES + size(task.input()) + size(task.output());
      if (before != null) {
        added -= FIXED_BYTES + size(before.input()) + size(before.output());
      }
    } else if (fact instanceof Fact.ExecutionPaused) {
      paused = true;
    } else if (fact instanceof Fact.ExecutionEnded end) {
      ended = end;
      added = size(end.output());
      if (end.input() != null) {
        added += size(end.input()) - size(started.input());
        begin(end.input(), started.versionHash(), started.planHash());
      }
    }
    bytes += added;
    return added;
  }

  private void begin(JsonNode input, String versionHash, String planHash) {
    started =
        new Fact.ExecutionStarted(
            started.executionId(),
            started.namespace(),
            started.workflow(),
            versionHash,
            planHash,
            started.durability(),
            input,
            started.startedAt(),
            started.deadlineAt());
  }

  private static long size(JsonNode value) {
    if (value == null) {
      return 0;
    }
    if (value.isString()) {
      return 48L + value.stringValue().length();
    }
    long size = 48;
    if (value.isObject()) {
      for (var member : value.properties()) {
        size += 48 + member.getKey().length() + size(member.getValue());
      }
    } else {
      for (JsonNode element : value) {
        size += 8 + size(element);
      }
    }
    return size;
  }

  Fact.ExecutionStarted started() {
    return started;
  }

  long bytes() {
    return bytes;
  }

  ExecutionStatus status() {
    if (ended != null) {
      return ended.status();
    }
    return paused ? ExecutionStatus.Paused : ExecutionStatus.Running;
  }

  /** It goes on under these definitions. */
  void resume(String versionHash, String planHash, Map<Integer, Integer> slots) {
    paused = false;
    List<TaskRecord> ended = List.copyOf(tasks.values());
    tasks.clear();
    for (TaskRecord task : ended) {
      TaskRecord moved = task.inSlot(slots.getOrDefault(task.slot(), task.slot()));
      tasks.put(moved.slot(), moved);
    }
    begin(started.input(), versionHash, planHash);
  }

  Collection<TaskRecord> tasks() {
    return Collections.unmodifiableCollection(tasks.values());
  }

  ExecutionSummary summary() {
    return new ExecutionSummary(
        started.executionId(),
        started.namespace(),
        started.workflow(),
        started.versionHash(),
        status(),
        started.startedAt(),
        ended == null ? 0 : ended.endedAt());
  }

  ExecutionRecord record() {
    return new ExecutionRecord(
        summary(),
        started.planHash(),
        started.durability(),
        started.input(),
        ended == null ? null : ended.output(),
        ended == null ? null : ended.failure(),
        started.deadlineAt(),
        List.copyOf(tasks.values()));
  }
}
