-- Draws: entries until the close, then their root, then how it came out.
set local citus.multi_shard_modify_mode to 'sequential';

-- Placement: offer (offer_key). One version of an offer whose pieces are drawn. Whoever enters or leaves writes this row first, and so does who
-- closes it: after the close no entry comes or goes.
create table draws (
  offer_key uuid not null,
  version bigint not null,
  offer_id text not null,
  state text not null,
  closes_at bigint not null,
  -- Claimed ones and such as are being left among them.
  entries bigint not null,
  -- From the close on: RFC 6962 over the sorted ids, how many they are, and both signed with the time.
  root text,
  size bigint,
  statement text,
  rooted_at bigint,
  constraint draws_pkey primary key (offer_key, version),
  constraint draws_state_check check (state in ('open', 'closing', 'rooted', 'drawn', 'done')),
  constraint draws_entries_check check (entries >= 0)
);
create index draws_due_idx on draws (closes_at) where state <> 'done';

-- Placement: offer (offer_key). An entry, by the id of its command: claimed before the entrant's record, in after it; leaving, and gone.
create table draw_entries (
  offer_key uuid not null,
  version bigint not null,
  entry_id text not null,
  offer_id text not null,
  account_id uuid not null,
  state text not null,
  -- The command by which it is left.
  leave_id text,
  -- Counted up each time that a decision relies on it anew, so that what is meant for an older one fails.
  attempt bigint not null,
  claimed_at bigint not null,
  -- Its place in the order, from 1, once it has come out; and whether the entrant's record says so.
  rank bigint,
  is_told boolean not null,
  constraint draw_entries_pkey primary key (offer_key, version, entry_id),
  constraint draw_entries_state_check check (state in ('claimed', 'in', 'leaving'))
);
create index draw_entries_open_idx on draw_entries (claimed_at) where state <> 'in';
create index draw_entries_untold_idx on draw_entries (offer_key, version, rank) where not is_told;

-- Placement as before. Certificates have keys of their own.
alter table signing_keys drop constraint signing_keys_purpose_check;
alter table signing_keys add constraint signing_keys_purpose_check
  check (purpose in ('heads', 'vouchers', 'documents', 'certificates'));
