/**
 * What time it is at a till: its clock, put right by what it was off at the last exchange. Such a clock can be set back to bring an expired
 * voucher to life; so it counts only while it is not behind what the till has heard or seen before.
 */
import { CLOCK_SLACK_MS } from '../base/clock.ts'
import type { Instant } from '../base/time.ts'

export interface TillClock {
  /** The device's, now. */
  readonly device: Instant
  /** Backend's minus the device's, at the last exchange. */
  readonly offset: number
  /** The backend's time, of the latest that it has signed for this till; absent before the first. */
  readonly heardAt?: Instant | undefined
  /** The latest time, put right in the same way, that this till has had since that exchange. */
  readonly seenAt?: Instant | undefined
}

/** Undefined where the clock cannot be right. */
export function tillTime({ device, offset, heardAt, seenAt }: TillClock): Instant | undefined {
  const now = device + offset
  if (heardAt === undefined) return undefined
  return now + CLOCK_SLACK_MS < Math.max(heardAt, seenAt ?? heardAt) ? undefined : now
}
