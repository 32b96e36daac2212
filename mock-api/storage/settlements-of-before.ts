/**
 * Crossings beside the form of before, the table `settlements`, for as long as processes of the version before may run beside this one: those read
 * and write nothing else. So everything is written in both forms, in one transaction, and what only the older form has is read from there.
 *
 * With the next version this file goes: its callers import the same names from crossings.ts, `insertSettlement` leaves book/beside.ts,
 * `takeOverStale` and `takeOverOf` their sweeps, `readUntakenAfter` the audit; and its migration does once more what `TAKE_OVER` does here, for
 * all rows. The table itself is dropped by the version after that, when nobody writes it any more.
 */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import { settleIdOf } from '../../src/domain/ledger/steps.ts'
import type { CrossingKey, CrossingRow, Follower } from './crossings.ts'
import * as crossings from './crossings.ts'
import type { Db, Queryable } from './db.ts'

/** A settlement, as the crossing that it is. */
const AS_CROSSING = `account_id, 'voucher.settle:' || voucher_id as crossing_id, 'settle' as kind, merchant_account_id as follower_id,
  command_id as follower_record, command_text as step, null as sent, case state when 'posted' then 'done' else 'open' end as state, null as reason,
  settled_at as at`

const PREFIX = settleIdOf('')

/** Undefined: no settlement, so that the older form does not have it. */
function voucherIn({ crossingId }: Pick<CrossingKey, 'crossingId'>): string | undefined {
  return crossingId.startsWith(PREFIX) ? crossingId.slice(PREFIX.length) : undefined
}

/** As both forms together tell it: an older process may have written it alone, or may have learnt whom it went to. */
export async function readCrossing(db: Queryable, key: CrossingKey): Promise<CrossingRow | undefined> {
  const row = await crossings.readCrossing(db, key)
  if (row && !crossings.isAwaited(row)) return row
  const [before] = await db.query<CrossingRow>(
    `select ${crossings.CROSSING_COLUMNS} from (
       select ${AS_CROSSING} from settlements where account_id = $1 and voucher_id = $2) as settled`,
    [key.accountId, voucherIn(key) ?? null],
  )
  return before ?? row
}

/** In the transaction of the driver's record, beside the crossing. */
export async function insertSettlement(tx: Queryable, row: CrossingRow): Promise<void> {
  const { accountId, followerId, followerRecord, step, at } = row
  const voucherId = voucherIn(row)
  if (voucherId === undefined) return
  const open = step === null ? 'awaited' : 'claimed'
  await tx.query(
    `insert into settlements (account_id, voucher_id, merchant_account_id, command_id, command_text, state, settled_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [accountId, voucherId, followerId, followerRecord, step, row.state === 'done' ? 'posted' : open, at],
  )
}

/** What only an older process wrote, or what it knew better. Of one voucher, or all of the account (null). */
const TAKE_OVER = `insert into crossings (account_id, crossing_id, kind, follower_id, follower_record, step, sent, state, reason, at)
  select ${AS_CROSSING} from settlements where account_id = $1 and ($2::text is null or voucher_id = $2)
  on conflict (account_id, crossing_id) do update set follower_id = excluded.follower_id,
    follower_record = excluded.follower_record, step = excluded.step, state = excluded.state
    where crossings.state = 'open' and crossings.step is null`

export async function takeOverOf(db: Queryable, accountId: AccountId): Promise<void> {
  await db.query(TAKE_OVER, [accountId, null])
}

/** What a process of before left unfinished: it becomes a crossing, which the sweeper finishes. */
export async function takeOverStale(db: Queryable, before: Instant, limit: number): Promise<void> {
  const stale = await db.query<{ accountId: AccountId; voucherId: string }>(
    `select account_id as "accountId", voucher_id as "voucherId" from settlements s /* all accounts */
      where state = 'claimed' and settled_at < $1 and not exists (select 1 from crossings c
              where c.account_id = s.account_id and c.crossing_id = 'voucher.settle:' || s.voucher_id)
      order by settled_at limit $2`,
    [before, limit],
  )
  for (const { accountId, voucherId } of stale) await db.query(TAKE_OVER, [accountId, voucherId])
}

export async function finishCrossing(db: Db, key: CrossingKey, reason: CrossingRow['reason']): Promise<void> {
  const voucherId = voucherIn(key) ?? null
  await db.transaction(async (tx) => {
    await tx.query(
      `update settlements set state = 'posted', command_text = null where account_id = $1 and voucher_id = $2`,
      [key.accountId, voucherId],
    )
    if (await crossings.finishCrossing(tx, key, reason)) return
    await tx.query(TAKE_OVER, [key.accountId, voucherId])
  })
}

/** Whoever was named first in either form stands: an older process may be naming at the same time. */
export async function nameCrossing(db: Db, key: CrossingKey, follower: Follower): Promise<void> {
  const voucherId = voucherIn(key) ?? null
  await db.transaction(async (tx) => {
    await tx.query(
      `update settlements set merchant_account_id = $3, command_id = $4, state = 'posted'
        where account_id = $1 and voucher_id = $2 and state = 'awaited' and (command_id is null or command_id = $4)`,
      [key.accountId, voucherId, follower.followerId, follower.followerRecord],
    )
    await tx.query(TAKE_OVER, [key.accountId, voucherId])
    await crossings.nameCrossing(tx, key, follower)
  })
}

/** Settlements that no crossing stands for yet. For the audit, in order of holder and voucher. */
export async function readUntakenAfter(
  db: Queryable,
  after: CrossingKey,
  limit: number,
): Promise<CrossingRow[]> {
  return await db.query<CrossingRow>(
    `select ${crossings.CROSSING_COLUMNS} from (
       select ${AS_CROSSING} from settlements s /* all accounts */
        where (account_id, voucher_id) > ($1, $2) and not exists (select 1 from crossings c
                where c.account_id = s.account_id and c.crossing_id = 'voucher.settle:' || s.voucher_id)
        order by account_id, voucher_id limit $3) as untaken`,
    [after.accountId, voucherIn(after) ?? '', limit],
  )
}
