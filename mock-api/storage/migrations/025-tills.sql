-- Merchants and their branches, the tills that stand there with the codes by which they come in, and the vouchers that a till must not accept
-- without a network. A branch's account has no phone: who managed one by a phone is remembered until a manager's device has come in.
set local citus.multi_shard_modify_mode to 'sequential';

-- Beside the owner's (null) and a helper's: a till's, a manager's, and an operator's at the desk.
alter table sessions drop constraint sessions_scope_check;
alter table sessions add constraint sessions_scope_check check (scope in ('log', 'till', 'manager', 'operator'));
alter table sessions add column till_id uuid;

-- Placement: reference. Changed by administration only.
create table merchants (
  merchant_id text not null,
  name_zh text not null,
  name_en text not null,
  city text not null,
  state text not null,
  constraint merchants_pkey primary key (merchant_id),
  constraint merchants_state_check check (state in ('active', 'suspended'))
);

-- Placement: reference. Changed by administration only.
create table branches (
  merchant_id text not null,
  -- From 1: what the account's id is derived from, so that it is the same again after a restored backup.
  branch_no bigint not null,
  account_id uuid not null,
  name_zh text not null,
  name_en text not null,
  constraint branches_pkey primary key (merchant_id, branch_no)
);
create index branches_account_idx on branches (account_id);

-- Placement: account (account_id), of the branch.
create table tills (
  account_id uuid not null,
  till_id uuid not null,
  name text not null,
  role text not null,
  device_id uuid not null,
  -- RFC 7638, of the key that every request is proven by.
  key_thumbprint text not null,
  joined_at bigint not null,
  last_seen_at bigint not null,
  -- What it had accepted until then has arrived.
  last_sync_at bigint,
  revoked_at bigint,
  constraint tills_pkey primary key (account_id, till_id),
  constraint tills_role_check check (role in ('till', 'manager'))
);

-- Placement: its own key, derived from the code.
create table till_codes (
  code_key uuid not null,
  account_id uuid not null,
  -- Of the till that comes in by it.
  till_id uuid not null,
  name text not null,
  role text not null,
  -- The key that has used it. Null while none has.
  key_thumbprint text,
  expires_at bigint not null,
  constraint till_codes_pkey primary key (code_key),
  constraint till_codes_role_check check (role in ('till', 'manager'))
);
create index till_codes_expires_idx on till_codes (expires_at);

-- Placement: its own key, an HMAC of the phone number. Branches that were managed by signing in with this phone.
create table managed_branches (
  phone_key uuid not null,
  account_id uuid not null,
  constraint managed_branches_pkey primary key (phone_key, account_id)
);

-- Placement: account (account_id), of who holds the voucher or has accepted it. What the merchant's list has not been told yet.
create table voucher_ends (
  account_id uuid not null,
  voucher_id text not null,
  -- The record of this account that says whose voucher it is and when it expires.
  record_id text not null,
  ended_at bigint not null,
  constraint voucher_ends_pkey primary key (account_id, voucher_id)
);
create index voucher_ends_ended_idx on voucher_ends (ended_at);

-- What was returned before there was a list.
insert into voucher_ends (account_id, voucher_id, record_id, ended_at)
  select account_id, substr(command_id, 16), substr(command_id, 16), posted_at from records where starts_with(command_id, 'voucher.return:');

-- Placement: its own key, derived from the merchant. Vouchers that were cancelled, returned or used, until they have expired.
create table ended_vouchers (
  merchant_key uuid not null,
  voucher_id text not null,
  expires_at bigint not null,
  -- The branch that accepted it: its own journal says so.
  accepted_by uuid,
  constraint ended_vouchers_pkey primary key (merchant_key, voucher_id)
);
create index ended_vouchers_expires_idx on ended_vouchers (expires_at);
