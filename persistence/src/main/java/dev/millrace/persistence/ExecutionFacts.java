package dev.millrace.persistence;

import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.Fact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * The facts of one execution that go into one batch, as told by one owner. Made by {@link
 * GatheredFacts}, lives on the lane's context.
 *
 * <p>Facts whose execution began here are <em>fresh</em>: nobody can have claimed it. All others
 * are <em>late</em>: they count only while the execution still belongs to who the gateway was when
 * they came.
 */
final class ExecutionFacts {
  private final UUID id;
  private final UUID owner;
  private final long sinceNanos;
  private final List<PendingFact> all = new ArrayList<>();
  private PendingFact start;
  private PendingFact change;

  /** By slot; what is said again of a task takes the place of what was said before. */
  private PendingFact[] tasks = new PendingFact[4];

  private int taskCount;
  private long characters;

  /** Begins with a fact that came at a time of the monotonic clock. */
  ExecutionFacts(PendingFact first, long nanos) {
    this.id = first.id();
    this.owner = first.owner();
    this.sinceNanos = nanos;
    add(first);
  }

  /** Some facts of one execution and owner, at least one, as a batch of their own. */
  static ExecutionFacts of(List<PendingFact> facts) {
    ExecutionFacts part = new ExecutionFacts(facts.get(0), 0);
    facts.subList(1, facts.size()).forEach(part::add);
    return part;
  }

  void add(PendingFact pending) {
    all.add(pending);
    characters += pending.size();
    if (pending.fact() instanceof Fact.ExecutionStarted) {
      start = pending;
    } else if (pending.fact() instanceof Fact.TaskEnded ended) {
      addTask(ended.slot(), pending);
    } else {
      change = pending;
    }
  }

  private void addTask(int slot, PendingFact task) {
    if (slot >= tasks.length) {
      tasks = Arrays.copyOf(tasks, Math.max(slot + 1, tasks.length * 2));
    }
    if (tasks[slot] == null) {
      taskCount++;
    }
    tasks[slot] = task;
  }

  UUID id() {
    return id;
  }

  UUID owner() {
    return owner;
  }

  /** When the first of them came, by the monotonic clock. */
  long sinceNanos() {
    return sinceNanos;
  }

  /** All of them, in the order in which they came. */
  List<PendingFact> all() {
    return all;
  }

  /** How many facts there are of all these executions. */
  static int count(List<ExecutionFacts> executions) {
    int facts = 0;
    for (ExecutionFacts execution : executions) {
      facts += execution.count();
    }
    return facts;
  }

  int count() {
    return all.size();
  }

  /** Roughly what they hold in memory. */
  long characters() {
    return characters;
  }

  boolean isFresh() {
    return start != null;
  }

  /** Null where the execution began earlier. */
  PendingFact start() {
    return start;
  }

  /** Its end, or that it was paused; null while it runs. */
  PendingFact change() {
    return change;
  }

  /** What it is after these facts. */
  String status() {
    if (change == null) {
      return ExecutionStatus.Running.name();
    }
    return change.fact() instanceof Fact.ExecutionEnded ended
        ? ended.status().name()
        : ExecutionStatus.Paused.name();
  }

  /** 0 where it has not ended. */
  long endedAt() {
    return change != null && change.fact() instanceof Fact.ExecutionEnded ended
        ? ended.endedAt()
        : 0;
  }

  int taskCount() {
    return taskCount;
  }

  /** By slot, null where a task has not ended. */
  PendingFact[] tasks() {
    return tasks;
  }
}
