/**
 * Whether a track moves as somebody does who walked or rode: what did not move and what drove is not counted, what looks computed is looked at by a
 * person. All figures are the pack's. A track without these numbers, as builds of before send it, is judged by its speeds alone, and a phone that was
 * modified can send any: what that is worth is bounded by the caps.
 */
import type { Reason } from '../base/reason.ts'
import { DAY_MS } from '../base/time.ts'
import { PER_MILLE } from '../base/units.ts'
import type { ActivityClaim } from '../evidence/activity.ts'
import { inCommon, landmarksIn } from '../evidence/landmarks.ts'
import { inCommonAtATempo } from '../evidence/tempo.ts'
import type { TrackMotion } from '../evidence/track-motion.ts'
import { unprovenShare } from './formula.ts'
import { type Methodology, methodologyOf, type Pack } from './pack.ts'

interface Rules {
  readonly methodology: Methodology
  readonly pack: Pack
}

const SECONDS_PER_MINUTE = 60
const MYRIAD = 10_000
/** Fewer repeat by chance: changes of pace in all, and of how many sorts, as few sorts are a metronome's. A short ride four times over shows few sorts often. */
const REPEATS_OF_MIN = { seen: 17, sorts: 6 }

/** What cannot be a trip of this kind. */
export function whyNotMoved(claim: ActivityClaim, { methodology, pack }: Rules): Reason | undefined {
  const motion = motionIn(claim)
  const rules = pack.motion
  if (!motion || !rules || methodology.kind !== 'travel') return undefined
  const { reachMetres: reach, hopsPerMille: hops, repeatsPerMille: repeats } = motion
  const isDrift =
    reach <= rules.driftReachMetres.value && wanderPerMille(claim, motion) >= rules.wanderPerMille.value
  const metres = claim.quantity?.value ?? 0
  const isUnproven = unprovenShare(methodology, claim.evidence.trust) !== undefined
  // Round and round goes who walks or rides for its own sake, and nobody by bus.
  const isRound = isUnproven && metres * PER_MILLE >= rules.vehicleRoundsPerMille.value * reach
  if (reach <= rules.reachMetres.value || isDrift || isRound)
    return { code: 'nothing_moved', numbers: { reach } }
  if (hops > rules.hopsPerMille.value) return { code: 'nothing_moved', numbers: { hops } }
  const isRepeated = repeats > rules.repeatsPerMille.value
  if (isRepeated && isOfMany(motion)) return { code: 'track_replayed', numbers: { repeats } }
  const limit = methodology.limits.maxSurges?.value
  if (limit !== undefined && motion.surges > limit)
    return { code: 'vehicle_motion', numbers: { limit, given: motion.surges } }
  return undefined
}

/** `repeatsPerMille` is the share of all that were seen of those that came up before: the sorts are the rest of it. */
function isOfMany({ landmarks, repeatsPerMille }: TrackMotion): boolean {
  const sorts = landmarksIn(landmarks).length
  const seen = (sorts * PER_MILLE) / Math.max(1, PER_MILLE - repeatsPerMille)
  return sorts >= REPEATS_OF_MIN.sorts && seen >= REPEATS_OF_MIN.seen
}

/** What a person has to look at. Only where the track lifts the share: else it is worth no more than one's word. */
export function motionDoubts(claim: ActivityClaim, { methodology, pack }: Rules): Reason[] {
  const motion = motionIn(claim)
  const rules = pack.motion
  if (!motion || !rules || methodology.kind !== 'travel') return []
  if (unprovenShare(methodology, claim.evidence.trust)) return []
  const { roundPerMille: round, evenPerMille: even = 0, jitterCentimetres: jitter = 0 } = motion
  const { swayPerMille: sway } = motion
  const least = methodology.limits.minSwayPerMille?.value ?? 0
  if (round > rules.roundPerMille.value) return [{ code: 'places_rounded', numbers: { round } }]
  if (even > rules.evenPerMille.value) return [{ code: 'speed_uniform', numbers: { even } }]
  if (isOnePace(claim, motion, rules))
    return [{ code: 'speed_uniform', numbers: { stray: motion.strayDecimetres } }]
  if (sway !== undefined && sway < least) return [{ code: 'speed_uniform', numbers: { sway, least } }]
  if (jitter > rules.jitterCentimetres.value) return [{ code: 'speed_uniform', numbers: { jitter } }]
  return []
}

/** An act that stands. */
export interface Other {
  readonly claim: ActivityClaim
  readonly isOwn: boolean
}

/**
 * Whether it is that act's trip once more. Two of one account at one time are for the rules of one ride to tell apart; on two accounts they are
 * friends, unless they share the receiver's errors too.
 */
