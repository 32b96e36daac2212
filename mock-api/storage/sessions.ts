/** Sessions by their token's key, the account's list of devices, and the accounts that a device has been. */
import type { AccountId } from '../../src/domain/ids.ts'
import type { Instant } from '../../src/domain/time.ts'
import type { Queryable } from './db.ts'

export interface SessionRow {
  readonly tokenKey: string
  readonly accountId: AccountId
  readonly deviceId: string
  readonly lastSeenAt: number
  readonly revokedAt: number | null
}

export async function readSession(db: Queryable, tokenKey: string): Promise<SessionRow | undefined> {
  const rows = await db.query<SessionRow>(
    `select token_key as "tokenKey", account_id as "accountId", device_id as "deviceId", last_seen_at as "lastSeenAt", revoked_at as "revokedAt"
       from sessions where token_key = $1`,
    [tokenKey],
  )
  return rows[0]
}

export async function insertSession(
  db: Queryable,
  session: { tokenKey: string; accountId: string; deviceId: string; at: Instant },
): Promise<void> {
  const { tokenKey, accountId, deviceId, at } = session
  await db.query(
    'insert into sessions (token_key, account_id, device_id, created_at, last_seen_at) values ($1, $2, $3, $4, $4)',
    [tokenKey, accountId, deviceId, at],
  )
}

export async function revokeSession(db: Queryable, tokenKey: string, at: Instant): Promise<void> {
  await db.query('update sessions set revoked_at = $2 where token_key = $1 and revoked_at is null', [
    tokenKey,
    at,
  ])
}

export interface DeviceRow {
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

/** Names of devices are personal; the sessions stay, only to answer that the account is gone. */
export async function dropDevices(db: Queryable, accountId: AccountId): Promise<void> {
  await db.query('delete from devices where account_id = $1', [accountId])
}

export async function noteSeen(db: Queryable, session: SessionRow, at: Instant): Promise<void> {
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
