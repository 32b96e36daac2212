-- Accounts and their journals: what only the book writes.
set local citus.multi_shard_modify_mode to 'sequential';

-- Placement: account (account_id). One row is what every append compares and sets.
create table accounts (
  account_id uuid not null,
  kind text not null,
  merchant_id text,
  city text not null,
  -- HMAC of the phone number; null once the account is deleted.
  phone_key uuid,
  next_seq bigint not null,
  -- Counted up to make appends that are under way fail (see book/stock.ts).
  fence bigint not null,
  head_hash text not null,
  available bigint not null,
  held bigint not null,
  -- Canonical JSON of the ledger after record next_seq - 1; null once the account is deleted.
  state text,
  next_due_at bigint,
  opened_at bigint not null,
  deleted_at bigint,
  constraint accounts_pkey primary key (account_id),
  constraint accounts_kind_check check (kind in ('citizen', 'merchant')),
  constraint accounts_merchant_check check ((kind = 'merchant') = (merchant_id is not null)),
  constraint accounts_next_seq_check check (next_seq >= 1),
  constraint accounts_available_check check (available >= 0),
  constraint accounts_held_check check (held >= 0)
);
create index accounts_next_due_at_idx on accounts (next_due_at) where next_due_at is not null;

-- Placement: account (account_id). Append-only but for detail and salt, which a deletion empties.
create table records (
  account_id uuid not null,
  seq bigint not null,
  -- The command's id, or a step's id derived from what it ends.
  command_id text not null,
  -- SHA-256 of the command's text: the same id with another text is told apart. Null for steps.
  command_digest text,
  outcome text not null,
  -- Canonical JSON exactly as hashed.
  body text not null,
  hash text not null,
  detail text,
  salt text,
  available_after bigint not null,
  held_after bigint not null,
  posted_at bigint not null,
  constraint records_pkey primary key (account_id, seq),
  constraint records_command_id_key unique (account_id, command_id)
);

-- Placement: account (account_id). What a person at the backend has to look at.
create table reviews (
  account_id uuid not null,
  activity_id text not null,
  state text not null,
  opened_at bigint not null,
  decided_at bigint,
  -- The person's own words, when it was appealed.
  appeal text,
  constraint reviews_pkey primary key (account_id, activity_id),
  constraint reviews_state_check check (state in ('pending', 'decided', 'withdrawn'))
);
create index reviews_pending_idx on reviews (opened_at) where state = 'pending';

-- Placement: account (account_id), of the holder. Who accepted a voucher first, and whether the merchant's record followed.
create table settlements (
  account_id uuid not null,
  voucher_id text not null,
  merchant_account_id uuid not null,
  command_id text not null,
  -- The merchant's command, so that a sweeper can finish what a crash interrupted; emptied when it is posted.
  command_text text,
  state text not null,
  settled_at bigint not null,
  constraint settlements_pkey primary key (account_id, voucher_id),
  constraint settlements_state_check check (state in ('claimed', 'posted'))
);
create index settlements_claimed_idx on settlements (settled_at) where state = 'claimed';
