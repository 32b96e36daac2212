// One trip as its legs: the walk to the bus, the bus, the walk to the door. Each is a claim of its own.
// Promise: no step of the way is in two legs or in none, so that legs neither double nor lose a metre.
import { metresBetween } from '../base/place.ts'
import { stopsOf } from './long-stops.ts'
import type { RecordedTrip } from './split-trips.ts'
import type { TrackPoint } from './track-grid.ts'
import type { Stretch } from './track-runs.ts'
import { walkEndsOf } from './walk-ends.ts'

/** Longer than a red light or a bus stop: somebody got off, or waited for the next. A pause of the recorder is the person's own, and no stop. */
const STOP_MS = 3 * 60_000
/** A recorder that rests while nobody moves writes nothing there: silence on the spot is a stop, silence with a way is a lost signal. */
const SPOT_METRES = 75

/** What the person set their device to says itself that the whole is of one class. */
const SET_BY_HAND: readonly (string | undefined)[] = ['walk', 'run', 'bike', 'ebike']

/**
 * In order of time, at least one. A trip of one leg comes back as it is: the same points, thus the same digest. What was written during a
 * stop belongs to neither leg; where a walk becomes a ride without one, the fix between them is the end of one and the start of the other.
 */
export function legsOf(trip: RecordedTrip): readonly RecordedTrip[] {
  const parts = cutAtStops(trip.stretches)
  const legs = parts.flatMap((stretches): RecordedTrip[] => {
    const moments = SET_BY_HAND.includes(trip.sport) ? [] : walkEndsOf(stretches)
    if (moments.length === 0) return [{ sport: trip.sport, stretches }]
    // The word of a device that was set to a bus is of no use for the walk to it.
    return cutAtMoments(stretches, moments).map((leg) => ({ stretches: leg }))
  })
  return legs.length === 1 ? [trip] : legs
}

function cutAtStops(stretches: readonly Stretch[]): (readonly Stretch[])[] {
  const stops = stopsOf(
    stretches.flatMap(({ points }) => points),
    STOP_MS,
  )
  const isRest = ({ at }: TrackPoint) => stops.some(({ from, to }) => from < at && at < to)
  const isOver = (before: TrackPoint, point: TrackPoint) =>
    stops.some(({ from, to }) => before.at <= from && to <= point.at)
  const parts: Stretch[][] = [[]]
  for (const { points, after } of stretches) {
    const moving = points.filter((point) => !isRest(point))
    piecesOf(moving, (before, point) => isOver(before, point) || isSilentStop(before, point)).forEach(
      (piece, i) => {
        const last = parts.at(-1)!.at(-1)?.points.at(-1)
        if (i > 0 || (last && isOver(last, piece[0]!))) parts.push([])
        parts.at(-1)!.push({ points: piece, after: i === 0 ? after : 'pause' })
      },
    )
  }
  return parts
}

function cutAtMoments(stretches: readonly Stretch[], moments: readonly number[]): (readonly Stretch[])[] {
  const ends = [Number.NEGATIVE_INFINITY, ...moments, Number.POSITIVE_INFINITY]
  return ends.slice(1).map((to, i) => {
    // A whole second, in which the fix between both lies.
    const isWithin = ({ at }: TrackPoint) => at >= ends[i]! && Math.floor(at / 1000) * 1000 <= to
    return stretches
      .map((stretch) => ({ ...stretch, points: stretch.points.filter(isWithin) }))
      .filter(({ points }) => points.length > 0)
  })
}

function piecesOf(points: readonly TrackPoint[], isCut: (before: TrackPoint, point: TrackPoint) => boolean) {
  const pieces: TrackPoint[][] = []
  points.forEach((point, i) => {
    if (i === 0 || isCut(points[i - 1]!, point)) pieces.push([point])
    else pieces.at(-1)!.push(point)
  })
  return pieces
}

function isSilentStop(before: TrackPoint, point: TrackPoint): boolean {
  return point.at - before.at > STOP_MS && metresBetween(before, point) < SPOT_METRES
}
