-- Placement as before. A session needs a secret beside its cookie, ends by itself, and is emptied with its account; a code belongs to
-- the browser that asked for it, so that nobody else can use up its attempts or put another in its place.
set local citus.multi_shard_modify_mode to 'sequential';

-- Null once the account is deleted: then only the token's key and the account are left, to answer that it is gone.
alter table sessions alter column device_id drop not null;
alter table sessions alter column created_at drop not null;
alter table sessions alter column last_seen_at drop not null;
-- SHA-256 of the secret. Null for a session of an older app until it can take one.
alter table sessions add column secret_digest text;
-- Null until the device has used the secret: from then on the cookie alone opens nothing.
alter table sessions add column secret_used_at bigint;
create index sessions_account_id_idx on sessions (account_id);

-- A code lives for five minutes: those on their way are asked for once more.
delete from login_codes;
alter table login_codes drop constraint login_codes_pkey;
alter table login_codes add column asker_key uuid not null;
-- A browser that signed in with this number before.
alter table login_codes add column is_known boolean not null;
alter table login_codes add column asked_at bigint not null;
-- Attempts of whoever shows no cookie of the one who asked.
alter table login_codes add column loose_attempts bigint not null;
alter table login_codes add constraint login_codes_pkey primary key (phone_key, asker_key);
