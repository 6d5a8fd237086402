package dev.millrace.persistence;

import dev.millrace.engine.definition.Durability;
import dev.millrace.engine.journal.ExecutionRecord;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.ExecutionSummary;
import dev.millrace.engine.journal.TaskRecord;
import dev.millrace.engine.journal.TaskStatus;
import dev.millrace.engine.problem.Failure;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Rows as records, for all that reads executions; stateless. */
final class ExecutionRows {
  /** What {@link #summary} needs. */
  static final String SUMMARY_COLUMNS =
      "execution.id, namespace, workflow, version_hash, status, started_at, ended_at";

  /** What {@link #execution} needs. */
  static final String COLUMNS =
      SUMMARY_COLUMNS
          + ", plan_hash, durability, deadline_at, input::text as input, output::text as output, failure::text as failure";

  /** What {@link #task} needs. */
  static final String TASK_COLUMNS =
      "execution_id, slot, task_id, task_ref, status, continued, input::text as input, output::text as output,"
          + " failure::text as failure, attempts::text as attempts, queued_at, started_at, ended_at";

  private ExecutionRows() {}

  static ExecutionSummary summary(Row row) {
    return new ExecutionSummary(
        row.getUUID("id").toString(),
        row.getString("namespace"),
        row.getString("workflow"),
        row.getString("version_hash"),
        ExecutionStatus.valueOf(row.getString("status")),
        Times.micros(row.getOffsetDateTime("started_at")),
        Times.micros(row.getOffsetDateTime("ended_at")));
  }

  static ExecutionRecord execution(Row row, List<TaskRecord> tasks) {
    return new ExecutionRecord(
        summary(row),
        row.getString("plan_hash"),
        Durability.valueOf(row.getString("durability")),
        json(row, "input"),
        json(row, "output"),
        failure(row),
        Times.micros(row.getOffsetDateTime("deadline_at")),
        tasks);
  }

  static List<TaskRecord> tasks(RowSet<Row> rows) {
    List<TaskRecord> tasks = new ArrayList<>(rows.size());
    for (Row row : rows) {
      tasks.add(task(row));
    }
    return tasks;
  }

  static TaskRecord task(Row row) {
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
        Times.micros(row.getOffsetDateTime("queued_at")),
        Times.micros(row.getOffsetDateTime("started_at")),
        Times.micros(row.getOffsetDateTime("ended_at")));
  }

  private static Failure failure(Row row) {
    JsonNode json = json(row, "failure");
    return json == null ? null : FailureColumn.read(json);
  }

  static JsonNode json(Row row, String column) {
    String text = row.getString(column);
    return text == null ? null : StoredJson.read(text);
  }
}
