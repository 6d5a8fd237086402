package dev.millrace.persistence;

/**
 * The statements of the journal: multi-row inserts, and one update for executions that began in an
 * earlier batch.
 *
 * <p>{@link #PLAIN} takes executions that begin in the batch, and their tasks, none of which can be
 * there already.
 *
 * <p>{@link #REPEATABLE} takes anything, and answers those of the executions that began earlier
 * which still belong to the owner who writes. Their ids are also given as a range, by which the
 * days that cannot hold them are left out. An owner is checked under a lock on the row, which is
 * held until the commit: a claim either comes before, and then nothing is written, or after, and
 * then it sees what was.
 */
final class FactStatement {
  private static final String INSERT_EXECUTIONS =
      """
        insert into execution (id, owner, namespace, workflow, version_hash, plan_hash, durability, status, input, output, failure,
                               started_at, deadline_at, ended_at)
        select id, owner, namespace, workflow, version_hash, plan_hash, durability, status, input::json, output::json, failure::json,
               started_at, deadline_at, ended_at
        from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                    $10::text[], $11::text[], $12::timestamptz[], $13::timestamptz[], $14::timestamptz[])
          as row (id, owner, namespace, workflow, version_hash, plan_hash, durability, status, input, output, failure,
                  started_at, deadline_at, ended_at)
      """;

  private static final String INSERT_TASKS =
      """
        insert into task_execution (execution_id, slot, task_id, task_ref, status, continued, input, output, failure, attempts,
                                    queued_at, started_at, ended_at)
        select row.execution_id, row.slot, row.task_id, row.task_ref, row.status, row.continued, row.input::json, row.output::json,
               row.failure::json, row.attempts::json, row.queued_at, row.started_at, row.ended_at
      """;

  private static final String TASK_PARAMETERS =
      """
        $15::uuid[], $16::smallint[], $17::text[], $18::text[], $19::text[], $20::boolean[], $21::text[], $22::text[], $23::text[],
        $24::text[], $25::timestamptz[], $26::timestamptz[], $27::timestamptz[]
      """;

  private static final String TASK_COLUMNS =
      "execution_id, slot, task_id, task_ref, status, continued, input, output, failure, attempts, queued_at, started_at, ended_at";

  static final String PLAIN =
      """
      with started as (
      %s
      )
      %s
      from unnest(%s) as row (%s)
      """
          .formatted(INSERT_EXECUTIONS, INSERT_TASKS, TASK_PARAMETERS, TASK_COLUMNS);

  static final String REPEATABLE =
      """
      with started as (
      %s
        on conflict do nothing
      ), changed as (
        update execution
        set status = row.status, output = row.output::json, failure = row.failure::json, ended_at = row.ended_at,
            input = coalesce(row.input::json, execution.input),
            -- a cancellation that came just before is done by whoever looks for orphans next
            requested = case when row.status = 'Paused' and execution.requested = 'Cancel' then 'Cancel' end
        from unnest($30::uuid[], $31::uuid[], $32::text[], $33::text[], $34::text[], $35::text[], $36::timestamptz[])
          as row (id, owner, status, input, output, failure, ended_at)
        where execution.id = row.id and execution.owner = row.owner and execution.id between $39 and $40
        returning execution.id, execution.owner
      ), locked as (
        select execution.id, execution.owner
        from unnest($37::uuid[], $38::uuid[]) as row (id, owner)
        join execution on execution.id = row.id and execution.owner = row.owner and execution.id between $39 and $40
        for share of execution
      ), held as (
        select id, owner from changed union all select id, owner from locked
      ), tasks as (
      %s
        from unnest(%s, $28::uuid[], $29::boolean[]) as row (%s, owner, fresh)
        where row.fresh or (row.execution_id, row.owner) in (select id, owner from held)
        on conflict (execution_id, slot) do update
        set status = excluded.status, continued = excluded.continued, input = excluded.input, output = excluded.output,
            failure = excluded.failure, attempts = excluded.attempts, queued_at = excluded.queued_at,
            started_at = excluded.started_at, ended_at = excluded.ended_at
        -- a success is final; only what is kept of its payloads can change, with the end of the execution
        where task_execution.status <> 'Succeeded' or excluded.status = 'Succeeded'
      )
      select id, owner from held
      """
          .formatted(INSERT_EXECUTIONS, INSERT_TASKS, TASK_PARAMETERS, TASK_COLUMNS);

  private FactStatement() {}
}
