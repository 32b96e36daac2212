// One trip as its legs: the walk to the bus, the bus, the walk to the door. Each is a claim of its own.
// Promise: no step of the way is in two legs or in none, so that legs neither double nor lose a metre.
import { metresBetween } from '../base/place.ts'
import { stopsOf } from './long-stops.ts'
import type { RecordedTrip } from './split-trips.ts'
import type { TrackPoint } from './track-grid.ts'
import type { Stretch } from './track-runs.ts'

/** Longer than a red light or a bus stop: somebody got off, or waited for the next. A pause of the recorder is the person's own, and no stop. */
const STOP_MS = 3 * 60_000
/** A recorder that rests while nobody moves writes nothing there: silence on the spot is a stop, silence with a way is a lost signal. */
const SPOT_METRES = 75

/**
 * In order of time, at least one. A trip of one leg comes back as it is: the same points, thus the same digest. What was written during a
 * stop belongs to neither leg.
 */
export function legsOf(trip: RecordedTrip): readonly RecordedTrip[] {
  const stops = stopsOf(
    trip.stretches.flatMap(({ points }) => points),
    STOP_MS,
  )
  const isRest = ({ at }: TrackPoint) => stops.some(({ from, to }) => from < at && at < to)
  const isStop = (before: TrackPoint, point: TrackPoint) =>
    stops.some(({ from, to }) => before.at <= from && to <= point.at) || isSilentStop(before, point)
  const legs: Stretch[][] = [[]]
  for (const { points, after } of trip.stretches) {
    const parts = partsOf(
      points.filter((point) => !isRest(point)),
      isStop,
    )
    parts.forEach((part, i) => {
      const last = legs.at(-1)!.at(-1)?.points.at(-1)
      if (i > 0 || (last && part[0] && stops.some(({ from, to }) => last.at <= from && to <= part[0]!.at)))
        legs.push([])
      legs.at(-1)!.push({ points: part, after: i === 0 ? after : 'pause' })
    })
  }
  return legs.length === 1 ? [trip] : legs.map((stretches) => ({ sport: trip.sport, stretches }))
}

function partsOf(points: readonly TrackPoint[], isCut: (before: TrackPoint, point: TrackPoint) => boolean) {
  const parts: TrackPoint[][] = []
  points.forEach((point, i) => {
    if (i === 0 || isCut(points[i - 1]!, point)) parts.push([point])
    else parts.at(-1)!.push(point)
  })
  return parts
}

function isSilentStop(before: TrackPoint, point: TrackPoint): boolean {
  return point.at - before.at > STOP_MS && metresBetween(before, point) < SPOT_METRES
}
