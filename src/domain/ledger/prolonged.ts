/**
 * Points that have had their one prolongation: given back to a later lot than their own. Given back once more they keep the end that they have
 * by then, so that buying and cancelling again and again makes no points live for ever.
 */

import type { Instant, Month } from '../base/time.ts'
import type { Points } from '../base/units.ts'
import { type Lot, lotOnReturn } from './lot.ts'

export interface PartOfPrice {
  readonly month: Month
  readonly points: Points
  /** Of these, those that were prolonged before. */
  readonly prolonged?: Points
}

export type Prolonged = { readonly [month: Month]: Points }

/** Where a part goes when it is given back, after `repaid` of it has paid a debt. */
export function returnedParts(
  { month, points, prolonged = 0 }: PartOfPrice,
  given: { repaid: Points; at: Instant },
): readonly PartOfPrice[] {
  const { repaid, at } = given
  const again = Math.max(0, prolonged - repaid)
  const fresh = points - repaid - again
  const later = lotOnReturn(month, at)
  if (later === month) return fresh + again > 0 ? [{ month, points: fresh + again, prolonged: again }] : []
  const parts: PartOfPrice[] = [
    { month, points: again, prolonged: again },
    { month: later, points: fresh, prolonged: fresh },
  ]
  return parts.filter((part) => part.points > 0)
}

/** Of each lot's points on their way out, those that were prolonged go first. */
export function takeProlonged(
  prolonged: Prolonged = {},
  parts: readonly PartOfPrice[],
): readonly PartOfPrice[] {
  return parts.map((part) => {
    const share = Math.min(part.points, prolonged[part.month] ?? 0)
    return share > 0 ? { ...part, prolonged: share } : part
  })
}

/** No lot holds more of them than it holds at all. Undefined when there are none. */
export function prolongedWithin(prolonged: Prolonged, lots: readonly Lot[]): Prolonged | undefined {
  const left = lots.flatMap(({ month, available }): [Month, Points][] => {
    const points = Math.min(available, prolonged[month] ?? 0)
    return points > 0 ? [[month, points]] : []
  })
  return left.length > 0 ? Object.fromEntries(left) : undefined
}

/** By the lot that they go to. Undefined when there are none. */
export function prolongedIn(parts: readonly PartOfPrice[]): Prolonged | undefined {
  const shares = parts.filter(({ prolonged = 0 }) => prolonged > 0)
  if (shares.length === 0) return undefined
  return shares.reduce<Prolonged>(
    (sums, { month, prolonged = 0 }) => mergeProlonged(sums, { [month]: prolonged }),
    {},
  )
}

export function mergeProlonged(some: Prolonged = {}, more: Prolonged): Prolonged {
  const sums = Object.entries(more).map(([month, points]) => [month, points + (some[month] ?? 0)])
  return { ...some, ...(Object.fromEntries(sums) as Prolonged) }
}

/** They wait in a voucher. */
export function withoutParts(prolonged: Prolonged, parts: readonly PartOfPrice[]): Prolonged {
  const share = (month: Month) => parts.find((part) => part.month === month)?.prolonged ?? 0
  return Object.fromEntries(
    Object.entries(prolonged).map(([month, points]) => [month, points - share(month)]),
  )
}

export function setProlonged(ledger: { prolonged?: Prolonged }, prolonged: Prolonged | undefined): void {
  if (prolonged) ledger.prolonged = prolonged
  else delete ledger.prolonged
}
