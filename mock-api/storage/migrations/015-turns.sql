-- What one of several processes does at a time: making keys, publishing offers, sweeping.
set local citus.multi_shard_modify_mode to 'sequential';

-- Placement: its own key, derived from the turn's name.
create table turns (
  turn_key uuid not null,
  holder uuid not null,
  -- For work longer than a transaction: whoever has not come back by then has lost it.
  held_until bigint not null,
  constraint turns_pkey primary key (turn_key)
);
