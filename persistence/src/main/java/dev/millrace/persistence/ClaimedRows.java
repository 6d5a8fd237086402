package dev.millrace.persistence;

import dev.millrace.engine.journal.ClaimedExecution;
import dev.millrace.engine.journal.ControlRequest;
import dev.millrace.engine.journal.TaskRecord;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The rows of claimed executions with those of their tasks, for {@link PostgresClaims}. */
final class ClaimedRows {
  /** Of {@code execution}, enough for {@link #withTasks}. */
  static final String COLUMNS = ExecutionRows.COLUMNS + ", requested";

  private static final String TASKS =
      "select "
          + ExecutionRows.TASK_COLUMNS
          + " from task_execution where execution_id = any($1) order by execution_id, slot";

  private ClaimedRows() {}

  /** The claimed executions, oldest first. */
  static Future<List<ClaimedExecution>> withTasks(SqlConnection connection, RowSet<Row> rows) {
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
