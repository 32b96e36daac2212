-- Days of planting trees, and who signed up for them.
set local citus.multi_shard_modify_mode to 'sequential';

-- Placement: reference. Changed by whoever holds them only. Their places are pieces of stock, by `planting/` and the day's id.
create table planting_days (
  day_id text not null,
  provider_id text not null,
  city text not null,
  ends_at bigint not null,
  -- Counted up by each change.
  revision bigint not null,
  -- Canonical JSON of the day as everybody may read it.
  day text not null,
  constraint planting_days_pkey primary key (day_id)
);

-- Placement: account (account_id). What the holder of the day has still to be told of each, and up to which revision of the day the person was.
create table sign_ups (
  account_id uuid not null,
  -- The command's id.
  join_id text not null,
  day_id text not null,
  provider_id text not null,
  handle text not null,
  is_given_back boolean not null,
  -- Nothing more is to come: given back, called off, or the holder has said who came.
  is_over boolean not null,
  told_revision bigint not null,
  -- By which the holder says that it has understood. Null: there is nothing more to tell.
  notice_id text,
  changed_at bigint not null,
  constraint sign_ups_pkey primary key (account_id, join_id)
);
create index sign_ups_notice_idx on sign_ups (provider_id, changed_at) where notice_id is not null;
create index sign_ups_day_idx on sign_ups (day_id, told_revision) where not is_over;
