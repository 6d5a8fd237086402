-- Why a breaking change was let through, as whoever made it said.
alter table definition_change add column reason text;
