/** Which account a phone number opens, and the codes sent to it; by key, never by number. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { Queryable } from './db.ts'

export async function readPhone(db: Queryable, phoneKey: string): Promise<AccountId | undefined> {
  const rows = await db.query<{ accountId: AccountId }>(
    'select account_id as "accountId" from phones where phone_key = $1',
    [phoneKey],
  )
  return rows[0]?.accountId
}

/** Since when the phone opens the account that it opens now. */
export async function readBoundAt(db: Queryable, phoneKey: string): Promise<Instant | undefined> {
  const rows = await db.query<{ boundAt: number }>(
    'select bound_at as "boundAt" from phones where phone_key = $1',
    [phoneKey],
  )
  return rows[0]?.boundAt
}

/** Binds the phone unless it is bound, and answers the account that it is bound to then. */
export async function bindPhone(
  db: Queryable,
  binding: { phoneKey: string; accountId: string; at: Instant },
): Promise<AccountId> {
  const { phoneKey, accountId, at } = binding
  await db.query(
    `insert into phones (phone_key, account_id, bound_at) values ($1, $2, $3) on conflict (phone_key) do nothing`,
    [phoneKey, accountId, at],
  )
  return (await readPhone(db, phoneKey)) as AccountId
}

export async function unbindPhone(db: Queryable, phoneKey: string, accountId: AccountId): Promise<void> {
  await db.query('delete from phones where phone_key = $1 and account_id = $2', [phoneKey, accountId])
}

/** Branches that were managed by signing in with this phone. */
export async function readManaged(db: Queryable, phoneKey: string): Promise<AccountId[]> {
  const rows = await db.query<{ accountId: AccountId }>(
    'select account_id as "accountId" from managed_branches where phone_key = $1 order by account_id',
    [phoneKey],
  )
  return rows.map(({ accountId }) => accountId)
}

export async function insertManaged(db: Queryable, phoneKey: string, accountId: AccountId): Promise<void> {
  await db.query(
    'insert into managed_branches (phone_key, account_id) values ($1, $2) on conflict (phone_key, account_id) do nothing',
    [phoneKey, accountId],
  )
}

export async function dropManaged(db: Queryable, phoneKey: string, accountId: AccountId): Promise<void> {
  await db.query('delete from managed_branches where phone_key = $1 and account_id = $2', [
    phoneKey,
    accountId,
  ])
}

/** The phone of an account that is gone keeps its key for a while, and opens no other account meanwhile. */
export async function restPhone(
  db: Queryable,
  rest: { phoneKey: string; accountId: AccountId; until: Instant },
): Promise<void> {
  await db.query('update phones set resting_until = $3 where phone_key = $1 and account_id = $2', [
    rest.phoneKey,
    rest.accountId,
    rest.until,
  ])
}

/** As all that sweeps here: looked for over all, and dropped by key, so that no write goes to every machine. */
export async function dropRestedPhones(db: Queryable, now: Instant, limit: number): Promise<void> {
  const rested = await db.query<{ phoneKey: string }>(
    'select phone_key as "phoneKey" from phones /* all phones */ where resting_until <= $1 limit $2',
    [now, limit],
  )
  for (const { phoneKey } of rested)
    await db.query('delete from phones where phone_key = $1 and resting_until <= $2', [phoneKey, now])
}

export async function putCode(
  db: Queryable,
  code: {
    phoneKey: string
    askerKey: string
    isKnown: boolean
    digest: string
    at: Instant
    expiresAt: Instant
  },
): Promise<void> {
  // What the same browser was let in by before: one code is its own, and no more.
  await db.query('delete from login_codes where phone_key = $1 and known_key = $2', [
    code.phoneKey,
    code.askerKey,
  ])
  await db.query(
    `insert into login_codes (phone_key, asker_key, is_known, code_digest, asked_at, expires_at, attempts, loose_attempts)
     values ($1, $2, $3, $4, $5, $6, 0, 0)
     on conflict (phone_key, asker_key) do update
       set is_known = excluded.is_known, code_digest = excluded.code_digest, asked_at = excluded.asked_at,
           expires_at = excluded.expires_at, attempts = 0, loose_attempts = 0,
           device_id = null, known_key = null, is_loose = null`,
    [code.phoneKey, code.askerKey, code.isKnown, code.digest, code.at, code.expiresAt],
  )
}

interface Attempt {
  readonly phoneKey: string
  readonly askerKey: string
  /** Of whoever presents it. */
  readonly deviceId: string
  readonly now: Instant
  readonly attemptsMax: number
}

/** A code that can be presented, by nobody yet or by the same device again. */
export interface OpenCode {
  readonly askerKey: string
  readonly digest: string
  readonly askedAt: number
  /** Which device has presented it. Null: none yet. */
  readonly deviceId: string | null
  /** Whoever presents it shows no sign of having asked. */
  readonly isLoose: boolean
}

