// How long a recorded way is, so that noise does not pay and an honest way loses nothing: the straightest way through what was recorded, measured.

import { cornerCut } from './corner-cut.ts'
import { motionIn } from './on-the-move.ts'
import { withoutReceiverError } from './receiver-error.ts'
import { withoutRepeats } from './repeated-fixes.ts'
import { slowDriftOf } from './slow-drift.ts'
import { type Place, straightened, type WaySpot } from './straightened.ts'
import { streetsOf } from './streets.ts'
import type { Fix } from './track-grid.ts'
import { besideOf, median, noiseOf, onPlane } from './track-plane.ts'
import { beyondUsualPace } from './usual-pace.ts'
import { type Wander, wanderOf } from './wander.ts'

const NEAR_FIXES = 15 // on either side: what says how noisy it was there
const NEAR_FIXES_MIN = 5
const ALIKE_FIXES = 5 // one answer for so many: their neighbours are nearly the same
const NOISE_MIN = 0.5 // the grid of a metre
/** What a fix is off together with its neighbours: at least as much as of a phone under an open sky, and so long it lasts. */
const DRIFT = { metres: 2, seconds: 25 }
const DRIFT_WANDER = 1.6 // of what shows within some seconds, where no more shows: so much more it is by the time it comes back
const LEAP = { metres: 1, wander: 0.5 } // by which the error changes in a second; the same of the root of what it has wandered
const ON_FOOT = 2.5 // m/s, over twenty seconds: who jams on four wheels is faster now and then
const PACE_NOISE = 4 // deviations that one gets on in that time, or the pace is lost in the noise
const DENSE_SECONDS = 5 // between fixes: enough in twenty seconds to tell the pace
const PACE_FIXES = 5 // on either side: how far apart they come
const STAND_METRES = 2 // from where one came to a stand to where one left it

/**
 * Method: tell how the receiver errs; put back what it was off for a while; tell what was in motion; of that, find the straightest way through the fixes, as each can be off
 * there. Its length is the sum of its steps, and of the corners that long steps cut, without what nobody's pace explains. Standing takes no room on the way, so that drift at a
 * light has no direction to count in.
 */
export function wayLength(fixes: readonly Fix[]): number {
  if (fixes.length < 2) return 0
  const written = onPlane(withoutRepeats(fixes))
  const noise = noiseOf(written)
  const wander = wanderOf(written, noise)
  const spots = withoutReceiverError(written, { noise, leap: leapOf(wander) })
  const { speeds, moving } = motionIn(spots, { noise, wander: wander.metres })
  /** Those at which one was on the move. */
  const at = [...spots.keys()].filter((i) => moving[i - 1] || moving[i])
  const isStep = (k: number) => at[k + 1] === at[k]! + 1 && moving[at[k]!] === true
  const way = at.map((i, k): WaySpot => {
    const metres =
      k === 0 ? 0 : isStep(k - 1) ? speeds[i - 1]! * (spots[i]!.second - spots[i - 1]!.second) : STAND_METRES
    return { ...spots[i]!, metres, variance: 0, deviation: 0 }
  })
  const drift = Math.max(
    DRIFT.metres,
    slowDriftOf(spots, { ...wander, noise }) ?? DRIFT_WANDER * wander.metres,
  )
  const isOnFoot = wander.fastest < ON_FOOT && PACE_NOISE * noise < 20 * wander.pace
  const places = straightened(withVariances(way, { noise, drift }), isOnFoot && wander.every <= DENSE_SECONDS)
  const around = { moving, noise, streets: streetsOf(spots, { moving, noise }) }
  const steps = [...at.keys()].filter(isStep).map((k) => {
    const seconds = spots[at[k]! + 1]!.second - spots[at[k]!]!.second
    return { metres: lengthOf(stepAt(places, k)) + cornerCut(spots, at[k]!, around), seconds }
  })
  let metres = steps.reduce((sum, step) => sum + step.metres, 0)
  for (let k = 0; k + 1 < at.length; k++) if (!isStep(k)) metres += standing(places, k, isStep)
  return Math.max(0, metres - (isOnFoot ? beyondUsualPace(steps, Math.hypot(noise, wander.metres)) : 0))
}

/** A walk's second difference over so many seconds is twice as far as its steps: so its step is told from it. */
function leapOf({ metres, seconds }: Wander): number {
  return Math.max(LEAP.metres, LEAP.wander * metres * Math.sqrt(2 / seconds))
}

/** By the fixes around: how far they lie beside each other, and how long they drift together. */
function withVariances(way: readonly WaySpot[], usual: { noise: number; drift: number }): WaySpot[] {
  const { noise } = usual
  const besides = besideOf(way)
  let own = noise
  return way.map((spot, k) => {
    if (k % ALIKE_FIXES === 0) own = noiseAround(besides, k + (ALIKE_FIXES >> 1)) ?? noise
    const drift = usual.drift * Math.max(1, own / Math.max(1, noise)) ** 2
    const [first, last] = [Math.max(0, k - PACE_FIXES), Math.min(way.length - 1, k + PACE_FIXES)]
    const apart = (way[last]!.second - way[first]!.second) / Math.max(1, last - first)
    // Fixes that drift together say together what one of them says.
    const together = Math.max(1, (2 * DRIFT.seconds) / Math.max(1, apart))
    return {
      ...spot,
      deviation: Math.hypot(Math.max(NOISE_MIN, own), drift),
      variance: Math.max(NOISE_MIN, own) ** 2 + drift * drift * together,
    }
  })
}

function noiseAround(besides: readonly (number | undefined)[], k: number): number | undefined {
  const near = besides
    .slice(Math.max(0, k - NEAR_FIXES), k + NEAR_FIXES + 1)
    .filter((one) => one !== undefined)
  return near.length < NEAR_FIXES_MIN ? undefined : median(near)
}

const stepAt = (places: readonly Place[], k: number): Place => ({
  x: places[k + 1]!.x - places[k]!.x,
  y: places[k + 1]!.y - places[k]!.y,
})
const lengthOf = ({ x, y }: Place) => Math.hypot(x, y)

/** From where one came to a stand to where one left it: along the way there and from there, so that drift beside it does not count. */
function standing(places: readonly Place[], k: number, isStep: (k: number) => boolean): number {
  const step = stepAt(places, k)
  let [x, y] = [0, 0]
  for (const beside of [k - 1, k + 1].filter(isStep)) {
    const near = stepAt(places, beside)
    const metres = lengthOf(near) || 1
    x += near.x / metres
    y += near.y / metres
  }
  const metres = Math.hypot(x, y)
  return metres === 0 ? 0 : (step.x * x + step.y * y) / metres
}
