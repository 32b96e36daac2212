/** What a receiver makes of a trip: errors that wander, reflections between houses, silence, sparing samples, rounded places. */
import type { TrackPoint } from '../../../src/domain/evidence/track-grid.ts'
import { randomOf } from '../../support/random.ts'
import { gauss, type Moment } from './way.ts'

export interface Receiver {
  /** A slow error of so many metres over minutes, a quicker one over seconds, and what is left from fix to fix. */
  readonly slow: number
  readonly quick: number
  readonly white: number
  /** Of the time between high houses, where reflections mislead by tens of metres. */
  readonly canyons: number
  /** Seconds between fixes. */
  readonly every: number
  /** Seconds without any fix, from which second on. */
  readonly gap?: readonly [from: number, seconds: number]
  readonly decimals: number
}

export const WATCH: Receiver = { slow: 2.5, quick: 0.7, white: 0.1, canyons: 0, every: 1, decimals: 7 }
export const PHONE: Receiver = { slow: 3.5, quick: 1.2, white: 0.25, canyons: 0.05, every: 1, decimals: 6 }
export const CANYON: Receiver = { slow: 5, quick: 2, white: 0.4, canyons: 0.25, every: 1, decimals: 6 }
export const SPARING: Receiver = { slow: 3.5, quick: 1.2, white: 0.25, canyons: 0.02, every: 10, decimals: 6 }
export const MINUTELY: Receiver = { slow: 4, quick: 1.5, white: 0.3, canyons: 0.02, every: 60, decimals: 5 }

const METRES_PER_DEGREE = 111_195

export interface Where {
  readonly lat: number
  readonly lon: number
  readonly startAt: number
}

export function receive(
  moments: readonly Moment[],
  receiver: Receiver,
  { seed, ...where }: Where & { seed: number },
): TrackPoint[] {
  const dice = randomOf(seed * 31_337 + 5)
  const error = { slow: walk(receiver.slow, 120), quick: walk(receiver.quick, 7), canyon: walk(18, 12) }
  let inCanyon = false
  return moments.flatMap(({ second, x, y }): TrackPoint[] => {
    const [slow, quick, canyon] = [error.slow(), error.quick(), error.canyon()]
    if (dice() < 1 / 40) inCanyon = dice() < receiver.canyons
    const [dx, dy] = [0, 1].map(
      (i) => slow[i]! + quick[i]! + (inCanyon ? canyon[i]! : 0) + receiver.white * gauss(dice),
    )
    const [from, length] = receiver.gap ?? [0, 0]
    if (second % receiver.every !== 0 || (second >= from && second < from + length)) return []
    return [placed({ x: x + dx!, y: y + dy! }, where, second, receiver.decimals)]
  })

  function walk(size: number, seconds: number): () => [number, number] {
    const keep = Math.exp(-1 / seconds)
    const push = size * Math.sqrt(1 - keep * keep)
    let [a, b] = [size * gauss(dice), size * gauss(dice)]
    return () => {
      ;[a, b] = [keep * a + push * gauss(dice), keep * b + push * gauss(dice)]
      return [a, b]
    }
  }
}

export function placed(
  { x, y }: { x: number; y: number },
  { lat, lon, startAt }: Where,
  second: number,
  decimals = 7,
): TrackPoint {
  const round = (degrees: number) => Number(degrees.toFixed(decimals))
  const perDegree = METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180)
  return {
    lat: round(lat + y / METRES_PER_DEGREE),
    lon: round(lon + x / perDegree),
    at: startAt + second * 1000,
  }
}
