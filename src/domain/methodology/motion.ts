/**
 * Whether a track moves as somebody does who walked or rode: what did not move and what drove is not counted, what looks computed is looked at by a
 * person. All figures are the pack's. A track without these numbers, as builds of before send it, is judged by its speeds alone, and a phone that was
 * modified can send any: what that is worth is bounded by the caps.
 */
import type { Reason } from '../base/reason.ts'
import { PER_MILLE } from '../base/units.ts'
import type { ActivityClaim } from '../evidence/activity.ts'
import { landmarksIn } from '../evidence/landmarks.ts'
import type { TrackMotion } from '../evidence/track-motion.ts'
import { unprovenShare } from './formula.ts'
import type { Methodology, Pack } from './pack.ts'

interface Rules {
  readonly methodology: Methodology
  readonly pack: Pack
}

const SECONDS_PER_MINUTE = 60
/** Fewer values repeat by chance. */
const REPEATS_OF_MIN = 20

/** What cannot be a trip of this kind. */
export function whyNotMoved(claim: ActivityClaim, { methodology, pack }: Rules): Reason | undefined {
  const motion = motionIn(claim)
  const rules = pack.motion
  if (!motion || !rules || methodology.kind !== 'travel') return undefined
  const { reachMetres: reach, hopsPerMille: hops, repeatsPerMille: repeats } = motion
  const isDrift =
    reach <= rules.driftReachMetres.value && wanderPerMille(claim, motion) >= rules.wanderPerMille.value
  if (reach <= rules.reachMetres.value || isDrift) return { code: 'nothing_moved', numbers: { reach } }
  if (hops > rules.hopsPerMille.value) return { code: 'nothing_moved', numbers: { hops } }
  const isRepeated = repeats > rules.repeatsPerMille.value
  if (isRepeated && landmarksIn(motion.landmarks).length >= REPEATS_OF_MIN)
    return { code: 'track_replayed', numbers: { repeats } }
  const limit = methodology.limits.maxSurges?.value
  if (limit !== undefined && motion.surges > limit)
    return { code: 'vehicle_motion', numbers: { limit, given: motion.surges } }
  return undefined
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
  if (sway !== undefined && sway < least) return [{ code: 'speed_uniform', numbers: { sway, least } }]
  if (jitter > rules.jitterCentimetres.value) return [{ code: 'speed_uniform', numbers: { jitter } }]
  return []
}

export function motionIn({ evidence }: ActivityClaim): TrackMotion | undefined {
  return 'motion' in evidence ? evidence.motion : undefined
}

/** The way of a minute beside its straight line. */
function wanderPerMille({ quantity, evidence }: ActivityClaim, { strideMetres }: TrackMotion): number {
  const seconds = 'movingSeconds' in evidence ? evidence.movingSeconds : 0
  const metres = ((quantity?.value ?? 0) * SECONDS_PER_MINUTE) / Math.max(1, seconds)
  return (metres * PER_MILLE) / Math.max(1, strideMetres)
}
