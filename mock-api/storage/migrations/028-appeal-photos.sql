-- An appeal may announce a photo: by its digest, as a nomination does. The bytes come beside the commands and go with the account.
set local citus.multi_shard_modify_mode to 'sequential';

alter table reviews add column photo_digest text;
alter table reviews add column photo_type text;
alter table reviews add column photo text;
