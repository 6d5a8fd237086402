package dev.millrace.persistence;

import dev.millrace.engine.journal.ClaimedExecution;
import dev.millrace.engine.journal.ControlRequest;
import dev.millrace.engine.journal.ExecutionClaims;
import dev.millrace.engine.journal.TaskRecord;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Claims in PostgreSQL; one for the process, used on any thread.
 *
 * <p>Gateways that look for orphans come one after the other, so that each sees the leases and the
 * claims of those before it. An execution that its owner is writing at that very moment is left for
 * the next time.
 */
public final class PostgresClaims implements ExecutionClaims {
  private static final String ONE_AT_A_TIME = "select pg_advisory_xact_lock(7212847513)";

  /** After a restart of the server every gateway first gets the time to renew. */
  private static final String END_LEASES =
      "delete from lease where expires_at < clock_timestamp()"
          + " and pg_postmaster_start_time() < clock_timestamp() - make_interval(secs => $1)";

  private static final String RETURNING = " returning " + ExecutionRows.COLUMNS + ", requested";
  private static final String CLAIM_ORPHANS =
      """
      with orphan as (
        select id from execution
        where status = 'Running' and owner <> all (array(select gateway_id from lease))
        order by id limit $2 for update skip locked
      )
      update execution set owner = $1 from orphan where execution.id = orphan.id
      """
          + RETURNING;
  private static final String CLAIM_PAUSED =
      """
      update execution
      set status = 'Running', owner = $2, requested = null,
          version_hash = coalesce($3, version_hash), plan_hash = coalesce($4, plan_hash)
      where id = $1 and status = 'Paused'
      """
          + RETURNING;
  private static final String MOVE_ASIDE =
      """
      update task_execution set slot = -1 - move.next
      from unnest($2::smallint[], $3::smallint[]) as move (former, next)
      where execution_id = $1 and slot = move.former
      """;

  private static final String MOVE_BACK =
      "update task_execution set slot = -1 - slot where execution_id = $1 and slot < 0";

  private static final String TASKS =
      "select "
          + ExecutionRows.TASK_COLUMNS
          + " from task_execution where execution_id = any($1) order by execution_id, slot";

  private final Pool pool;
  private final Leases leases;

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
    double lease = leases.duration().toNanos() / 1e9;
    return pool.withTransaction(
        connection ->
            connection
                .query(ONE_AT_A_TIME)
                .execute()
                .compose(alone -> connection.preparedQuery(END_LEASES).execute(Tuple.of(lease)))
                .compose(
                    ended ->
                        connection
                            .preparedQuery(CLAIM_ORPHANS)
                            .execute(Tuple.of(leases.owner(), limit)))
                .compose(rows -> withTasks(connection, rows)));
  }

  @Override
  public Future<Optional<ClaimedExecution>> claimPaused(String executionId) {
    return claim(executionId, null, null, Map.of());
  }

  @Override
  public Future<Optional<ClaimedExecution>> claimPaused(
      String executionId, String versionHash, String planHash, Map<Integer, Integer> slots) {
    return claim(
        executionId, Objects.requireNonNull(versionHash), Objects.requireNonNull(planHash), slots);
  }

  private Future<Optional<ClaimedExecution>> claim(
      String executionId, String versionHash, String planHash, Map<Integer, Integer> slots) {
    UUID id = PostgresHistory.idOrNull(executionId);
    if (id == null) {
      return Future.succeededFuture(Optional.empty());
    }
    return pool.withTransaction(
        connection ->
            connection
                .preparedQuery(CLAIM_PAUSED)
                .execute(Tuple.of(id, leases.owner(), versionHash, planHash))
                .compose(
                    rows ->
                        rows.size() == 0
                            ? Future.succeededFuture(rows)
                            : move(connection, id, slots).map(rows))
                .compose(rows -> withTasks(connection, rows))
                .map(claimed -> claimed.stream().findFirst()));
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

  private static Future<List<ClaimedExecution>> withTasks(
      SqlConnection connection, RowSet<Row> rows) {
    if (rows.size() == 0) {
      return Future.succeededFuture(List.of());
    }
    List<Row> executions = new ArrayList<>(rows.size());
    rows.forEach(executions::add);
    executions.sort(Comparator.comparing(row -> row.getUUID("id").toString()));
    UUID[] ids = executions.stream().map(row -> row.getUUID("id")).toArray(UUID[]::new);
    return connection
        .preparedQuery(TASKS)
        .execute(Tuple.tuple().addArrayOfUUID(ids))
        .map(
            taskRows -> {
              Map<UUID, List<TaskRecord>> tasks = new HashMap<>();
              for (Row row : taskRows) {
                tasks
                    .computeIfAbsent(row.getUUID("execution_id"), id -> new ArrayList<>())
                    .add(ExecutionRows.task(row));
              }
              List<ClaimedExecution> claimed = new ArrayList<>(executions.size());
              for (Row row : executions) {
                claimed.add(claimed(row, tasks.getOrDefault(row.getUUID("id"), List.of())));
              }
              return claimed;
            });
  }

  private static ClaimedExecution claimed(Row row, List<TaskRecord> tasks) {
    String requested = row.getString("requested");
    return new ClaimedExecution(
        ExecutionRows.execution(row, tasks),
        requested == null ? null : ControlRequest.valueOf(requested));
  }
}
