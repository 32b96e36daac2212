/**
 * Are two acts one and the same, told twice, or can they not both have been? By kind, time and length, whoever tells them. Better evidence
 * wins, whichever came first.
 */
import { type Instant, MINUTE_MS } from '../base/time.ts'
import { PER_MILLE } from '../base/units.ts'
import type { Trust } from './activity.ts'
import { typicalDurationMs } from './overlap.ts'

export interface ToldAct {
  readonly code: string
  readonly trust: Trust
  readonly startedAt: Instant
  readonly endedAt?: Instant
  /** As claimed. Trips only: what has no length is no trip. */
  readonly metres?: number
  /** The pack's default stood in for the length: it fits any. */
  readonly isDefault?: boolean
}

export interface SameActRules {
  /** Kinds that people and machines take for each other: a bicycle with and without a motor, the bus and the metro. */
  readonly families: readonly (readonly string[])[]
  /** Of the shorter one: so much shared time makes two one. */
  readonly sharedPerMille: number
  /** The longer may be so much of the shorter one's length. */
  readonly lengthPerMille: number
  /** Of the shorter one: so much shared time that is not one act is impossible. */
  readonly collisionPerMille: number
  /** Acts that are moments: told twice within this time, they are one. */
  readonly momentMinutes: number
  /** Typical metres an hour; zero for what is no trip. */
  readonly speedOf: (code: string) => number
}

/** `collision`: nobody does both at once. */
export type Relation = 'same' | 'collision'

/** Clocks of two devices, and getting from the bus to the metro, differ by seconds; a minute is not a second ride. */
const TOLERANCE_MS = MINUTE_MS

const STRENGTH: Readonly<Record<Trust, number>> = { manual: 0, import: 1, gps: 2, provider: 3 }

/** Between equals what stands already stands. */
export function beats(newcomer: Trust, standing: Trust): boolean {
  return STRENGTH[newcomer] > STRENGTH[standing]
}

/** Whether two acts are one, or cannot both have been; undefined where they have nothing to do with each other. Trips by times and metres, all else by time. */
export function relationOf(one: ToldAct, other: ToldAct, rules: SameActRules): Relation | undefined {
  if (one.metres !== undefined && other.metres !== undefined)
    return relationOfTrips({ ...one, metres: one.metres }, { ...other, metres: other.metres }, rules)
  if (one.metres !== undefined || other.metres !== undefined || one.code !== other.code) return undefined
  // Two meals are two meals: only what a provider reports can be what the person has logged too.
  if ((one.trust === 'provider') === (other.trust === 'provider')) return undefined
  const times = sharedTime(one, other)
  if (times) return isMostly(times, rules.sharedPerMille) ? 'same' : undefined
  const apartMs = Math.abs(one.startedAt - other.startedAt)
  return apartMs <= rules.momentMinutes * MINUTE_MS || isDuring(one, other) ? 'same' : undefined
}

type Trip = ToldAct & { readonly metres: number }

function relationOfTrips(one: Trip, other: Trip, rules: SameActRules): Relation | undefined {
  const areKin = one.code === other.code || rules.families.some((each) => hasBoth(each, one, other))
  const isAlike = areKin && haveOneLength(one, other, rules)
  const times = sharedTime(one, other)
  if (times) {
    if (isAlike && isMostly(times, rules.sharedPerMille)) return 'same'
    const isMore = times.sharedMs * PER_MILLE > times.shorterMs * rules.collisionPerMille
    return times.sharedMs > TOLERANCE_MS && isMore ? 'collision' : undefined
  }
  if (!isDuring(one, other) && !(areKin && beganTogether(one, other, rules))) return undefined
  return isAlike ? 'same' : 'collision'
}

function hasBoth(family: readonly string[], one: ToldAct, other: ToldAct): boolean {
  return family.includes(one.code) && family.includes(other.code)
}

function haveOneLength(one: Trip, other: Trip, { lengthPerMille }: SameActRules): boolean {
  if (one.isDefault || other.isDefault) return true
  const [shorter, longer] = [Math.min(one.metres, other.metres), Math.max(one.metres, other.metres)]
  return longer * PER_MILLE <= shorter * lengthPerMille
}

interface SharedTime {
  readonly sharedMs: number
  readonly shorterMs: number
}

function isMostly({ sharedMs, shorterMs }: SharedTime, perMille: number): boolean {
  return sharedMs * PER_MILLE >= shorterMs * perMille
}

/** Undefined when an end is unknown. */
function sharedTime(one: ToldAct, other: ToldAct): SharedTime | undefined {
  const [end, otherEnd] = [endOf(one), endOf(other)]
  if (end === undefined || otherEnd === undefined) return undefined
  return {
    sharedMs: Math.min(end, otherEnd) - Math.max(one.startedAt, other.startedAt),
    shorterMs: Math.min(end - one.startedAt, otherEnd - other.startedAt),
  }
}

/** An interval no longer than the tolerance could never clash: it is treated as a moment, or it would be a loophole. */
function endOf({ startedAt, endedAt }: ToldAct): Instant | undefined {
  return endedAt !== undefined && endedAt - startedAt > TOLERANCE_MS ? endedAt : undefined
}

/** One of them is a moment within the other. */
function isDuring(one: ToldAct, other: ToldAct): boolean {
  const isWithin = (at: Instant, act: ToldAct) => act.startedAt < at && at < (endOf(act) ?? act.startedAt)
  return isWithin(one.startedAt, other) || isWithin(other.startedAt, one)
}

/** Nobody begins the same kind of ride again before the shorter of the two could have ended. */
function beganTogether(one: Trip, other: Trip, { speedOf }: SameActRules): boolean {
  const shorter = one.metres <= other.metres ? one : other
  const speed = speedOf(shorter.code)
  const apartMs = Math.abs(one.startedAt - other.startedAt)
  return speed > 0 && apartMs < typicalDurationMs(shorter.metres, speed)
}
