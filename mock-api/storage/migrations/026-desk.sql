-- The desk: who works there and by which passkeys they come in, what they do for an office, and what waits for a second pair of eyes.
set local citus.multi_shard_modify_mode to 'sequential';

-- Placement: reference. People at the desk; the samples of a demo are marked.
create table operators (
  operator_id uuid not null,
  name text not null,
  state text not null,
  is_sample boolean not null,
  created_at bigint not null,
  constraint operators_pkey primary key (operator_id),
  constraint operators_state_check check (state in ('active', 'suspended'))
);

-- Placement: reference. An empty city is all of them.
create table operator_roles (
  operator_id uuid not null,
  role text not null,
  city text not null,
  constraint operator_roles_pkey primary key (operator_id, role, city),
  constraint operator_roles_role_check check (role in ('reviewer', 'catalog', 'finance', 'issuer', 'registrar', 'approver', 'auditor', 'admin'))
);

-- Placement: reference. Public keys of passkeys; a signature with a counter that went back is refused.
create table passkeys (
  credential_id text not null,
  operator_id uuid not null,
  public_key text not null,
  counter bigint not null,
  -- How the browser reaches it, as it said: JSON.
  transports text not null,
  name text not null,
  created_at bigint not null,
  used_at bigint,
  revoked_at bigint,
  constraint passkeys_pkey primary key (credential_id)
);
create index passkeys_operator_idx on passkeys (operator_id);

-- Placement: reference. By the digest of the code; each works once.
create table recovery_codes (
  code_key uuid not null,
  operator_id uuid not null,
  used_at bigint,
  constraint recovery_codes_pkey primary key (code_key)
);
create index recovery_codes_operator_idx on recovery_codes (operator_id);

-- Placement: reference. By the digest of the code: for a day, and once.
create table operator_invitations (
  code_key uuid not null,
  operator_id uuid not null,
  name text not null,
  -- JSON, as they will be granted.
  roles text not null,
  invited_by uuid not null,
  expires_at bigint not null,
  used_at bigint,
  constraint operator_invitations_pkey primary key (code_key)
);

-- Placement: its own key, derived from the challenge: for minutes, and once.
create table webauthn_challenges (
  challenge_key uuid not null,
  purpose text not null,
  operator_id uuid,
  -- What else it was made out for: JSON.
  about text,
  expires_at bigint not null,
  constraint webauthn_challenges_pkey primary key (challenge_key),
  constraint webauthn_challenges_purpose_check check (purpose in ('enrol', 'sign-in', 'step-up', 'add'))
);
create index webauthn_challenges_expires_idx on webauthn_challenges (expires_at);

-- Placement: its own key, derived from the cookie's token.
create table operator_sessions (
  token_key uuid not null,
  operator_id uuid not null,
  way text not null,
  created_at bigint not null,
  -- The last assertion by a passkey; null where there was none.
  step_up_at bigint,
  ended_at bigint,
  constraint operator_sessions_pkey primary key (token_key),
  constraint operator_sessions_way_check check (way in ('passkey', 'recovery', 'sample'))
);
create index operator_sessions_created_idx on operator_sessions (created_at);

-- Placement: account (account_id), an office's. Written with the act's record; what a crash leaves open the sweeper runs.
create table office_acts (
  account_id uuid not null,
  -- The command's id, or that of a proposal's run.
  act_id text not null,
  act text not null,
  subject text not null,
  -- Canonical JSON, held to the digest in the record. Null once it is done, where it is about a person.
  payload text,
  operator_id uuid not null,
  state text not null,
  -- Why it came to nothing.
  reason text,
  at bigint not null,
  constraint office_acts_pkey primary key (account_id, act_id),
  constraint office_acts_state_check check (state in ('open', 'done', 'failed'))
);
create index office_acts_open_idx on office_acts (at) where state = 'open';

-- Placement: account (account_id), an office's. What one has proposed and another has to approve.
create table proposals (
  account_id uuid not null,
  -- The id of the command that made it.
  proposal_id text not null,
  act text not null,
  subject text not null,
  city text not null,
  -- Canonical JSON: whoever approves names its digest.
  payload text not null,
  digest text not null,
  -- What stood there when it was proposed, for the difference: JSON.
  before text,
  proposed_by uuid not null,
  proposed_at bigint not null,
  ends_at bigint not null,
  state text not null,
  decided_by uuid,
  decided_at bigint,
  note text,
  constraint proposals_pkey primary key (account_id, proposal_id),
  constraint proposals_state_check check (state in ('open', 'approved', 'rejected', 'run', 'failed', 'ended')),
  constraint proposals_four_eyes_check check (decided_by <> proposed_by),
  constraint proposals_decided_check check ((state in ('open', 'ended')) = (decided_by is null))
);
create index proposals_state_idx on proposals (state, proposed_at);
