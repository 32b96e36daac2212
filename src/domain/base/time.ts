/**
 * Instants, and the calendar of Shandong. China has had no daylight saving since 1991, so Asia/Shanghai is UTC+8, always,
 * and a day is arithmetic, the same on every device and on the backend. `now` is always an argument.
 */

/** Milliseconds since 1970-01-01T00:00Z, a whole number. */
export type Instant = number
/** `2026-11-20`, in Asia/Shanghai. */
export type Day = string
/** `2026-11`. */
export type Month = string

export const SECOND_MS = 1000
export const MINUTE_MS = 60 * SECOND_MS
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

const SHANGHAI_OFFSET_MS = 8 * HOUR_MS

/** By their number since 1970. A decision asks for the same few days dozens of times, and writing one down takes a Date and two texts. */
const knownDays = new Map<number, Day>()
const KNOWN_DAYS_MAX = 1000

export function dayOf(at: Instant): Day {
  const number = Math.floor((at + SHANGHAI_OFFSET_MS) / DAY_MS)
  const known = knownDays.get(number)
  if (known !== undefined) return known
  const day = new Date(at + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10)
  if (knownDays.size === KNOWN_DAYS_MAX) knownDays.clear()
  knownDays.set(number, day)
  return day
}

export function monthOf(at: Instant): Month {
  return dayOf(at).slice(0, 7)
}

export function monthOfDay(day: Day): Month {
  return day.slice(0, 7)
}

export function yearOfDay(day: Day): string {
  return day.slice(0, 4)
}

/** The instant at which the day begins in Shandong. */
export function startOfDay(day: Day): Instant {
  return Date.parse(`${day}T00:00:00Z`) - SHANGHAI_OFFSET_MS
}

export function addDays(day: Day, days: number): Day {
  return dayOf(startOfDay(day) + days * DAY_MS)
}

/** Whole days from one to the other; negative when `to` is the earlier. */
export function daysBetween(from: Day, to: Day): number {
  return (startOfDay(to) - startOfDay(from)) / DAY_MS
}

/** `2026-11-21T10:00:00+08:00`: the time in Shandong with its zone written out, as formats want it that know no Z. */
export function zonedTime(at: Instant): string {
  return `${new Date(at + SHANGHAI_OFFSET_MS).toISOString().slice(0, 19)}+08:00`
}

/** Whether there is such a day. `Date.parse` takes the 30th of February for the 2nd of March. */
export function isRealDay(day: string): boolean {
  if (!/^(?!0000)\d{4}-\d\d-\d\d$/.test(day)) return false
  const at = startOfDay(day)
  return Number.isFinite(at) && dayOf(at) === day
}

/** East and west, the zones that people live in, and the bound of XML's own times. */
const ZONE_HOURS_MAX = 14

/** Whether a time with its zone written out, as `zonedTime` does, exists: no hour 24 and no leap second either, which calendars here do not know. */
export function isRealTime(text: string): boolean {
  const found = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d):(\d\d)[-+](\d\d):(\d\d)$/.exec(text)
  if (!found || !isRealDay(found[1] as string)) return false
  const [hour, minute, second, zoneHours, zoneMinutes] = found.slice(2).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ]
  if (hour > 23 || minute > 59 || second > 59 || zoneMinutes > 59) return false
  return zoneHours < ZONE_HOURS_MAX || (zoneHours === ZONE_HOURS_MAX && zoneMinutes === 0)
}

/** The Monday of the day's week: weeks run Monday to Sunday. */
export function weekOfDay(day: Day): Day {
  const weekday = new Date(startOfDay(day) + SHANGHAI_OFFSET_MS).getUTCDay()
  return addDays(day, -((weekday + 6) % 7))
}

/** The month `count` months later: `addMonths('2026-11', 2)` is `2027-01`. */
export function addMonths(month: Month, count: number): Month {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count
  const year = Math.floor(index / 12)
  return `${String(year).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`
}

/** The first instant after the month. */
export function endOfMonth(month: Month): Instant {
  return startOfDay(`${addMonths(month, 1)}-01`)
}
