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
   * Claims running executions whose owner is gone, oldest first; of any {@code Durability}. Also
   * those that were cancelled at the moment they paused.
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

  /**
   * Claims a paused execution to end it: whoever takes it over, should this gateway die before
   * that, finds {@link ControlRequest#Cancel} requested.
   *
   * @return empty when it is not paused, or not known
   */
  Future<Optional<ClaimedExecution>> claimPausedToCancel(String executionId);
}
