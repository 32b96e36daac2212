/** Tracks of trips that nobody made: computed by a planner or a few lines of code, and those of a phone that lay still. */
import type { TrackPoint } from '../../../src/domain/evidence/track-grid.ts'
import { randomOf } from '../../support/random.ts'
import { placed, type Receiver, receive, type Where } from './receiver.ts'
import { gauss, townRoute } from './way.ts'

interface Plan {
  readonly metres: number
  /** Metres per second. */
  readonly speed: number
  /** Each edge of the way has a speed of its own, by up to this share. */
  readonly perEdge?: number
  readonly every?: number
  readonly noise?: number
  /** How much of the noise stays from one fix to the next. */
  readonly stays?: number
  readonly decimals?: number
}

export function computed(plan: Plan, where: Where, seed: number): TrackPoint[] {
  const { metres, speed, perEdge = 0, every = 1, noise = 0, stays = 0, decimals = 7 } = plan
  const dice = randomOf(seed)
  const points: TrackPoint[] = []
  let [second, east, north, next] = [0, 0, 0, 0]
  const route = townRoute(dice, metres)
  route.slice(1).forEach(([toX, toY], i) => {
    const [fromX, fromY] = route[i]!
    const length = Math.hypot(toX - fromX, toY - fromY)
    const seconds = length / (speed * (1 + perEdge * (2 * dice() - 1)))
    for (; next <= second + seconds; next += every) {
      const share = (next - second) / seconds
      east = stays * east + Math.sqrt(1 - stays * stays) * noise * gauss(dice)
      north = stays * north + Math.sqrt(1 - stays * stays) * noise * gauss(dice)
      const [x, y] = [fromX + (toX - fromX) * share + east, fromY + (toY - fromY) * share + north]
      points.push(placed({ x, y }, where, next, decimals))
    }
    second += seconds
  })
  return points
}

/** A phone on a table or in a drawer, for so many seconds. */
export function still(seconds: number, receiver: Receiver, where: Where, seed: number): TrackPoint[] {
  const moments = Array.from({ length: seconds }, (_, second) => ({ second, x: 0, y: 0 }))
  return receive(moments, receiver, { ...where, seed })
}

/** Places that a phone is told in turn while it lies between them: towers, or two pins on a map. */
export function hopping(
  hop: { places: number; apart: number; every: number; stay: number; spread: number; seconds: number },
  where: Where,
  seed: number,
): TrackPoint[] {
  const dice = randomOf(seed)
  const spots = Array.from({ length: hop.places }, () => [dice() * hop.apart, dice() * hop.apart] as const)
  const points: TrackPoint[] = []
  let [spot, left] = [0, hop.stay]
  for (let second = 0; second < hop.seconds; second += hop.every) {
    if (left-- <= 0) {
      spot = (spot + 1 + dice.below(hop.places - 1)) % hop.places
      left = 1 + dice.below(2 * hop.stay + 1)
    }
    const [x, y] = spots[spot]!
    points.push(
      placed({ x: x + hop.spread * gauss(dice), y: y + hop.spread * gauss(dice) }, where, second, 6),
    )
  }
  return points
}
