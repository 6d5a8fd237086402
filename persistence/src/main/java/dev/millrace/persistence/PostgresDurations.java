package dev.millrace.persistence;

import dev.millrace.engine.journal.DurationHistory;
import dev.millrace.engine.journal.DurationSamples;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Durations in PostgreSQL; one for the process, used on any thread.
 *
 * <p>The newest executions are read in the order of their index and their tasks by primary key, so
 * that no index is kept for this alone; sorting is the server's, which sends a row a task.
 */
final class PostgresDurations implements DurationHistory {
  /** A day of slack, as in {@link ListStatement}. */
  private static final long SLACK_MICROS = 86_400_000_000L;

  /** The row without a task is that of the executions. */
  static final String RECENT =
      """
      with latest as (
        select id, status, started_at, ended_at from execution
        where namespace = $1 and workflow = $2 and started_at >= $3 and id >= $4
        order by started_at desc, id desc limit %d
      ), sample as (
        select null::text as task_id, started_at, ended_at from latest where status = 'Succeeded'
        union all
        select task.task_id, task.started_at, task.ended_at
        from latest join task_execution as task on task.execution_id = latest.id
        where task.status = 'Succeeded' and task.started_at is not null
      )
      select task_id, array_agg(micros order by micros) as micros
      from sample, lateral (select greatest(0, extract(epoch from ended_at - started_at) * 1000000)::bigint as micros) as taken
      group by task_id
      """
          .formatted(MAXIMUM_EXECUTIONS);

  private final Pool pool;
  private final Clock clock;

  PostgresDurations(Pool pool, Clock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  @Override
  public Future<DurationSamples> recent(String namespace, String workflow) {
    return pool.preparedQuery(RECENT)
        .execute(parameters(namespace, workflow))
        .map(PostgresDurations::samples)
        .recover(Unavailable::orFault);
  }

  Tuple parameters(String namespace, String workflow) {
    long earliest = (clock.millis() - WINDOW.toMillis()) * 1_000L;
    UUID first = Times.firstId(earliest - SLACK_MICROS);
    return Tuple.of(namespace, workflow, Times.moment(earliest), first);
  }

  private static DurationSamples samples(RowSet<Row> rows) {
    List<Long> executions = List.of();
    Map<String, List<Long>> tasks = new HashMap<>();
    for (Row row : rows) {
      List<Long> micros = List.of(row.getArrayOfLongs("micros"));
      String taskId = row.getString("task_id");
      if (taskId == null) {
        executions = micros;
      } else {
        tasks.put(taskId, micros);
      }
    }
    return new DurationSamples(executions, tasks);
  }
}
