/** Periods in Shandong's calendar: weeks from Monday, months, years and days of one's own choice; the one before, and the steps of a chart. */
import {
  addDays,
  addMonths,
  type Day,
  daysBetween,
  isRealDay,
  monthOfDay,
  weekOfDay,
  yearOfDay,
} from '../base/time.ts'

export const PERIOD_KINDS = ['week', 'month', 'year', 'own'] as const
export type PeriodKind = (typeof PERIOD_KINDS)[number]
export const STEPS = ['day', 'week', 'month'] as const
export type Step = (typeof STEPS)[number]

/** Both days are part of it. */
export interface Span {
  readonly from: Day
  readonly to: Day
}

export interface Period extends Span {
  readonly kind: PeriodKind
}

/** Bars that can still be told apart on a phone: two months of days, five years of months. */
const STEPS_MAX = 62
/** Bars that have room for their names; a chart begins with the finest step that keeps to it. */
const STEPS_AT_EASE = 31
/** Five years, so that at least the months fit into one chart. */
export const OWN_DAYS_MAX = 1827

/** The week, month or year that holds the day. */
export function periodWith(kind: Exclude<PeriodKind, 'own'>, day: Day): Period {
  if (kind === 'week') {
    const from = weekOfDay(day)
    return { kind, from, to: addDays(from, 6) }
  }
  if (kind === 'year') {
    const year = yearOfDay(day)
    return { kind, from: `${year}-01-01`, to: `${year}-12-31` }
  }
  return { kind, ...spanOfMonth(monthOfDay(day)) }
}

function spanOfMonth(month: string): Span {
  return { from: `${month}-01`, to: addDays(`${addMonths(month, 1)}-01`, -1) }
}

export function daysIn({ from, to }: Span): number {
  return daysBetween(from, to) + 1
}

/** The period `count` places later, or earlier when it is negative. Own days move by their own number. */
export function shifted(period: Period, count: number): Period {
  const { kind, from, to } = period
  if (kind === 'own') {
    const days = count * daysIn(period)
    return { kind, from: addDays(from, days), to: addDays(to, days) }
  }
  if (kind === 'week') return periodWith(kind, addDays(from, 7 * count))
  return periodWith(kind, `${addMonths(monthOfDay(from), kind === 'year' ? 12 * count : count)}-01`)
}

/** The days cut by the calendar; the first and the last piece end where the span does. */
export function stepsOf({ from, to }: Span, step: Step): Span[] {
  const found: Span[] = []
  for (let day = from; day <= to; ) {
    const end = step === 'day' ? day : periodWith(step, day).to
    found.push({ from: day, to: end < to ? end : to })
    day = addDays(end, 1)
  }
  return found
}

/** How the span can be cut for a chart: more than one piece, and no more than can be told apart. A single day stays whole. */
export function fittingSteps(span: Span): Step[] {
  const fitting = STEPS.filter((step) => {
    const count = countOf(span, step)
    return count > 1 && count <= STEPS_MAX
  })
  return fitting.length > 0 ? fitting : ['day']
}

export function stepAtEase(span: Span): Step {
  const fitting = fittingSteps(span)
  return fitting.find((step) => countOf(span, step) <= STEPS_AT_EASE) ?? (fitting.at(-1) as Step)
}

function countOf(span: Span, step: Step): number {
  if (step === 'day') return daysIn(span)
  return stepsOf(span, step).length
}

/** Nobody logged anything before; and no calendar of a phone is asked for a year without four digits. */
export const FIRST_DAY: Day = '2000-01-01'

export type OwnFault = 'from' | 'to' | 'early' | 'turned' | 'too_long' | 'ahead'

/** Days of one's own choice, or what is wrong with them. */
export function ownPeriod(from: string, to: string, today: Day): Period | OwnFault {
  if (!isRealDay(from)) return 'from'
  if (!isRealDay(to)) return 'to'
  if (from < FIRST_DAY) return 'early'
  if (from > today) return 'ahead'
  if (to < from) return 'turned'
  if (daysIn({ from, to }) > OWN_DAYS_MAX) return 'too_long'
  return { kind: 'own', from, to }
}
