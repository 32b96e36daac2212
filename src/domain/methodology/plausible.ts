/**
 * What a kind can be. Beyond it a claim is not cut to a cap but not believed: an impossible claim must never pay more than a plausible
 * one. All figures are the pack's; packs before version 2 of SD-demo have none, and cut.
 */

import type { Reason } from '../base/reason.ts'
import { HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '../base/time.ts'
import { floorProduct, isWhole, PER_MILLE } from '../base/units.ts'
import type { ActivityClaim, Quantity } from '../evidence/activity.ts'
import type { Methodology, Pack } from './pack.ts'

/** In the methodology's unit. */
export function mostPlausible({ limits }: Methodology): number | undefined {
  return limits.maxPlausible?.value
}

/** Metres that are believed of a trip without an end: what such a trip typically covers in the pack's hours. */
export function mostWithoutEnd(methodology: Methodology, pack: Pack): number | undefined {
  if (methodology.kind !== 'travel' || !pack.maxHoursWithoutEnd) return undefined
  return floorProduct([methodology.typicalSpeedMetresPerHour.value, pack.maxHoursWithoutEnd.value])
}

export function whyNotPlausible(
  { value: given }: Quantity,
  claim: Pick<ActivityClaim, 'startedAt' | 'endedAt'>,
  { methodology, pack }: { methodology: Methodology; pack: Pack },
): Reason | undefined {
  const most = mostPlausible(methodology)
  if (most !== undefined && given > most) return { code: 'implausible', numbers: { limit: most, given } }
  const withoutEnd = hasLength(claim) ? undefined : mostWithoutEnd(methodology, pack)
  if (withoutEnd !== undefined && given > withoutEnd)
    return { code: 'end_missing', numbers: { limit: withoutEnd, given } }
  return undefined
}

/** An end at the very beginning is none. */
function hasLength({ startedAt, endedAt }: { startedAt: Instant; endedAt?: Instant }): boolean {
  return endedAt !== undefined && endedAt > startedAt
}

/** Whether begin, end, distance, motion and points of a file can be those of one trip. */
export function whyNoTrack(claim: ActivityClaim, pack: Pack): Reason | undefined {
  const { evidence, quantity, startedAt, endedAt } = claim
  const { tracks } = pack
  if (!tracks || evidence.trust === 'manual' || evidence.trust === 'provider') return undefined
  const { points, movingSeconds, maxSpeedMetresPerHour: peak } = evidence
  const isComplete =
    quantity !== undefined &&
    hasLength({ startedAt, ...(endedAt === undefined ? {} : { endedAt }) }) &&
    isWhole(points) &&
    points >= tracks.minPoints.value &&
    isWhole(movingSeconds) &&
    movingSeconds > 0
  if (!isComplete) return { code: 'track_incomplete' }
  const lengthMs = (endedAt ?? startedAt) - startedAt
  // Seconds are cut off at both ends: one minute of grace.
  const mostPoints = (tracks.maxPointsPerMinute.value * (lengthMs + MINUTE_MS)) / MINUTE_MS
  const leastPoints = 1 + (movingSeconds * SECOND_MS) / (tracks.maxMinutesPerPoint.value * MINUTE_MS)
  const mean = (quantity.value * HOUR_MS) / (movingSeconds * SECOND_MS)
  const isTooFlat = peak > 0 && mean * PER_MILLE > peak * tracks.maxMeanOverPeakPerMille.value
  const fits = points <= mostPoints && points >= Math.floor(leastPoints) && !isTooFlat
  return fits && movingSeconds * SECOND_MS <= lengthMs + MINUTE_MS ? undefined : { code: 'track_mismatch' }
}
