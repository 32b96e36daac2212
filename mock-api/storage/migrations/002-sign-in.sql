-- Who may speak for an account.
set local citus.multi_shard_modify_mode to 'sequential';

-- Placement: its own key, an HMAC of the phone number. The number itself is stored nowhere.
create table phones (
  phone_key uuid not null,
  account_id uuid not null,
  bound_at bigint not null,
  constraint phones_pkey primary key (phone_key)
);

-- Placement: its own key, derived from the phone's.
create table login_codes (
  phone_key uuid not null,
  code_digest text not null,
  expires_at bigint not null,
  attempts bigint not null,
  constraint login_codes_pkey primary key (phone_key)
);

-- Placement: its own key, derived from the session's token, which only the cookie holds.
create table sessions (
  token_key uuid not null,
  account_id uuid not null,
  device_id uuid not null,
  created_at bigint not null,
  last_seen_at bigint not null,
  revoked_at bigint,
  constraint sessions_pkey primary key (token_key)
);

-- Placement: account (account_id). The account's own list of its sessions, one a device.
create table devices (
  account_id uuid not null,
  device_id uuid not null,
  token_key uuid not null,
  name text not null,
  signed_in_at bigint not null,
  last_seen_at bigint not null,
  constraint devices_pkey primary key (account_id, device_id)
);

-- Placement: its own key, the device. How many accounts a device has been.
create table device_accounts (
  device_id uuid not null,
  account_id uuid not null,
  first_at bigint not null,
  constraint device_accounts_pkey primary key (device_id, account_id)
);

-- Placement: its own key, derived from what is limited and by which rule.
create table rate_limits (
  limit_key uuid not null,
  window_start bigint not null,
  count bigint not null,
  constraint rate_limits_pkey primary key (limit_key)
);

-- Placement: its own key, an HMAC of the phone number. Demo only: the last message of the simulated gateway.
create table sms_messages (
  phone_key uuid not null,
  text text not null,
  code text not null,
  sent_at bigint not null,
  constraint sms_messages_pkey primary key (phone_key)
);
