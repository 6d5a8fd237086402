-- Whatever is not over is kept, however old it is; and a claim whose answer got lost is found again.

-- Which attempt to claim it gave an execution to its owner.
alter table execution add column claim uuid;

-- What waits to be resumed, or to be cancelled. Small, like execution_running.
create index execution_paused on execution (requested) where status = 'Paused';

-- Creates the partitions of the days from yesterday to $1 days ahead, and drops the oldest day that ended before $2 ago. Answers how many days
-- were dropped: called again until that is 0, so that locks are held for one day at a time.
-- What is running or paused moves to the default partition first, and stays there until it has been over for as long.
-- One caller at a time; safe to call as often as one likes, cheap when nothing is to be done. Creating and dropping lock the whole table
-- for a moment: rather than queue behind a long query, and all writers behind this, it gives up and is called again.
create or replace function maintain_partitions(days_ahead int, retention interval) returns int language plpgsql
set lock_timeout = '3s' set enable_seqscan = off as $$
declare
  today constant date := (now() at time zone 'utc')::date;
  day date;
  parent text;
  child text;
  expired text;
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

  select min(right(child_class.relname, 8)) into expired
  from pg_inherits
  join pg_class child_class on child_class.oid = inhrelid
  where inhparent in ('execution'::regclass, 'task_execution'::regclass)
    and child_class.relname ~ '_[0-9]{8}$'
    and (to_date(right(child_class.relname, 8), 'YYYYMMDD') + 1)::timestamp at time zone 'utc' <= now() - retention;
  if expired is not null then
    -- first the one, then the other, as writers do
    foreach parent in array array['execution', 'task_execution'] loop
      child := parent || '_' || expired;
      if to_regclass(quote_ident(child)) is not null then
        execute format('alter table %I detach partition %I', parent, child);
      end if;
    end loop;
    create temporary table unfinished (id uuid primary key) on commit drop;
    if to_regclass(quote_ident('execution_' || expired)) is not null then
      execute format(
        'insert into unfinished select id from %1$I where status = ''Running'' union all select id from %1$I where status = ''Paused''',
        'execution_' || expired);
      execute format(
        'insert into execution select kept.* from %I as kept join unfinished using (id)', 'execution_' || expired);
    end if;
    if to_regclass(quote_ident('task_execution_' || expired)) is not null then
      execute format(
        'insert into task_execution select kept.* from %I as kept join unfinished on unfinished.id = kept.execution_id',
        'task_execution_' || expired);
    end if;
    drop table unfinished;
    foreach parent in array array['execution', 'task_execution'] loop
      execute format('drop table if exists %I', parent || '_' || expired);
    end loop;
    dropped := 1;
  end if;

  delete from execution_default
  where id < uuid_at(now() - retention) and status not in ('Running', 'Paused') and coalesce(ended_at, started_at) < now() - retention;
  delete from task_execution_default
  where execution_id < uuid_at(now() - retention)
    and not exists (select from execution_default where execution_default.id = task_execution_default.execution_id);
  return dropped;
end
$$;
