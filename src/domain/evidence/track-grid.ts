// Points of a track on the grid that its digest is made of. Only digest and summary leave the phone, never the points.
// Promise: order, repeats, splitting and decimals beyond the grid change nothing: same text, same digest.
import { metresBetween as greatCircleMetres } from '../base/place.ts'

export interface TrackPoint {
  readonly lat: number
  readonly lon: number
  readonly at: number // epoch milliseconds
}

export interface Fix {
  readonly second: number
  readonly lat: number // 1e-5 degrees, like `lon`
  readonly lon: number
  readonly isRestart?: true // after a jump that turned out to be real: never joined with what came before
}

const RADIANS_PER_GRID_UNIT = Math.PI / 180 / 1e5
const EARLIEST_AT = 946_684_800_000 // 2000; a receiver without a clock yet would stretch the trip over decades
const LATEST_AT = 4_102_444_800_000 // 2100

/** The text to be hashed: one line a point, `second,lat,lon` with degrees in units of 1e-5 (about a metre), in order. */
export function canonicalTrackText(points: readonly TrackPoint[]): string {
  const lines = gridOf(points).map(({ second, lat, lon }) => `${second},${lat},${lon}`)
  return ['greentrace-track-1', ...lines, ''].join('\n')
}

/** Distinct points in order. Milliseconds are cut off, as tools that drop them do. */
export function gridOf(points: readonly TrackPoint[]): Fix[] {
  const grid = points
    .filter(isUsable)
    .map(({ lat, lon, at }) => ({ second: Math.floor(at / 1000), lat: onGrid(lat), lon: onGrid(lon) }))
    .sort(inOrder)
  return grid.filter((fix, i) => i === 0 || inOrder(grid[i - 1]!, fix) !== 0)
}

const inOrder = (a: Fix, b: Fix) => a.second - b.second || a.lat - b.lat || a.lon - b.lon

/** Somewhere on earth, at a time that a track can be of. */
export function isUsable({ lat, lon, at }: TrackPoint): boolean {
  const isSomewhere = Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && !(lat === 0 && lon === 0) // 0,0 is written for "no fix"
  return isSomewhere && at >= EARLIEST_AT && at < LATEST_AT
}

/** By way of 7 decimals, so that exports with seven and with all digits agree; one with fewer may fall on another step. */
function onGrid(degrees: number): number {
  return Math.round(Math.round(degrees * 1e7) / 100)
}

/** From grid units: within 0.3 % of the ellipsoid, far below a receiver's error. */
export function metresBetween(from: Fix, to: Fix): number {
  return greatCircleMetres(from, to, RADIANS_PER_GRID_UNIT)
}

/** Metres per second; of two fixes of one second infinite. */
export const speedBetween = (from: Fix, to: Fix) => metresBetween(from, to) / (to.second - from.second)
