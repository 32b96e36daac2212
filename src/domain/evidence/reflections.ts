// Between towers and in malls the whole position lies tens of metres beside for a while. Nobody went there and back: the steps there and back
// are taken for what they would have been without. Quick and rough, for speeds; lengths are told with more care, see receiver-error.ts.
import { median, type Spot } from './track-plane.ts'

interface Vector {
  readonly x: number
  readonly y: number
}

interface Step extends Vector {
  readonly seconds: number
  /** Metres that noise makes of no step at all. */
  readonly slack: number
}

const NONE: Vector = { x: 0, y: 0 }

const NEIGHBOURS = 5 // steps on either side that say how one was moving
const STEP_SECONDS_MAX = 8 // in longer ones a bend of the road is as far as a reflection
const SLACK_METRES = 6
const SLACK_NOISE = 3 // deviations of what a step ends at: noise is longer now and then, but comes back as any of it does
const FASTER = 1.2 // than half of the steps around: who sprints for one step does not sprint back
const AWAY_SECONDS_MAX = 180 // from there to back: a street between towers, a hall
const BACK_SHARE = 0.4 // of the farthest that one seemed to be beside
const USUAL_SHARE = 0.92 // of the steps are no reflection
const OFFSET_METRES_MAX = 150 // further off there is no reflection, but another reason

/** `noise`: metres of one fix, in one direction. */
export function withoutReflections(spots: readonly Spot[], noise: number): Spot[] {
  const slack = slackOf(noise)
  const steps = spots.slice(1).map((to, i): Step => {
    const from = spots[i]!
    return { seconds: to.second - from.second, x: to.x - from.x, y: to.y - from.y, slack }
  })
  const excesses = thereAndBack(
    steps.map((_, i) => excessOf(steps, i)),
    steps,
  )
  let off: Vector = NONE
  return spots.map(({ second, x, y }, i) => {
    const excess = excesses[i - 1] ?? NONE
    off = { x: off.x + excess.x, y: off.y + excess.y }
    return { second, x: x - off.x, y: y - off.y }
  })
}

/** Only what comes back was a reflection, or what is faster than all the rest: a car that leaps from light to light is neither. */
function thereAndBack(excesses: readonly Vector[], steps: readonly Step[]): Vector[] {
  const speeds = steps.map(speedOf).sort((a, b) => a - b)
  const fastest = speeds[Math.floor(speeds.length * USUAL_SHARE)] ?? 0
  const kept = excesses.map((excess, i) => {
    const most = FASTER * fastest * steps[i]!.seconds + steps[i]!.slack
    return speedOf(steps[i]!) * steps[i]!.seconds > most ? excess : NONE
  })
  for (let from = 0; from < excesses.length; from++) {
    const to = excesses[from] === NONE ? from : returnOf(excesses, steps, from)
    for (let i = from; i <= to; i++) if (to > from) kept[i] = excesses[i]!
    from = to
  }
  return kept
}

const speedOf = (step: Step) => Math.hypot(step.x, step.y) / step.seconds
const slackOf = (noise: number) => Math.max(SLACK_METRES, SLACK_NOISE * noise)

/** At which step one is back, or `from`. */
function returnOf(excesses: readonly Vector[], steps: readonly Step[], from: number): number {
  let [x, y, most, seconds] = [0, 0, 0, 0]
  for (let i = from; i < excesses.length && seconds <= AWAY_SECONDS_MAX; i++) {
    seconds += steps[i]!.seconds
    x += excesses[i]!.x
    y += excesses[i]!.y
    most = Math.max(most, Math.hypot(x, y))
    if (i > from && Math.hypot(x, y) <= BACK_SHARE * most) return i
  }
  return from
}

/** What of a step was no motion: all but the usual one around it, where it is too long to be a step at all. */
function excessOf(steps: readonly Step[], i: number): Vector {
  const { seconds, x, y, slack } = steps[i]!
  if (seconds > STEP_SECONDS_MAX || steps.length < 3) return NONE
  const near = [...steps.slice(Math.max(0, i - NEIGHBOURS), i), ...steps.slice(i + 1, i + 1 + NEIGHBOURS)]
  const most = FASTER * median(near.map(speedOf)) * seconds + slack
  const metres = Math.hypot(x, y)
  if (metres <= most || metres > OFFSET_METRES_MAX) return NONE
  return {
    x: x - median(near.map((step) => step.x / step.seconds)) * seconds,
    y: y - median(near.map((step) => step.y / step.seconds)) * seconds,
  }
}
