/** Sessions by their token's key, the account's list of devices, and the accounts that a device has been. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { HelperId } from '../../src/domain/ledger/helping.ts'
import type { TillRole } from '../../src/domain/ledger/till.ts'
import type { Queryable } from './db.ts'

export interface SessionRow {
  readonly tokenKey: string
  readonly accountId: AccountId
  /** This and the times are null when the account is gone: the row only says so. */
  readonly deviceId: string | null
  readonly createdAt: number | null
  readonly lastSeenAt: number | null
  readonly revokedAt: number | null
  /** Null: it has not been asked with, as far as is known. */
  readonly usedAt: number | null
  readonly secretDigest: string | null
  readonly secretUsedAt: number | null
  /** Null: the owner's. `log`: of this helper. `till`, `manager`: of this till. */
  readonly scope: 'log' | 'till' | 'manager' | null
  readonly helperId: HelperId | null
  readonly tillId: string | null
}

export async function readSession(db: Queryable, tokenKey: string): Promise<SessionRow | undefined> {
  const rows = await db.query<SessionRow>(
    `select token_key as "tokenKey", account_id as "accountId", device_id as "deviceId", created_at as "createdAt", last_seen_at as "lastSeenAt",
            revoked_at as "revokedAt", used_at as "usedAt", secret_digest as "secretDigest", secret_used_at as "secretUsedAt", scope, helper_id as "helperId",
            till_id as "tillId"
       from sessions where token_key = $1`,
    [tokenKey],
  )
  return rows[0]
}

/** Said again, it is what it was. */
export async function insertSession(
  db: Queryable,
  session: {
    tokenKey: string
    accountId: string
    deviceId: string
    at: Instant
    /** Null: the device's app takes none. */
    secretDigest: string | null
    /** Whose it is, where it is not the owner's. */
    helperId?: HelperId
    till?: { readonly id: string; readonly role: TillRole }
  },
): Promise<void> {
  const { tokenKey, accountId, deviceId, at, secretDigest, helperId = null, till } = session
  await db.query(
    `insert into sessions (token_key, account_id, device_id, created_at, last_seen_at, secret_digest, secret_used_at, scope, helper_id, till_id)
     values ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9) on conflict (token_key) do nothing`,
    [
      ...[tokenKey, accountId, deviceId, at, secretDigest, secretDigest === null ? null : at],
      ...[till?.role ?? (helperId === null ? null : 'log'), helperId, till?.id ?? null],
    ],
  )
}

/** Made out anew until it has been used. */
export async function offerSecret(db: Queryable, tokenKey: string, digest: string): Promise<void> {
  await db.query(
    'update sessions set secret_digest = $2 where token_key = $1 and secret_used_at is null and secret_digest is distinct from $2',
    [tokenKey, digest],
  )
}

export async function noteSecretUsed(db: Queryable, tokenKey: string, at: Instant): Promise<void> {
  await db.query('update sessions set secret_used_at = $2 where token_key = $1 and secret_used_at is null', [
    tokenKey,
    at,
  ])
}

/** Its answer has arrived. */
export async function noteUsed(db: Queryable, tokenKey: string, at: Instant): Promise<void> {
  await db.query('update sessions set used_at = $2 where token_key = $1 and used_at is null', [tokenKey, at])
}

export async function revokeSession(db: Queryable, tokenKey: string, at: Instant): Promise<void> {
  await db.query('update sessions set revoked_at = $2 where token_key = $1 and revoked_at is null', [
    tokenKey,
    at,
  ])
}

interface DeviceRow {
  readonly deviceId: string
  readonly tokenKey: string
  readonly name: string
  readonly signedInAt: number
  readonly lastSeenAt: number
}

export async function readDevices(db: Queryable, accountId: AccountId): Promise<DeviceRow[]> {
  return await db.query<DeviceRow>(
    `select device_id as "deviceId", token_key as "tokenKey", name, signed_in_at as "signedInAt", last_seen_at as "lastSeenAt"
       from devices where account_id = $1 order by last_seen_at desc, device_id`,
    [accountId],
  )
}

