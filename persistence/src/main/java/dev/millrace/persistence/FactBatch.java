package dev.millrace.persistence;

import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.Fact;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The facts of one commit as one statement: one multi-row insert a table, and one update for the
 * executions that end in it but began before. A start and its end that meet here are one inserted
 * row. Used by {@link PostgresJournal}, on its context.
 *
 * <p>Every part can be repeated: a batch whose answer got lost may have been committed.
 */
final class FactBatch {
  static final String SQL =
      """
      with started as (
        insert into execution (id, namespace, workflow, version_hash, durability, status, input, output, failure,
                               started_at, deadline_at, ended_at)
        select id, namespace, workflow, version_hash, durability, status, input::json, output::json, failure::json,
               started_at, deadline_at, ended_at
        from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                    $10::timestamptz[], $11::timestamptz[], $12::timestamptz[])
          as row (id, namespace, workflow, version_hash, durability, status, input, output, failure,
                  started_at, deadline_at, ended_at)
        on conflict do nothing
      ), tasks as (
        insert into task_execution (execution_id, slot, task_id, task_ref, status, continued, input, output, failure, attempts,
                                    queued_at, started_at, ended_at)
        select execution_id, slot, task_id, task_ref, status, continued, input::json, output::json, failure::json,
               attempts::json, queued_at, started_at, ended_at
        from unnest($13::uuid[], $14::smallint[], $15::text[], $16::text[], $17::text[], $18::boolean[], $19::text[], $20::text[],
                    $21::text[], $22::text[], $23::timestamptz[], $24::timestamptz[], $25::timestamptz[])
          as row (execution_id, slot, task_id, task_ref, status, continued, input, output, failure, attempts,
                  queued_at, started_at, ended_at)
        on conflict do nothing
      )
      update execution set status = row.status, output = row.output::json, failure = row.failure::json, ended_at = row.ended_at
      from unnest($26::uuid[], $27::text[], $28::text[], $29::text[], $30::timestamptz[])
        as row (id, status, output, failure, ended_at)
      where execution.id = row.id
      """;

  private final Map<String, PendingFact> endings = new HashMap<>();
  private final List<PendingFact> starts = new ArrayList<>();
  private final List<PendingFact> tasks = new ArrayList<>();
  private final List<PendingFact> lateEndings = new ArrayList<>();

  FactBatch(List<PendingFact> facts) {
    Map<String, Boolean> startedHere = new HashMap<>();
    for (PendingFact pending : facts) {
      if (pending.fact() instanceof Fact.ExecutionStarted started) {
        starts.add(pending);
        startedHere.put(started.executionId(), Boolean.TRUE);
      } else if (pending.fact() instanceof Fact.TaskEnded) {
        tasks.add(pending);
      } else if (startedHere.containsKey(pending.fact().executionId())) {
        endings.put(pending.fact().executionId(), pending);
      } else {
        lateEndings.add(pending);
      }
    }
  }

  Tuple parameters() {
    Tuple parameters = Tuple.tuple();
    addStarts(parameters);
    addTasks(parameters);
    addLateEndings(parameters);
    return parameters;
  }

  private void addStarts(Tuple parameters) {
    int count = starts.size();
    UUID[] ids = new UUID[count];
    String[] namespaces = new String[count];
    String[] workflows = new String[count];
    String[] versions = new String[count];
    String[] durabilities = new String[count];
    String[] statuses = new String[count];
    String[] inputs = new String[count];
    String[] outputs = new String[count];
    String[] failures = new String[count];
    OffsetDateTime[] startedAt = new OffsetDateTime[count];
    OffsetDateTime[] deadlineAt = new OffsetDateTime[count];
    OffsetDateTime[] endedAt = new OffsetDateTime[count];
    for (int i = 0; i < count; i++) {
      PendingFact pending = starts.get(i);
      Fact.ExecutionStarted fact = (Fact.ExecutionStarted) pending.fact();
      ids[i] = UUID.fromString(fact.executionId());
      namespaces[i] = fact.namespace();
      workflows[i] = fact.workflow();
      versions[i] = fact.versionHash();
      durabilities[i] = fact.durability().name();
      inputs[i] = pending.input();
      startedAt[i] = time(fact.startedAt());
      deadlineAt[i] = time(fact.deadlineAt());
      PendingFact ending = endings.get(fact.executionId());
      if (ending == null) {
        statuses[i] = ExecutionStatus.Running.name();
      } else {
        Fact.ExecutionEnded ended = (Fact.ExecutionEnded) ending.fact();
        statuses[i] = ended.status().name();
        outputs[i] = ending.output();
        failures[i] = ending.failure();
        endedAt[i] = time(ended.endedAt());
      }
    }
    parameters
        .addArrayOfUUID(ids)
        .addArrayOfString(namespaces)
        .addArrayOfString(workflows)
        .addArrayOfString(versions)
        .addArrayOfString(durabilities)
        .addArrayOfString(statuses)
        .addArrayOfString(inputs)
        .addArrayOfString(outputs)
        .addArrayOfString(failures)
        .addArrayOfOffsetDateTime(startedAt)
        .addArrayOfOffsetDateTime(deadlineAt)
        .addArrayOfOffsetDateTime(endedAt);
  }

