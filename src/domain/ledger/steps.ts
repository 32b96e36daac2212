/**
 * What the backend does to an account without being asked: a voucher's end, its return, its settlement, a lot's end, the close of a shop's day. Each step's id is derived
 * from what it ends, so that two sweepers, or one that crashed half-way, cannot do it twice.
 */
import type { VoucherId } from '../base/ids.ts'
import type { Day, Instant } from '../base/time.ts'
import { endLotStep } from '../kinds/lot-expire.ts'
import { closeStep, unstatedIn } from '../kinds/statement-close.ts'
import { expireStep } from '../kinds/voucher-expire.ts'
import { returnStep } from '../kinds/voucher-return.ts'
import { dayEndsAt } from '../offers/day-end.ts'
import type { OpenVoucher } from '../offers/voucher.ts'
import type { Ledger } from './ledger-state.ts'
import { lotExpiresAt } from './lot.ts'
import type { Step } from './step.ts'
import { balanceOf } from './transfer.ts'

export { settleIdOf, settleStep, settleUnknownStep } from '../kinds/voucher-settle.ts'

/** All that is due on the account, in the order in which it fell due. */
export function dueSteps(ledger: Ledger, now: Instant): Step[] {
  const debt = { left: -balanceOf(ledger.balances, 'points', 'owed') }
  const due: { at: Instant; step: () => Step }[] = []
  for (const [id, voucher] of Object.entries(ledger.vouchers) as [VoucherId, OpenVoucher][]) {
    const { returnsAt, expiresAt } = voucher
    if (returnsAt !== undefined)
      due.push({ at: returnsAt, step: () => returnStep(id, voucher, { now, debt }) })
    else due.push({ at: expiresAt, step: () => expireStep(id, voucher) })
  }
  for (const lot of ledger.lots)
    due.push({ at: lotExpiresAt(lot.month), step: () => endLotStep(lot, ledger.seq) })
  const { takings } = ledger
  const unstated = unstatedIn(ledger)
  for (const day of Object.keys(takings?.days ?? {}) as Day[])
    if (takings) due.push({ at: dayEndsAt(day), step: () => closeStep(takings, day, unstated) })
  return due
    .filter(({ at }) => at <= now)
    .sort((a, b) => a.at - b.at)
    .map(({ step }) => step()) // in their order, since each return leaves less of a debt for the next, each day less to be stated
}
