-- Pick-ups that were booked with a service that collects.
set local citus.multi_shard_modify_mode to 'sequential';

-- Placement: account (account_id). What the service has still to be told of each; what was booked stands in the record's detail.
create table pickups (
  account_id uuid not null,
  -- The command's id.
  pickup_id text not null,
  provider_id text not null,
  handle text not null,
  is_called_off boolean not null,
  -- By which the service says that it has understood. Null: there is nothing more to tell.
  notice_id text,
  changed_at bigint not null,
  constraint pickups_pkey primary key (account_id, pickup_id)
);
create index pickups_notice_idx on pickups (provider_id, changed_at) where notice_id is not null;
