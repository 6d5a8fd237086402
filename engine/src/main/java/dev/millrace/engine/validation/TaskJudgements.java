package dev.millrace.engine.validation;

import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.definition.WorkflowTask;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What validation found for the tasks of an index, for as long as they stand there: a task is
 * judged by itself alone, so that its judgement serves every workflow that uses it. Owned by {@link
 * DefinitionIndex}, usable on any thread.
 */
final class TaskJudgements {
  /** Holds nothing. */
  static final TaskJudgements NONE = new TaskJudgements();

  /** A task's report, and the task as workflows see it. */
  record Judgement(ResourceReport report, JudgedTask task) {}

  private static final Judgement UNKNOWN = new Judgement(null, null);

  private final Map<Key, Judgement> held = new ConcurrentHashMap<>();

  /** Tasks are told apart by identity: comparing them would cost as much as judging them. */
  private record Key(Resource task) {
    @Override
    @SuppressWarnings("ReferenceEquality") // identity is what this record is for
    public boolean equals(Object other) {
      return other instanceof Key key && key.task == task;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(task);
    }
  }

  void hold(Resource task) {
    held.putIfAbsent(new Key(task), UNKNOWN);
  }

  void release(Resource task) {
    held.remove(new Key(task));
  }

  /** What is known of a task; null when nothing is. */
  Judgement find(WorkflowTask task) {
    Judgement found = held.get(new Key(task));
    return found == null || found.report() == null ? null : found;
  }

  /** Keeps what was found, if the task is held. */
  void keep(WorkflowTask task, Judgement judgement) {
    held.replace(new Key(task), judgement);
  }

  void addAll(TaskJudgements others) {
    held.putAll(others.held);
  }
}
