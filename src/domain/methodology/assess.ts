/**
 * The verdict on one activity: what counts of it, by which numbers, and why. The same lines give the estimate on the phone and the
 * verdict in the backend, which adds what only it can know as `findings`. An act is never refused for its numbers: it is rejected, and kept.
 */

import type { Reason } from '../base/reason.ts'
import { type Day, dayOf, type Instant } from '../base/time.ts'
import type { Grams, Points } from '../base/units.ts'
import type { ActivityClaim, Quantity, Trust } from '../evidence/activity.ts'
import type { ToldAct } from '../evidence/same-act.ts'
import {
  countCaps,
  cutBy,
  cutByCount,
  gramCaps,
  pointsBefore,
  quantityCaps,
  rewardCaps,
  roomOf,
} from './caps.ts'
import { type Case, firstRejection, isInstant } from './checks.ts'
import { effectOf } from './effect.ts'
import { type Estimate, type Formula, formulaFor, gramsBy, unprovenShare } from './formula.ts'
import { motionDoubts } from './motion.ts'
import { type Methodology, methodologyOf, type Pack } from './pack.ts'
import type { Usage } from './usage.ts'

export type { Formula } from './formula.ts'

export type Verdict = 'accepted' | 'adjusted' | 'rejected' | 'review'

export interface Assessment {
  readonly packId: string
  readonly packVersion: number
  readonly code: string
  /** Zero when the pack does not know the code. */
  readonly methodologyVersion: number
  readonly verdict: Verdict
  readonly reasons: readonly Reason[]
  /** The day in Shandong on which the act began: caps are per day. */
  readonly day: Day
  /** When the act began by the right clock. Absent where the claim says it. */
  readonly startedAt?: Instant
  /** What the person claimed, or the default that stood in for it. */
  readonly claimed?: Quantity
  /** What of it counts after the caps. Absent when rejected. */
  readonly counted?: Quantity
  readonly formula?: Formula
  /** Central estimate after every cap: what the person sees and is rewarded for. */
  readonly rewardGrams: Grams
  /** The same, under the same caps, with the low and the high factors. */
  readonly lowGrams: Grams
  readonly highGrams: Grams
  /** Lower bound that may ever become credits; always zero under a demonstration pack. */
  readonly creditableGrams: Grams
  readonly points: Points
}

export interface AssessContext {
  /** What the account has used so far, without this act. */
  readonly usage: Usage
  readonly pack: Pack
  /** The time of posting. */
  readonly now: Instant
  /** When a provider said it, by its own clock: the act's age is reckoned up to then. Absent: up to now. */
  readonly statedAt?: Instant
  /** Milliseconds by which the phone's clock was behind when it timed the act: the act is judged, and filed, by the right time. */
  readonly shiftMs?: number
  /** A person has judged the times: neither age nor clock rejects any more. */
  readonly isReviewed?: boolean
  /** Backend only: duplicates and doubts that cross accounts. */
  readonly findings?: readonly Reason[]
}

const NOTHING = { rewardGrams: 0, lowGrams: 0, highGrams: 0, creditableGrams: 0, points: 0 } as const

export function assess(asked: ActivityClaim, context: AssessContext): Assessment {
  const { usage, pack, now, statedAt = now, isReviewed = false, findings = [] } = context
  const methodology = methodologyOf(pack, asked.code)
  const claim = shifted(asked, methodology, context.shiftMs ?? 0)
  const day = dayOf(isInstant(claim.startedAt) ? claim.startedAt : now)
  const corrected = claim === asked ? {} : { startedAt: claim.startedAt }
  const head = { packId: pack.id, packVersion: pack.version, code: claim.code, day, ...corrected } as const
  if (!methodology) {
    const claimed = claim.quantity === undefined ? {} : { claimed: claim.quantity }
    const reasons: readonly Reason[] = [{ code: 'unknown_activity' }]
    return { ...head, methodologyVersion: 0, verdict: 'rejected', reasons, ...claimed, ...NOTHING }
  }
  const { quantity, isDefault } = quantityOf(claim, methodology)
  const given: Case = {
    claim,
    methodology,
    pack,
    usage,
    now,
    statedAt,
    isReviewed,
    findings,
    day,
    quantity,
    isDefault,
  }
  const versioned = { ...head, methodologyVersion: methodology.version }
  const rejection = firstRejection(given) ?? findings.find((finding) => effectOf(finding) === 'reject')
  if (rejection || !quantity)
    return { ...versioned, ...rejected(given, rejection ?? { code: 'quantity_missing' }) }
  return { ...versioned, ...counted({ ...given, quantity }) }
}

type Numbers = Omit<
  Assessment,
  'packId' | 'packVersion' | 'code' | 'methodologyVersion' | 'day' | 'startedAt'
>

/** The act as it is judged: by the right clock, with the length that stands in where none was given. Undefined for a code unknown. */
export function toldAct(
  asked: ActivityClaim,
  { pack, shiftMs = 0 }: Pick<AssessContext, 'pack' | 'shiftMs'>,
): ToldAct | undefined {
  const methodology = methodologyOf(pack, asked.code)
  if (!methodology || !isInstant(asked.startedAt)) return undefined
  const { code, startedAt, endedAt, evidence } = shifted(asked, methodology, shiftMs)
  const { quantity, isDefault } = quantityOf(asked, methodology)
  return {
    code,
    trust: evidence.trust,
    startedAt,
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(methodology.kind === 'travel' && quantity?.unit === 'metre' ? { metres: quantity.value } : {}),
    isDefault,
  }
}

