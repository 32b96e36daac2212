// Towns have streets at right angles. Where a thin track shows by itself that it keeps to such, a step that leads across them went round their corners.
import { type Spot, vectorAt } from './track-plane.ts'

interface Step {
  readonly at: number
  readonly angle: number
  readonly metres: number
}

const QUARTER = Math.PI / 2
export const STREET_METRES = 25 // a shorter step has no direction that a street could be told by
const STREET_NOISE = 7 // deviations of a fix: the same
const STEPS_MIN = 5
const AXES = 45 // of a quarter turn: two degrees apart
const TOLERANCE = { noise: 2 * Math.SQRT2, metres: 3.5, least: 0.06, most: 0.25 }
const ON_SHARE = { least: 0.22, chance: 1.35 } // of the way that keeps to the streets, and how often more than would by chance
/** What the steps along the streets may show of a receiver: as usual unless they say otherwise, and what of the way may lead along them. */
const ASKEW = {
  usual: 3.5,
  spread: 0.4,
  metres: [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 10],
  shares: [0.2, 0.35, 0.5, 0.65, 0.8, 0.9],
}
const ASTRAY_SHARE = 0.1 // of the way that leads across and straight on over two steps: a road that is no such street

export interface Streets {
  /** Their direction, in radians within a quarter turn. */
  readonly axis: number
  /** Metres that a fix is off, in one direction. */
  readonly noise: number
}

/**
 * Undefined where the track does not keep to two directions at right angles. Where it does, its steps along a street lie askew by what a receiver is
 * off: so that is told also of a thin track, of which no three fixes show it.
 */
export function streetsOf(
  spots: readonly Spot[],
  { moving, noise }: { moving: readonly boolean[]; noise: number },
): Streets | undefined {
  const steps = [...spots.keys()].slice(1).flatMap((i): Step[] => {
    if (!moving[i - 1]) return []
    const { x, y, metres } = vectorAt(spots, i - 1)
    const isLong = metres >= Math.max(STREET_METRES, STREET_NOISE * noise)
    return isLong ? [{ at: i - 1, angle: Math.atan2(y, x), metres }] : []
  })
  const axis = keptAxis(steps, noise)
  return axis === undefined ? undefined : { axis, noise: Math.max(noise, askewOf(steps, axis)) }
}

/** The likeliest, where some steps lead along a street and lie askew by the errors of their ends, and the others in any direction. */
function askewOf(steps: readonly Step[], axis: number): number {
  let [likeliest, most] = [ASKEW.usual, Number.NEGATIVE_INFINITY]
  for (const metres of ASKEW.metres)
    for (const share of ASKEW.shares) {
      let log = -((Math.log(metres / ASKEW.usual) / ASKEW.spread) ** 2) / 2
      for (const step of steps) {
        const deviation = (Math.SQRT2 * metres) / step.metres
        const off = offAxis(step.angle, axis) / deviation
        const along = Math.exp((-off * off) / 2) / deviation / Math.sqrt(2 * Math.PI)
        log += Math.log(share * along + (1 - share) / QUARTER)
      }
      if (log > most) [likeliest, most] = [metres, log]
    }
  return likeliest
}

/** The direction that the steps keep to, if they do. */
function keptAxis(steps: readonly Step[], noise: number): number | undefined {
  if (steps.length < STEPS_MIN) return undefined
  const tolerance = (step: Step) => toleranceOf(step.metres, noise)
  const whole = metresOf(steps)
  const axis = axisOf(steps, tolerance)
  const isOn = (step: Step) => Math.abs(offAxis(step.angle, axis)) <= tolerance(step)
  const on = steps.filter(isOn)
  const along = on.filter(({ angle }) => Math.abs(Math.cos(angle - axis)) > Math.SQRT1_2)
  if (along.length === 0 || along.length === on.length) return undefined
  const chance = steps.reduce((sum, step) => sum + (step.metres * 2 * tolerance(step)) / QUARTER, 0) / whole
  if (metresOf(on) / whole <= ON_SHARE.least + ON_SHARE.chance * chance) return undefined
  const astray = steps.slice(1).filter((step, i) => {
    const before = steps[i]!
    const isAcross = step.at === before.at + 1 && !isOn(step) && !isOn(before)
    const bend = Math.abs(turnBetween(before.angle, step.angle))
    return isAcross && bend <= Math.min(tolerance(step), tolerance(before))
  })
  return 2 * metresOf(astray) > ASTRAY_SHARE * whole ? undefined : axis
}

/** Radians that a direction is off the nearest street's. */
export function offAxis(angle: number, axis: number): number {
  const off = angle - axis
  return off - Math.round(off / QUARTER) * QUARTER
}

/** Radians by which a step so long may lie askew by the errors of its ends. */
export function toleranceOf(metres: number, noise: number): number {
  const { noise: deviations, metres: usual, least, most } = TOLERANCE
  return Math.min(most, Math.max(least, (deviations * Math.max(usual, noise)) / metres))
}

const metresOf = (steps: readonly Step[]) => steps.reduce((sum, { metres }) => sum + metres, 0)

function turnBetween(from: number, to: number): number {
  const turn = to - from
  return turn - Math.round(turn / (2 * Math.PI)) * 2 * Math.PI
}

/** Which most of the way keeps to; then the mean of what does. */
function axisOf(steps: readonly Step[], tolerance: (step: Step) => number): number {
  let [best, most] = [0, -1]
  for (let k = 0; k < AXES; k++) {
    const axis = (k * QUARTER) / AXES
    const metres = metresOf(steps.filter((step) => Math.abs(offAxis(step.angle, axis)) <= tolerance(step)))
    if (metres > most) [best, most] = [axis, metres]
  }
  const near = steps.filter((step) => Math.abs(offAxis(step.angle, best)) <= tolerance(step))
  return (
    best + near.reduce((sum, { angle, metres }) => sum + metres * offAxis(angle, best), 0) / metresOf(near)
  )
}
