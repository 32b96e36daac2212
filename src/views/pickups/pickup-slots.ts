/** When somebody can come: three times of a day, on any of the next two weeks. */
import { addDays, type Day, dayOf, HOUR_MS, type Instant, startOfDay } from '../../domain/base/time.ts'

export const SLOTS = ['morning', 'afternoon', 'evening'] as const
export type Slot = (typeof SLOTS)[number]

const HOURS: Readonly<Record<Slot, readonly [from: number, to: number]>> = {
  morning: [9, 12],
  afternoon: [14, 17],
  evening: [17, 20],
}

const DAYS_AHEAD = 14

/** The first and the last day that can be chosen. */
export function pickupDays(now: Instant): { first: Day; last: Day } {
  const today = dayOf(now)
  return { first: today, last: addDays(today, DAYS_AHEAD) }
}

export function windowOf(day: Day, slot: Slot): { from: Instant; to: Instant } {
  const [from, to] = HOURS[slot]
  return { from: startOfDay(day) + from * HOUR_MS, to: startOfDay(day) + to * HOUR_MS }
}
