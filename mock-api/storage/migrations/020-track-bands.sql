-- Tracks by how they moved: a few values of each act that stands on one, so that a copy is found whatever became of its times and places.
set local citus.multi_shard_modify_mode to 'sequential';

-- Placement: its own key (band_key). No place and no turn is in a value, and no act is told by one alone.
create table track_bands (
  band_key uuid not null,
  account_id uuid not null,
  activity_id text not null,
  -- When the act began: what is long past is compared with nothing any more.
  at bigint not null,
  constraint track_bands_pkey primary key (band_key, account_id, activity_id)
);
-- For an account that is deleted, and for what is too old.
create index track_bands_account_idx on track_bands (account_id);
create index track_bands_at_idx on track_bands (at);
