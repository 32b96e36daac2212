-- A claim belongs to its account: the same command id may come from two.
set local citus.multi_shard_modify_mode to 'sequential';

alter table offer_claims drop constraint offer_claims_pkey;
alter table offer_claims add constraint offer_claims_pkey primary key (offer_key, claim_id, account_id);
