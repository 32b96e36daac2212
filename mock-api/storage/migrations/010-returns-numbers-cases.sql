-- What is returned goes back to the offer, vouchers have a number of their own at their merchant, and reviews have a cause.
set local citus.multi_shard_modify_mode to 'sequential';

-- Placement as before. `returned`: the voucher was given back, and its piece and its money with it, once.
alter table offer_claims drop constraint offer_claims_state_check;
alter table offer_claims add constraint offer_claims_state_check
  check (state in ('claimed', 'confirmed', 'released', 'returned'));

-- Placement: account (account_id), of the holder. A returned voucher whose piece has to go back to its offer, until that is done.
create table stock_returns (
  account_id uuid not null,
  voucher_id text not null,
  -- Null where only the claim knows it.
  offer_id text,
  state text not null,
  returned_at bigint not null,
  constraint stock_returns_pkey primary key (account_id, voucher_id),
  constraint stock_returns_state_check check (state in ('open', 'done'))
);
create index stock_returns_open_idx on stock_returns (returned_at) where state = 'open';

-- What was returned before there was a way back.
insert into stock_returns (account_id, voucher_id, state, returned_at)
  select account_id, substr(command_id, 16), 'open', posted_at from records where starts_with(command_id, 'voucher.return:');

-- Placement: its own key, derived from the merchant and the number: no two vouchers of a merchant have the same.
create table voucher_index (
  code_key uuid not null,
  account_id uuid not null,
  voucher_id text not null,
  state text not null,
  -- As of an offer's claims: counted up each time that a decision relies on it anew.
  attempt bigint not null,
  claimed_at bigint not null,
  constraint voucher_index_pkey primary key (code_key),
  constraint voucher_index_state_check check (state in ('claimed', 'confirmed'))
);
create index voucher_index_open_idx on voucher_index (claimed_at) where state = 'claimed';

-- Placement as before. Reviews of one account and cause are one case.
alter table reviews add column cause text;
update reviews set cause = case when appeal is null then 'other' else 'appealed' end /* all accounts */;
alter table reviews alter column cause set not null;
create index reviews_case_idx on reviews (account_id, cause, opened_at, activity_id) where state = 'pending';
