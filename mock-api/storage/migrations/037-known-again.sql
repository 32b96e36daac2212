-- A recovery code of the desk opens one session. Until that session has been asked with, its answer may have been lost: the same browser may present
-- the code again, and is given the same session.
set local citus.multi_shard_modify_mode to 'sequential';

-- Placement as before. Which session it opened, which only the browser that presented it can name. Null: none yet, or one of the version before.
alter table recovery_codes add column token_key uuid;

-- When it was first asked with, of those that a recovery code opened. Null: whether the answer that began it has arrived is not known.
alter table operator_sessions add column used_at bigint;

-- When a shop was paid first that stands on such a row, so that the audit knows it also where the shop's words are gone. Null: a row of before.
alter table awaited_settlements add column paid_at bigint;
