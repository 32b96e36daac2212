/** Photos of nominations and appeals, in the row of each: announced by a command, their bytes after it. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { PhotoType } from '../../src/domain/taking-part/voice.ts'
import type { Queryable } from './db.ts'

/** What the account announced under this digest and in what type; undefined when it announced none. */
export async function readPhotoType(
  db: Queryable,
  accountId: AccountId,
  digest: string,
): Promise<PhotoType | undefined> {
  const rows = await db.query<{ type: PhotoType }>(
    `select photo_type as "type" from voices where account_id = $1 and photo_digest = $2
     union all select photo_type from reviews where account_id = $1 and photo_digest = $2 limit 1`,
    [accountId, digest],
  )
  return rows[0]?.type
}

export async function readPhoto(
  db: Queryable,
  accountId: AccountId,
  digest: string,
): Promise<{ base64: string; type: PhotoType } | undefined> {
  const rows = await db.query<{ base64: string; type: PhotoType }>(
    `select photo as "base64", photo_type as "type" from voices
      where account_id = $1 and photo_digest = $2 and photo is not null
     union all select photo, photo_type from reviews
      where account_id = $1 and photo_digest = $2 and photo is not null limit 1`,
    [accountId, digest],
  )
  return rows[0]
}

/** The same photo may belong to several nominations and appeals. */
export async function writePhoto(
  db: Queryable,
  accountId: AccountId,
  photo: { digest: string; base64: string },
): Promise<void> {
  const given = [accountId, photo.digest, photo.base64]
  await db.query(
    'update voices set photo = $3 where account_id = $1 and photo_digest = $2 and photo is null',
    given,
  )
  await db.query(
    'update reviews set photo = $3 where account_id = $1 and photo_digest = $2 and photo is null',
    given,
  )
}
