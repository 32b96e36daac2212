// How far a receiver strays together with its neighbours, and how fast its bearer usually goes: what noise from fix to fix does not show.
import { median, type Spot } from './track-plane.ts'

export interface Wander {
  /** Metres per second as usual while on the move, and at the most but for a fifth of the time; seconds from one fix to the next. */
  readonly pace: number
  readonly fastest: number
  readonly every: number
  /** Metres in one direction, beside the noise of single fixes, within `seconds`. 0 where the way itself bends too much meanwhile to tell. */
  readonly metres: number
  readonly seconds: number
}

const LAG_METRES = 12 // of way: over more of it the road bends, over less a walker's receiver has not wandered yet
const LAG_SECONDS = { least: 3, most: 10 }
const SLOWEST = 0.3 // m/s
const CHORD_METRES_MAX = 45 // half a block: of most such pieces none holds a corner
const PACE_SECONDS = { least: 20, most: 60 }
const PACE_SHARE = { usual: 0.6, fastest: 0.8 } // of the time one is no faster: standing is left out by and large
const FEW = 20
/** How much shorter or longer than the lag a piece may be. */
const LAG_SHARE = { least: 0.7, most: 2 }
/** From the median of distances beside a line through two neighbours to the deviation of one fix. */
const TO_DEVIATION = 1 / 0.6745 / Math.sqrt(1.5)

/** @param noise metres of one fix, in one direction. */
export function wanderOf(spots: readonly Spot[], noise: number): Wander {
  const every = median(spots.slice(1).map(({ second }, i) => second - spots[i]!.second))
  const speeds = speedsOf(spots)
  const [pace, fastest] = [rank(speeds, PACE_SHARE.usual), rank(speeds, PACE_SHARE.fastest)]
  const lag = Math.min(LAG_SECONDS.most, Math.max(LAG_SECONDS.least, LAG_METRES / Math.max(SLOWEST, pace)))
  const seconds = Math.max(lag, every)
  const besides = seconds * pace > CHORD_METRES_MAX ? [] : besidesOver(spots, seconds)
  const whole = besides.length < FEW ? 0 : median(besides) * TO_DEVIATION
  return { pace, fastest, every, metres: Math.sqrt(Math.max(0, whole * whole - noise * noise)), seconds }
}

const rank = (sorted: readonly number[], share: number) => sorted[Math.floor(sorted.length * share)] ?? 0

/** In order of size. */
function speedsOf(spots: readonly Spot[]): number[] {
  const speeds: number[] = []
  let end = 0
  for (const from of spots) {
    while (end < spots.length - 1 && spots[end]!.second - from.second < PACE_SECONDS.least) end++
    const to = spots[end]!
    const seconds = to.second - from.second
    if (seconds >= PACE_SECONDS.least && seconds <= PACE_SECONDS.most)
      speeds.push(Math.hypot(to.x - from.x, to.y - from.y) / seconds)
  }
  return speeds.sort((a, b) => a - b)
}

/** Metres by which each spot lies beside the line from one so many seconds before it to one so many after. */
function besidesOver(spots: readonly Spot[], seconds: number): number[] {
  const besides: number[] = []
  let [before, after] = [0, 0]
  spots.forEach((spot, i) => {
    while (before < i && spots[before + 1]!.second <= spot.second - seconds) before++
    while (after < spots.length - 1 && spots[after]!.second < spot.second + seconds) after++
    const [a, c] = [spots[before]!, spots[after]!]
    const spans = [spot.second - a.second, c.second - spot.second].map((span) => span / seconds)
    if (spans.some((span) => span < LAG_SHARE.least || span > LAG_SHARE.most)) return
    const [x, y] = [c.x - a.x, c.y - a.y]
    const metres = Math.hypot(x, y)
    if (metres >= 1) besides.push(Math.abs((spot.x - a.x) * y - (spot.y - a.y) * x) / metres)
  })
  return besides
}
