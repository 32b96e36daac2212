-- Events to check in to, and citizens' words to the city.
set local citus.multi_shard_modify_mode to 'sequential';

-- Placement: reference. Changed by administration only.
create table occurrences (
  occurrence_id text not null,
  city text not null,
  to_day text not null,
  -- Canonical JSON of the occurrence as everybody may read it.
  occurrence text not null,
  -- What stands on the sign at the event; null where there is no check-in. Never part of a public answer.
  code text,
  constraint occurrences_pkey primary key (occurrence_id)
);

-- Placement: account (account_id). Feedback and nominations, for whoever answers them. The words stand in the record's detail.
create table voices (
  account_id uuid not null,
  -- The command's id.
  voice_id text not null,
  kind text not null,
  city text not null,
  state text not null,
  sent_at bigint not null,
  answered_at bigint,
  -- Counted up by each answer, so that of two operators at once the second is told.
  answers bigint not null,
  -- SHA-256, hex, of a photo that was announced with it.
  photo_digest text,
  photo_type text,
  -- Base64; null until it has come.
  photo text,
  constraint voices_pkey primary key (account_id, voice_id),
  constraint voices_kind_check check (kind in ('feedback.send', 'case.nominate')),
  constraint voices_state_check
    check (state in ('received', 'in_progress', 'answered', 'adopted', 'selected', 'declined'))
);
create index voices_open_idx on voices (sent_at) where state in ('received', 'in_progress');
