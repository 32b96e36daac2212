-- A track is claimed before an append and confirmed after it, as stock is: what came to nothing is given back.
set local citus.multi_shard_modify_mode to 'sequential';

alter table evidence_claims add column state text;
-- Counted up each time that a decision relies on the claim anew, so that a release meant for an older one fails.
alter table evidence_claims add column attempt bigint;
update evidence_claims set state = 'confirmed', attempt = 1;
alter table evidence_claims alter column state set not null;
alter table evidence_claims alter column attempt set not null;
alter table evidence_claims add constraint evidence_claims_state_check check (state in ('claimed', 'confirmed'));
create index evidence_claims_open_idx on evidence_claims (claimed_at) where state = 'claimed';
