package dev.millrace.engine.journal;

import dev.millrace.engine.plan.ExecutionPlan;
import io.vertx.core.Future;

/** Where facts go. Called from any event loop; facts of one execution arrive in order. */
public interface Journal {
  /**
   * Takes a fact; it is never dropped once this returns.
   *
   * @return completes when the fact is committed, fails when it cannot be
   */
  Future<Void> append(Fact fact);

  /** What whoever appends facts of a plan's executions has to leave out of them. */
  default FactPayloads payloads(ExecutionPlan plan) {
    return FactPayloads.of(plan, PayloadRetention.Full);
  }

  /**
   * Says that somebody waits for what was appended: it must not wait for company any longer. Cheap,
   * and without effect where facts are committed at once.
   */
  default void hurry() {}

  /** Whether a new execution may begin; false when the buffer is full. */
  boolean hasRoom();

  /** Completes when everything that was appended before is committed. */
  Future<Void> flush();
}
