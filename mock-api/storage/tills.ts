/** The tills of a branch, and the codes by which they come in. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { TillRole } from '../../src/domain/ledger/till.ts'
import type { Queryable } from './db.ts'

export interface TillRow {
  readonly accountId: AccountId
  readonly tillId: string
  readonly name: string
  readonly role: TillRole
  readonly deviceId: string
  readonly keyThumbprint: string
  readonly joinedAt: number
  readonly lastSeenAt: number
  readonly lastSyncAt: number | null
  readonly revokedAt: number | null
}

const COLUMNS = `account_id as "accountId", till_id as "tillId", name, role, device_id as "deviceId", key_thumbprint as "keyThumbprint",
  joined_at as "joinedAt", last_seen_at as "lastSeenAt", last_sync_at as "lastSyncAt", revoked_at as "revokedAt"`

export async function readTills(db: Queryable, accountId: AccountId): Promise<TillRow[]> {
  return await db.query<TillRow>(
    `select ${COLUMNS} from tills where account_id = $1 order by joined_at, till_id`,
    [accountId],
  )
}

export async function readTill(
  db: Queryable,
  { accountId, tillId }: { accountId: AccountId; tillId: string },
): Promise<TillRow | undefined> {
  const rows = await db.query<TillRow>(
    `select ${COLUMNS} from tills where account_id = $1 and till_id = $2`,
    [accountId, tillId],
  )
  return rows[0]
}

/** Again, by the same code, is nothing. */
export async function insertTill(
  db: Queryable,
  till: Omit<TillRow, 'lastSeenAt' | 'lastSyncAt' | 'revokedAt'>,
): Promise<void> {
  const { accountId, tillId, name, role, deviceId, keyThumbprint, joinedAt } = till
  await db.query(
    `insert into tills (account_id, till_id, name, role, device_id, key_thumbprint, joined_at, last_seen_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7) on conflict (account_id, till_id) do nothing`,
    [accountId, tillId, name, role, deviceId, keyThumbprint, joinedAt],
  )
}

export async function noteTillSeen(
  db: Queryable,
  { accountId, tillId }: Pick<TillRow, 'accountId' | 'tillId'>,
  at: Instant,
): Promise<void> {
  await db.query('update tills set last_seen_at = $3 where account_id = $1 and till_id = $2', [
    accountId,
    tillId,
    at,
  ])
}

export async function noteTillSync(
  db: Queryable,
  { accountId, tillId }: Pick<TillRow, 'accountId' | 'tillId'>,
  at: Instant,
): Promise<void> {
  await db.query(
    'update tills set last_seen_at = $3, last_sync_at = $3 where account_id = $1 and till_id = $2',
    [accountId, tillId, at],
  )
}

/** Undefined where there is none. One that was cut before stays cut since then. */
export async function revokeTill(
  db: Queryable,
  { accountId, tillId }: Pick<TillRow, 'accountId' | 'tillId'>,
  at: Instant,
): Promise<TillRow | undefined> {
  const rows = await db.query<TillRow>(
    `update tills set revoked_at = coalesce(revoked_at, $3) where account_id = $1 and till_id = $2 returning ${COLUMNS}`,
    [accountId, tillId, at],
  )
  return rows[0]
}

export async function dropTills(db: Queryable, accountId: AccountId): Promise<void> {
  await db.query('delete from tills where account_id = $1', [accountId])
}

interface TillCodeRow {
  readonly accountId: AccountId
  readonly tillId: string
  readonly name: string
  readonly role: TillRole
  readonly expiresAt: number
}

export async function insertTillCode(db: Queryable, codeKey: string, code: TillCodeRow): Promise<void> {
  await db.query(
    `insert into till_codes (code_key, account_id, till_id, name, role, expires_at) values ($1, $2, $3, $4, $5, $6)`,
    [codeKey, code.accountId, code.tillId, code.name, code.role, code.expiresAt],
  )
}

/** Once, and by the same key again; undefined for a code that nobody was given, or that another key has used. */
export async function useTillCode(
  db: Queryable,
  codeKey: string,
  keyThumbprint: string,
): Promise<TillCodeRow | undefined> {
  const rows = await db.query<TillCodeRow>(
    `update till_codes set key_thumbprint = $2 where code_key = $1 and (key_thumbprint is null or key_thumbprint = $2)
     returning account_id as "accountId", till_id as "tillId", name, role, expires_at as "expiresAt"`,
    [codeKey, keyThumbprint],
  )
  return rows[0]
}

/** Looked for over all, and dropped one by one. */
export async function dropOldTillCodes(db: Queryable, before: Instant, limit: number): Promise<void> {
  const old = await db.query<{ codeKey: string }>(
    'select code_key as "codeKey" from till_codes /* all codes */ where expires_at < $1 limit $2',
    [before, limit],
  )
  for (const { codeKey } of old) await db.query('delete from till_codes where code_key = $1', [codeKey])
}