export async function putDevice(
  db: Queryable,
  device: { accountId: string; deviceId: string; tokenKey: string; name: string; at: Instant },
): Promise<void> {
  const { accountId, deviceId, tokenKey, name, at } = device
  await db.query(
    `insert into devices (account_id, device_id, token_key, name, signed_in_at, last_seen_at) values ($1, $2, $3, $4, $5, $5)
     on conflict (account_id, device_id) do update
       set token_key = excluded.token_key, name = excluded.name, signed_in_at = excluded.signed_in_at, last_seen_at = excluded.last_seen_at`,
    [accountId, deviceId, tokenKey, name, at],
  )
}

export async function dropDevice(db: Queryable, accountId: AccountId, deviceId: string): Promise<void> {
  await db.query('delete from devices where account_id = $1 and device_id = $2', [accountId, deviceId])
}

/** Names of devices are personal. */
export async function dropDevices(db: Queryable, accountId: AccountId): Promise<void> {
  await db.query('delete from devices where account_id = $1', [accountId])
}

/** All that is left of an account's sessions is whose they were, to answer that it is gone. Rare: looked for over all, and done by key. */
export async function emptySessions(db: Queryable, accountId: AccountId): Promise<void> {
  const sessions = await db.query<{ tokenKey: string }>(
    'select token_key as "tokenKey" from sessions /* all sessions */ where account_id = $1',
    [accountId],
  )
  for (const { tokenKey } of sessions) {
    await db.query('delete from sessions where token_key = $1 and revoked_at is not null', [tokenKey])
    await db.query(
      `update sessions set device_id = null, created_at = null, last_seen_at = null, used_at = null, secret_digest = null, secret_used_at = null, helper_id = null, till_id = null
        where token_key = $1`,
      [tokenKey],
    )
  }
  const devices = await db.query<{ deviceId: string }>(
    'select device_id as "deviceId" from device_accounts /* all devices */ where account_id = $1',
    [accountId],
  )
  for (const { deviceId } of devices)
    await db.query('delete from device_accounts where device_id = $1 and account_id = $2', [
      deviceId,
      accountId,
    ])
}

interface Ends {
  /** Seen last at or before this. */
  readonly idle: Instant
  /** Begun at or before this. */
  readonly total: Instant
}

/** Sessions that were ended, or have ended by themselves. */
export async function dropEndedSessions(db: Queryable, ends: Ends, limit: number): Promise<void> {
  const ended = await db.query<{ tokenKey: string }>(
    `select token_key as "tokenKey" from sessions /* all sessions */
      where revoked_at is not null or last_seen_at <= $1 or created_at <= $2 limit $3`,
    [ends.idle, ends.total, limit],
  )
  for (const { tokenKey } of ended)
    await db.query(
      `delete from sessions
        where token_key = $1 and (revoked_at is not null or last_seen_at <= $2 or created_at <= $3)`,
      [tokenKey, ends.idle, ends.total],
    )
}

/** Devices whose sessions have ended by themselves. */
export async function readEndedDevices(
  db: Queryable,
  ends: Ends,
  limit: number,
): Promise<{ accountId: AccountId; deviceId: string }[]> {
  return db.query(
    `select account_id as "accountId", device_id as "deviceId" from devices
      where last_seen_at <= $1 or signed_in_at <= $2 limit $3 /* all accounts */`,
    [ends.idle, ends.total, limit],
  )
}

export async function noteSeen(
  db: Queryable,
  session: { tokenKey: string; accountId: AccountId; deviceId: string },
  at: Instant,
): Promise<void> {
  await db.query('update sessions set last_seen_at = $2 where token_key = $1', [session.tokenKey, at])
  await db.query('update devices set last_seen_at = $3 where account_id = $1 and device_id = $2', [
    session.accountId,
    session.deviceId,
    at,
  ])
}

export async function noteDeviceAccount(
  db: Queryable,
  use: { deviceId: string; accountId: string; at: Instant },
): Promise<void> {
  await db.query(
    `insert into device_accounts (device_id, account_id, first_at) values ($1, $2, $3)
     on conflict (device_id, account_id) do nothing`,
    [use.deviceId, use.accountId, use.at],
  )
}

export async function countDeviceAccounts(db: Queryable, deviceId: string): Promise<number> {
  const rows = await db.query<{ count: number }>(
    'select count(*) as count from device_accounts where device_id = $1 /* by device */',
    [deviceId],
  )
  return rows[0]?.count ?? 0
}
