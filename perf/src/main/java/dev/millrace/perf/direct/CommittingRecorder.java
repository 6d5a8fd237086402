package dev.millrace.perf.direct;

import dev.millrace.persistence.DatabaseUrl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.util.function.Supplier;

/**
 * Commits what is known before each effect, what the effect answered before anything else happens,
 * and the end before the caller hears of it; one statement a commit. One an event loop, used there
 * only.
 */
final class CommittingRecorder implements Recorder {
  private static final int CONNECTIONS = 16;
  private static final int MAX_WAITING = 10_000;
  private static final String VERSION = "sha256:" + "0".repeat(64);
  private static final java.util.UUID OWNER =
      new java.util.UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0001L);

  /** The start, with what was read so far. */
  private static final String START =
      """
      with started as (
        insert into execution (id, owner, namespace, workflow, version_hash, plan_hash, durability, status, input, started_at, deadline_at)
        values ($1, $2, 'default', $3, $4, $4, 'Durable', 'Running', $5::text::json, $6, $7)
      )
      """;

  private static final String END =
      """
      with ended as (
        update execution set status = 'Succeeded', output = $2::text::json, ended_at = $3 where id = $1
      )
      """;

  private static final String TASKS =
      """
      insert into task_execution (execution_id, slot, task_id, task_ref, status, continued, input, output, attempts, queued_at, started_at, ended_at)
      select $%1$d, slot, task_id, task_ref, 'Succeeded', false, input::json, output::json, attempts::json, started_at, started_at, ended_at
      from unnest($%2$d::smallint[], $%3$d::text[], $%4$d::text[], $%5$d::text[], $%6$d::text[], $%7$d::text[], $%8$d::timestamptz[], $%9$d::timestamptz[])
        as row (slot, task_id, task_ref, input, output, attempts, started_at, ended_at)
      """;

  private static final String START_WITH_TASKS =
      START + TASKS.formatted(1, 8, 9, 10, 11, 12, 13, 14, 15);
  private static final String ONLY_TASKS = TASKS.formatted(1, 2, 3, 4, 5, 6, 7, 8, 9);
  private static final String END_WITH_TASKS = END + TASKS.formatted(1, 4, 5, 6, 7, 8, 9, 10, 11);

  private final Pool pool;

  CommittingRecorder(Vertx vertx, DatabaseUrl database) {
    this.pool =
        PgBuilder.pool()
            .using(vertx)
            .connectingTo(database.options().setCachePreparedStatements(true))
            .with(new PoolOptions().setMaxSize(CONNECTIONS).setMaxWaitQueueSize(MAX_WAITING))
            .build();
  }

  @Override
  public Recording begin(String workflow, JsonObject input) {
    return new Committed(new ExecutionRows(workflow, input));
  }

  private final class Committed implements Recording {
    private final ExecutionRows rows;
    private boolean started;

    Committed(ExecutionRows rows) {
      this.rows = rows;
    }

    @Override
    public Future<JsonObject> call(
        Step step, Supplier<JsonObject> taskInput, Supplier<Future<JsonObject>> call) {
      Future<Void> before = step.hasEffect() ? commit() : Future.succeededFuture();
      JsonObject sent = taskInput.get();
      return before
          .compose(
              committed -> {
                var startedAt = ExecutionRows.now();
                return call.get().onSuccess(answer -> rows.add(step, sent, answer, startedAt));
              })
          .compose(
              answer -> step.hasEffect() ? commit().map(answer) : Future.succeededFuture(answer));
    }

    @Override
    public Future<JsonObject> end(Future<JsonObject> output) {
      return output.compose(
          result -> {
            rows.end(result);
            return commit().map(result);
          });
    }

    private Future<Void> commit() {
      Tuple parameters = Tuple.of(rows.id);
      String sql = ONLY_TASKS;
      if (!started) {
        sql = START_WITH_TASKS;
        parameters
            .addValue(OWNER)
            .addValue(rows.workflow)
            .addValue(VERSION)
            .addValue(rows.input)
            .addValue(rows.startedAt)
            .addValue(rows.deadlineAt());
      } else if (rows.endedAt != null) {
        sql = END_WITH_TASKS;
        parameters.addValue(rows.output).addValue(rows.endedAt);
      }
      boolean startedOnly = !started && rows.endedAt != null;
      started = true;
      Tuple tasks = RowColumns.tasks(java.util.List.of(rows));
      for (int column = 1; column < tasks.size(); column++) {
        parameters.addValue(tasks.getValue(column));
      }
      rows.tasks.clear();
      Future<Void> committed = pool.preparedQuery(sql).execute(parameters).mapEmpty();
      return startedOnly ? committed.compose(first -> commit()) : committed;
    }
  }
}
