/**
 * What the backend does to an account without being asked: a voucher's end, its return, its settlement, a lot's end. Each step's id is derived
 * from what it ends, so that two sweepers, or one that crashed half-way, cannot do it twice.
 */
import type { VoucherId } from './ids.ts'
import type { Ledger } from './ledger.ts'
import { type Lot, lotExpiresAt, takeOldestFirst } from './lot.ts'
import { type PartOfPrice, type Prolonged, prolongedIn, returnedParts } from './prolonged.ts'
import type { StepKind } from './record.ts'
import type { Instant } from './time.ts'
import { balanceOf, type Transfer } from './transfer.ts'
import type { Points } from './units.ts'
import { type OpenVoucher, SETTLEMENT_WINDOW_MS } from './voucher.ts'

export interface Step {
  readonly id: string
  readonly kind: StepKind
  readonly transfers: readonly Transfer[]
  readonly about: string
  /** `voucher.return`: as its record's detail says it. */
  readonly prolonged?: Prolonged
  /** `voucher.expire`: when the points come back. */
  readonly returnsAt?: Instant
}

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
  return due
    .filter(({ at }) => at <= now)
    .sort((a, b) => a.at - b.at)
    .map(({ step }) => step()) // in their order, since each return leaves less of a debt for the next
}

function expireStep(id: VoucherId, { expiresAt }: OpenVoucher): Step {
  const returnsAt = expiresAt + SETTLEMENT_WINDOW_MS
  return { id: `voucher.expire:${id}`, kind: 'voucher.expire', transfers: [], about: id, returnsAt }
}

/** A lot can end more than once, when something was returned to it that an older rule sent there: its record's place makes the id its own. */
function endLotStep({ month, available }: Lot, seq: number): Step {
  const transfers: Transfer[] = [
    { asset: 'points', debit: 'available', credit: 'issuance', amount: available, lot: month },
  ]
  return { id: `lot.expire:${month}:${seq}`, kind: 'lot.expire', transfers, about: month }
}

/** The next instant at which something falls due, for the sweeper to look then. */
export function nextDueAt(ledger: Ledger): Instant | undefined {
  const times = [
    ...Object.values(ledger.vouchers).map((voucher) => voucher.returnsAt ?? voucher.expiresAt),
    ...ledger.lots.map(({ month }) => lotExpiresAt(month)),
  ]
  return times.length === 0 ? undefined : Math.min(...times)
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
  return { id: settleIdOf(id), kind: 'voucher.settle', transfers, about: id }
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

/** A debt is repaid before anything can be spent again; the rest goes to lots that live long enough to be spent, once. */
function returnStep(
  id: VoucherId,
  { parts }: OpenVoucher,
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
