/** The present month out of the day rows and the previews: confirmed grams a day, what is pending. Pure. */

import { addMonths, type Day, dayOf, type Instant, type Month, monthOfDay } from '../../domain/base/time.ts'
import type { Ledger } from '../../domain/ledger/ledger-state.ts'
import { dayOfPreview, netGrams } from '../../domain/ledger/pending-days.ts'
import type { Preview } from '../../domain/ledger/projection.ts'

/** What was done on a day, as the ledger keeps it. */
export interface DayActs {
  readonly day: Day
  readonly acts: number
  readonly grams: Readonly<Record<string, number>>
}

interface MonthFigures {
  readonly month: Month
  /** One per day from the 1st to today. */
  readonly daily: readonly number[]
  readonly grams: number
  readonly pendingGrams: number
  readonly daysInMonth: number
}

export function gramsOf(row: DayActs): number {
  return Object.values(row.grams).reduce((sum, grams) => sum + grams, 0)
}

export function monthFigures(
  rows: readonly DayActs[],
  made: { previews: readonly Preview[]; expected: Ledger; now: Instant },
): MonthFigures {
  const today = dayOf(made.now)
  const month = monthOfDay(today)
  const daily = Array.from({ length: Number(today.slice(8)) }, () => 0)
  for (const row of rows) {
    const index = Number(row.day.slice(8)) - 1
    if (monthOfDay(row.day) === month && index < daily.length) daily[index] = gramsOf(row)
  }
  const pendingGrams = made.previews
    .filter((preview) => dayOfPreview(preview, made.expected)?.startsWith(month))
    .reduce((sum, preview) => sum + netGrams(preview), 0)
  return {
    month,
    daily,
    grams: daily.reduce((sum, grams) => sum + grams, 0),
    pendingGrams,
    daysInMonth: daysIn(month),
  }
}

/** By the first of the next month: the calendar knows how long this one is. */
function daysIn(month: Month): number {
  const next = `${addMonths(month, 1)}-01`
  return Math.round((Date.parse(next) - Date.parse(`${month}-01`)) / 86_400_000)
}
