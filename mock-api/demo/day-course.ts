/** The clock of the simulations: which hour it is in Shandong, whether people work today, and when a station last reported. */
import { DAY_MS, dayOf, HOUR_MS, type Instant, MINUTE_MS, startOfDay } from '../../src/domain/base/time.ts'

/** The feeds move on by the minute: between two minutes every answer is the same, to the byte. */
export const TICK_MS = MINUTE_MS
const REPORT_MINUTES = 5
/** 1 January 1970 was a Thursday. */
const FIRST_WEEKDAY = 4

export interface DayCourse {
  /** 0 ≤ hours < 24, with fractions. */
  readonly hours: number
  /** Counts days in Shandong. */
  readonly dayNumber: number
  readonly dayStart: Instant
  readonly isWorkday: boolean
}

export function tickOf(now: Instant): Instant {
  return Math.floor(now / TICK_MS) * TICK_MS
}

/** Stations report every five minutes, not all at once: `phase` says in which minute. */
export function lastReport(tick: Instant, phase: number): Instant {
  const minute = Math.floor(tick / MINUTE_MS)
  return (minute - ((minute + phase) % REPORT_MINUTES)) * MINUTE_MS
}

export function dayCourse(at: Instant): DayCourse {
  const dayStart = startOfDay(dayOf(at))
  const dayNumber = Math.round((dayStart + 8 * HOUR_MS) / DAY_MS)
  const weekday = (dayNumber + FIRST_WEEKDAY) % 7
  return {
    hours: (at - dayStart) / HOUR_MS,
    dayNumber,
    dayStart,
    isWorkday: weekday !== 0 && weekday !== 6,
  }
}
