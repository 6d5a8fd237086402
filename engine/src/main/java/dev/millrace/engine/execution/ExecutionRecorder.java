package dev.millrace.engine.execution;

import dev.millrace.engine.definition.Durability;
import dev.millrace.engine.journal.Fact;
import dev.millrace.engine.journal.FactPayloads;
import dev.millrace.engine.journal.Journal;
import dev.millrace.engine.journal.Ownership;
import dev.millrace.engine.journal.TaskStatus;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.plan.PlannedTask;
import dev.millrace.engine.task.TaskCall;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tells the journal and the observer what became of one execution, as its state has it. Owned by
 * its {@link RunningExecution}, lives on that event loop.
 */
final class ExecutionRecorder {
  private final ExecutionState state;
  private final ExecutionPlan plan;
  private final Fact.ExecutionStarted started;
  private final Journal journal;
  private final EngineObserver observer;
  private final EffectBarriers barriers;
  private final boolean recorded;
  private final FactPayloads payloads;

  ExecutionRecorder(
      ExecutionState state, Journal journal, EngineObserver observer, Ownership ownership) {
    this.state = state;
    this.plan = state.plan();
    this.started = state.started();
    this.journal = journal;
    this.observer = observer;
    this.barriers = EffectBarriers.of(plan, ownership);
    this.recorded = plan.durability() != Durability.None;
    this.payloads = journal.payloads(plan);
  }

  /** The execution was accepted. */
  void started() {
    if (recorded) {
      barriers.started(journal.append(started));
    }
    observer.executionStarted(started.executionId(), started.namespace(), started.workflow());
  }

  /** The execution goes on from its record. */
  void resumed() {
    barriers.resumed(state);
    observer.executionResumed(started.executionId(), started.namespace(), started.workflow());
  }

  /** The execution stands still; returns the commit of that. */
  Future<Void> paused(long now) {
    Future<Void> commit =
        recorded
            ? journal.append(new Fact.ExecutionPaused(started.executionId(), now))
            : Future.succeededFuture();
    observer.executionPaused(started.executionId(), started.namespace(), started.workflow());
    return commit;
  }

  /** The task at a slot came to its end. */
  void taskEnded(int slot) {
    TaskProgress progress = state.task(slot);
    PlannedTask task = plan.task(slot);
    if (recorded) {
      Fact fact = payloads.running(fact(slot, task, progress));
      barriers.taskEnded(slot, progress.status(), journal.append(fact));
    }
    observer.taskEnded(
        started.executionId(),
        started.namespace(),
        started.workflow(),
        task.id(),
        progress.status());
  }

  private Fact.TaskEnded fact(int slot, PlannedTask task, TaskProgress progress) {
    return new Fact.TaskEnded(
        started.executionId(),
        slot,
        task.id(),
        task.taskRef(),
        progress.status(),
        progress.input(),
        progress.output(),
        progress.failure(),
        progress.continued(),
        progress.attempts(),
        progress.queuedAt(),
        progress.startedAt(),
        progress.endedAt());
  }

  /** The execution came to its end, and with it every task that had not. */
  void ended() {
    for (int slot = 0; slot < plan.taskCount(); slot++) {
      TaskStatus status = state.task(slot).status();
      if (status == TaskStatus.Cancelled || status == TaskStatus.Skipped) {
        taskEnded(slot);
      }
    }
    if (recorded) {
      withholdOutputs();
      Fact.ExecutionEnded fact =
          new Fact.ExecutionEnded(
              started.executionId(),
              state.status(),
              state.output(),
              state.failure(),
              state.endedAt());
      barriers.ended(state.status(), journal.append(payloads.ended(fact, started.input())));
    }
    observer.executionEnded(
        started.executionId(),
        started.namespace(),
        started.workflow(),
        state.status(),
        nanos(state.endedAt() - started.startedAt()));
  }

  /** Replaces the outputs that were only recorded to go on by. */
  private void withholdOutputs() {
    if (payloads.isUntouched()) {
      return;
    }
    for (int slot = 0; slot < plan.taskCount(); slot++) {
      Fact.TaskEnded safe = payloads.ended(fact(slot, plan.task(slot), state.task(slot)));
      if (safe != null) {
        journal.append(safe);
      }
    }
  }

  /** A commit that an effect must wait for, pending or failed; null when it may begin now. */
  Future<Void> commitBeforeEffect(int slot) {
    return barriers.beforeEffect(slot);
  }

  /** What each request of a task must wait for in the moment before it is sent. */
  Supplier<Future<Void>> clearance(PlannedTask task) {
    return task.effect() ? barriers::beforeRequest : TaskCall.CLEAR;
  }

  /** A commit that the answer must wait for, pending or failed; null when there is none. */
  Future<Void> commitBeforeAnswer() {
    return barriers.beforeAnswer();
  }

  /** The answer of an execution that succeeded, or of one that was paused. */
  ExecutionResult result(long now) {
    long endedAt = state.isEnded() ? state.endedAt() : now;
    List<TaskResult> tasks = new ArrayList<>(plan.taskCount());
    for (int slot = 0; slot < plan.taskCount(); slot++) {
      PlannedTask task = plan.task(slot);
      TaskProgress progress = state.task(slot);
      tasks.add(
          new TaskResult(
              task.id(),
              task.taskRef(),
              progress.status(),
              progress.attempts().size(),
              progress.startedAt(),
              progress.isEnded() ? nanos(progress.endedAt() - progress.startedAt()) : 0,
              plan.secrets().taskInput(slot).mask(progress.input()),
              plan.secrets().taskOutput(slot).mask(progress.output())));
    }
    return new ExecutionResult(
        started.executionId(),
        started.workflow(),
        started.versionHash(),
        state.status(),
        state.output(),
        started.startedAt(),
        nanos(endedAt - started.startedAt()),
        tasks);
  }

  private static long nanos(long micros) {
    return micros * 1_000L;
  }
}
