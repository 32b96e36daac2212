-- The state of an account in pieces: its row keeps the head, here stand the days, so that a batch reads and writes the days that it concerns.
-- A state of before, whole in its row, is put into pieces by the code, at the account's next append.
set local citus.multi_shard_modify_mode to 'sequential';

-- Placement: account (account_id). Of no meaning beside a whole state in the account's row: a process of the version before has written that.
create table day_acts (
  account_id uuid not null,
  -- Compared as text, by the same order as in the code.
  day text collate "C" not null,
  -- JSON of the day's acts that the fold keeps; never empty.
  acts text not null,
  constraint day_acts_pkey primary key (account_id, day)
);
-- Rewritten at each act of the day: compressing it each time costs more than the room that it takes for two months.
alter table day_acts alter column acts set storage external;

-- Placement: account (account_id). On which days acts stand by a track or a file.
create table day_digests (
  account_id uuid not null,
  digest text not null,
  day text collate "C" not null,
  constraint day_digests_pkey primary key (account_id, digest, day)
);
