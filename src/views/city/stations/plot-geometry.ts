/** The flat picture of places around a middle: north up, one scale both ways, as percentages of a square. Pure. */
import { bearingBetween, metresBetween, type Place } from '../../../domain/base/place.ts'

/** Half the side of the picture, in steps that give round rings. */
export const RADII_METRES: readonly number[] = [500, 1000, 2000, 3000, 5000, 10_000, 20_000, 50_000]

/** Marks at the very edge keep their shape inside the picture. */
const MARGIN_PERCENT = 7

interface PlotPoint {
  /** Per cent from the left and from the top. */
  readonly x: number
  readonly y: number
}

/** The smallest picture that holds the nearest few: of twenty stations one looks at those around the corner. */
export function radiusFor(metres: readonly number[], wanted = 8): number {
  const nearest = [...metres].sort((a, b) => a - b)
  const reach = nearest[Math.min(wanted, nearest.length) - 1] ?? 0
  return RADII_METRES.find((radius) => radius >= reach) ?? RADII_METRES[RADII_METRES.length - 1]!
}

/** Undefined: outside the picture. */
export function pointOf(
  place: Place,
  { middle, radius }: { middle: Place; radius: number },
): PlotPoint | undefined {
  const metres = metresBetween(middle, place)
  if (metres > radius) return undefined
  const angle = (bearingBetween(middle, place) * Math.PI) / 180
  const reach = (ringPercent(1) * metres) / radius
  return { x: 50 + reach * Math.sin(angle), y: 50 - reach * Math.cos(angle) }
}

/** The radius of the ring at that share of the whole, in per cent of the side. */
export function ringPercent(share: number): number {
  return (50 - MARGIN_PERCENT) * share
}

/** The nearest mark to a tap, both in per cent; undefined when none is within reach. */
export function nearestPoint<T extends PlotPoint>(
  points: readonly T[],
  tap: PlotPoint,
  reach: number,
): T | undefined {
  let best: T | undefined
  let bestDistance = reach
  for (const point of points) {
    const distance = Math.hypot(point.x - tap.x, point.y - tap.y)
    if (distance > bestDistance) continue
    best = point
    bestDistance = distance
  }
  return best
}
