-- What shops gave back to holders who are gone stayed in between: the sponsor follows in their place, as the sweeper finds them.
set local citus.multi_shard_modify_mode to 'sequential';

-- Placement as before.
alter table crossings drop constraint crossings_reason_check;
alter table crossings add constraint crossings_reason_check check (reason in ('gone', 'sponsor'));

-- With `||`: on a sharded database an update may not call `concat` with columns.
update crossings set state = 'open', reason = null, step = '{"account":"' || account_id::text || '","command":"' || crossing_id::text ||
    '","offerId":"","voucherId":"' || coalesce(substr(follower_record, 18), '') || '"}'
  where kind = 'refund' and reason = 'gone';
