/** Tails of journals on their way in: kept apart from the journal until all of one is here and holds. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { ChainLink, Cursor } from '../../src/proof/chain.ts'
import { type Queryable, valuesList } from './db.ts'

/** One a device: two phones of a person do not disturb each other. */
export interface TailKey {
  readonly accountId: AccountId
  readonly deviceId: string
}

export interface Tail {
  readonly after: Cursor
  readonly last: Cursor
  readonly bytes: number
}

interface TailColumns {
  readonly afterSeq: number
  readonly afterHash: string
  readonly lastSeq: number
  readonly lastHash: string
  readonly bytes: number
}

export async function readTail(db: Queryable, { accountId, deviceId }: TailKey): Promise<Tail | undefined> {
  const [row] = await db.query<TailColumns>(
    `select after_seq as "afterSeq", after_hash as "afterHash", last_seq as "lastSeq", last_hash as "lastHash", bytes
       from tails where account_id = $1 and device_id = $2`,
    [accountId, deviceId],
  )
  if (!row) return undefined
  return {
    after: { seq: row.afterSeq, hash: row.afterHash },
    last: { seq: row.lastSeq, hash: row.lastHash },
    bytes: row.bytes,
  }
}

/** The beginning, or the next part of what stands at `from`. False: it does not stand there any more. */
export async function putTail(
  tx: Queryable,
  { accountId, deviceId }: TailKey,
  part: { tail: Tail; from: Tail | undefined; at: Instant },
): Promise<boolean> {
  const { tail, from, at } = part
  const rows = await tx.query(
    `insert into tails (account_id, device_id, after_seq, after_hash, last_seq, last_hash, bytes, staged_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (account_id, device_id) do update
       set last_seq = excluded.last_seq, last_hash = excluded.last_hash, bytes = excluded.bytes, staged_at = excluded.staged_at
       where tails.last_seq = $9 and tails.last_hash = $10
     returning last_seq`,
    [
      accountId,
      deviceId,
      tail.after.seq,
      tail.after.hash,
      tail.last.seq,
      tail.last.hash,
      tail.bytes,
      at,
      from?.last.seq ?? -1,
      from?.last.hash ?? '',
    ],
  )
  return rows.length > 0
}

const COLUMN_COUNT = 7

export async function insertTailRecords(
  tx: Queryable,
  { accountId, deviceId }: TailKey,
  links: readonly ChainLink[],
): Promise<void> {
  await tx.query(
    `insert into tail_records (account_id, device_id, seq, body, hash, detail, salt) values ${valuesList(links.length, COLUMN_COUNT)}`,
    links.flatMap(({ seq, body, hash, detail, salt }) => [
      accountId,
      deviceId,
      seq,
      body,
      hash,
      detail ?? null,
      salt ?? null,
    ]),
  )
}

export async function readTailRecords(db: Queryable, { accountId, deviceId }: TailKey): Promise<ChainLink[]> {
  const rows = await db.query<ChainLink & { detail: string | null; salt: string | null }>(
    `select seq, body, hash, detail, salt from tail_records where account_id = $1 and device_id = $2 order by seq`,
    [accountId, deviceId],
  )
  return rows.map(({ detail, salt, ...link }) => ({
    ...link,
    ...(detail === null ? {} : { detail }),
    ...(salt === null ? {} : { salt }),
  }))
}

export async function dropTail(tx: Queryable, { accountId, deviceId }: TailKey): Promise<void> {
  await tx.query('delete from tails where account_id = $1 and device_id = $2', [accountId, deviceId])
  await tx.query('delete from tail_records where account_id = $1 and device_id = $2', [accountId, deviceId])
}

/** Of an account that is gone. */
export async function dropTails(tx: Queryable, accountId: AccountId): Promise<void> {
  await tx.query('delete from tails where account_id = $1', [accountId])
  await tx.query('delete from tail_records where account_id = $1', [accountId])
}

/** Those whose phone did not come back; over all accounts, so that only the sweeper asks. */
export async function readStaleTails(db: Queryable, before: Instant, limit: number): Promise<TailKey[]> {
  return await db.query<TailKey>(
    `select account_id as "accountId", device_id as "deviceId" from tails /* all accounts */
      where staged_at < $1 order by staged_at limit $2`,
    [before, limit],
  )
}
