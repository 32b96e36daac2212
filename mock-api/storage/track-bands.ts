/** Acts by the landmarks of their tracks, over all accounts: which of them have some in common with a new one. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import { keyOf } from '../base/secret.ts'
import type { Queryable } from './db.ts'

/** An act and when it began. */
interface BandAct {
  readonly accountId: string
  readonly activityId: string
  readonly at: Instant
}

const bandKey = (landmark: string): string => keyOf('landmark', landmark)

/** Said again, it changes nothing. A statement for each, in one message: written together, they would be prepared on every machine first. */
export async function insertBands(db: Queryable, act: BandAct, landmarks: readonly string[]): Promise<void> {
  if (landmarks.length === 0) return
  const text = `insert into track_bands (band_key, account_id, activity_id, at) values ($1, $2, $3, $4)
     on conflict (band_key, account_id, activity_id) do nothing`
  const keys = landmarks.map(bandKey).sort()
  await db.several(keys.map((key) => ({ text, params: [key, act.accountId, act.activityId, act.at] })))
}

/** Acts that began after `since` and share at least so many, those with the most first. */
export async function readBandActs(
  db: Queryable,
  wish: { landmarks: readonly string[]; since: Instant; sharedMin: number; limit: number },
): Promise<Pick<BandAct, 'accountId' | 'activityId'>[]> {
  if (wish.landmarks.length === 0) return []
  return await db.query(
    `select account_id as "accountId", activity_id as "activityId" from track_bands
      where band_key = any($1::uuid[]) /* by landmark */ and at > $2
      group by account_id, activity_id having count(*) >= $3
      order by count(*) desc, account_id, activity_id limit $4`,
    [wish.landmarks.map(bandKey), wish.since, wish.sharedMin, wish.limit],
  )
}

/** Of an act that came to nothing: one key at a time, so that no write goes to every machine. */
export async function dropBandsOf(
  db: Queryable,
  act: Pick<BandAct, 'accountId' | 'activityId'>,
  landmarks: readonly string[],
): Promise<void> {
  if (landmarks.length === 0) return
  const text = 'delete from track_bands where band_key = $1 and account_id = $2 and activity_id = $3'
  const keys = landmarks.map(bandKey).sort()
  await db.several(keys.map((key) => ({ text, params: [key, act.accountId, act.activityId] })))
}

/** Keys at a time: a person with two trips a day for a year has some twenty thousand. */
const KEYS_AT_ONCE = 1000

/** Looked for over all, and dropped one by one. */
export async function dropAllBands(db: Queryable, accountId: AccountId): Promise<void> {
  for (;;) {
    const rows = await db.query<{ bandKey: string }>(
      'select distinct band_key as "bandKey" from track_bands /* all bands */ where account_id = $1 limit $2',
      [accountId, KEYS_AT_ONCE],
    )
    if (rows.length === 0) return
    for (const row of rows)
      await db.query('delete from track_bands where band_key = $1 and account_id = $2', [
        row.bandKey,
        accountId,
      ])
  }
}

export async function dropOldBands(db: Queryable, before: Instant, limit: number): Promise<void> {
  const rows = await db.query<{ bandKey: string }>(
    'select band_key as "bandKey" from track_bands /* all bands */ where at < $1 limit $2',
    [before, limit],
  )
  for (const { bandKey: key } of rows)
    await db.query('delete from track_bands where band_key = $1 and at < $2', [key, before])
}

/** For the audit: accounts that have any, in order. */
export async function readBandAccounts(db: Queryable, after: string, limit: number): Promise<string[]> {
  const rows = await db.query<{ accountId: string }>(
    `select distinct account_id as "accountId" from track_bands /* all bands */
      where account_id > $1 order by account_id limit $2`,
    [after, limit],
  )
  return rows.map(({ accountId }) => accountId)
}