/** Whole days and weeks are read from a calendar, not from the phone's clock: they stay what the person chose. */
function shifted(claim: ActivityClaim, methodology: Methodology | undefined, shiftMs: number): ActivityClaim {
  const isOfCalendar =
    methodology?.limits.minHours || (methodology?.kind === 'fixed' && methodology.daysPerAct)
  if (shiftMs === 0 || isOfCalendar || !isInstant(claim.startedAt + shiftMs)) return claim
  const { startedAt, endedAt } = claim
  return {
    ...claim,
    startedAt: startedAt + shiftMs,
    ...(endedAt === undefined ? {} : { endedAt: endedAt + shiftMs }),
  }
}

/** The claimed quantity, or what the pack publishes for a person who does not know it; an act counted in times is done once. */
function quantityOf(
  claim: ActivityClaim,
  methodology: Methodology,
): { quantity: Quantity | undefined; isDefault: boolean } {
  if (claim.quantity) return { quantity: claim.quantity, isDefault: false }
  if (methodology.kind === 'travel' && methodology.defaultMetres) {
    return { quantity: { value: methodology.defaultMetres.value, unit: 'metre' }, isDefault: true }
  }
  if (methodology.unit === 'count') return { quantity: { value: 1, unit: 'count' }, isDefault: false }
  return { quantity: undefined, isDefault: false }
}

/** Zero, but with all that is needed to explain it and to appeal. */
function rejected({ claim, methodology, pack, quantity, isDefault }: Case, reason: Reason): Numbers {
  const reasons = isDefault && quantity ? [reason, defaultDistance(quantity)] : [reason]
  const isComputable =
    quantity &&
    quantity.unit === methodology.unit &&
    Number.isSafeInteger(quantity.value) &&
    quantity.value >= 0
  const formula =
    isComputable && formulaFor(methodology, quantity.value, { pack, trust: claim.evidence.trust })
  return {
    verdict: 'rejected',
    reasons,
    ...(quantity ? { claimed: quantity } : {}),
    ...(formula ? { formula } : {}),
    ...NOTHING,
  }
}

function counted(given: Case & { readonly quantity: Quantity }): Numbers {
  const { claim, methodology, pack, usage, now, day, quantity, isDefault, findings } = given
  const trust = claim.evidence.trust
  const context = { methodology, pack, usage, day }
  const byQuantity = cutBy(quantity.value, quantityCaps(context))
  const byCount = cutByCount(byQuantity.value, methodology.unit, countCaps(context))
  const value = byCount.value
  const caps = gramCaps(trust, context)
  const byGrams = cutBy(gramsFor(methodology, value, pack, { trust, estimate: 'central' }), caps)
  const room = Math.min(Number.MAX_SAFE_INTEGER, ...caps.map(roomOf))
  const lowGrams = Math.min(room, gramsFor(methodology, value, pack, { trust, estimate: 'low' }))
  const highGrams = Math.min(room, gramsFor(methodology, value, pack, { trust, estimate: 'high' }))
  const byReward = cutBy(pointsBefore(byGrams.value, value, context), rewardCaps(trust, { ...context, now }))
  const unproven = modeUnproven(methodology, trust)
  const cuts = [
    ...unproven,
    ...byQuantity.reasons,
    ...byCount.reasons,
    ...byGrams.reasons,
    ...byReward.reasons,
  ]
  const doubts = given.isReviewed ? [] : motionDoubts(claim, { methodology, pack })
  const reviews = [...findings.filter((finding) => effectOf(finding) === 'review'), ...doubts]
  const notes = findings.filter((finding) => effectOf(finding) === 'note')
  if (isDefault) notes.push(defaultDistance(quantity))
  const formula = formulaFor(methodology, value, { pack, trust })
  if (isZeroByRule(methodology, quantity.value, formula)) notes.push({ code: 'zero_by_rule' })
  return {
    verdict: reviews.length > 0 ? 'review' : cuts.length > 0 ? 'adjusted' : 'accepted',
    reasons: [...cuts, ...reviews, ...notes],
    claimed: quantity,
    counted: { value, unit: quantity.unit },
    ...(formula ? { formula } : {}),
    rewardGrams: byGrams.value,
    lowGrams,
    highGrams,
    creditableGrams: isCreditable(given) ? lowGrams : 0,
    points: byReward.value,
  }
}

function modeUnproven(methodology: Methodology, trust: Trust): Reason[] {
  const share = unprovenShare(methodology, trust)
  return share ? [{ code: 'mode_unproven', numbers: { share: share.value } }] : []
}

function gramsFor(
  methodology: Methodology,
  value: number,
  pack: Pack,
  { trust, estimate }: { trust: Trust; estimate: Estimate },
): Grams {
  const formula = formulaFor(methodology, value, { pack, trust, estimate })
  return formula ? gramsBy(formula) : 0
}

function isZeroByRule(methodology: Methodology, claimed: number, formula: Formula | undefined): boolean {
  if (methodology.zero || !formula || claimed === 0) return true
  return formula.kind === 'travel' && formula.projectMgPerKm >= formula.baselineMgPerKm
}

/** The rest of the conditions (the provider's declaration, the person's consent) is checked where credits are issued. */
function isCreditable({ claim, methodology, pack, findings }: Case): boolean {
  if (findings.some(({ code }) => code === 'rights_missing')) return false
  return !pack.demonstration && pack.creditable && methodology.creditable && claim.evidence.trust !== 'manual'
}

function defaultDistance(quantity: Quantity): Reason {
  return { code: 'default_distance', numbers: { value: quantity.value } }
}
