/** A shop has taken back what it gave for a voucher: its points come home to the lots that they came from, by the rules of returns. */
import type { OfferId, VoucherId } from '../base/ids.ts'
import { type Month, monthOf } from '../base/time.ts'
import type { Points } from '../base/units.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import {
  mergeProlonged,
  type PartOfPrice,
  prolongedIn,
  returnedParts,
  setProlonged,
} from '../ledger/prolonged.ts'
import type { RecordBody, RecordDetail } from '../ledger/record.ts'
import type { Step } from '../ledger/step.ts'
import { balanceOf, type Transfer } from '../ledger/transfer.ts'
import { addFen } from '../offers/value-limits.ts'
import { noDays, type StepRules } from './kind.ts'
import { freeLimit } from './voucher-return.ts'

export const voucherRefunded: StepRules = {
  needs: noDays,
  post(ledger, _body, { about, prolonged, refunded }) {
    if (prolonged) setProlonged(ledger, mergeProlonged(ledger.prolonged, prolonged))
    if (refunded) freeLimit(ledger, refunded.offerId as OfferId)
    if (refunded?.had) addFen(ledger, -refunded.had.fen, refunded.had.at)
    const id = about as VoucherId
    const settled = ledger.settled?.[id]
    if (settled) ledger.settled = { ...ledger.settled, [id]: { ...settled, refunded: true } }
  },
}

/** One a voucher, so that it comes back once. */
export function refundedIdOf(voucherId: string): string {
  return `voucher.refunded:${voucherId}`
}

/** @param settlement the record by which the shop was paid: it says which lots the points came from. */
export function refundedStep(
  id: VoucherId,
  settlement: { readonly body: RecordBody; readonly detail: Pick<RecordDetail, 'prolonged'> | undefined },
  { ledger, now }: { readonly ledger: Ledger; readonly now: number },
): Step {
  let debt = -balanceOf(ledger.balances, 'points', 'owed')
  const transfers: Transfer[] = []
  const back: PartOfPrice[] = []
  for (const part of partsOf(settlement)) {
    const repaid: Points = Math.min(debt, part.points)
    debt -= repaid
    const moved = { asset: 'points', debit: 'merchant' } as const
    if (repaid > 0) transfers.push({ ...moved, credit: 'owed', amount: repaid, lot: part.month })
    for (const each of returnedParts(part, { repaid, at: now })) {
      transfers.push({ ...moved, credit: 'available', amount: each.points, lot: each.month })
      back.push(each)
    }
  }
  const prolonged = prolongedIn(back)
  const step = { id: refundedIdOf(id), kind: 'voucher.refunded', transfers, about: id } as const
  return prolonged ? { ...step, prolonged } : step
}

/** What was paid as a debt came from no lot: it counts as of the month in which it was paid. */
function partsOf({ body, detail }: Parameters<typeof refundedStep>[1]): PartOfPrice[] {
  const prolonged = { ...detail?.prolonged }
  return body.transfers
    .filter(({ asset, credit }) => asset === 'points' && credit === 'merchant')
    .map(({ amount: points, lot }) => {
      const month: Month = lot ?? monthOf(body.at)
      const share = Math.min(points, prolonged[month] ?? 0)
      return { month, points, ...(share > 0 ? { prolonged: share } : {}) }
    })
}
