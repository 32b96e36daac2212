-- Who logs for an account from elsewhere: their sessions, the codes by which they come in, and who has come in. Who may, the account's state says.
set local citus.multi_shard_modify_mode to 'sequential';

-- Null: all that the account's owner may, as of every session that a process of the version before opens. `log`: records acts, as this helper.
alter table sessions add column scope text;
alter table sessions add column helper_id uuid;
alter table sessions add constraint sessions_scope_check check (scope in ('log'));

-- Placement: account (account_id).
create table helpers (
  account_id uuid not null,
  helper_id uuid not null,
  -- The phone that came in: the same may do so once more, when the answer was lost; no other.
  device_id uuid not null,
  joined_at bigint not null,
  constraint helpers_pkey primary key (account_id, helper_id)
);

-- Placement: its own key, derived from the code.
create table helper_codes (
  code_key uuid not null,
  account_id uuid not null,
  helper_id uuid not null,
  -- The phone that has used it. Null while nobody has.
  device_id uuid,
  expires_at bigint not null,
  constraint helper_codes_pkey primary key (code_key)
);
create index helper_codes_expires_idx on helper_codes (expires_at);
