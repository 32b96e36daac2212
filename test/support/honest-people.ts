// Trips that honest people could have made, by seed: a way of known length, how they moved along it, what a receiver made of it and what the
// recorder kept. Nobody has walked them; what is measured on them is said to be so.
import type { TrackPoint } from '../../src/domain/evidence/track-grid.ts'
import { type Random, randomOf } from './random.ts'

export type Means = 'walk' | 'bike' | 'vehicle'

/** Where the way leads: blocks of a city, a winding road, rounds in a park, a line under or above the ground, or out and back. */
export type Way = 'blocks' | 'winding' | 'park' | 'line' | 'there-and-back'

/** Error in metres: `white` anew in each fix; `drift` wanders with its `memory` in seconds. */
export interface Receiver {
  readonly white: number
  readonly drift?: { readonly metres: number; readonly memory: number }
  /** Reflections: the whole position lies beside for a while. `abrupt` from one fix to the next, `gliding` within seconds, `wandering` on and on. */
  readonly reflections?: {
    readonly how: 'abrupt' | 'gliding' | 'wandering'
    /** Share of the time, at least one. */
    readonly share: number
    readonly metres: readonly [number, number]
    readonly seconds: readonly [number, number]
  }
}

/** Which fixes are kept. */
export interface Recorder {
  readonly every: number
  /** Of the interval, to either side. */
  readonly jitter?: number
  /** Only where one has moved that far since the last. */
  readonly minMetres?: number
  readonly skipShare?: number
  /** Lost signals, each so long. */
  readonly gaps?: { readonly count: number; readonly seconds: readonly [number, number] }
}

export interface Sort {
  readonly name: string
  readonly means: Means
  readonly way: Way
  readonly metres: readonly [number, number]
  /** Metres per second while nothing is in the way. */
  readonly cruise: readonly [number, number]
  /** Lights, stations, stops: metres between them, seconds at each, and whether everybody stops. */
  readonly halts?: {
    readonly apart: readonly [number, number]
    readonly seconds: readonly [number, number]
    readonly share: number
  }
  readonly receiver: Receiver
  readonly recorder: Recorder
}

export interface HonestTrip {
  readonly points: readonly TrackPoint[]
  /** The length of the way itself. */
  readonly metres: number
  readonly means: Means
}

interface Spot {
  readonly x: number
  readonly y: number
}

const METRES_PER_DEGREE = 111_195
const LAT = 36.67
const LON = 117.02
const START_AT = Date.UTC(2026, 10, 9, 23, 30)
/** Metres per second won and lost in a second. Cyclists at lights are measured at 0.2 to 0.5 (Parkin and Rotheram 2010), city buses at about 1. */
const GAIN: Readonly<Record<Means, number>> = { walk: 0.8, bike: 0.5, vehicle: 1.1 }

export function honestTrip(sort: Sort, seed: number): HonestTrip {
  const random = randomOf(seed * 7919 + 17)
  const length = between(random, sort.metres)
  const way = wayOf(sort, length, random)
  const moves = movesAlong(sort, way.length - 1, random)
  const errors = errorsOf(sort.receiver, moves.length, random)
  const points = moves.map((metres, second): TrackPoint => {
    const { x, y } = spotAt(way, metres)
    const { x: east, y: north } = errors[second]!
    const lat = LAT + (y + north) / METRES_PER_DEGREE
    return {
      lat,
      lon: LON + (x + east) / METRES_PER_DEGREE / Math.cos((LAT * Math.PI) / 180),
      at: START_AT + second * 1000,
    }
  })
  return { points: kept(points, moves, sort.recorder, random), metres: way.length - 1, means: sort.means }
}

const between = (random: Random, [least, most]: readonly [number, number]) =>
  least + random() * (most - least)
