/** Is this the same ride as one already counted? Numbers in, the first clash out. Matched by time and distance, whatever the mode or device. */
import { HOUR_MS, type Instant, MINUTE_MS } from '../base/time.ts'
import { floorProduct } from '../base/units.ts'
import type { CountedTrip } from '../methodology/usage.ts'

/** Clocks of two devices, and getting from the bus to the metro, differ by seconds; a minute is not a second ride. */
const OVERLAP_TOLERANCE_MS = MINUTE_MS

interface Trip {
  readonly code: string
  readonly startedAt: Instant
  readonly endedAt?: Instant
  readonly metres: number
}

/** The counted trip that stands at the same time, if any. `typicalSpeed` is that of the claim's code. */
export function findOverlap(
  claim: Trip,
  trips: readonly CountedTrip[],
  typicalSpeedMetresPerHour: number,
): CountedTrip | undefined {
  return trips.find((trip) => clashes(claim, trip, typicalSpeedMetresPerHour))
}

function clashes(claim: Trip, trip: Trip, speed: number): boolean {
  const claimEnd = endOf(claim)
  const tripEnd = endOf(trip)
  if (claimEnd !== undefined && tripEnd !== undefined) {
    const shared = Math.min(claimEnd, tripEnd) - Math.max(claim.startedAt, trip.startedAt)
    return shared > OVERLAP_TOLERANCE_MS
  }
  if (claimEnd !== undefined && strictlyInside(trip.startedAt, claim.startedAt, claimEnd)) return true
  if (tripEnd !== undefined && strictlyInside(claim.startedAt, trip.startedAt, tripEnd)) return true
  return claim.code === trip.code && beganTogether(claim, trip, speed)
}

/** An interval no longer than the tolerance could never clash: it is treated as a moment, or it would be a loophole. */
function endOf({ startedAt, endedAt }: Trip): Instant | undefined {
  return endedAt !== undefined && endedAt - startedAt > OVERLAP_TOLERANCE_MS ? endedAt : undefined
}

function strictlyInside(at: Instant, from: Instant, to: Instant): boolean {
  return from < at && at < to
}

/** Nobody begins the same kind of ride again before the shorter of the two could have ended. */
function beganTogether(one: Trip, other: Trip, speed: number): boolean {
  const apartMs = Math.abs(one.startedAt - other.startedAt)
  return apartMs < typicalDurationMs(Math.min(one.metres, other.metres), speed)
}

/** How long so many metres take at that speed, rounded down to the millisecond. */
export function typicalDurationMs(metres: number, speedMetresPerHour: number): number {
  return floorProduct([metres, HOUR_MS], [speedMetresPerHour])
}
