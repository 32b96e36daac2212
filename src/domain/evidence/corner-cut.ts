// A thin track cuts the corners between its fixes. Where the ways before and after point to one, the step leads round it.
import { offAxis, STREET_METRES, type Streets, toleranceOf } from './streets.ts'
import { type Spot, type Vector, vectorAt } from './track-plane.ts'

const CORNER_METRES = 40 // a step so long may cut a corner that nobody recorded
const STEP_NOISE = 6 // deviations of a fix: a shorter step has no direction of its own
const NEAR_NOISE = 4 // the same of those beside it
const CORNER_RADIANS = [0.6, 2] as const // a street corner; more than the upper one is a turn
const SKIPPED_MAX = 2 // steps at a stop or a light, which point nowhere
const UNKNOWN_BEND = 0.3 // where nothing further tells: so much of a turn is the road's own bend

interface Around {
  readonly moving: readonly boolean[]
  readonly noise: number
  /** A town's, where there are any. */
  readonly streets: Streets | undefined
}

/** Metres that the way from spot `i` to the next is longer than the step between them. */
export function cornerCut(spots: readonly Spot[], i: number, { streets, ...around }: Around): number {
  return streets === undefined
    ? bentCorner(spots, i, around)
    : acrossStreets(spots, i, { streets, ...around })
}

/** Along the one street and then along the other, or the other way round. What goes on over two steps is a road of its own. */
function acrossStreets(
  spots: readonly Spot[],
  i: number,
  { moving, noise, streets }: Around & { streets: Streets },
): number {
  const step = vectorAt(spots, i)
  if (!moving[i] || step.metres <= Math.max(STREET_METRES, STEP_NOISE * streets.noise)) return 0
  const off = offAxis(Math.atan2(step.y, step.x), streets.axis)
  if (Math.abs(off) <= toleranceOf(step.metres, streets.noise)) return 0
  const goesOn = [i - 1, i + 1].some((k) => {
    if (!moving[k]) return false
    const beside = vectorAt(spots, k)
    const shorter = Math.min(step.metres, beside.metres)
    return beside.metres > NEAR_NOISE * noise && Math.abs(turn(step, beside)) <= toleranceOf(shorter, noise)
  })
  return goesOn ? 0 : step.metres * (Math.abs(Math.cos(off)) + Math.abs(Math.sin(off)) - 1)
}

/**
 * Where nothing is known of streets. The road may bend there instead: where it turned at the spot before, or turns at the one after, it is taken to
 * turn as much at this one, and only what is more is the corner's.
 */
function bentCorner(spots: readonly Spot[], i: number, { moving, noise }: Omit<Around, 'streets'>): number {
  const step = vectorAt(spots, i)
  if (!moving[i] || step.metres <= Math.max(CORNER_METRES, STEP_NOISE * noise)) return 0
  /** The next step from `k` on that leads somewhere. */
  const near = (k: number, side: 1 | -1): number | undefined => {
    for (let n = 0; n <= SKIPPED_MAX; n++) {
      const at = k + n * side
      if (moving[at] && vectorAt(spots, at).metres > NEAR_NOISE * noise) return at
    }
    return undefined
  }
  const [before, after] = [near(i - 1, -1), near(i + 1, 1)]
  if (before === undefined || after === undefined) return 0
  const bend = (from: number | undefined, to: number | undefined) =>
    from === undefined || to === undefined ? undefined : turn(vectorAt(spots, from), vectorAt(spots, to))
  const into = withoutBend(turn(vectorAt(spots, before), step), bend(near(before - 1, -1), before))
  const out = withoutBend(turn(step, vectorAt(spots, after)), bend(after, near(after + 1, 1)))
  const whole = Math.abs(into + out)
  if (into * out <= 0 || whole <= CORNER_RADIANS[0] || whole >= CORNER_RADIANS[1]) return 0
  return step.metres * (Math.cos((into - out) / 2) / Math.cos((into + out) / 2) - 1)
}

function withoutBend(angle: number, bend: number | undefined): number {
  if (bend === undefined) return angle * (1 - UNKNOWN_BEND)
  if (angle * bend <= 0) return angle
  return Math.abs(bend) >= Math.abs(angle) ? 0 : angle - bend
}

const turn = (a: Vector, b: Vector) => Math.atan2(a.x * b.y - a.y * b.x, a.x * b.x + a.y * b.y)
