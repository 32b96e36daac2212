// Where a ride begins after a walk to it and ends before a walk from it: a lasting change of the speed class at either end of a recording.
// In the middle slowness is a jam, a hill or a light, and parts nothing: whoever changes there stands or pauses for longer.
import type { Stretch } from './track-runs.ts'
import { STANDING, type Step, standsIn, stepsOf } from './track-speeds.ts'

const WALK_SPEED_MAX = 2.2 // m/s: 8 km/h
const WALK_SPEED_USUAL = 1.65 // on average: a bicycle climbs hardly slower, a walker is hardly faster
const STANDING_SHARE_MAX = 0.5 // somebody who stood for longer waited
const METRES_PER_STAND = 70 // a walker stops at crossings, a jam every few lengths of a car
const FAST_SHARE_MAX = 0.1
const WALK_METRES_MIN = 120 // less is looking for the bus stop
const WALK_SECONDS_MIN = 100
const RIDE_SPEED = 2.6 // a slow bicycle on the flat
const FAST_SHARE_MIN = 0.15 // of the time in motion: a ride may be nearly all jam
const RIDE_METRES_MIN = 300
const RIDE_SECONDS_MIN = 60

/** The moments, in epoch milliseconds, at which the walk there ends and the walk away begins. A recording that is all of one class has none. */
export function walkEndsOf(stretches: readonly Stretch[]): readonly number[] {
  const steps = stepsOf(stretches)
  const there = cheapestCut(steps)
  const away = steps.length - cheapestCut([...steps].reverse())
  if (there >= away) return []
  const starts = isWalk(steps.slice(0, there)) ? [there] : []
  const ends = isWalk(steps.slice(away)) ? [away] : []
  if (!isRide(steps.slice(starts[0] ?? 0, ends[0] ?? steps.length))) return []
  return [...starts, ...ends].map((i) => steps[i]!.from * 1000)
}

/** Up to which step the recording is best read as a walk, and from there on as a ride: the fewest seconds are then of the wrong class. */
function cheapestCut(steps: readonly Step[]): number {
  let [cost, least, cut] = [0, 0, 0]
  steps.forEach(({ from, to, speed }, i) => {
    if (speed > WALK_SPEED_MAX) cost += to - from
    else if (speed > STANDING) cost -= to - from
    if (cost >= least) return
    least = cost
    cut = i + 1
  })
  return cut
}

function isWalk(steps: readonly Step[]): boolean {
  const seconds = secondsOf(steps)
  const metres = metresOf(steps)
  const standing = secondsOf(steps.filter(({ speed }) => speed <= STANDING))
  const fast = secondsOf(steps.filter(({ speed }) => speed > WALK_SPEED_MAX))
  return (
    metres >= WALK_METRES_MIN &&
    seconds >= WALK_SECONDS_MIN &&
    metres <= WALK_SPEED_USUAL * (seconds - standing) &&
    standing <= STANDING_SHARE_MAX * seconds &&
    fast <= FAST_SHARE_MAX * seconds &&
    standsIn(steps) <= 1 + metres / METRES_PER_STAND
  )
}

function isRide(steps: readonly Step[]): boolean {
  const fast = secondsOf(steps.filter(({ speed }) => speed > RIDE_SPEED))
  const seconds = secondsOf(steps.filter(({ speed }) => speed > STANDING))
  return (
    metresOf(steps) >= RIDE_METRES_MIN &&
    secondsOf(steps) >= RIDE_SECONDS_MIN &&
    fast >= FAST_SHARE_MIN * seconds
  )
}

const secondsOf = (steps: readonly Step[]) => steps.reduce((sum, { from, to }) => sum + to - from, 0)
const metresOf = (steps: readonly Step[]) =>
  steps.reduce((sum, { from, to, speed }) => sum + speed * (to - from), 0)
