// Between towers and in malls the whole position lies tens of metres beside for a while. Nobody went there and back: the steps there and back
// are taken for what they would have been without.
import { median, type Spot } from './track-plane.ts'

interface Step {
  readonly seconds: number
  readonly x: number
  readonly y: number
}

const NEIGHBOURS = 5 // steps on either side that say how one was moving
const STEP_SECONDS_MAX = 8 // in longer ones a bend of the road is as far as a reflection
const SLACK_METRES = 6
const SLACK_NOISE = 5 // deviations of a single fix: in a thousand steps of mere noise none is that long
const FASTER = 1.2 // than all but one of the steps around: nobody sprints for one step
const OFFSET_METRES_MAX = 150 // further off there is no reflection, but another reason

/** `scale`: seconds that a step has at least. 0 finds what leaps from one fix to the next, some seconds what glides there. */
export function withoutReflections(
  spots: readonly Spot[],
  { scale, noise }: { scale: number; noise: number },
): Spot[] {
  const at = [...spots.keys()].filter(stepsOf(spots, scale))
  const steps = at.slice(1).map((to, i) => stepBetween(spots[at[i]!]!, spots[to]!))
  const put: Spot[] = spots.slice(0, 1)
  let [offX, offY] = [0, 0]
  steps.forEach((step, i) => {
    const excess = excessOf(steps, i, noise)
    const from = spots[at[i]!]!
    for (const { second, x, y } of spots.slice(at[i]! + 1, at[i + 1]! + 1)) {
      const share = (second - from.second) / step.seconds
      put.push({ second, x: x - offX - share * excess.x, y: y - offY - share * excess.y })
    }
    offX += excess.x
    offY += excess.y
  })
  return put
}

/** Which spots a step ends at: the first, the last, and between them each that is late enough. */
function stepsOf(spots: readonly Spot[], scale: number): (i: number) => boolean {
  let last = Number.NEGATIVE_INFINITY
  return (i) => {
    if (i < spots.length - 1 && spots[i]!.second - last < scale) return false
    last = spots[i]!.second
    return true
  }
}

function stepBetween(from: Spot, to: Spot): Step {
  return { seconds: to.second - from.second, x: to.x - from.x, y: to.y - from.y }
}

/** What of a step was no motion: all but the usual one around it, where it is too long to be a step at all. */
function excessOf(steps: readonly Step[], i: number, noise: number): { x: number; y: number } {
  const { seconds, x, y } = steps[i]!
  const none = { x: 0, y: 0 }
  if (seconds > STEP_SECONDS_MAX || steps.length < 3) return none
  const near = [...steps.slice(Math.max(0, i - NEIGHBOURS), i), ...steps.slice(i + 1, i + 1 + NEIGHBOURS)]
  const speeds = near.map((step) => Math.hypot(step.x, step.y) / step.seconds).sort((a, b) => b - a)
  const most = FASTER * speeds[1]! * seconds + Math.max(SLACK_METRES, SLACK_NOISE * noise)
  const metres = Math.hypot(x, y)
  if (metres <= most || metres > OFFSET_METRES_MAX) return none
  return {
    x: x - median(near.map((step) => step.x / step.seconds)) * seconds,
    y: y - median(near.map((step) => step.y / step.seconds)) * seconds,
  }
}
