-- What a till may still have taken of somebody who has deleted their account; who acted, of a shop's command that is still to follow; and
-- disputes that were upheld against a branch that is gone.
set local citus.multi_shard_modify_mode to 'sequential';

-- Placement: account (account_id), of who held the voucher. No person stands in it: what it is for, where and until when, and the token as the code
-- showed it. Gone once no acceptance can arrive in time any more.
create table left_vouchers (
  account_id uuid not null,
  voucher_id text not null,
  merchant_id text not null,
  -- The number that is read aloud.
  code text not null,
  token text not null,
  expires_at bigint not null,
  -- Until then an acceptance has to have arrived.
  returns_at bigint not null,
  constraint left_vouchers_pkey primary key (account_id, voucher_id)
);
create index left_vouchers_returns_idx on left_vouchers (returns_at);

-- Placement as before. Of a shop's command: the till that sent it, and when, as canonical JSON; null where nobody noted it.
alter table crossings add column sent text;

-- Who held the voucher had nothing back: now the sponsor gives it in the branch's place.
update disputes set refund = 'due' where refund = 'gone';
