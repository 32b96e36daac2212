-- What a restored backup needs: tails of journals that phones hand in, and who has been heard of since.
set local citus.multi_shard_modify_mode to 'sequential';

-- Placement: account (account_id). A tail on its way in, one a device; dropped when it was taken over, refused or left lying.
create table tails (
  account_id uuid not null,
  device_id uuid not null,
  -- Where it begins, and how far it has come.
  after_seq bigint not null,
  after_hash text not null,
  last_seq bigint not null,
  last_hash text not null,
  bytes bigint not null,
  staged_at bigint not null,
  constraint tails_pkey primary key (account_id, device_id)
);

-- Placement: account (account_id). Its records, with their texts exactly as they were hashed.
create table tail_records (
  account_id uuid not null,
  device_id uuid not null,
  seq bigint not null,
  body text not null,
  hash text not null,
  detail text,
  salt text,
  constraint tail_records_pkey primary key (account_id, device_id, seq)
);

-- Placement: reference. Each time that this database was put back from a backup.
create table restores (
  restored_at bigint not null,
  constraint restores_pkey primary key (restored_at)
);

-- Placement: account (account_id). The last restore after which a device of the account has synced.
create table heard_after_restore (
  account_id uuid not null,
  restored_at bigint not null,
  constraint heard_after_restore_pkey primary key (account_id)
);

-- Placement: account (account_id), of the shop. When an acceptance was first put off because the backend may have forgotten the voucher.
create table put_offs (
  account_id uuid not null,
  command_id text not null,
  first_at bigint not null,
  constraint put_offs_pkey primary key (account_id, command_id)
);

-- Placement: account (account_id), of the holder. What a shop's journal proves to be accepted, and the holder's does not say yet.
create table awaited_settlements (
  account_id uuid not null,
  voucher_id text not null,
  merchant_account_id uuid not null,
  command_id text not null,
  points bigint not null,
  since bigint not null,
  constraint awaited_settlements_pkey primary key (account_id, voucher_id)
);
create index awaited_settlements_since_idx on awaited_settlements (since);

-- A settlement that came back with its holder's journal: the shop's own record is awaited, and an older journal does not name the shop.
alter table settlements alter column merchant_account_id drop not null;
alter table settlements alter column command_id drop not null;
alter table settlements drop constraint settlements_state_check;
alter table settlements add constraint settlements_state_check check (state in ('claimed', 'posted', 'awaited'));
