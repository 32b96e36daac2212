/** Pictures of offers, by the digest of their bytes: brought by a clerk, public once a version shows them, forgotten when none ever did. */
import type { Instant } from '../../src/domain/base/time.ts'
import type { PictureFacts } from '../../src/domain/offers/picture.ts'
import type { Queryable } from './db.ts'

interface PictureBytes {
  readonly base64: string
  readonly type: string
}

/** One that is there stays; brought again, it is not forgotten before its time. */
export async function insertPicture(
  db: Queryable,
  { digest, type, width, height, base64 }: PictureFacts & PictureBytes & { readonly digest: string },
  at: Instant,
): Promise<void> {
  await db.query(
    `insert into offer_pictures (digest, type, width, height, picture, brought_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (digest) do update set brought_at = excluded.brought_at`,
    [digest, type, width, height, base64, at],
  )
}

export async function readPictureFacts(db: Queryable, digest: string): Promise<PictureFacts | undefined> {
  const rows = await db.query<PictureFacts>(
    'select type, width, height from offer_pictures where digest = $1',
    [digest],
  )
  return rows[0]
}

/** Also one that no version shows yet. */
export async function readBroughtPicture(db: Queryable, digest: string): Promise<PictureBytes | undefined> {
  const rows = await db.query<PictureBytes>(
    'select picture as "base64", type from offer_pictures where digest = $1',
    [digest],
  )
  return rows[0]
}

export async function readPublicPicture(db: Queryable, digest: string): Promise<PictureBytes | undefined> {
  const rows = await db.query<PictureBytes>(
    'select picture as "base64", type from offer_pictures where digest = $1 and published_at is not null',
    [digest],
  )
  return rows[0]
}

/** False: it is not there (any more). Public before, it stays so from then. */
export async function publishPicture(db: Queryable, digest: string, at: Instant): Promise<boolean> {
  const rows = await db.query(
    'update offer_pictures set published_at = coalesce(published_at, $2) where digest = $1 returning digest',
    [digest, at],
  )
  return rows.length > 0
}

/** Brought before that time, and no version ever showed them. */
export async function dropIdlePictures(db: Queryable, before: Instant): Promise<void> {
  await db.query('delete from offer_pictures where published_at is null and brought_at < $1', [before])
}
