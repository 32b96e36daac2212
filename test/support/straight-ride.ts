// A ride whose every number is known beforehand: straight east or west at one speed, one fix every few seconds.
import type { TrackPoint } from '../../src/domain/evidence/track-grid.ts'

export interface StraightRide {
  readonly at?: number
  readonly metres?: number
  readonly seconds?: number
  readonly every?: number
  /** How far east of the first place of all it begins. */
  readonly from?: number
  readonly isWestward?: boolean
}

const METRES_PER_DEGREE = 111_195
const LAT = 36.8
const LON = 118.05
/** Friday, 17:10 in Zibo. */
export const RIDE_AT = Date.UTC(2026, 9, 23, 9, 10)

/** 1,500 m in 300 s unless told: 18 km/h, a fix every 5 s. */
export function straightRide(ride: StraightRide = {}): TrackPoint[] {
  const { at = RIDE_AT, metres = 1500, seconds = 300, every = 5, from = 0, isWestward = false } = ride
  return Array.from({ length: Math.floor(seconds / every) + 1 }, (_, i) => {
    const way = (metres * i * every) / seconds
    return { ...placeEast(from + (isWestward ? -way : way)), at: at + i * every * 1000 }
  })
}

export function placeEast(metres: number): { lat: number; lon: number } {
  return { lat: LAT, lon: LON + metres / METRES_PER_DEGREE / Math.cos((LAT * Math.PI) / 180) }
}

export function moved(point: TrackPoint, { north = 0, ms = 0 }: { north?: number; ms?: number }): TrackPoint {
  return { ...point, lat: point.lat + north / METRES_PER_DEGREE, at: point.at + ms }
}
