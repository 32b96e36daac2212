-- A code opens one session. Until that session has been asked with, its answer may have been lost: the same device may present the code again, and is
-- given the same session.
set local citus.multi_shard_modify_mode to 'sequential';

-- Placement as before. Null: nobody has presented it. Which device has, and by which name its browser is known from then on.
alter table login_codes add column device_id uuid;
alter table login_codes add column known_key uuid;
-- Presented without the name of who had asked for it.
alter table login_codes add column is_loose boolean;

-- When it was first asked with. Null: whether the answer that began it has arrived is not known.
alter table sessions add column used_at bigint;
