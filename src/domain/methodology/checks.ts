/** May this act count at all? Each check has one name and one reason; the first that fails rejects. Caps are in caps.ts. */

import type { Reason } from '../base/reason.ts'
import {
  addDays,
  DAY_MS,
  type Day,
  dayOf,
  daysBetween,
  HOUR_MS,
  type Instant,
  MINUTE_MS,
  SECOND_MS,
  startOfDay,
  weekOfDay,
} from '../base/time.ts'
import { floorProduct, isWhole, PER_MILLE } from '../base/units.ts'
import type { ActivityClaim, Quantity } from '../evidence/activity.ts'
import { findOverlap } from '../evidence/overlap.ts'
import { whyNotMoved } from './motion.ts'
import type { Methodology, Pack } from './pack.ts'
import { whyNoTrack, whyNotPlausible } from './plausible.ts'
import type { Usage } from './usage.ts'

/** All that a check may look at. */
export interface Case {
  readonly claim: ActivityClaim
  readonly methodology: Methodology
  readonly pack: Pack
  readonly usage: Usage
  readonly now: Instant
  readonly statedAt: Instant
  readonly isReviewed: boolean
  readonly findings: readonly Reason[]
  readonly day: Day
  /** What was claimed, or the default that stands in for it. */
  readonly quantity: Quantity | undefined
  readonly isDefault: boolean
}

type Check = (given: Case) => Reason | undefined

const CHECKS: readonly Check[] = [
  checkTimes,
  checkFuture,
  checkAge,
  checkCity,
  checkTrust,
  checkUnit,
  checkQuantity,
  checkMinimum,
  checkPlausible,
  checkSpeed,
  checkTrack,
  checkDigest,
  checkMotion,
  checkOverlap,
]

export function firstRejection(given: Case): Reason | undefined {
  for (const check of CHECKS) {
    const reason = check(given)
    if (reason) return reason
  }
  return undefined
}

/** Years outside 1..9999 have no day of ten characters: such a clock is no clock. */
export function isInstant(at: Instant): boolean {
  return isWhole(at) && at > -60_000_000_000_000 && at < 250_000_000_000_000
}

function checkTimes({ claim, methodology, pack, day }: Case): Reason | undefined {
  const invalid: Reason = { code: 'invalid_times' }
  const { startedAt, endedAt } = claim
  if (!isInstant(startedAt)) return invalid
  if (endedAt !== undefined && (!isInstant(endedAt) || endedAt < startedAt)) return invalid
  const lengthMs = endedAt === undefined ? undefined : endedAt - startedAt
  if (methodology.kind === 'fixed' && methodology.daysPerAct) {
    const isWeekStart = weekOfDay(day) === day && startOfDay(day) === startedAt
    if (!isWeekStart || (lengthMs ?? 7 * DAY_MS) !== methodology.daysPerAct * DAY_MS) return invalid
  }
  const minHours = methodology.limits.minHours
  if (minHours && (lengthMs ?? 0) < minHours.value * HOUR_MS) return invalid
  if (methodology.kind === 'travel') {
    if ((lengthMs ?? 0) > pack.maxTripHours.value * HOUR_MS) return invalid
    const moving = track(claim)?.movingSeconds
    // Rounded seconds at both ends: one minute of grace.
    if (moving !== undefined && lengthMs !== undefined && moving * SECOND_MS > lengthMs + MINUTE_MS)
      return invalid
  }
  return undefined
}

function checkFuture({ claim, methodology, pack, now, isReviewed, day }: Case): Reason | undefined {
  if (isReviewed) return undefined
  const days = methodology.kind === 'fixed' ? methodology.daysPerAct : undefined
  const end = days ? startOfDay(addDays(day, days)) : (claim.endedAt ?? claim.startedAt)
  const aheadMs = end - now
  if (aheadMs <= pack.maxFutureMinutes.value * MINUTE_MS) return undefined
  return { code: 'in_future', numbers: { given: ceilRatio(aheadMs, MINUTE_MS) } }
}

function checkAge({ pack, statedAt, isReviewed, day }: Case): Reason | undefined {
  if (isReviewed) return undefined
  const given = daysBetween(day, dayOf(statedAt))
  const limit = pack.maxAgeDays.value
  return given > limit ? { code: 'too_old', numbers: { limit, given } } : undefined
}

function checkCity({ claim, methodology }: Case): Reason | undefined {
  const { cities } = methodology
  return cities && !cities.includes(claim.city) ? { code: 'not_in_city' } : undefined
}

