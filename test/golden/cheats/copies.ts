/** What becomes of a recorded trip in the hands of somebody who wants it to count once more. */
import type { TrackPoint } from '../../../src/domain/evidence/track-grid.ts'
import { randomOf } from '../../support/random.ts'
import { gauss } from './way.ts'

type Track = readonly TrackPoint[]

const DAY_MS = 24 * 3600_000
const METRES_PER_DEGREE = 111_195

export const later = (track: Track, days: number, ms = 0) =>
  track.map((point) => ({ ...point, at: point.at + days * DAY_MS + ms }))

export function scaled(track: Track, times: number) {
  const { lat, lon } = track[0]!
  return track.map((p) => ({ ...p, lat: lat + (p.lat - lat) * times, lon: lon + (p.lon - lon) * times }))
}

export const moved = (track: Track, [lat, lon]: readonly [number, number]) =>
  track.map((point) => ({ ...point, lat: point.lat + lat, lon: point.lon + lon }))

export const mirrored = (track: Track) =>
  track.map((point) => ({ ...point, lon: 2 * track[0]!.lon - point.lon }))

export function reversed(track: Track) {
  const sum = track[0]!.at + track.at(-1)!.at
  return track.map((point) => ({ ...point, at: sum - point.at })).reverse()
}

export const thinned = (track: Track, every: number) => track.filter((_, i) => i % every === 0)

/** From one share of its points to another. */
export const trimmed = (track: Track, from: number, to: number) =>
  track.slice(Math.floor(track.length * from), Math.floor(track.length * to))

/** One after the other, a minute apart. */
export function joined(...tracks: Track[]): TrackPoint[] {
  let end = tracks[0]![0]!.at - 60_000
  return tracks.flatMap((track) => {
    const shift = end + 60_000 - track[0]!.at
    end = track.at(-1)!.at + shift
    return track.map((point) => ({ ...point, at: point.at + shift }))
  })
}

export function noised(track: Track, metres: number, seed: number) {
  const dice = randomOf(seed)
  const off = () => (metres * gauss(dice)) / METRES_PER_DEGREE
  return track.map((point) => ({ ...point, lat: point.lat + off(), lon: point.lon + off() }))
}

export const rounded = (track: Track, decimals: number) =>
  track.map((p) => ({ ...p, lat: Number(p.lat.toFixed(decimals)), lon: Number(p.lon.toFixed(decimals)) }))

/** The same line, passed at one speed in metres per second. */
export function evened(track: Track, speed: number) {
  let at = track[0]!.at
  return track.map((point, i) => {
    const before = track[i - 1] ?? point
    const perDegree = METRES_PER_DEGREE * Math.cos((point.lat * Math.PI) / 180)
    const [north, east] = [(point.lat - before.lat) * METRES_PER_DEGREE, (point.lon - before.lon) * perDegree]
    at += (1000 * Math.hypot(north, east)) / speed
    return { ...point, at: Math.round(at / 1000) * 1000 }
  })
}

/** The clock runs so many times slower. */
export const slowed = (track: Track, times: number) =>
  track.map((point) => ({
    ...point,
    at: track[0]!.at + Math.round(((point.at - track[0]!.at) * times) / 1000) * 1000,
  }))

/** Read off at other moments, between two points on the line between them. */
export function resampled(track: Track, everyMs: number): TrackPoint[] {
  const points: TrackPoint[] = []
  let i = 0
  for (let at = track[0]!.at; at <= track.at(-1)!.at; at += everyMs) {
    while (i < track.length - 2 && track[i + 1]!.at <= at) i++
    const [from, to] = [track[i]!, track[i + 1]!]
    const share = (at - from.at) / (to.at - from.at)
    const between = (one: number, other: number) => one + (other - one) * share
    points.push({ lat: between(from.lat, to.lat), lon: between(from.lon, to.lon), at })
  }
  return points
}

/** From its middle on to the other side. */
export function mirroredInPart(track: Track): TrackPoint[] {
  const half = track.length >> 1
  return track.map((p, i) => (i < half ? p : { ...p, lon: 2 * track[half]!.lon - p.lon }))
}

/** The second half first, and from where it ends the first. */
export function swapped(track: Track): TrackPoint[] {
  const half = track.length >> 1
  return continued(track.slice(half), track.slice(0, half))
}

/** There, and the same way back. */
export const withItselfReversed = (track: Track) => continued(track, reversed(track))

/** One goes on where and when the other ended. */
function continued(one: Track, other: Track): TrackPoint[] {
  const [last, first] = [one.at(-1)!, other[0]!]
  const [lat, lon, at] = [last.lat - first.lat, last.lon - first.lon, last.at + 1000 - first.at]
  const start = one[0]!.at - Math.min(one[0]!.at, other[0]!.at)
  return [...one, ...other.map((p) => ({ lat: p.lat + lat, lon: p.lon + lon, at: p.at + at }))].map((p) => {
    return { ...p, at: p.at - start }
  })
}
