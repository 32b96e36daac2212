/** The points of an ended voucher come back, and the offer can be had once more. */
import type { OfferId, VoucherId } from '../base/ids.ts'
import type { Instant } from '../base/time.ts'
import type { Points } from '../base/units.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import {
  mergeProlonged,
  type PartOfPrice,
  prolongedIn,
  returnedParts,
  setProlonged,
} from '../ledger/prolonged.ts'
import type { Step } from '../ledger/step.ts'
import type { Transfer } from '../ledger/transfer.ts'
import { addFen } from '../offers/value-limits.ts'
import type { OpenVoucher } from '../offers/voucher.ts'
import { noDays, type StepRules } from './kind.ts'

export const voucherReturn: StepRules = {
  needs: noDays,
  post(ledger, _body, detail) {
    if (detail.prolonged) setProlonged(ledger, mergeProlonged(ledger.prolonged, detail.prolonged))
    const voucher = ledger.vouchers[detail.about as VoucherId]
    if (voucher) addFen(ledger, -voucher.valueFen, voucher.issuedAt)
    freeLimit(ledger, voucher?.offerId)
    delete ledger.vouchers[detail.about as VoucherId]
  },
}

/** A debt is repaid before anything can be spent again; the rest goes to lots that live long enough to be spent, once. */
export function returnStep(
  id: VoucherId,
  { parts }: Pick<OpenVoucher, 'parts'>,
  given: { now: Instant; debt: { left: Points } },
): Step {
  const { now, debt } = given
  const transfers: Transfer[] = []
  const back: PartOfPrice[] = []
  for (const part of parts) {
    const { month, points } = part
    const repaid = Math.min(debt.left, points)
    debt.left -= repaid
    const moved = { asset: 'points', debit: 'held' } as const
    if (repaid > 0) transfers.push({ ...moved, credit: 'owed', amount: repaid, lot: month })
    for (const each of returnedParts(part, { repaid, at: now })) {
      transfers.push({ ...moved, credit: 'available', amount: each.points, lot: each.month })
      back.push(each)
    }
  }
  const prolonged = prolongedIn(back)
  const step = { id: `voucher.return:${id}`, kind: 'voucher.return', transfers, about: id } as const
  return prolonged ? { ...step, prolonged } : step
}

/** The offer can be had once more by who gave a voucher of it back. */
export function freeLimit({ bought }: Ledger, offerId: OfferId | undefined): void {
  if (offerId === undefined) return
  const left = (bought[offerId] ?? 0) - 1
  if (left > 0) bought[offerId] = left
  else delete bought[offerId]
}
