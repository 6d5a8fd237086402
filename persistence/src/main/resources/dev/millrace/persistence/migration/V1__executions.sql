-- Executions and their tasks. Both tables are partitioned by the execution's id: a UUIDv7 begins with its time, so a range of ids is a
-- range of time, every look-up by id reaches one partition, and retention drops whole partitions.
-- Payloads are json, not jsonb: they come back exactly as they were (order of members, digits of numbers, any character).

create table execution (
  id           uuid        not null primary key,
  namespace    text        not null,
  workflow     text        not null,
  version_hash text        not null,
  plan_hash    text,                    -- of plan_version; no foreign key, as plans are kept before they run
  durability   text        not null,
  status       text        not null,
  owner        uuid        not null,    -- the gateway whose lease it runs under; nobody else may write it
  requested    text,                    -- Pause or Cancel, until the owner has done it
  input        json        not null,
  output       json,
  failure      json,
  started_at   timestamptz not null,
  deadline_at  timestamptz not null,
  ended_at     timestamptz
) partition by range (id);

-- The list of a workflow, newest first, with and without a filter on the status.
create index execution_by_workflow on execution (namespace, workflow, started_at desc, id desc);
create index execution_by_status on execution (namespace, workflow, status, started_at desc, id desc);
-- What a gateway has in hand. Small: most executions are inserted when they have already ended, and never enter it.
create index execution_running on execution (owner) where status = 'Running';

create table task_execution (
  execution_id uuid        not null,
  slot         smallint    not null,
  task_id      text        not null,
  task_ref     text        not null,
  status       text        not null,
  continued    boolean     not null,
  input        json,
  output       json,
  failure      json,
  attempts     json        not null,
  queued_at    timestamptz,
  started_at   timestamptz,
  ended_at     timestamptz not null,
  primary key (execution_id, slot)
) partition by range (execution_id);

-- The smallest UUIDv7 of a time.
create function uuid_at(at timestamptz) returns uuid language sql immutable strict parallel safe as $$
  select (substr(milliseconds, 1, 8) || '-' || substr(milliseconds, 9, 4) || '-0000-0000-000000000000')::uuid
  from lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') as milliseconds
$$;

-- Partitions are days of UTC. What no day takes (a clock far off) goes into the default partition rather than being refused.
create table execution_default partition of execution default;
create table task_execution_default partition of task_execution default;

-- Creates the partitions of the days from yesterday to $1 days ahead, and drops those that ended before $2 ago.
-- One caller at a time; safe to call as often as one likes, cheap when nothing is to be done. Creating and dropping lock the whole table
-- for a moment: rather than queue behind a long query, and all writers behind this, it gives up and is called again.
create function maintain_partitions(days_ahead int, retention interval) returns int language plpgsql set lock_timeout = '3s' as $$
declare
  today constant date := (now() at time zone 'utc')::date;
  day date;
  parent text;
  child text;
  old record;
  dropped int := 0;
begin
  perform pg_advisory_xact_lock(7212847512);
  for day in select generate_series(today - 1, today + days_ahead, interval '1 day')::date loop
    foreach parent in array array['execution', 'task_execution'] loop
      child := parent || '_' || to_char(day, 'YYYYMMDD');
      if to_regclass(quote_ident(child)) is null and (day + 1)::timestamp at time zone 'utc' > now() - retention then
        begin
          execute format(
            'create table %I partition of %I for values from (%L) to (%L)',
            child, parent,
            uuid_at(day::timestamp at time zone 'utc'), uuid_at((day + 1)::timestamp at time zone 'utc'));
        exception when check_violation then
          null; -- the default partition already holds rows of that day and goes on holding them
        end;
      end if;
    end loop;
  end loop;
  for old in
    select child_class.relname as name
    from pg_inherits
    join pg_class child_class on child_class.oid = inhrelid
    where inhparent in ('execution'::regclass, 'task_execution'::regclass)
      and child_class.relname ~ '_[0-9]{8}$'
      and (to_date(right(child_class.relname, 8), 'YYYYMMDD') + 1)::timestamp at time zone 'utc' <= now() - retention
    order by child_class.relname
  loop
    execute format('drop table %I', old.name);
    dropped := dropped + 1;
  end loop;
  delete from task_execution_default where execution_id < uuid_at(now() - retention);
  delete from execution_default where id < uuid_at(now() - retention);
  return dropped;
end
$$;
