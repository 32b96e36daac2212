/**
 * The journal of an account that is gone against what its holder's shops were paid in its place: it ended before they were, so that it holds still
 * what they have. Part of the audit.
 */
import { openBody } from '../../src/domain/ledger/open-record.ts'
import { settleIdOf } from '../../src/domain/ledger/steps.ts'
import type { AccountRow } from '../storage/accounts.ts'
import { type AwaitedRow, readAwaited } from '../storage/awaited.ts'
import type { Queryable } from '../storage/db.ts'
import { type RecordRow, readKnown, readRecordOf } from '../storage/records.ts'
import { readLastRestore } from '../storage/restores.ts'
import { readCrossing } from '../storage/settlements-of-before.ts'
import { AuditFault } from './audit-sides.ts'
import { hasFollowed, SIDES, valueInto } from './crossing.ts'

/** Answers the points that its shops were paid by what was kept of its vouchers. @param account one that is gone */
export async function auditClosed(db: Queryable, account: AccountRow): Promise<number> {
  let paid = 0
  for (const row of await readAwaited(db, account.accountId)) {
    const taken = await takenBy(db, row)
    if (taken === undefined || (await isSettled(db, row))) continue
    await auditVoucher(db, row)
    paid += taken
  }
  if (paid > account.held && !(await isForgotten(db, account)))
    throw new AuditFault(
      `account ${account.accountId}: its shops were paid ${paid} points, but it ended with ${account.held} held`,
    )
  return paid
}

/** Undefined: the shop has no record of it yet. */
async function takenBy(db: Queryable, row: AwaitedRow): Promise<number | undefined> {
  const record = await readRecordOf(db, row.merchantAccountId, row.commandId)
  if (record?.outcome !== 'accepted') return undefined
  const taken = -valueInto(SIDES.settle, record)
  if (taken !== row.points)
    throw new AuditFault(
      `account ${row.accountId} voucher ${row.voucherId}: its shop was paid ${taken} points for ${row.points}`,
    )
  return taken
}

/** Its own journal had settled it before it ended: then the crossing is weighed, and the row says the same once more. */
async function isSettled(db: Queryable, { accountId, voucherId, commandId }: AwaitedRow): Promise<boolean> {
  const crossing = await readCrossing(db, { accountId, crossingId: settleIdOf(voucherId) })
  if (!crossing) return false
  const { followerId, followerRecord } = crossing
  const isOther = followerId !== null && followerRecord !== null && followerRecord !== commandId
  if (isOther && (await hasFollowed(db, { followerId, followerRecord })) && !(await isRestored(db)))
    throw new AuditFault(`account ${accountId} voucher ${voucherId}: two shops were paid for it`)
  return true
}

/** As it was bought, and not ended any other way. Who was drawn paid with the entry, which nothing here names any more. */
async function auditVoucher(db: Queryable, { accountId, voucherId, points }: AwaitedRow): Promise<void> {
  const fail = (what: string): never => {
    throw new AuditFault(`account ${accountId} voucher ${voucherId}: ${what}`)
  }
  const returned = await readKnown(db, accountId, [`voucher.return:${voucherId}`])
  if (returned.size > 0 && !(await isRestored(db)))
    fail('its shop was paid, and its points had come back')
  const bought = await readRecordOf(db, accountId, voucherId)
  if (!bought || openBody(bought.body).kind !== 'voucher.redeem') return
  const held = heldBy(bought)
  if (held !== points) fail(`its shop was paid ${points} points, but ${held} were held for it`)
}

function heldBy({ body }: RecordRow): number {
  return openBody(body).transfers.reduce(
    (sum, { asset, credit, amount }) => sum + (asset === 'points' && credit === 'held' ? amount : 0),
    0,
  )
}

/** A restored backup lacks what was bought: of an account without any record it is known, elsewhere somebody has said so. */
async function isForgotten(db: Queryable, { nextSeq }: AccountRow): Promise<boolean> {
  return nextSeq === 1 || isRestored(db)
}

async function isRestored(db: Queryable): Promise<boolean> {
  return (await readLastRestore(db)) !== undefined
}
