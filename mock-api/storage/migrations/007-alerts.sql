-- Warnings that an operator published. Nothing is ever edited: an update or a cancellation is a further message.
set local citus.multi_shard_modify_mode to 'sequential';

-- Placement: reference. Changed by administration only.
create table alerts (
  identifier text not null,
  sent_at bigint not null,
  expires_at bigint not null,
  -- As published, in the words of CAP.
  alert text not null,
  constraint alerts_pkey primary key (identifier)
);
create index alerts_expires_idx on alerts (expires_at);
