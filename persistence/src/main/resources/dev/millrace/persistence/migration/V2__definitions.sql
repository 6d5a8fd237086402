-- What was defined when, by whom, and which definitions an execution ran by. Documents are canonical and small; they are kept for good.

create table definition_change (
  sequence     bigint      generated always as identity primary key,
  kind         text        not null,
  namespace    text        not null,
  name         text        not null,
  action       text        not null,    -- Created, Updated, Deleted
  version_hash text,                    -- null for Deleted, like the document
  document     json,
  actor        text,
  source       text        not null,
  at           timestamptz not null
);

create index definition_change_by_name on definition_change (kind, namespace, name, sequence desc);

create table plan_version (
  hash          text        not null primary key,
  namespace     text        not null,
  workflow      text        not null,
  workflow_hash text        not null,
  document      json        not null,
  tasks         json        not null,   -- [{name, versionHash, document}], by name
  kept_at       timestamptz not null default now()
);
