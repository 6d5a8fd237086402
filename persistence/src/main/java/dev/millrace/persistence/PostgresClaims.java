package dev.millrace.persistence;

import dev.millrace.engine.journal.ClaimedExecution;
import dev.millrace.engine.journal.ExecutionClaims;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * Claims in PostgreSQL; one for the process, used on any thread.
 *
 * <p>Gateways that look for orphans come one after the other, so that each sees the leases and the
 * claims of those before it. An execution that its owner is writing at that very moment is left for
 * the next time.
 */
public final class PostgresClaims implements ExecutionClaims {
  private static final String ONE_AT_A_TIME = "select pg_advisory_xact_lock(7212847513)";

  /** Only while {@link Leases#isSteady}. */
  private static final String END_LEASES = "delete from lease where expires_at < clock_timestamp()";

  private static final String RETURNING = " returning " + ClaimedRows.COLUMNS;

  /** What was running under nobody; and what was paused at the moment somebody cancelled it. */
  private static final String CLAIM_ORPHANS =
      """
      with orphan as (
        select id from execution
        where status = 'Running' and owner <> all (array(select gateway_id from lease))
        order by id limit $2 for update skip locked
      ), cancelled as (
        select id from execution
        where status = 'Paused' and requested = 'Cancel'
        order by id limit $2 for update skip locked
      )
      update execution set owner = $1, claim = $3, status = 'Running'
      from (select id from orphan union all select id from cancelled limit $2) as found
      where execution.id = found.id
      """
          + RETURNING;

  private static final String CLAIM_PAUSED =
      """
      update execution
      set status = 'Running', owner = $2, claim = $3, requested = null,
          version_hash = coalesce($4, version_hash), plan_hash = coalesce($5, plan_hash)
      where id = $1 and status = 'Paused' and requested is distinct from 'Cancel'
      """
          + RETURNING;
  private static final String CLAIM_TO_CANCEL =
      """
      update execution set status = 'Running', owner = $2, claim = $3, requested = 'Cancel'
      where id = $1 and status = 'Paused'
      """
          + RETURNING;

  /** What a claim of this gateway took whose answer did not come. */
  private static final String FIND_CLAIMED =
      "select "
          + ClaimedRows.COLUMNS
          + ", claim from execution"
          + " where status = 'Running' and owner = $1 and claim = any($2)";

  private static final String MOVE_ASIDE =
      """
      update task_execution set slot = -1 - move.next
      from unnest($2::smallint[], $3::smallint[]) as move (former, next)
      where execution_id = $1 and slot = move.former
      """;

  private static final String MOVE_BACK =
      "update task_execution set slot = -1 - slot where execution_id = $1 and slot < 0";

  /** As long as a transaction of this gateway may still be under way that nobody waits for. */
  private static final long DOUBT_NANOS = TimeUnit.MINUTES.toNanos(2);

  private final Pool pool;
  private final Leases leases;

  /** Claims whose answer did not come, and when that was. */
  private final Map<UUID, Long> doubtful = new ConcurrentHashMap<>();

  PostgresClaims(Pool pool, Leases leases) {
    this.pool = pool;
    this.leases = leases;
  }

