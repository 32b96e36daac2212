-- What crosses accounts: one row for each, in the transaction of the record that sets it going. Settlements are the first kind.
set local citus.multi_shard_modify_mode to 'sequential';

-- Placement: account (account_id), of the driver, whose record decides.
create table crossings (
  account_id uuid not null,
  -- The id of the driver's record.
  crossing_id text not null,
  kind text not null,
  -- Who follows, and by which record. Empty while the driver's journal came back without a name for them.
  follower_id uuid,
  follower_record text,
  -- What the follower is to be given, so that a sweeper can finish what a crash interrupted; emptied when it is done.
  step text,
  state text not null,
  -- Why it is done without the follower's record.
  reason text,
  at bigint not null,
  constraint crossings_pkey primary key (account_id, crossing_id),
  constraint crossings_state_check check (state in ('open', 'done')),
  constraint crossings_reason_check check (reason in ('gone'))
);
-- Few at any time: what the sweeper may have to finish.
create index crossings_open_idx on crossings (at) where state = 'open' and step is not null;
