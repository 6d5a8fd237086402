package dev.millrace.engine.journal;

import io.vertx.core.Future;
import java.util.Optional;

/** Keeps the plans that executions run by. Any thread. */
public interface PlanStore {
  /**
   * Keeps a plan, unless it is kept already.
   *
   * @return completes when it is kept; only then may an execution name its hash
   */
  Future<Void> keep(PlanVersion plan);

  /** The plan of a hash. */
  Future<Optional<PlanVersion>> find(String hash);
}
