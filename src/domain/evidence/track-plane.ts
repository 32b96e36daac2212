// Fixes of one run laid on a plane, in metres, and how far a receiver was off there: what arithmetic on directions needs.
import { EARTH_RADIUS_METRES } from '../base/place.ts'
import type { Fix } from './track-grid.ts'

export interface Spot {
  readonly second: number
  /** Metres east and north of the first. */
  readonly x: number
  readonly y: number
}

export interface Vector {
  readonly x: number
  readonly y: number
  readonly metres: number
}

/** The step from spot `i` to the next. */
export function vectorAt(spots: readonly Spot[], i: number): Vector {
  const [from, to] = [spots[i]!, spots[i + 1]!]
  const [x, y] = [to.x - from.x, to.y - from.y]
  return { x, y, metres: Math.hypot(x, y) }
}

const METRES_PER_UNIT = (EARTH_RADIUS_METRES * Math.PI) / 180 / 1e5
const RADIANS_PER_UNIT = Math.PI / 180 / 1e5
const ROUND_THE_EARTH = 360e5

/** Step by step, so that each is as long as on the sphere however far the track leads. */
export function onPlane(fixes: readonly Fix[]): Spot[] {
  let [x, y] = [0, 0]
  return fixes.map((fix, i) => {
    const before = fixes[i - 1] ?? fix
    const east = fix.lon - before.lon
    const wrapped = east - Math.round(east / ROUND_THE_EARTH) * ROUND_THE_EARTH
    x += wrapped * METRES_PER_UNIT * Math.cos(((before.lat + fix.lat) / 2) * RADIANS_PER_UNIT)
    y += (fix.lat - before.lat) * METRES_PER_UNIT
    return { second: fix.second, x, y }
  })
}

const NEAR_SECONDS = 12 // between the neighbours; further apart a fix lies beside their line because the road bends
const NEAR_METRES = 70 // or, of a slow way, so far: of most such pieces none holds a corner
const FEW = 20
const USUAL_NOISE_METRES = 3 // of a phone under an open sky, where a track is too thin to tell
const NOISE_METRES_MAX = 10
/** From the median of distances to their standard deviation, and from there to that of one fix: beside a line through its neighbours. */
const MEDIAN_OF_NORMAL = 0.6745
const OF_ONE = Math.sqrt(1.5)

/** Metres that a fix lies off, in one direction: by how far it is beside the line from the one before to the one after. */
export function noiseOf(spots: readonly Spot[]): number {
  const besides = besideOf(spots).filter((beside) => beside !== undefined)
  return besides.length < FEW ? USUAL_NOISE_METRES : Math.min(NOISE_METRES_MAX, median(besides))
}

/** The same of each, such that their median is the noise; undefined where its neighbours tell nothing. */
export function besideOf(spots: readonly Spot[]): (number | undefined)[] {
  const isSlow =
    median(spots.slice(2).map((c, i) => Math.hypot(c.x - spots[i]!.x, c.y - spots[i]!.y))) <= NEAR_METRES
  return spots.map((b, i) => {
    const [a, c] = [spots[i - 1], spots[i + 1]]
    if (!a || !c || (c.second - a.second > NEAR_SECONDS && !isSlow)) return undefined
    const [x, y] = [c.x - a.x, c.y - a.y]
    const length = Math.hypot(x, y)
    if (length === 0) return undefined
    return Math.abs((b.x - a.x) * y - (b.y - a.y) * x) / length / MEDIAN_OF_NORMAL / OF_ONE
  })
}

/** Sorts what it is given. */
export function median(values: number[]): number {
  values.sort((a, b) => a - b)
  const middle = values.length >> 1
  if (values.length % 2 === 1) return values[middle]!
  return values.length === 0 ? 0 : (values[middle - 1]! + values[middle]!) / 2
}
