-- Keys, offers and their stock, and evidence that crosses accounts.
set local citus.multi_shard_modify_mode to 'sequential';

-- Placement: reference. Changed by administration only.
create table signing_keys (
  kid text not null,
  x text not null,
  y text not null,
  -- AES-GCM under a key derived from KEY_SECRET: useless without it.
  wrapped_private text not null,
  not_before bigint not null,
  not_after bigint not null,
  endorsement text,
  constraint signing_keys_pkey primary key (kid)
);

-- Placement: reference. Every version ever published; the highest is the current one.
create table offers (
  offer_id text not null,
  version bigint not null,
  offer text not null,
  constraint offers_pkey primary key (offer_id, version)
);

-- Placement: offer (offer_key). Several rows an offer, so that buyers do not wait for each other.
create table offer_stock (
  offer_key uuid not null,
  bucket bigint not null,
  offer_id text not null,
  total bigint not null,
  remaining bigint not null,
  budget_fen bigint not null,
  left_fen bigint not null,
  constraint offer_stock_pkey primary key (offer_key, bucket),
  constraint offer_stock_remaining_check check (remaining >= 0 and remaining <= total),
  constraint offer_stock_left_check check (left_fen >= 0 and left_fen <= budget_fen)
);

-- Placement: offer (offer_key). A piece of stock taken for a voucher: claimed, then confirmed or released.
create table offer_claims (
  offer_key uuid not null,
  claim_id text not null,
  offer_id text not null,
  account_id uuid not null,
  bucket bigint not null,
  value_fen bigint not null,
  state text not null,
  -- Counted up each time that a decision relies on the claim anew, so that a release meant for an older one fails.
  attempt bigint not null,
  claimed_at bigint not null,
  constraint offer_claims_pkey primary key (offer_key, claim_id),
  constraint offer_claims_state_check check (state in ('claimed', 'confirmed', 'released'))
);
create index offer_claims_open_idx on offer_claims (claimed_at) where state = 'claimed';

-- Placement: its own key, derived from the digest. The first account with a track keeps it.
create table evidence_claims (
  digest_key uuid not null,
  digest text not null,
  account_id uuid not null,
  command_id text not null,
  claimed_at bigint not null,
  constraint evidence_claims_pkey primary key (digest_key)
);
