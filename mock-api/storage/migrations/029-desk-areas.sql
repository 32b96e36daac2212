-- What the desk works on beside accounts: scores of nominations, content packs, weeks that are counted, stock that was added.
set local citus.multi_shard_modify_mode to 'sequential';

-- Placement: account (account_id), of whoever nominated. One row a person who scores.
create table voice_scores (
  account_id uuid not null,
  voice_id text not null,
  operator_id text not null,
  -- Canonical JSON of the mark by each criterion.
  scores text not null,
  note text,
  scored_at bigint not null,
  constraint voice_scores_pkey primary key (account_id, voice_id, operator_id)
);

-- Placement: reference. Every pack that was ever published here; the newest that is not taken back is served, where it is newer than the build's.
create table content_packs (
  city text not null,
  version text not null,
  revision bigint not null,
  pack text not null,
  published_at bigint not null,
  taken_back_at bigint,
  constraint content_packs_pkey primary key (city, version, revision)
);

-- Placement: reference. A week that is over, counted once: what accounts of a city did in it, and no account by itself.
create table week_totals (
  week text not null,
  city text not null,
  people bigint not null,
  acts bigint not null,
  grams bigint not null,
  points bigint not null,
  vouchers bigint not null,
  counted_at bigint not null,
  constraint week_totals_pkey primary key (week, city)
);

-- Placement: offer (offer_key). Pieces and money that were added later, each by one act of the desk.
create table stock_raises (
  offer_key uuid not null,
  raise_id text not null,
  offer_id text not null,
  pieces bigint not null,
  fen bigint not null,
  raised_at bigint not null,
  constraint stock_raises_pkey primary key (offer_key, raise_id)
);