const gauss = (random: Random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** A spot a metre. */
function wayOf({ way, means }: Sort, length: number, random: Random): Spot[] {
  const spots: Spot[] = [{ x: 0, y: 0 }]
  let heading = random() * 2 * Math.PI
  let bend = 0 // radians a metre
  let left = 0 // metres until the next bend begins
  let turning = 0 // metres that the bend still lasts
  const corner = { walk: 2, bike: 5, vehicle: 12 }[means]
  for (let metre = 0; metre < length; metre++) {
    if (turning > 0 && --turning === 0) bend = 0
    else if (turning === 0 && left-- <= 0) {
      const side = random() < 0.5 ? -1 : 1
      if (way === 'blocks') {
        left = between(random, means === 'walk' ? [60, 350] : means === 'bike' ? [150, 700] : [300, 1500])
        if (metre > 0) [bend, turning] = [side / corner, Math.round((corner * Math.PI) / 2)]
      } else if (way === 'winding') {
        const radius = between(random, means === 'vehicle' ? [80, 400] : [35, 200])
        left = between(random, [20, 150])
        ;[bend, turning] = [side / radius, Math.round(radius * between(random, [0.3, 1.4]))]
      } else if (way === 'park') {
        const radius = between(random, [25, 90])
        left = between(random, [5, 60])
        ;[bend, turning] = [side / radius, Math.round(radius * between(random, [0.8, 3]))]
      } else if (way === 'line') {
        const radius = between(random, [300, 900])
        left = between(random, [300, 1500])
        ;[bend, turning] = [side / radius, Math.round(radius * between(random, [0.2, 0.9]))]
      } else {
        left = between(random, [100, 400])
        if (metre > 0) [bend, turning] = [side / corner, Math.round((corner * Math.PI) / 2)]
      }
    }
    heading += bend
    const last = spots.at(-1)!
    spots.push({ x: last.x + Math.cos(heading), y: last.y + Math.sin(heading) })
  }
  if (way !== 'there-and-back') return spots
  const half = spots.slice(0, Math.ceil(spots.length / 2))
  return [...half, ...half.slice(0, -1).reverse()]
}

/** Metres gone at each second, until the end is reached. */
function movesAlong({ cruise, halts, means }: Sort, length: number, random: Random): number[] {
  const usual = between(random, cruise)
  const ends: { at: number; seconds: number }[] = []
  for (
    let at = halts ? between(random, halts.apart) : length;
    halts && at < length - 20;
    at += between(random, halts.apart)
  )
    if (random() < halts.share) ends.push({ at, seconds: Math.round(between(random, halts.seconds)) })
  const moves = [0]
  let [metres, speed, mood] = [0, 0, 0]
  while (metres < length) {
    mood = 0.97 * mood + 0.04 * gauss(random)
    const next = ends[0]
    const most = usual * (1 + Math.max(-0.4, Math.min(0.4, mood)))
    const ahead = (next?.at ?? length) - metres
    const brake = Math.sqrt(2 * GAIN[means] * Math.max(0, ahead))
    speed = Math.max(0, Math.min(speed + GAIN[means], most, next ? brake : most))
    if (next && ahead < 1) {
      for (let i = 0; i < next.seconds; i++) moves.push(metres)
      ends.shift()
      speed = 0.3
    }
    metres = Math.min(length, metres + Math.max(0.2, speed))
    moves.push(metres)
  }
  return moves
}

function spotAt(way: readonly Spot[], metres: number): Spot {
  const at = Math.min(way.length - 2, Math.floor(metres))
  const [from, to, share] = [way[at]!, way[at + 1]!, metres - at]
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
}

function errorsOf({ white, drift, reflections }: Receiver, seconds: number, random: Random): Spot[] {
  const beside = reflections ? reflected(reflections, seconds, random) : []
  let slow: Spot = { x: 0, y: 0 }
  const wander = (from: Spot, { metres, memory }: { metres: number; memory: number }): Spot => {
    const keep = Math.exp(-1 / memory)
    const push = metres * Math.sqrt(1 - keep * keep)
    return { x: keep * from.x + push * gauss(random), y: keep * from.y + push * gauss(random) }
  }
  return Array.from({ length: seconds }, (_, second) => {
    if (drift) slow = wander(slow, drift)
    const { x = 0, y = 0 } = beside[second] ?? {}
    return { x: white * gauss(random) + slow.x + x, y: white * gauss(random) + slow.y + y }
  })
}

function reflected(
  { how, share, metres, seconds }: NonNullable<Receiver['reflections']>,
  length: number,
  random: Random,
): Spot[] {
  const beside: Spot[] = Array.from({ length }, () => ({ x: 0, y: 0 }))
  let due = Math.max(1, share * length)
  while (due > 0) {
    const lasts = Math.round(between(random, seconds))
    const from = random.below(Math.max(1, length - lasts))
    const [far, angle] = [between(random, metres), random() * 2 * Math.PI]
    let [x, y] = [far * Math.cos(angle), far * Math.sin(angle)]
    for (let i = 0; i < lasts && from + i < length; i++) {
      if (how === 'wandering') {
        x = 0.96 * x + 0.28 * far * gauss(random) * 0.7
        y = 0.96 * y + 0.28 * far * gauss(random) * 0.7
      }
      const near = Math.min(1, (i + 1) / 6, (lasts - i) / 6)
      const part = how === 'abrupt' ? 1 : near
      beside[from + i] = { x: x * part, y: y * part }
    }
    due -= lasts
  }
  return beside
}

function kept(
  points: readonly TrackPoint[],
  moves: readonly number[],
  { every, jitter = 0, minMetres = 0, skipShare = 0, gaps }: Recorder,
  random: Random,
): TrackPoint[] {
  const silent = Array.from({ length: gaps?.count ?? 0 }, () => {
    const lasts = between(random, gaps!.seconds)
    // Heard again before the end: who is not has a shorter track, and no gap.
    const from = Math.max(0, points.length - lasts) * (0.1 + 0.8 * random())
    return [from, from + lasts] as const
  })
  const chosen: TrackPoint[] = []
  let due = 0
  let moved = Number.NEGATIVE_INFINITY
  points.forEach((point, second) => {
    const isLast = second === points.length - 1
    if (!isLast && (second < due || random() < skipShare || moves[second]! - moved < minMetres)) return
    if (silent.some(([from, to]) => second >= from && second < to)) return
    chosen.push(point)
    moved = moves[second]!
    due = second + every * (1 + jitter * (2 * random() - 1))
  })
  return chosen
}

/** One after the other, from where the one before ended, with seconds of standing between. */
export function joined(trips: readonly HonestTrip[], waits: readonly number[]): TrackPoint[] {
  const points: TrackPoint[] = []
  trips.forEach((trip, i) => {
    const last = points.at(-1)
    const first = trip.points[0]!
    const wait = (waits[i - 1] ?? 0) * 1000
    for (let ms = 5000; last && ms < wait; ms += 5000)
      points.push({ ...last, lat: last.lat + (ms % 3) * 1e-5, at: last.at + ms })
    const [lat, lon, at] = last
      ? [last.lat - first.lat, last.lon - first.lon, last.at + Math.max(1000, wait) - first.at]
      : [0, 0, 0]
    for (const point of trip.points)
      points.push({ lat: point.lat + lat, lon: point.lon + lon, at: point.at + at })
  })
  return points
}
