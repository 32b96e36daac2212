/** Who has come in to log for an account, and the codes by which one does. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { HelperId } from '../../src/domain/ledger/helping.ts'
import type { Queryable } from './db.ts'

interface HelperRow {
  readonly helperId: HelperId
  readonly joinedAt: number
}

export async function readHelpers(db: Queryable, accountId: AccountId): Promise<HelperRow[]> {
  return await db.query<HelperRow>(
    'select helper_id as "helperId", joined_at as "joinedAt" from helpers where account_id = $1 order by joined_at, helper_id',
    [accountId],
  )
}

/** False: another phone has come in by this invitation. */
export async function putHelper(
  db: Queryable,
  helper: { accountId: AccountId; helperId: HelperId; deviceId: string; at: Instant },
): Promise<boolean> {
  const { accountId, helperId, deviceId, at } = helper
  const rows = await db.query(
    `insert into helpers (account_id, helper_id, device_id, joined_at) values ($1, $2, $3, $4)
     on conflict (account_id, helper_id) do update set joined_at = helpers.joined_at where helpers.device_id = excluded.device_id
     returning helper_id`,
    [accountId, helperId, deviceId, at],
  )
  return rows.length > 0
}

export async function dropHelper(db: Queryable, accountId: AccountId, helperId: string): Promise<void> {
  await db.query('delete from helpers where account_id = $1 and helper_id = $2', [accountId, helperId])
}

export async function dropAllHelpers(db: Queryable, accountId: AccountId): Promise<void> {
  await db.query('delete from helpers where account_id = $1', [accountId])
}

interface HelperCode {
  readonly accountId: AccountId
  readonly helperId: HelperId
  readonly expiresAt: number
}

export async function insertHelperCode(db: Queryable, code: HelperCode & { codeKey: string }): Promise<void> {
  await db.query(
    'insert into helper_codes (code_key, account_id, helper_id, expires_at) values ($1, $2, $3, $4)',
    [code.codeKey, code.accountId, code.helperId, code.expiresAt],
  )
}

/** Once, and by the same phone again; undefined for a code that nobody was given, or that another phone has used. */
export async function useHelperCode(
  db: Queryable,
  codeKey: string,
  deviceId: string,
): Promise<HelperCode | undefined> {
  const rows = await db.query<HelperCode>(
    `update helper_codes set device_id = $2 where code_key = $1 and (device_id is null or device_id = $2)
     returning account_id as "accountId", helper_id as "helperId", expires_at as "expiresAt"`,
    [codeKey, deviceId],
  )
  return rows[0]
}

/** Looked for over all, and dropped one by one. */
export async function dropOldHelperCodes(db: Queryable, before: Instant, limit: number): Promise<void> {
  const old = await db.query<{ codeKey: string }>(
    'select code_key as "codeKey" from helper_codes /* all codes */ where expires_at < $1 limit $2',
    [before, limit],
  )
  await dropCodes(db, old)
}

/** Rare: of an account that goes. */
export async function dropHelperCodes(db: Queryable, accountId: AccountId): Promise<void> {
  const codes = await db.query<{ codeKey: string }>(
    'select code_key as "codeKey" from helper_codes /* all codes */ where account_id = $1',
    [accountId],
  )
  await dropCodes(db, codes)
}

async function dropCodes(db: Queryable, codes: readonly { codeKey: string }[]): Promise<void> {
  for (const { codeKey } of codes) await db.query('delete from helper_codes where code_key = $1', [codeKey])
}
