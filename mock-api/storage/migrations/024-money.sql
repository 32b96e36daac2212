-- Accounts of more kinds, the money that shops are owed, and what holders say against the use of a voucher.
set local citus.multi_shard_modify_mode to 'sequential';

-- Placement as before.
alter table accounts drop constraint accounts_kind_check;
alter table accounts add constraint accounts_kind_check
  check (kind in ('citizen', 'merchant', 'enterprise', 'sponsor', 'registry', 'office'));

-- Placement: account (account_id), of the holder. What waits for a person at the desk, and, once upheld, for the shop's refund.
create table disputes (
  account_id uuid not null,
  voucher_id text not null,
  -- The shop's account, and the command by which it accepted.
  branch_id uuid not null,
  acceptance_id text not null,
  note text not null,
  state text not null,
  -- Of one that was upheld: whether the shop's journal says it yet; `gone`: its account is deleted.
  refund text,
  opened_at bigint not null,
  decided_at bigint,
  constraint disputes_pkey primary key (account_id, voucher_id),
  constraint disputes_state_check check (state in ('open', 'upheld', 'dismissed')),
  constraint disputes_refund_check check (refund in ('due', 'done', 'gone'))
);
create index disputes_open_idx on disputes (opened_at) where state = 'open';
create index disputes_refund_idx on disputes (decided_at) where refund = 'due';
