/**
 * The journal of an account that is gone against what its holder's shops were paid in its place: it ended before they were, so that it holds still
 * what they have. Part of the audit.
 */
import { openBody, openDetail } from '../../src/domain/ledger/open-record.ts'
import { settleIdOf } from '../../src/domain/ledger/steps.ts'
import { type AccountRow, readOpenedAt } from '../storage/accounts.ts'
import { type AwaitedRow, readAwaited } from '../storage/awaited.ts'
import type { Queryable } from '../storage/db.ts'
import { type RecordRow, readRecordOf } from '../storage/records.ts'
import { readCrossing } from '../storage/settlements-of-before.ts'
import { AuditFault } from './audit-sides.ts'
import { SIDES, valueInto } from './crossing.ts'

/** Answers the points that its shops were paid by what was kept of its vouchers. @param account one that is gone */
export async function auditClosed(
  db: Queryable,
  { accountId }: Pick<AccountRow, 'accountId'>,
): Promise<number> {
  let paid = 0
  for (const row of await readAwaited(db, accountId)) {
    const acceptance = await readRecordOf(db, row.merchantAccountId, row.commandId)
    // The shop has no record of it yet, or the journal had settled it before it ended: then the crossing is weighed.
    if (acceptance?.outcome !== 'accepted' || (await isSettled(db, row))) continue
    await auditVoucher(db, row, acceptance)
    paid += row.points
  }
  return paid
}

async function isSettled(db: Queryable, { accountId, voucherId }: AwaitedRow): Promise<boolean> {
  return (await readCrossing(db, { accountId, crossingId: settleIdOf(voucherId) })) !== undefined
}

/** What a restored backup has forgotten was lost, and not invented. Who was drawn paid with the entry, which nothing here names any more. */
async function auditVoucher(db: Queryable, row: AwaitedRow, acceptance: RecordRow): Promise<void> {
  const { accountId, voucherId, points } = row
  const fail = (what: string): never => {
    throw new AuditFault(`account ${accountId} voucher ${voucherId}: ${what}`)
  }
  const taken = -valueInto(SIDES.settle, acceptance)
  if (taken !== points) fail(`its shop was paid ${taken} points for ${points}`)
  const bought = await readRecordOf(db, accountId, voucherId)
  if (!bought) return
  const { kind } = openBody(bought.body)
  if (kind !== 'voucher.redeem' && kind !== 'draw.won') fail('its shop was paid for what is no voucher')
  if (kind === 'voucher.redeem' && heldBy(bought) !== points)
    fail(`its shop was paid ${points} points, but ${heldBy(bought)} were held for it`)
  if (await hadComeBack(db, row, acceptance)) fail('its shop was paid, and its points had come back before')
}

/**
 * Before its shop was paid first. A backup that lacked the acceptance let the points come back, and the shop's proof stands: with a holder who is
 * there that is a debt. So it is where the holder's journal was lost, and a phone brought it back to an account that was paid for meanwhile.
 */
async function hadComeBack(
  db: Queryable,
  { accountId, voucherId, paidAt }: AwaitedRow,
  acceptance: RecordRow,
): Promise<boolean> {
  const returned = await readRecordOf(db, accountId, `voucher.return:${voucherId}`)
  const told = openDetail(acceptance.detail)
  // The words of a shop that is gone went with it: then the row says when it was paid first, unless it is one of before.
  const firstAt = told ? (told.provenAt ?? acceptance.postedAt) : paidAt
  if (!returned || firstAt === null) return false
  const openedAt = await readOpenedAt(db, accountId)
  const wasHere = openedAt !== undefined && openedAt <= returned.postedAt
  return wasHere && returned.postedAt < firstAt
}

function heldBy({ body }: RecordRow): number {
  return openBody(body).transfers.reduce(
    (sum, { asset, credit, amount }) => sum + (asset === 'points' && credit === 'held' ? amount : 0),
    0,
  )
}
