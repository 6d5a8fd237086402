package dev.millrace.engine.journal;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes executions of others this gateway's own. Of several gateways that claim at once, one gets
 * an execution. What the former owner writes about it from then on is refused. Any thread.
 */
public interface ExecutionClaims {
  /**
   * Claims running executions whose owner is gone, oldest first; of any {@code Durability}.
   *
   * @param limit how many at most
   */
  Future<List<ClaimedExecution>> claimOrphans(int limit);

  /**
   * Claims a paused execution, which is running from then on.
   *
   * @return empty when it is not paused, or not known
   */
  Future<Optional<ClaimedExecution>> claimPaused(String executionId);

  /**
   * The same, and continues it by other definitions.
   *
   * @param planHash of a plan that is kept
   * @param slots the new slot of each task that ended, by its former one
   */
  Future<Optional<ClaimedExecution>> claimPaused(
      String executionId, String versionHash, String planHash, Map<Integer, Integer> slots);
}