const OPEN = 'asker_key as "askerKey", code_digest as digest, asked_at as "askedAt", device_id as "deviceId"'

/** Counts an attempt of the one who asked, under the name of then or since; `used_up`, or undefined when this one has asked for none. */
export async function tryOwnCode(
  db: Queryable,
  { phoneKey, askerKey, deviceId, now, attemptsMax }: Attempt,
): Promise<OpenCode | typeof USED_UP | undefined> {
  const rows = await db.query<Omit<OpenCode, 'isLoose'> & { attempts: number }>(
    `update login_codes set attempts = attempts + 1
      where phone_key = $1 and (asker_key = $2 or known_key = $2) and expires_at > $3 and (device_id is null or device_id = $4)
      returning ${OPEN}, attempts`,
    [phoneKey, askerKey, now, deviceId],
  )
  const [row] = rows
  if (!row) return undefined
  const { attempts, ...code } = row
  return attempts > attemptsMax ? USED_UP : { ...code, isLoose: false }
}

export const USED_UP = 'used_up'

/**
 * An attempt of somebody who shows no sign of having asked: at the last code that was sent for a stranger, and counted apart, so that it
 * burns nobody's own attempts. A code that a known browser asked for is out of reach, and so is one that was presented by another device or
 * with the asker's own name.
 */
export async function tryLooseCode(
  db: Queryable,
  { phoneKey, deviceId, now, attemptsMax }: Omit<Attempt, 'askerKey'>,
): Promise<OpenCode | undefined> {
  const [last] = await db.query<{ askerKey: string }>(
    `select asker_key as "askerKey" from login_codes
      where phone_key = $1 and expires_at > $2 and not is_known and (device_id is null or (device_id = $3 and is_loose))
      order by asked_at desc, asker_key limit 1`,
    [phoneKey, now, deviceId],
  )
  if (!last) return undefined
  const rows = await db.query<Omit<OpenCode, 'isLoose'>>(
    `update login_codes set loose_attempts = loose_attempts + 1
      where phone_key = $1 and asker_key = $2 and loose_attempts < $3 returning ${OPEN}`,
    [phoneKey, last.askerKey, attemptsMax],
  )
  return rows[0] && { ...rows[0], isLoose: true }
}

/** A code is one device's: of two that present it together, one gets true, and again as often as it asks. */
export async function useCode(
  db: Queryable,
  { askerKey, digest, isLoose }: OpenCode,
  opened: { phoneKey: string; deviceId: string; knownKey: string },
): Promise<boolean> {
  const { phoneKey, deviceId, knownKey } = opened
  const rows = await db.query(
    `update login_codes set device_id = $4, known_key = $5, is_loose = $6
      where phone_key = $1 and asker_key = $2 and code_digest = $3 and (device_id is null or device_id = $4)
      returning phone_key`,
    [phoneKey, askerKey, digest, deviceId, knownKey, isLoose],
  )
  return rows.length > 0
}

interface SmsRow {
  readonly text: string
  readonly code: string
  readonly sentAt: number
}

export async function putSms(db: Queryable, phoneKey: string, message: SmsRow): Promise<void> {
  await db.query(
    `insert into sms_messages (phone_key, text, code, sent_at) values ($1, $2, $3, $4)
     on conflict (phone_key) do update set text = excluded.text, code = excluded.code, sent_at = excluded.sent_at`,
    [phoneKey, message.text, message.code, message.sentAt],
  )
}

export async function readSms(db: Queryable, phoneKey: string): Promise<SmsRow | undefined> {
  const rows = await db.query<SmsRow>(
    'select text, code, sent_at as "sentAt" from sms_messages where phone_key = $1',
    [phoneKey],
  )
  return rows[0]
}

/** Old codes and messages, and windows long past, are of no use to anybody. */
export async function dropOldCodes(db: Queryable, before: Instant, limit: number): Promise<void> {
  const codes = await db.query<{ phoneKey: string }>(
    'select distinct phone_key as "phoneKey" from login_codes /* all phones */ where expires_at < $1 limit $2',
    [before, limit],
  )
  for (const { phoneKey } of codes)
    await db.query('delete from login_codes where phone_key = $1 and expires_at < $2', [phoneKey, before])
  const messages = await db.query<{ phoneKey: string }>(
    'select phone_key as "phoneKey" from sms_messages /* all phones */ where sent_at < $1 limit $2',
    [before, limit],
  )
  for (const { phoneKey } of messages)
    await db.query('delete from sms_messages where phone_key = $1 and sent_at < $2', [phoneKey, before])
}

/** What is kept under the phone of an account that is gone. */
export async function dropCodes(db: Queryable, phoneKey: string): Promise<void> {
  await db.query('delete from login_codes where phone_key = $1', [phoneKey])
  await db.query('delete from sms_messages where phone_key = $1', [phoneKey])
}
