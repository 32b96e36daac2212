/**
 * What crosses accounts. The driver decides: its record and the row here are one transaction. Then the follower gets its step, or its own
 * command; what a crash interrupts in between, the sweeper finishes. No statement names two accounts.
 */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { Queryable } from './db.ts'

/**
 * `settle`: a holder's voucher is settled, and the shop that accepted it is credited. `donation`: somebody gave, and who receives is credited.
 * `refund`: a shop takes back what it accepted, and the holder has the points again. `payout`: a shop's statement is paid.
 */
export type CrossingKind = 'settle' | 'donation' | 'refund' | 'payout'

export interface CrossingKey {
  /** The driver's. */
  readonly accountId: AccountId
  /** The id of the driver's record. */
  readonly crossingId: string
}

/** Who follows, and the id of the record by which they do. */
export interface Follower {
  readonly followerId: AccountId
  readonly followerRecord: string
}

export interface CrossingRow extends CrossingKey {
  readonly kind: CrossingKind
  /** Both null when the driver's record came back with an older journal, which does not name the follower. */
  readonly followerId: AccountId | null
  readonly followerRecord: string | null
  /**
   * What the follower is to be given while it is open; null when it is done, and when the driver's record came back with its journal: then
   * nothing is given, and the follower's own record is awaited.
   */
  readonly step: string | null
  /** Of a shop's command while it is open: the till that sent it and when the voucher was taken, as canonical JSON. Null where nobody noted it. */
  readonly sent: string | null
  readonly state: 'open' | 'done'
  /**
   * Done without a record of the follower, whose account is deleted. `gone`: what crossed stays in transit. `sponsor`: the sponsor followed in its
   * place, by a record of the same id.
   */
  readonly reason: 'gone' | 'sponsor' | null
  readonly at: Instant
}

export const CROSSING_COLUMNS = `account_id as "accountId", crossing_id as "crossingId", kind, follower_id as "followerId",
  follower_record as "followerRecord", step, sent, state, reason, at`

export function isAwaited({ state, step }: Pick<CrossingRow, 'state' | 'step'>): boolean {
  return state === 'open' && step === null
}

export async function readCrossing(
  db: Queryable,
  { accountId, crossingId }: CrossingKey,
): Promise<CrossingRow | undefined> {
  const rows = await db.query<CrossingRow>(
    `select ${CROSSING_COLUMNS} from crossings where account_id = $1 and crossing_id = $2`,
    [accountId, crossingId],
  )
  return rows[0]
}

/** Whether the account has driven anything that this record is to follow. */
export async function hasCrossingTo(
  db: Queryable,
  accountId: AccountId,
  followerRecord: string,
): Promise<boolean> {
  const rows = await db.query(
    'select crossing_id from crossings where account_id = $1 and follower_record = $2 limit 1',
    [accountId, followerRecord],
  )
  return rows.length > 0
}

/** In the transaction of the driver's record: both are there, or neither. */
export async function insertCrossing(tx: Queryable, row: CrossingRow): Promise<void> {
  await tx.query(
    `insert into crossings (account_id, crossing_id, kind, follower_id, follower_record, step, sent, state, reason, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[row.accountId, row.crossingId, row.kind, row.followerId, row.followerRecord],
      ...[row.step, row.sent, row.state, row.reason, row.at],
    ],
  )
}

/** The follower's record is there, or never will be. Answers whether it was open until now. */
export async function finishCrossing(
  db: Queryable,
  { accountId, crossingId }: CrossingKey,
  reason: CrossingRow['reason'],
): Promise<boolean> {
  const rows = await db.query(
    `update crossings set state = 'done', step = null, sent = null, reason = $3
      where account_id = $1 and crossing_id = $2 and state = 'open' returning crossing_id`,
    [accountId, crossingId, reason],
  )
  return rows.length > 0
}

/** The follower's record is there, and an awaited crossing has that name by now, if it had none. Another name stays. */
export async function nameCrossing(
  db: Queryable,
  { accountId, crossingId }: CrossingKey,
  { followerId, followerRecord }: Follower,
): Promise<void> {
  await db.query(
    `update crossings set follower_id = $3, follower_record = $4, state = 'done'
      where account_id = $1 and crossing_id = $2 and state = 'open' and step is null
        and (follower_record is null or follower_record = $4)`,
    [accountId, crossingId, followerId, followerRecord],
  )
}

/** An awaited crossing of this name has that one by now, and its record is there. */
export async function renameCrossing(
  db: Queryable,
  { accountId, crossingId }: CrossingKey,
  from: Follower,
  { followerId, followerRecord }: Follower,
): Promise<void> {
  await db.query(
    `update crossings set follower_id = $3, follower_record = $4, state = 'done'
      where account_id = $1 and crossing_id = $2 and state = 'open' and step is null and follower_record = $5`,
    [accountId, crossingId, followerId, followerRecord, from.followerRecord],
  )
}

/** Those that one account drove, and whose follower was not seen yet. */
export async function readAwaitedCrossings(db: Queryable, accountId: AccountId): Promise<CrossingRow[]> {
  return await db.query<CrossingRow>(
    `select ${CROSSING_COLUMNS} from crossings where account_id = $1 and state = 'open' and step is null`,
    [accountId],
  )
}

/** Vouchers of one account that are settled, and whose shop has its record still to come. */
export async function readOpenSettlements(db: Queryable, accountId: AccountId): Promise<CrossingRow[]> {
  return await db.query<CrossingRow>(
    `select ${CROSSING_COLUMNS} from crossings
      where account_id = $1 and kind = 'settle' and state = 'open' and step is not null`,
    [accountId],
  )
}

/** What a crash interrupted; over all accounts, so that only the sweeper asks. */
export async function readStaleCrossings(
  db: Queryable,
  before: Instant,
  limit: number,
): Promise<CrossingRow[]> {
  return await db.query<CrossingRow>(
    `select ${CROSSING_COLUMNS} from crossings /* all accounts */
      where state = 'open' and step is not null and at < $1 order by at limit $2`,
    [before, limit],
  )
}

/** Before the first in order. */
export const FIRST_CROSSING: CrossingKey = {
  accountId: '00000000-0000-0000-0000-000000000000' as AccountId,
  crossingId: '',
}

/** For the audit, in order of driver and crossing. */
export async function readCrossingsAfter(
  db: Queryable,
  after: CrossingKey,
  limit: number,
): Promise<CrossingRow[]> {
  return await db.query<CrossingRow>(
    `select ${CROSSING_COLUMNS} from crossings /* all accounts */
      where (account_id, crossing_id) > ($1, $2) order by account_id, crossing_id limit $3`,
    [after.accountId, after.crossingId, limit],
  )
}
