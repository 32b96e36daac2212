-- What shops gave back to holders who are gone stayed in between: the sponsor follows in their place, as the sweeper finds them.
set local citus.multi_shard_modify_mode to 'sequential';

-- Placement as before.
alter table crossings drop constraint crossings_reason_check;
alter table crossings add constraint crossings_reason_check check (reason in ('gone', 'sponsor'));

update crossings set state = 'open', reason = null, step = concat('{"account":"', account_id, '","command":"', crossing_id,
    '","offerId":"","voucherId":"', substr(follower_record, 18), '"}')
  where kind = 'refund' and reason = 'gone';
