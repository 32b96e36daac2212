-- Services that report: who they are and by which keys they sign, who linked to them, and what they reported.
set local citus.multi_shard_modify_mode to 'sequential';

-- Placement: reference. The document is what everybody may read of it: names, codes, cities, why it asks and how long.
create table providers (
  provider_id text not null,
  document text not null,
  changed_at bigint not null,
  constraint providers_pkey primary key (provider_id)
);

-- Placement: reference. A provider's public keys. The desk's key is this backend's own, for providers without engineers: its private half is wrapped.
create table provider_keys (
  kid text not null,
  provider_id text not null,
  use text not null,
  jwk text not null,
  wrapped_private text,
  not_before bigint not null,
  not_after bigint not null,
  revoked_at bigint,
  constraint provider_keys_pkey primary key (kid),
  constraint provider_keys_use_check check (use in ('own', 'desk'))
);
create index provider_keys_provider_idx on provider_keys (provider_id);

-- Placement: reference. Who may claim the grams of a provider's acts, by its own signed-off word; without one they are not creditable.
create table declarations (
  declaration_id text not null,
  provider_id text not null,
  document text not null,
  valid_from bigint not null,
  valid_until bigint not null,
  constraint declarations_pkey primary key (declaration_id)
);
create index declarations_provider_idx on declarations (provider_id);

-- Placement: account (account_id). A consent of the account, written with its record; the route is laid or ended after it, and `is_routed` says that it is done.
create table consents (
  account_id uuid not null,
  consent_id text not null,
  provider_id text not null,
  handle text not null,
  ended_at bigint,
  is_routed boolean not null,
  changed_at bigint not null,
  constraint consents_pkey primary key (account_id, consent_id)
);
create index consents_open_idx on consents (changed_at) where not is_routed;

-- Placement: its own key, derived from provider and handle by the secret. A route only: whether it counts, the consent in the account's state says.
create table links (
  link_key uuid not null,
  provider_id text not null,
  -- Empty once the account is deleted.
  account_id uuid,
  consent_id text not null,
  ended_at bigint,
  -- When the provider said whose handle it is, and under which of its own subjects; until then its reports wait.
  confirmed_at bigint,
  subject_key uuid,
  -- Why it was not confirmed.
  refusal text,
  -- The handle, while the provider has to be told that the consent ended.
  notice text,
  constraint links_pkey primary key (link_key),
  constraint links_refusal_check check (refusal in ('subject_linked', 'subject_resting'))
);
create index links_notice_idx on links (provider_id, ended_at) where notice is not null;

-- Placement: its own key, derived from the code that a person shows to a provider: for minutes, and once.
create table link_codes (
  code_key uuid not null,
  provider_id text not null,
  account_id uuid not null,
  consent_id text not null,
  -- SHA-256 of the verifier of whoever asked for it (RFC 7636).
  challenge text,
  expires_at bigint not null,
  constraint link_codes_pkey primary key (code_key)
);
create index link_codes_expires_idx on link_codes (expires_at);

-- Placement: its own key, derived from provider and its subject (a card, a meter): it belongs to one account at a time.
create table subjects (
  subject_key uuid not null,
  link_key uuid not null,
  account_id uuid not null,
  ended_at bigint,
  constraint subjects_pkey primary key (subject_key)
);

-- Placement: its own key, derived from provider and id of the report. The token stands here until its record has it.
create table provider_events (
  event_key uuid not null,
  provider_id text not null,
  set_digest text not null,
  token text,
  account_id uuid not null,
  state text not null,
  -- Why it was dropped or failed.
  reason text,
  received_at bigint not null,
  -- When it is looked at again.
  due_at bigint not null,
  constraint provider_events_pkey primary key (event_key),
  constraint provider_events_state_check check (state in ('waiting', 'posted', 'dropped', 'failed'))
);
create index provider_events_waiting_idx on provider_events (due_at) where state = 'waiting';
create index provider_events_failed_idx on provider_events (provider_id, received_at) where state = 'failed';

-- Placement: its own key, derived from the public id of the act: one act of a provider is claimed once, by one account. Claimed before the append; what comes to nothing gives it back.
create table act_claims (
  claim_key uuid not null,
  provider_id text not null,
  account_id uuid not null,
  activity_id text not null,
  -- In which it was claimed: all that anybody is told.
  month text not null,
  constraint act_claims_pkey primary key (claim_key)
);