  /** Claims nothing while this gateway does not hold its own lease. */
  @Override
  public Future<List<ClaimedExecution>> claimOrphans(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a limit must be at least 1, it is " + limit);
    }
    if (!leases.isHeld()) {
      return Future.succeededFuture(List.of());
    }
    UUID owner = leases.owner();
    return doubtful.isEmpty()
        ? newOrphans(owner, limit)
        : claimedUnheard(owner)
            .compose(
                found ->
                    found.isEmpty() ? newOrphans(owner, limit) : Future.succeededFuture(found));
  }

  private Future<List<ClaimedExecution>> newOrphans(UUID owner, int limit) {
    return claiming(
        owner,
        (connection, claim) ->
            connection
                .query(ONE_AT_A_TIME)
                .execute()
                .compose(alone -> endLeases(connection))
                .compose(
                    ended ->
                        connection
                            .preparedQuery(CLAIM_ORPHANS)
                            .execute(Tuple.of(owner, limit, claim)))
                .compose(rows -> ClaimedRows.withTasks(connection, rows)));
  }

  private Future<Void> endLeases(SqlConnection connection) {
    return leases.isSteady()
        ? connection.query(END_LEASES).execute().mapEmpty()
        : Future.succeededFuture();
  }

  /**
   * Runs a claim in a transaction. Where its end is not known, the executions may be this gateway's
   * without its knowing: they are looked for at the next look for orphans.
   */
  private Future<List<ClaimedExecution>> claiming(
      UUID owner, BiFunction<SqlConnection, UUID, Future<List<ClaimedExecution>>> work) {
    UUID claim = UUID.randomUUID();
    return pool.withTransaction(connection -> work.apply(connection, claim))
        .onFailure(unknown -> doubtful.put(claim, System.nanoTime()))
        .compose(
            claimed ->
                owner.equals(leases.owner())
                    ? Future.succeededFuture(claimed)
                    : Future.failedFuture(Unavailable.lostLease()));
  }

  /** What earlier claims took whose answers did not come. */
  private Future<List<ClaimedExecution>> claimedUnheard(UUID owner) {
    UUID[] claims = doubtful.keySet().toArray(UUID[]::new);
    long now = System.nanoTime();
    return pool.withConnection(
        connection ->
            connection
                .preparedQuery(FIND_CLAIMED)
                .execute(Tuple.of(owner).addArrayOfUUID(claims))
                .compose(
                    rows ->
                        ClaimedRows.withTasks(connection, rows)
                            .onSuccess(
                                found -> {
                                  rows.forEach(row -> doubtful.remove(row.getUUID("claim")));
                                  doubtful.values().removeIf(since -> now - since > DOUBT_NANOS);
                                })));
  }

  @Override
  public Future<Optional<ClaimedExecution>> claimPaused(String executionId) {
    return claim(
        executionId,
        (connection, claimant) ->
            connection
                .preparedQuery(CLAIM_PAUSED)
                .execute(claimant.addString(null).addString(null)));
  }

  @Override
  public Future<Optional<ClaimedExecution>> claimPaused(
      String executionId, String versionHash, String planHash, Map<Integer, Integer> slots) {
    Objects.requireNonNull(versionHash);
    Objects.requireNonNull(planHash);
    return claim(
        executionId,
        (connection, claimant) ->
            connection
                .preparedQuery(CLAIM_PAUSED)
                .execute(claimant.addString(versionHash).addString(planHash))
                .compose(
                    rows ->
                        rows.size() == 0
                            ? Future.succeededFuture(rows)
                            : move(connection, claimant.getUUID(0), slots).map(rows)));
  }

  @Override
  public Future<Optional<ClaimedExecution>> claimPausedToCancel(String executionId) {
    return claim(
        executionId,
        (connection, claimant) -> connection.preparedQuery(CLAIM_TO_CANCEL).execute(claimant));
  }

  /**
   * Claims one execution.
   *
   * @param work gets the execution, the owner and the claim as parameters
   */
  private Future<Optional<ClaimedExecution>> claim(
      String executionId, BiFunction<SqlConnection, Tuple, Future<RowSet<Row>>> work) {
    UUID id = PostgresHistory.idOrNull(executionId);
    if (id == null) {
      return Future.succeededFuture(Optional.empty());
    }
    UUID owner = leases.owner();
    if (!leases.isHeld()) {
      return Future.failedFuture(Unavailable.noLease());
    }
    return claiming(
            owner,
            (connection, claim) ->
                work.apply(connection, Tuple.of(id, owner, claim))
                    .compose(rows -> ClaimedRows.withTasks(connection, rows)))
        .map(claimed -> claimed.stream().findFirst())
        .recover(Unavailable::orFault);
  }

  /**
   * Gives the tasks that ended their new slots; in two steps, as slots are unique at each moment.
   */
  private static Future<Void> move(SqlConnection connection, UUID id, Map<Integer, Integer> slots) {
    List<Short> from = new ArrayList<>();
    List<Short> to = new ArrayList<>();
    slots.forEach(
        (former, next) -> {
          if (!former.equals(next)) {
            from.add(former.shortValue());
            to.add(next.shortValue());
          }
        });
    if (from.isEmpty()) {
      return Future.succeededFuture();
    }
    Tuple moves =
        Tuple.of(id)
            .addArrayOfShort(from.toArray(Short[]::new))
            .addArrayOfShort(to.toArray(Short[]::new));
    return connection
        .preparedQuery(MOVE_ASIDE)
        .execute(moves)
        .compose(aside -> connection.preparedQuery(MOVE_BACK).execute(Tuple.of(id)))
        .mapEmpty();
  }
}
