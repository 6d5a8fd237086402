package dev.millrace.perf.direct;

import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * The rows of many executions as the array parameters of {@code unnest}, and the statements that
 * take them; stateless.
 */
final class RowColumns {
  private static final String VERSION = "sha256:" + "0".repeat(64);
  private static final UUID OWNER = new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0001L);

  static final String INSERT_EXECUTIONS =
      """
      insert into execution (id, owner, namespace, workflow, version_hash, plan_hash, durability, status, input, output, started_at, deadline_at, ended_at)
      select id, $10, 'default', workflow, $8, $8, $9, status, input::json, output::json, started_at, deadline_at, ended_at
      from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[], $11::timestamptz[])
        as row (id, workflow, status, input, output, started_at, deadline_at, ended_at)
      """;

  static final String INSERT_TASKS =
      """
      insert into task_execution (execution_id, slot, task_id, task_ref, status, continued, input, output, attempts, queued_at, started_at, ended_at)
      select execution_id, slot, task_id, task_ref, 'Succeeded', false, input::json, output::json, attempts::json, started_at, started_at, ended_at
      from unnest($1::uuid[], $2::smallint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::timestamptz[])
        as row (execution_id, slot, task_id, task_ref, input, output, attempts, started_at, ended_at)
      """;

  private RowColumns() {}

  static Tuple executions(List<ExecutionRows> rows, String durability) {
    int size = rows.size();
    UUID[] ids = new UUID[size];
    String[] workflows = new String[size];
    String[] statuses = new String[size];
    String[] inputs = new String[size];
    String[] outputs = new String[size];
    OffsetDateTime[] startedAt = new OffsetDateTime[size];
    OffsetDateTime[] deadlineAt = new OffsetDateTime[size];
    OffsetDateTime[] endedAt = new OffsetDateTime[size];
    for (int index = 0; index < size; index++) {
      ExecutionRows row = rows.get(index);
      ids[index] = row.id;
      workflows[index] = row.workflow;
      statuses[index] = row.endedAt == null ? "Running" : "Succeeded";
      inputs[index] = row.input;
      outputs[index] = row.output;
      startedAt[index] = row.startedAt;
      deadlineAt[index] = row.deadlineAt();
      endedAt[index] = row.endedAt;
    }
    return Tuple.tuple()
        .addValue(ids)
        .addValue(workflows)
        .addValue(statuses)
        .addValue(inputs)
        .addValue(outputs)
        .addValue(startedAt)
        .addValue(deadlineAt)
        .addValue(VERSION)
        .addValue(durability)
        .addValue(OWNER)
        .addValue(endedAt);
  }

  static Tuple tasks(List<ExecutionRows> rows) {
    int size = 0;
    for (ExecutionRows row : rows) {
      size += row.tasks.size();
    }
    UUID[] ids = new UUID[size];
    Short[] slots = new Short[size];
    String[] taskIds = new String[size];
    String[] taskRefs = new String[size];
    String[] inputs = new String[size];
    String[] outputs = new String[size];
    String[] attempts = new String[size];
    OffsetDateTime[] startedAt = new OffsetDateTime[size];
    OffsetDateTime[] endedAt = new OffsetDateTime[size];
    int index = 0;
    for (ExecutionRows row : rows) {
      for (ExecutionRows.Task task : row.tasks) {
        ids[index] = row.id;
        slots[index] = (short) task.step().slot();
        taskIds[index] = task.step().taskId();
        taskRefs[index] = task.step().taskRef();
        inputs[index] = task.input();
        outputs[index] = task.output();
        attempts[index] = task.attempts();
        startedAt[index] = task.startedAt();
        endedAt[index++] = task.endedAt();
      }
    }
    return Tuple.tuple()
        .addValue(ids)
        .addValue(slots)
        .addValue(taskIds)
        .addValue(taskRefs)
        .addValue(inputs)
        .addValue(outputs)
        .addValue(attempts)
        .addValue(startedAt)
        .addValue(endedAt);
  }
}