export function whyReplayed(claim: ActivityClaim, other: Other, pack: Pack): Reason | undefined {
  const [mine, theirs] = [motionIn(claim), motionIn(other.claim)]
  const rules = pack.motion
  const methodology = methodologyOf(pack, claim.code)
  const isTogether = overlaps(claim, other.claim)
  if (!rules || !methodology || !mine || !theirs || (isTogether && other.isOwn)) return undefined
  const isUnproven = unprovenShare(methodology, claim.evidence.trust) !== undefined
  // Of a bus, its driver’s pace is everybody’s.
  if (isTogether && isUnproven) return undefined
  const alone = isUnproven ? rules.replayUnprovenPerMille : rules.replayPerMille
  const least = (isTogether ? rules.replayTogetherPerMille : alone).value
  const isLike = isMuch(
    inCommon(mine.landmarks, theirs.landmarks),
    { least, few: rules.replayFewShared.value },
    rules,
  )
  const tempos = temposOf(mine, theirs)
  const atATempo = { least: Math.max(least, TEMPO.perMille), few: TEMPO.few }
  const isLikeAtATempo = !isUnproven && tempos.some((tempo) => isMuch(tempo, atATempo, rules))
  const areRounds = mine.repeatsPerMille + theirs.repeatsPerMille >= 2 * TEMPO.roundsPerMille
  const isBorneOut = isUnproven
    ? tempos.every((tempo) => perMilleOf(tempo) >= rules.replayTogetherPerMille.value)
    : !areRounds && tempos.some((tempo) => perMilleOf(tempo) >= TEMPO.borneOutPerMille)
  if (!isLikeAtATempo && !(isLike && (tempos.length === 0 || isBorneOut))) return undefined
  return { code: 'track_replayed', numbers: { days: daysApart(claim, other.claim) } }
}

interface InCommon {
  readonly shared: number
  readonly of: number
}

const perMilleOf = ({ shared, of }: InCommon) => (shared * PER_MILLE) / Math.max(1, of)

/** Many that are `least` per mille, or `few` that are most of a short trip's. */
function isMuch(
  common: InCommon,
  { least, few }: { readonly least: number; readonly few: number },
  rules: NonNullable<Pack['motion']>,
): boolean {
  const isFew = common.shared < rules.replayShared.value
  const most = isFew ? Math.max(least, rules.replayFewPerMille.value) : least
  return common.shared >= few && perMilleOf(common) >= most
}

/** None where a phone does not tell of tempos, or a trip is too short for them: then landmarks alone decide. */
function temposOf({ tempo: mine }: TrackMotion, { tempo: theirs }: TrackMotion): InCommon[] {
  if (mine === undefined || theirs === undefined) return []
  return inCommonAtATempo(mine, theirs).filter(({ of }) => of >= TEMPO.ofMin)
}

/**
 * Per mille in common at any tempo: `perMille` is a copy. Whatever has landmarks in common and not even `borneOutPerMille` at a tempo went over the same
 * hills, or round and round (`roundsPerMille` of its changes of pace repeat), which is alike every day. So is the metro, by its timetable: in vehicles
 * nothing but the receiver's errors tells a copy. `few`, where a pack's `replayFewShared` is of landmarks; of fewer than `ofMin` nothing is said.
 */
const TEMPO = { perMille: 400, borneOutPerMille: 200, roundsPerMille: 40, few: 5, ofMin: 5 }

type Times = Pick<ActivityClaim, 'startedAt' | 'endedAt'>

function overlaps(one: Times, other: Times): boolean {
  const endOf = ({ startedAt, endedAt }: Times) => endedAt ?? startedAt
  return one.startedAt <= endOf(other) && other.startedAt <= endOf(one)
}

function daysApart(one: Times, other: Times): number {
  return Math.round(Math.abs(one.startedAt - other.startedAt) / DAY_MS)
}

export function motionIn({ evidence }: ActivityClaim): TrackMotion | undefined {
  return 'motion' in evidence ? evidence.motion : undefined
}

/** Where the times were worked out from the way, the whole of it lies on one line, but for rounding. */
function isOnePace(
  { quantity }: ActivityClaim,
  { strayDecimetres }: TrackMotion,
  { strayMetres, strayPerMyriad }: NonNullable<Pack['motion']>,
): boolean {
  const metres = strayDecimetres / 10
  return metres <= strayMetres.value && metres * MYRIAD <= strayPerMyriad.value * (quantity?.value ?? 0)
}

/** The way of a minute beside its straight line. */
function wanderPerMille({ quantity, evidence }: ActivityClaim, { strideMetres }: TrackMotion): number {
  const seconds = 'movingSeconds' in evidence ? evidence.movingSeconds : 0
  const metres = ((quantity?.value ?? 0) * SECONDS_PER_MINUTE) / Math.max(1, seconds)
  return (metres * PER_MILLE) / Math.max(1, strideMetres)
}