  private void addTasks(Tuple parameters) {
    int count = tasks.size();
    UUID[] ids = new UUID[count];
    Short[] slots = new Short[count];
    String[] taskIds = new String[count];
    String[] taskRefs = new String[count];
    String[] statuses = new String[count];
    Boolean[] continued = new Boolean[count];
    String[] inputs = new String[count];
    String[] outputs = new String[count];
    String[] failures = new String[count];
    String[] attempts = new String[count];
    OffsetDateTime[] queuedAt = new OffsetDateTime[count];
    OffsetDateTime[] startedAt = new OffsetDateTime[count];
    OffsetDateTime[] endedAt = new OffsetDateTime[count];
    for (int i = 0; i < count; i++) {
      PendingFact pending = tasks.get(i);
      Fact.TaskEnded fact = (Fact.TaskEnded) pending.fact();
      ids[i] = UUID.fromString(fact.executionId());
      slots[i] = (short) fact.slot();
      taskIds[i] = fact.taskId();
      taskRefs[i] = fact.taskRef();
      statuses[i] = fact.status().name();
      continued[i] = fact.continued();
      inputs[i] = pending.input();
      outputs[i] = pending.output();
      failures[i] = pending.failure();
      attempts[i] = pending.attempts();
      queuedAt[i] = time(fact.queuedAt());
      startedAt[i] = time(fact.startedAt());
      endedAt[i] = time(fact.endedAt());
    }
    parameters
        .addArrayOfUUID(ids)
        .addArrayOfShort(slots)
        .addArrayOfString(taskIds)
        .addArrayOfString(taskRefs)
        .addArrayOfString(statuses)
        .addArrayOfBoolean(continued)
        .addArrayOfString(inputs)
        .addArrayOfString(outputs)
        .addArrayOfString(failures)
        .addArrayOfString(attempts)
        .addArrayOfOffsetDateTime(queuedAt)
        .addArrayOfOffsetDateTime(startedAt)
        .addArrayOfOffsetDateTime(endedAt);
  }

  private void addLateEndings(Tuple parameters) {
    int count = lateEndings.size();
    UUID[] ids = new UUID[count];
    String[] statuses = new String[count];
    String[] outputs = new String[count];
    String[] failures = new String[count];
    OffsetDateTime[] endedAt = new OffsetDateTime[count];
    for (int i = 0; i < count; i++) {
      PendingFact pending = lateEndings.get(i);
      Fact.ExecutionEnded fact = (Fact.ExecutionEnded) pending.fact();
      ids[i] = UUID.fromString(fact.executionId());
      statuses[i] = fact.status().name();
      outputs[i] = pending.output();
      failures[i] = pending.failure();
      endedAt[i] = time(fact.endedAt());
    }
    parameters
        .addArrayOfUUID(ids)
        .addArrayOfString(statuses)
        .addArrayOfString(outputs)
        .addArrayOfString(failures)
        .addArrayOfOffsetDateTime(endedAt);
  }

  /** Null for 0, which means that there was no such moment. */
  private static OffsetDateTime time(long epochMicros) {
    return epochMicros == 0
        ? null
        : Instant.ofEpochSecond(
                Math.floorDiv(epochMicros, 1_000_000L),
                Math.floorMod(epochMicros, 1_000_000L) * 1_000L)
            .atOffset(ZoneOffset.UTC);
  }
}
