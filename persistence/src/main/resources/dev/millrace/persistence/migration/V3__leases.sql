-- One row a living gateway. A lease that ran out is deleted by whoever takes the executions over; that deletion is the moment from which
-- the former owner has lost them. All times are this server's.

create table lease (
  gateway_id uuid        not null primary key,
  started_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null
);
