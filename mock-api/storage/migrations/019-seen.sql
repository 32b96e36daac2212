-- Up to which record of its journal the person has read the news: one number, the highest that a phone of the account has told.
set local citus.multi_shard_modify_mode to 'sequential';

-- Null: no phone has told any, as of every account that a process of the version before opens.
alter table accounts add column seen_seq bigint;
