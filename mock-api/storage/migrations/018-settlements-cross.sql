-- Settlements of before become crossings. In a migration of its own, when the table lies where it belongs: one statement from one table into the
-- one beside it, without a join, so that a sharded database copies every shard in its place. Nobody waits for it: a process of the version
-- before goes on writing settlements meanwhile, and storage/settlements-of-before.ts reads those that come after.
set local citus.multi_shard_modify_mode to 'sequential';

insert into crossings (account_id, crossing_id, kind, follower_id, follower_record, step, state, at)
  select account_id, 'voucher.settle:' || voucher_id, 'settle', merchant_account_id, command_id, command_text,
         case state when 'posted' then 'done' else 'open' end, settled_at
    from settlements
  on conflict (account_id, crossing_id) do nothing;
