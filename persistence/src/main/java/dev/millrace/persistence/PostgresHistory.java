package dev.millrace.persistence;

import dev.millrace.engine.definition.Durability;
import dev.millrace.engine.journal.ExecutionPage;
import dev.millrace.engine.journal.ExecutionQuery;
import dev.millrace.engine.journal.ExecutionRecord;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.ExecutionSummary;
import dev.millrace.engine.journal.History;
import dev.millrace.engine.journal.TaskRecord;
import dev.millrace.engine.journal.TaskStatus;
import dev.millrace.engine.problem.Failure;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * The history in PostgreSQL; one for the process, called from any event loop, which its futures
 * complete on.
 */
public final class PostgresHistory implements History {
  private static final String SUMMARY =
      "select id, namespace, workflow, version_hash, status, started_at, ended_at";
  private static final String FIND =
      SUMMARY
          + ", durability, deadline_at, input::text as input, output::text as output, failure::text as failure"
          + " from execution where id = $1";
  private static final String TASKS =
      "select slot, task_id, task_ref, status, continued, input::text as input, output::text as output,"
          + " failure::text as failure, attempts::text as attempts, queued_at, started_at, ended_at"
          + " from task_execution where execution_id = $1 order by slot";

  private final Pool pool;

  /** Creates a history that reads through a pool which the caller owns. */
  public PostgresHistory(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Optional<ExecutionRecord>> find(String executionId) {
    UUID id;
    try {
      id = UUID.fromString(executionId);
    } catch (IllegalArgumentException notAnId) {
      return Future.succeededFuture(Optional.empty());
    }
    if (!id.toString().equals(executionId)) {
      return Future.succeededFuture(Optional.empty());
    }
    return pool.preparedQuery(FIND)
        .execute(Tuple.of(id))
        .compose(
            found -> {
              if (found.rowCount() == 0 || !found.iterator().hasNext()) {
                return Future.succeededFuture(Optional.empty());
              }
              Row execution = found.iterator().next();
              return pool.preparedQuery(TASKS)
                  .execute(Tuple.of(id))
                  .map(tasks -> Optional.of(execution(execution, tasks)));
            });
  }

  @Override
  public Future<ExecutionPage> list(ExecutionQuery query) {
    StringBuilder where =
        new StringBuilder(" from execution where namespace = $1 and workflow = $2");
    Tuple parameters = Tuple.of(query.namespace(), query.workflow());
    if (query.status() != null) {
      parameters.addString(query.status().name());
      where.append(" and status = $").append(parameters.size());
    }
    if (query.from() != Long.MIN_VALUE) {
      parameters.addOffsetDateTime(time(query.from()));
      where.append(" and started_at >= $").append(parameters.size());
    }
    if (query.to() != Long.MAX_VALUE) {
      parameters.addOffsetDateTime(time(query.to()));
      where.append(" and started_at < $").append(parameters.size());
    }
    String count = "select count(*)" + where;
    String page =
        SUMMARY
            + where
            + " order by started_at desc, id desc offset "
            + query.skip()
            + " limit "
            + query.take();
    return pool.preparedQuery(count)
        .execute(parameters)
        .compose(
            counted ->
                pool.preparedQuery(page)
                    .execute(parameters)
                    .map(rows -> page(rows, counted.iterator().next().getLong(0))));
  }

  private static ExecutionPage page(RowSet<Row> rows, long total) {
    List<ExecutionSummary> items = new ArrayList<>(rows.size());
    for (Row row : rows) {
      items.add(summary(row));
    }
    return new ExecutionPage(items, total);
  }

  private static ExecutionSummary summary(Row row) {
    return new ExecutionSummary(
        row.getUUID("id").toString(),
        row.getString("namespace"),
        row.getString("workflow"),
        row.getString("version_hash"),
        ExecutionStatus.valueOf(row.getString("status")),
        micros(row.getOffsetDateTime("started_at")),
        micros(row.getOffsetDateTime("ended_at")));
  }

  private static ExecutionRecord execution(Row row, RowSet<Row> taskRows) {
    List<TaskRecord> tasks = new ArrayList<>(taskRows.size());
    for (Row task : taskRows) {
      tasks.add(task(task));
    }
    return new ExecutionRecord(
        summary(row),
        Durability.valueOf(row.getString("durability")),
        json(row, "input"),
        json(row, "output"),
        failure(row),
        micros(row.getOffsetDateTime("deadline_at")),
        tasks);
  }

  private static TaskRecord task(Row row) {
    return new TaskRecord(
        row.getShort("slot"),
        row.getString("task_id"),
        row.getString("task_ref"),
        TaskStatus.valueOf(row.getString("status")),
        json(row, "input"),
        json(row, "output"),
        failure(row),
        row.getBoolean("continued"),
        AttemptsColumn.read(json(row, "attempts")),
        micros(row.getOffsetDateTime("queued_at")),
        micros(row.getOffsetDateTime("started_at")),
        micros(row.getOffsetDateTime("ended_at")));
  }

  private static Failure failure(Row row) {
    JsonNode json = json(row, "failure");
    return json == null ? null : FailureColumn.read(json);
  }

  private static JsonNode json(Row row, String column) {
    String text = row.getString(column);
    return text == null ? null : StoredJson.read(text);
  }

  /** 0 for no moment. */
  private static long micros(OffsetDateTime time) {
    return time == null ? 0 : time.toEpochSecond() * 1_000_000L + time.getNano() / 1_000L;
  }

  private static OffsetDateTime time(long epochMicros) {
    return Instant.ofEpochSecond(
            Math.floorDiv(epochMicros, 1_000_000L), Math.floorMod(epochMicros, 1_000_000L) * 1_000L)
        .atOffset(ZoneOffset.UTC);
  }
}
