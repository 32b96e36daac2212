-- Keys apart by purpose, the keys that are revoked, and the number that each offer has at its merchant.
set local citus.multi_shard_modify_mode to 'sequential';

-- Null: from before there were purposes; it counts for all that existed then, and signs nothing new.
alter table signing_keys add column purpose text;
-- By the key before, over all members; `endorsement` stays for apps that know no purposes.
alter table signing_keys add column full_endorsement text;
-- Null: only the public half is held here, so that what it signed can be verified.
alter table signing_keys alter column wrapped_private drop not null;
alter table signing_keys add constraint signing_keys_purpose_check
  check (purpose in ('heads', 'vouchers', 'documents'));

-- Placement: reference. Once revoked, a key stays so.
create table key_revocations (
  kid text not null,
  -- Of the list that first named it: seconds, and higher than any before, so that it grows also after a restored backup.
  epoch bigint not null,
  -- Seconds.
  revoked_at bigint not null,
  -- For the operator; not published.
  reason text not null,
  constraint key_revocations_pkey primary key (kid)
);

-- Placement: reference. Secrets that outlive KEY_SECRET, each wrapped by the present one.
create table kept_secrets (
  secret_name text not null,
  wrapped text not null,
  constraint kept_secrets_pkey primary key (secret_name)
);

-- Placement: reference. Given once, in order of publication, and never again: it stands in tokens and short codes.
create table offer_numbers (
  merchant_id text not null,
  n bigint not null,
  offer_id text not null,
  constraint offer_numbers_pkey primary key (merchant_id, n),
  constraint offer_numbers_offer_key unique (merchant_id, offer_id)
);
insert into offer_numbers (merchant_id, n, offer_id)
  select merchant_id, row_number() over (partition by merchant_id order by offer_id), offer_id
    from (select distinct offer_id, offer::jsonb ->> 'merchantId' as merchant_id from offers) as published;
