package dev.millrace.engine.execution;

import dev.millrace.engine.definition.Durability;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.Ownership;
import dev.millrace.engine.journal.TaskStatus;
import dev.millrace.engine.plan.ExecutionPlan;
import io.vertx.core.Future;

/**
 * Knows which commits an execution must wait for: none unless it is durable and has tasks with
 * effects. Owned by its {@link RunningExecution}, lives on that event loop.
 *
 * <p>Before a task with effects begins, the start, every result it depends on and every result of
 * an effect are committed, and this gateway certainly still owns the execution; before the caller
 * is answered, every result of an effect is. An execution that did not succeed answers only when
 * its end is committed, so that no recovery can run on, with effects, what the caller was told had
 * failed.
 */
abstract class EffectBarriers {
  private static final EffectBarriers NONE =
      new EffectBarriers() {
        @Override
        void started(Future<Void> commit) {}

        @Override
        void resumed(ExecutionState state) {}

        @Override
        void taskEnded(int slot, TaskStatus status, Future<Void> commit) {}

        @Override
        void ended(ExecutionStatus status, Future<Void> commit) {}

        @Override
        Future<Void> beforeEffect(int slot) {
          return null;
        }

        @Override
        Future<Void> beforeRequest() {
          return null;
        }

        @Override
        Future<Void> beforeAnswer() {
          return null;
        }
      };

  /** The barriers that a plan asks for. */
  static EffectBarriers of(ExecutionPlan plan, Ownership ownership) {
    return plan.durability() == Durability.Durable && plan.hasEffects()
        ? new Durable(plan, ownership)
        : NONE;
  }

  /** The start went to the journal. */
  abstract void started(Future<Void> commit);

  /** The execution goes on from what is committed. */
  abstract void resumed(ExecutionState state);

  /** A task's result went to the journal. */
  abstract void taskEnded(int slot, TaskStatus status, Future<Void> commit);

  /** The end went to the journal. */
  abstract void ended(ExecutionStatus status, Future<Void> commit);

  /** A commit that an effect must wait for, pending or failed; null when it may begin now. */
  abstract Future<Void> beforeEffect(int slot);

  /**
   * What an effect that has begun must still wait for before each of its requests is sent, as it
   * may have waited for a connection, or to be tried again; null when it may go.
   */
  abstract Future<Void> beforeRequest();

  /** A commit that the answer must wait for, pending or failed; null when there is none. */
  abstract Future<Void> beforeAnswer();

  private static final class Durable extends EffectBarriers {
    private static final Future<Void> COMMITTED = Future.succeededFuture();

    private final ExecutionPlan plan;
    private final Ownership ownership;
    private final Future<Void>[] results;
    private Future<Void> start;
    private Future<Void> end;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of futures can be made in no other way
    Durable(ExecutionPlan plan, Ownership ownership) {
      this.plan = plan;
      this.ownership = ownership;
      this.results = new Future[plan.taskCount()];
    }

    @Override
    void started(Future<Void> commit) {
      start = commit;
    }

    @Override
    void resumed(ExecutionState state) {
      start = COMMITTED;
      for (int slot = 0; slot < results.length; slot++) {
        if (state.task(slot).isEnded()) {
          results[slot] = COMMITTED;
        }
      }
    }

    @Override
    void taskEnded(int slot, TaskStatus status, Future<Void> commit) {
      if (status != TaskStatus.Skipped) {
        results[slot] = commit;
      }
    }

    @Override
    void ended(ExecutionStatus status, Future<Void> commit) {
      // Of an execution whose start could not be recorded there is nothing to recover.
      if (status != ExecutionStatus.Succeeded && !start.failed()) {
        end = commit;
      }
    }

    @Override
    Future<Void> beforeEffect(int slot) {
      if (isOpen(start)) {
        return start;
      }
      for (int ancestor : plan.effectAncestors(slot)) {
        if (isOpen(results[ancestor])) {
          return results[ancestor];
        }
      }
      Future<Void> effect = openEffect();
      return effect == null ? beforeRequest() : effect;
    }

    @Override
    Future<Void> beforeRequest() {
      return ownership.isHeld() ? null : ownership.held();
    }

    @Override
    Future<Void> beforeAnswer() {
      Future<Void> effect = openEffect();
      if (effect != null) {
        return effect;
      }
      return end != null && isOpen(end) ? end : null;
    }

    private Future<Void> openEffect() {
      for (int slot = 0; slot < results.length; slot++) {
        if (plan.task(slot).effect() && results[slot] != null && isOpen(results[slot])) {
          return results[slot];
        }
      }
      return null;
    }

    private static boolean isOpen(Future<Void> commit) {
      return !commit.succeeded();
    }
  }
}
