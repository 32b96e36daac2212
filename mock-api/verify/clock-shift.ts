/**
 * By how much the times of an act were off, from no more than the clock of the phone that sends it. An act lies by the phone's clock or, on a
 * phone that has synced before, by the corrected one: so it is taken as it stands, unless nothing but the phone's error explains it.
 */
import type { ActivityClaim } from '../../src/domain/activity.ts'
import type { Pack } from '../../src/domain/methodology/pack.ts'
import { addDays, dayOf, type Instant, MINUTE_MS, startOfDay } from '../../src/domain/time.ts'

/** The way to the backend and back; below it no clock is called wrong. */
const EXACT_MS = 5 * MINUTE_MS

/** Milliseconds to add to the act's times. */
export function shiftOf(
  { startedAt, endedAt = startedAt }: Pick<ActivityClaim, 'startedAt' | 'endedAt'>,
  { clockOffsetMs, now, pack }: { clockOffsetMs: number; now: Instant; pack: Pack },
): number {
  if (Math.abs(clockOffsetMs) <= EXACT_MS) return 0
  const isAhead = endedAt > now + pack.maxFutureMinutes.value * MINUTE_MS
  const isOld = startedAt < startOfDay(addDays(dayOf(now), -pack.maxAgeDays.value))
  return (isAhead && clockOffsetMs > 0) || (isOld && clockOffsetMs < 0) ? -clockOffsetMs : 0
}
