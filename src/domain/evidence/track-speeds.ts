// How fast somebody was from fix to fix, reflections put back: what legs are parted by and means are told from.
import { withoutReflections } from './reflections.ts'
import { noiseOf, onPlane, type Spot } from './track-plane.ts'
import { runsOf, type Stretch } from './track-runs.ts'

export interface Step {
  /** When it begins and ends, epoch seconds. */
  readonly from: number
  readonly to: number
  /** Metres per second, over half a minute, and over a third of it. */
  readonly speed: number
  readonly brisk: number
}

const AROUND_SECONDS = 15 // to either side: a reflection or one fix of noise makes nobody ride
const BRISK_SECONDS = 5 // to either side: what shows how a jam stops and goes
export const STANDING = 0.5 // m/s: below a frail person's walk, above a standing phone's drift
const GOING = 0.9 // m/s, after a stand: more than noise makes of one

/** A lost signal is a step like others: who was carried through a tunnel rode. */
export function stepsOf(stretches: readonly Stretch[]): Step[] {
  const fixes = runsOf(stretches).runs.flatMap((run) => run.fixes)
  const placed = onPlane(fixes)
  const noise = noiseOf(placed)
  const spots = withoutReflections(placed, noise)
  const [slow, brisk] = [speedsIn(spots, AROUND_SECONDS), speedsIn(spots, BRISK_SECONDS)]
  return spots.slice(1).map(({ second }, i) => ({
    from: spots[i]!.second,
    to: second,
    speed: slow[i]!,
    brisk: brisk[i]!,
  }))
}

/** At each step, from a spot so many seconds before its middle to one so many after. */
function speedsIn(spots: readonly Spot[], seconds: number): number[] {
  let before = 0
  let after = 0
  return spots.slice(1).map((next, i) => {
    const middle = (spots[i]!.second + next.second) / 2
    while (before < i && middle - spots[before + 1]!.second >= seconds) before++
    after = Math.max(after, i + 1)
    while (after < spots.length - 1 && spots[after]!.second - middle < seconds) after++
    const [from, to] = [spots[before]!, spots[after]!]
    return Math.hypot(to.x - from.x, to.y - from.y) / (to.second - from.second)
  })
}

/** How often one came to a stand. */
export function standsIn(steps: readonly Step[]): number {
  let stands = 0
  let isStanding = false
  for (const { brisk } of steps) {
    if (brisk < STANDING && !isStanding) stands++
    if (brisk < STANDING || brisk > GOING) isStanding = brisk < STANDING
  }
  return stands
}