/** A track proves a ride, not a meal: it must not lift a meal's share from half to the whole. */
function checkTrust({ claim, methodology }: Case): Reason | undefined {
  const { trusts } = methodology
  const { trust } = claim.evidence
  if (trusts.includes(trust)) return undefined
  // Live tracks are no evidence in this pack, whatever the kind.
  return { code: trust === 'gps' && trusts.includes('import') ? 'trust_not_taken' : 'provider_only' }
}

function checkTrack({ claim, pack }: Case): Reason | undefined {
  return whyNoTrack(claim, pack)
}

function checkMotion({ claim, methodology, pack }: Case): Reason | undefined {
  return whyNotMoved(claim, { methodology, pack })
}

function checkUnit({ methodology, quantity }: Case): Reason | undefined {
  return quantity && quantity.unit !== methodology.unit ? { code: 'unit_mismatch' } : undefined
}

/** Nothing saved at home is an honest zero; a ride of no length or a bag of no weight is a form left empty. */
function checkQuantity({ methodology, quantity }: Case): Reason | undefined {
  const least = methodology.kind === 'fixed' && methodology.daysPerAct ? 0 : 1
  const isGiven = quantity !== undefined && isWhole(quantity.value) && quantity.value >= least
  return isGiven ? undefined : { code: 'quantity_missing' }
}

function checkMinimum({ methodology, quantity }: Case): Reason | undefined {
  const limit = methodology.limits.minMetres?.value
  const given = quantity?.value ?? 0
  return limit !== undefined && given < limit ? { code: 'too_short', numbers: { limit, given } } : undefined
}

/** A default distance is the pack's own. */
function checkPlausible({ claim, methodology, pack, quantity, isDefault }: Case): Reason | undefined {
  return quantity && !isDefault ? whyNotPlausible(quantity, claim, { methodology, pack }) : undefined
}

function checkSpeed({ claim, methodology, pack, quantity, isDefault }: Case): Reason | undefined {
  // A default distance says nothing of the pace.
  if (methodology.kind !== 'travel' || !quantity || isDefault) return undefined
  const { minSpeedMetresPerHour: slowest, maxSpeedMetresPerHour: fastest } = methodology.limits
  const summary = track(claim)
  const lengthMs = (claim.endedAt ?? claim.startedAt) - claim.startedAt
  const ms = summary && summary.movingSeconds > 0 ? summary.movingSeconds * SECOND_MS : lengthMs
  if (ms > 0) {
    const hourlyMetresTimesMs = BigInt(quantity.value) * BigInt(HOUR_MS)
    if (fastest && hourlyMetresTimesMs > BigInt(fastest.value) * BigInt(ms)) {
      // Rounded up: "30 km/h, at most 30" would explain nothing.
      return speedReason('too_fast', fastest.value, -floorProduct([-quantity.value, HOUR_MS], [ms]))
    }
    if (slowest && hourlyMetresTimesMs < BigInt(slowest.value) * BigInt(ms)) {
      return speedReason('too_slow', slowest.value, floorProduct([quantity.value, HOUR_MS], [ms]))
    }
  }
  if (!summary || !fastest) return undefined
  const ofMean = floorProduct([fastest.value, pack.peakSpeedPerMille.value], [PER_MILLE])
  const peakLimit = methodology.limits.maxPeakMetresPerHour?.value ?? ofMean
  const peak = summary.maxSpeedMetresPerHour
  return peak > peakLimit ? speedReason('too_fast', peakLimit, peak) : undefined
}

function checkDigest({ claim, usage, findings }: Case): Reason | undefined {
  const summary = track(claim)
  const isKnown = summary !== undefined && usage.hasTrack(summary)
  return isKnown || findings.some(({ code }) => code === 'duplicate_track')
    ? { code: 'duplicate_track' }
    : undefined
}

/** Packs that merge acts find what stands against one beforehand: among the findings. */
function checkOverlap({ claim, methodology, pack, usage, quantity }: Case): Reason | undefined {
  if (methodology.kind !== 'travel' || pack.sameAct) return undefined
  const trip = {
    code: claim.code,
    startedAt: claim.startedAt,
    metres: quantity?.value ?? 0,
    ...(claim.endedAt === undefined ? {} : { endedAt: claim.endedAt }),
  }
  const trips = usage.tripsAround(claim.startedAt)
  return findOverlap(trip, trips, methodology.typicalSpeedMetresPerHour.value)
    ? { code: 'overlap' }
    : undefined
}

function track({ evidence }: ActivityClaim) {
  return evidence.trust === 'gps' || evidence.trust === 'import' ? evidence : undefined
}

function speedReason(code: 'too_fast' | 'too_slow', limit: number, given: number): Reason {
  return { code, numbers: { limit, given } }
}

function ceilRatio(value: number, divisor: number): number {
  return -floorProduct([-value], [divisor])
}
