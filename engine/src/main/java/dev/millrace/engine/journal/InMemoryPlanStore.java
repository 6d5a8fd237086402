package dev.millrace.engine.journal;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The plans without a database, lost with the process: as many as there were versions while it ran.
 * One for the process, used on any thread.
 */
public final class InMemoryPlanStore implements PlanStore {
  private final Map<String, PlanVersion> plans = new ConcurrentHashMap<>();

  @Override
  public Future<Void> keep(PlanVersion plan) {
    plans.putIfAbsent(plan.hash(), plan);
    return Future.succeededFuture();
  }

  @Override
  public Future<Optional<PlanVersion>> find(String hash) {
    return Future.succeededFuture(Optional.ofNullable(plans.get(hash)));
  }
}
