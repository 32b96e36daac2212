/** Points and grams earned, and taken back: the transfers of either. */

import { type Instant, type Month, monthOf } from '../base/time.ts'
import type { Grams, Points } from '../base/units.ts'
import type { Ledger } from './ledger-state.ts'
import { takeOwnFirst } from './lot.ts'
import { balanceOf, type Transfer } from './transfer.ts'

/** Points go to a debt first, then to the lot of the month in which they are posted. */
export function earn(ledger: Ledger, earned: { grams: Grams; points: Points; now: Instant }): Transfer[] {
  const transfers: Transfer[] = []
  const repaid = Math.min(-balanceOf(ledger.balances, 'points', 'owed'), earned.points)
  const kept = earned.points - repaid
  if (earned.grams > 0)
    transfers.push({ asset: 'grams', debit: 'issuance', credit: 'available', amount: earned.grams })
  if (repaid > 0) transfers.push({ asset: 'points', debit: 'issuance', credit: 'owed', amount: repaid })
  if (kept > 0)
    transfers.push({
      asset: 'points',
      debit: 'issuance',
      credit: 'available',
      amount: kept,
      lot: monthOf(earned.now),
    })
  return transfers
}

interface Counts {
  readonly grams: Grams
  readonly points: Points
  readonly lot?: Month
}

/** From what some acts counted to what one counts in their place: more is earned now, less is taken back from where it went. */
export function moveTo(
  ledger: Ledger,
  before: readonly Counts[],
  next: { readonly grams: Grams; readonly points: Points; readonly now: Instant },
): Transfer[] {
  const grams = before.reduce((left, each) => left - each.grams, next.grams)
  const points = before.reduce((left, each) => left - each.points, next.points)
  const lot = before.find((each) => each.lot !== undefined)?.lot
  return [
    ...earn(ledger, { grams: Math.max(0, grams), points: Math.max(0, points), now: next.now }),
    ...takeBack(ledger, {
      grams: Math.max(0, -grams),
      points: Math.max(0, -points),
      ...(lot === undefined ? {} : { lot }),
    }),
  ]
}

/** The reverse of `earn`, from the same lot: what was spent in the meantime becomes a debt, repaid from the next earnings. */
export function takeBack(ledger: Ledger, earned: Counts): Transfer[] {
  const fromAvailable = Math.min(balanceOf(ledger.balances, 'points', 'available'), earned.points)
  const owed = earned.points - fromAvailable
  const transfers: Transfer[] = takeOwnFirst(ledger.lots, fromAvailable, earned.lot).map(
    ({ month, points }) => ({
      asset: 'points',
      debit: 'available',
      credit: 'issuance',
      amount: points,
      lot: month,
    }),
  )
  if (owed > 0) transfers.push({ asset: 'points', debit: 'owed', credit: 'issuance', amount: owed })
  if (earned.grams > 0)
    transfers.push({ asset: 'grams', debit: 'available', credit: 'issuance', amount: earned.grams })
  return transfers
}
