/** When a shop's day is over. Apart from what is taken in by the day, because the first screen asks for it and closes none. */
import { DAY_MS, type Day, type Instant, startOfDay } from '../base/time.ts'

/** The first instant at which the day can be closed. */
export function dayEndsAt(day: Day): Instant {
  return startOfDay(day) + DAY_MS
}
