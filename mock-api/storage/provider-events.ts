/** Reports as they came: stored before they are acknowledged, waiting until their record is there. The token goes when the record has it. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import { keyOf } from '../base/secret.ts'
import { type Queryable, valuesList } from './db.ts'

export type EventState = 'waiting' | 'posted' | 'dropped' | 'failed'

export interface EventRow {
  readonly eventKey: string
  readonly providerId: string
  /** SHA-256 of the token, hex: the same id with other bytes is another report. */
  readonly setDigest: string
  /** Null once it does not wait any more: the record has it, or nobody needs it. */
  readonly token: string | null
  readonly accountId: AccountId
  readonly state: EventState
  readonly reason: string | null
  readonly receivedAt: Instant
}

const COLUMNS = `event_key as "eventKey", provider_id as "providerId", set_digest as "setDigest", token, account_id as "accountId",
  state, reason, received_at as "receivedAt"`

export function eventKeyOf(providerId: string, jti: string): string {
  return keyOf('report', `${providerId} ${jti}`)
}

/** Those that were not there before. Always in order of their keys, so that two pushes at once wait for each other and not in a ring. */
export async function insertEvents(
  db: Queryable,
  rows: readonly Pick<EventRow, 'eventKey' | 'providerId' | 'setDigest' | 'token' | 'accountId'>[],
  { at, dueAt }: { at: Instant; dueAt: Instant },
): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set()
  const sorted = [...rows].sort((a, b) => (a.eventKey < b.eventKey ? -1 : 1))
  const inserted = await db.query<{ eventKey: string }>(
    `insert into provider_events (event_key, provider_id, set_digest, token, account_id, state, received_at, due_at)
     values ${valuesList(sorted.length, 8)} on conflict (event_key) do nothing returning event_key as "eventKey"`,
    sorted.flatMap((row) => [
      ...[row.eventKey, row.providerId, row.setDigest, row.token, row.accountId, 'waiting'],
      ...[at, dueAt],
    ]),
  )
  return new Set(inserted.map(({ eventKey }) => eventKey))
}

export async function readEvents(db: Queryable, eventKeys: readonly string[]): Promise<EventRow[]> {
  if (eventKeys.length === 0) return []
  return await db.query<EventRow>(
    `select ${COLUMNS} from provider_events where event_key = any($1::uuid[])`,
    [eventKeys],
  )
}

export interface EventEnd extends Pick<EventRow, 'eventKey' | 'providerId' | 'accountId' | 'reason'> {
  /** `waiting`: looked at again at `dueAt`. */
  readonly state: EventState
  readonly dueAt: Instant
}

/**
 * What became of events, all in one command: each is there, so that nothing is inserted. One that has an end keeps it. In order of their keys.
 */
export async function markEvents(db: Queryable, ends: readonly EventEnd[]): Promise<void> {
  if (ends.length === 0) return
  const sorted = [...ends].sort((a, b) => (a.eventKey < b.eventKey ? -1 : 1))
  await db.query(
    `insert into provider_events (event_key, provider_id, set_digest, account_id, state, reason, received_at, due_at)
     values ${valuesList(sorted.length, 8)}
     on conflict (event_key) do update set state = excluded.state, reason = excluded.reason, due_at = excluded.due_at,
       token = case when excluded.state = 'waiting' then provider_events.token else null end
       where provider_events.state = 'waiting'`,
    sorted.flatMap(({ eventKey, providerId, accountId, state, reason, dueAt }) => [
      ...[eventKey, providerId, '', accountId],
      ...[state, reason, dueAt, dueAt],
    ]),
  )
}

/** What waits; over all reports, so that only the sweeper asks. */
export async function readDueEvents(db: Queryable, now: Instant, limit: number): Promise<EventRow[]> {
  return await db.query<EventRow>(
    `select ${COLUMNS} from provider_events /* all reports */ where state = 'waiting' and due_at <= $1
      order by due_at, event_key limit $2`,
    [now, limit],
  )
}

/** How many of each provider are in each state: for the audit and the operator. */
export async function countEvents(
  db: Queryable,
): Promise<{ providerId: string; state: EventState; count: number }[]> {
  return await db.query(
    `select provider_id as "providerId", state, count(*)::bigint as count from provider_events /* all reports */
      group by provider_id, state order by provider_id, state`,
  )
}

/** Newest first, for the operator. */
export async function readFailedEvents(
  db: Queryable,
  limit: number,
): Promise<Pick<EventRow, 'eventKey' | 'providerId' | 'reason' | 'receivedAt'>[]> {
  return await db.query(
    `select event_key as "eventKey", provider_id as "providerId", reason, received_at as "receivedAt"
       from provider_events /* all reports */ where state = 'failed' order by received_at desc, event_key limit $1`,
    [limit],
  )
}
