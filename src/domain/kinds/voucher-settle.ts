/** A shop is paid for the voucher that it accepted. */
import type { VoucherId } from '../base/ids.ts'
import type { Points } from '../base/units.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import { takeOldestFirst } from '../ledger/lot.ts'
import { prolongedIn } from '../ledger/prolonged.ts'
import type { Step } from '../ledger/step.ts'
import { balanceOf, type Transfer } from '../ledger/transfer.ts'
import type { OpenVoucher } from '../offers/voucher.ts'
import { noDays, type StepRules } from './kind.ts'

export const voucherSettle: StepRules = {
  needs: noDays,
  post(ledger, body, detail) {
    const id = detail.about as VoucherId
    delete ledger.vouchers[id]
    ledger.settled = { ...ledger.settled, [id]: { at: body.at } }
  },
}

/** One a voucher, so that it is paid for once. */
export function settleIdOf(voucherId: string): string {
  return `voucher.settle:${voucherId}`
}

export function settleStep(id: VoucherId, voucher: OpenVoucher): Step {
  const transfers = voucher.parts.map(
    ({ month, points }): Transfer => ({
      asset: 'points',
      debit: 'held',
      credit: 'merchant',
      amount: points,
      lot: month,
    }),
  )
  // So that a refund prolongs nothing once more.
  const prolonged = prolongedIn(voucher.parts)
  const step = { id: settleIdOf(id), kind: 'voucher.settle', transfers, about: id } as const
  return prolonged ? { ...step, prolonged } : step
}

/**
 * The backend has forgotten the voucher, or let it go, and a shop has accepted it: its points are taken from what is there, oldest first,
 * and the rest is owed.
 */
export function settleUnknownStep(id: VoucherId, from: { ledger: Ledger; points: Points }): Step {
  const { ledger, points } = from
  const taken = Math.min(balanceOf(ledger.balances, 'points', 'available'), points)
  const transfers = takeOldestFirst(ledger.lots, taken).map(
    ({ month, points: amount }): Transfer => ({
      asset: 'points',
      debit: 'available',
      credit: 'merchant',
      amount,
      lot: month,
    }),
  )
  const owed = points - taken
  if (owed > 0) transfers.push({ asset: 'points', debit: 'owed', credit: 'merchant', amount: owed })
  return { id: settleIdOf(id), kind: 'voucher.settle', transfers, about: id }
}
