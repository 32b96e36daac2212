-- Placement as before. A phone whose account was deleted opens no other one until then: otherwise every limit per person
-- could be begun anew by deleting the account. After that time not even the key is kept.
set local citus.multi_shard_modify_mode to 'sequential';

alter table phones add column resting_until bigint;
