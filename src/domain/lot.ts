/**
 * Points earned in the same month form a lot: it has one date, is spent oldest first, and expires as a whole, so that a person reads
 * "1,240 分 2028 年 11 月底到期" and not a thousand dates.
 */
import { addMonths, endOfMonth, type Instant, type Month } from './time.ts'
import type { Points } from './units.ts'

export interface Lot {
  readonly month: Month
  readonly available: Points
}

/** Our own rule, published with the programme: long enough that a slow saver loses nothing to a single missed year. */
export const LOT_VALID_MONTHS = 24

/** The first instant at which the lot's points can no longer be spent. */
export function lotExpiresAt(month: Month): Instant {
  return endOfMonth(addMonths(month, LOT_VALID_MONTHS))
}

/** Takes `points` from the lots, oldest first. Throws when they do not hold as many: ask before. */
export function takeOldestFirst(
  lots: readonly Lot[],
  points: Points,
): readonly { month: Month; points: Points }[] {
  const parts: { month: Month; points: Points }[] = []
  let left = points
  for (const lot of [...lots].sort((a, b) => (a.month < b.month ? -1 : 1))) {
    if (left === 0) break
    const taken = Math.min(lot.available, left)
    if (taken > 0) parts.push({ month: lot.month, points: taken })
    left -= taken
  }
  if (left > 0) throw new RangeError(`lots hold ${points - left}, not ${points}`)
  return parts
}
