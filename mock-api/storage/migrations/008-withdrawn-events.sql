-- An event that its organiser has called off stays known, so that phones can say so.
set local citus.multi_shard_modify_mode to 'sequential';

-- Canonical JSON: when it was withdrawn, and the operator's words. Null while it takes place.
alter table occurrences add column withdrawal text;
