-- Pictures of offers: brought to the desk, and public from the first version on that shows them.
set local citus.multi_shard_modify_mode to 'sequential';

-- Placement: reference. By the SHA-256 of its bytes, hex: what stands under a digest never changes.
create table offer_pictures (
  digest text not null,
  type text not null,
  width bigint not null,
  height bigint not null,
  -- The bytes, base64.
  picture text not null,
  brought_at bigint not null,
  published_at bigint,
  constraint offer_pictures_pkey primary key (digest),
  constraint offer_pictures_type_check check (type in ('image/webp', 'image/jpeg')),
  -- 40 kB as base64.
  constraint offer_pictures_picture_check check (length(picture) <= 54616)
);
create index offer_pictures_unpublished_idx on offer_pictures (brought_at) where published_at is null;
