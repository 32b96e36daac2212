/** Which days left a trace, and how many in a row until today. An honest zero is a trace; a day without a record is none. Pure. */

import { addDays, type Day, weekOfDay } from '../../domain/base/time.ts'
import type { Preview } from '../../domain/ledger/projection.ts'
import { type DayActs, gramsOf } from './month.ts'

interface DayTrace {
  readonly acts: number
  readonly grams: number
}

/** One square of the calendar: 0 none, 1 little, 2 some, 3 much; null is still ahead. */
interface HeatSquare {
  readonly day: Day
  readonly level: 0 | 1 | 2 | 3 | null
  readonly text: string
}

const WEEKS_SHOWN = 5
/** A short ride or a meal; a commute both ways. What a level means is the same for everyone. */
const LITTLE_GRAMS = 150
const SOME_GRAMS = 500

export function firstShownDay(today: Day): Day {
  return addDays(weekOfDay(today), -7 * (WEEKS_SHOWN - 1))
}

/** Posted days, and those of acts that still wait. */
export function tracesOf(rows: readonly DayActs[], previews: readonly Preview[]): Map<Day, DayTrace> {
  const traces = new Map<Day, DayTrace>()
  for (const row of rows) if (row.acts > 0) traces.set(row.day, { acts: row.acts, grams: gramsOf(row) })
  for (const { decision } of previews) {
    const { assessment, outcome } = decision
    if (!assessment || outcome === 'rejected' || outcome === 'refused') continue
    const { acts, grams } = traces.get(assessment.day) ?? { acts: 0, grams: 0 }
    traces.set(assessment.day, { acts: acts + 1, grams: grams + assessment.rewardGrams })
  }
  return traces
}

/** Today may still come: a streak holds until the day is over. */
export function streakUntil(today: Day, traces: ReadonlyMap<Day, DayTrace>): number {
  let day = traces.has(today) ? today : addDays(today, -1)
  let count = 0
  while (traces.has(day)) {
    count++
    day = addDays(day, -1)
  }
  return count
}

/** Five whole weeks, Monday first, the present one last. */
export function heatDays(
  today: Day,
  traces: ReadonlyMap<Day, DayTrace>,
  words: (grams: number) => string,
): HeatSquare[] {
  const first = firstShownDay(today)
  return Array.from({ length: WEEKS_SHOWN * 7 }, (_, index) => {
    const day = addDays(first, index)
    const trace = traces.get(day)
    if (day > today) return { day, level: null, text: '' }
    return { day, level: trace ? levelOf(trace.grams) : 0, text: words(trace?.grams ?? 0) }
  })
}

function levelOf(grams: number): 1 | 2 | 3 {
  if (grams <= LITTLE_GRAMS) return 1
  return grams <= SOME_GRAMS ? 2 : 3
}
