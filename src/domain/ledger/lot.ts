/**
 * Points earned in the same month form a lot: it has one date, is spent oldest first, and expires as a whole, so that a person reads
 * "1,240 分 2028 年 11 月底到期" and not a thousand dates.
 */
import { addMonths, DAY_MS, endOfMonth, type Instant, type Month } from '../base/time.ts'
import type { Points } from '../base/units.ts'

export interface Lot {
  readonly month: Month
  readonly available: Points
}

/**
 * How long points live, by the month in which they were earned: our own rule, published with the programme, and long enough that a slow saver
 * loses nothing to a single missed year. Append only: another rule begins with a later month, and what was earned before keeps its own.
 */
const LIVES: readonly { readonly from: Month; readonly months: number }[] = [{ from: '0000-01', months: 24 }]

/** What is given back lives at least this much longer, also when its lot has ended meanwhile: long enough to come by a shop again. */
export const RETURNED_DAYS = 30

/** The first instant at which the lot's points can no longer be spent. */
export function lotExpiresAt(month: Month): Instant {
  const { months } = LIVES.findLast(({ from }) => from <= month) as (typeof LIVES)[number]
  return endOfMonth(addMonths(month, months))
}

/** The lot to which points of `month` return: their own, or the first later one that still lives for the promised days. */
export function lotOnReturn(month: Month, at: Instant): Month {
  let lot = month
  while (lotExpiresAt(lot) < at + RETURNED_DAYS * DAY_MS) lot = addMonths(lot, 1)
  return lot
}

type Part = { readonly month: Month; readonly points: Points }

/**
 * Takes back what went into the lot `own`: from there first, then from the newest, so that taking back and earning again never lends a lot that
 * is about to end a longer life. Throws when the lots do not hold as many.
 */
export function takeOwnFirst(lots: readonly Lot[], points: Points, own: Month | undefined): readonly Part[] {
  const newestFirst = [...lots].sort((a, b) => (a.month > b.month ? -1 : 1))
  return takeInOrder(
    [
      ...newestFirst.filter(({ month }) => month === own),
      ...newestFirst.filter(({ month }) => month !== own),
    ],
    points,
  )
}

/** Takes `points` from the lots, oldest first. Throws when they do not hold as many: ask before. */
export function takeOldestFirst(lots: readonly Lot[], points: Points): readonly Part[] {
  return takeInOrder(
    [...lots].sort((a, b) => (a.month < b.month ? -1 : 1)),
    points,
  )
}

function takeInOrder(lots: readonly Lot[], points: Points): readonly Part[] {
  const parts: Part[] = []
  let left = points
  for (const lot of lots) {
    if (left === 0) break
    const taken = Math.min(lot.available, left)
    if (taken > 0) parts.push({ month: lot.month, points: taken })
    left -= taken
  }
  if (left > 0) throw new RangeError(`lots hold ${points - left}, not ${points}`)
  return parts
}
