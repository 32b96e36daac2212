/**
 * What the backend does to an account without being asked: a voucher's end, its return, its settlement, a lot's end. Each step's id is derived
 * from what it ends, so that two sweepers, or one that crashed half-way, cannot do it twice.
 */
import type { VoucherId } from './ids.ts'
import type { Ledger } from './ledger.ts'
import { lotExpiresAt, takeOldestFirst } from './lot.ts'
import type { StepKind } from './record.ts'
import type { Instant } from './time.ts'
import { balanceOf, type LedgerAccount, type Transfer } from './transfer.ts'
import type { Points } from './units.ts'
import type { OpenVoucher } from './voucher.ts'

export interface Step {
  readonly id: string
  readonly kind: StepKind
  readonly transfers: readonly Transfer[]
  readonly about: string
}

/** All that is due on the account, in the order in which it fell due. */
export function dueSteps(ledger: Ledger, now: Instant): Step[] {
  const due: { at: Instant; step: Step }[] = []
  for (const [id, voucher] of Object.entries(ledger.vouchers) as [VoucherId, OpenVoucher][]) {
    if (voucher.returnsAt !== undefined) due.push({ at: voucher.returnsAt, step: returnStep(id, voucher) })
    else
      due.push({
        at: voucher.expiresAt,
        step: { id: `voucher.expire:${id}`, kind: 'voucher.expire', transfers: [], about: id },
      })
  }
  for (const { month, available } of ledger.lots) {
    const transfers: Transfer[] = [
      { asset: 'points', debit: 'available', credit: 'issuance', amount: available, lot: month },
    ]
    // Points of a returned voucher may come back to a lot that has ended: the balance that is ended makes the id its own.
    due.push({
      at: lotExpiresAt(month),
      step: { id: `lot.expire:${month}:${ledger.seq}`, kind: 'lot.expire', transfers, about: month },
    })
  }
  return due
    .filter(({ at }) => at <= now)
    .sort((a, b) => a.at - b.at)
    .map(({ step }) => step)
}

/** The next instant at which something falls due, for the sweeper to look then. */
export function nextDueAt(ledger: Ledger): Instant | undefined {
  const times = [
    ...Object.values(ledger.vouchers).map((voucher) => voucher.returnsAt ?? voucher.expiresAt),
    ...ledger.lots.map(({ month }) => lotExpiresAt(month)),
  ]
  return times.length === 0 ? undefined : Math.min(...times)
}

export function settleStep(id: VoucherId, voucher: OpenVoucher): Step {
  return {
    id: `voucher.settle:${id}`,
    kind: 'voucher.settle',
    transfers: release(voucher, 'merchant'),
    about: id,
  }
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
  return { id: `voucher.settle:${id}`, kind: 'voucher.settle', transfers, about: id }
}

function returnStep(id: VoucherId, voucher: OpenVoucher): Step {
  return {
    id: `voucher.return:${id}`,
    kind: 'voucher.return',
    transfers: release(voucher, 'available'),
    about: id,
  }
}

function release(voucher: OpenVoucher, credit: LedgerAccount): Transfer[] {
  return voucher.parts.map(({ month, points }) => ({
    asset: 'points',
    debit: 'held',
    credit,
    amount: points,
    lot: month,
  }))
}
