// Where a ride begins after a walk to it and ends before a walk from it: a lasting change of the speed class at either end of a recording.
// In the middle slowness is a jam, a hill or a light, and parts nothing: whoever changes there stands or pauses for longer.
import type { Stretch } from './track-runs.ts'
import { STANDING, type Step, standsIn, stepsOf } from './track-speeds.ts'

const WALK_SPEED_MAX = 2.2 // m/s: 8 km/h
const WALK_SPEED_USUAL = 1.6 // on average: a bicycle climbs hardly slower, a walker is hardly faster
const STANDING_SHARE_MAX = 0.5 // somebody who stood for longer waited
const METRES_PER_STAND = 70 // a walker stops at crossings, a jam every few lengths of a car
const FAST_SHARE_MAX = 0.1
const SLOW_SHARE = 0.3 // what a slow second weighs: fast ones soon after it make it one of the ride
const WALK_METRES_MIN = 120 // less is looking for the bus stop
const WALK_SECONDS_MIN = 100
const RIDE_SPEED = 2.6 // a slow bicycle on the flat
const FAST_SHARE_MIN = 0.15 // of the time in motion: a ride may be nearly all jam
const RIDE_METRES_MIN = 300
const RIDE_SECONDS_MIN = 60

/** The moments, in epoch milliseconds, at which the walk there ends and the walk away begins. A recording that is all of one class has none. */
export function walkEndsOf(stretches: readonly Stretch[]): readonly number[] {
  const steps = stepsOf(stretches)
  const [there, away] = rideIn(steps)
  const starts = isWalk(steps.slice(0, there)) ? [there] : []
  const ends = isWalk(steps.slice(away)) ? [away] : []
  if (!isRide(steps.slice(starts[0] ?? 0, ends[0] ?? steps.length))) return []
  return [...starts, ...ends].map((i) => steps[i]!.from * 1000)
}

/** From which step to which the recording is best read as a ride: as many fast seconds as can be, and few slow ones between them. */
function rideIn(steps: readonly Step[]): [from: number, to: number] {
  let [sum, start, most] = [0, 0, 0]
  let ride: [number, number] = [0, 0]
  steps.forEach(({ from, to, speed }, i) => {
    if (sum < 0) [sum, start] = [0, i]
    if (speed > WALK_SPEED_MAX) sum += to - from
    else if (speed > STANDING) sum -= SLOW_SHARE * (to - from)
    if (sum <= most) return
    most = sum
    ride = [start, i + 1]
  })
  // Who waits for the bus waits on its account.
  while (ride[0] > 0 && steps[ride[0] - 1]!.speed <= STANDING) ride[0]--
  return ride
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
