-- Vouchers from before numbers had an index stand in it too, so that no later one of their merchant is read aloud by the same number.
set local citus.multi_shard_modify_mode to 'sequential';

-- The key as `keyOf` makes it: the first half of the hash, as a uuid of version 8. Of two that chose the same number, the first keeps it.
insert into voucher_index (code_key, account_id, voucher_id, state, attempt, claimed_at)
  select concat(substr(hex, 1, 12), '8', substr(hex, 14, 3),
                substr('89ab', (strpos('0123456789abcdef', substr(hex, 17, 1)) - 1) % 4 + 1, 1), substr(hex, 18, 15))::uuid,
         account_id, command_id, 'confirmed', 1, posted_at
    from (select account_id, command_id, posted_at, encode(sha256(convert_to(
                   concat('voucher-number ', voucher ->> 'merchantId', ' ', voucher ->> 'code'), 'UTF8')), 'hex') as hex
            from (select account_id, command_id, posted_at, detail::json -> 'voucher' as voucher from records
                   where outcome = 'accepted' and detail is not null and strpos(body, '"kind":"voucher.redeem"') > 0) as issued
           where voucher ->> 'code' is not null) as numbered
   order by posted_at, account_id, command_id
  on conflict (code_key) do nothing;
