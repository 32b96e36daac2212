// From what a file holds to the trips in it: stray clocks and pauses left out, each trip measured, with its own digest and the file's.

import { withoutHeldPlaces } from '../domain/evidence/held-places.ts'
import type { LeftOut } from '../domain/evidence/left-out.ts'
import { legsOf } from '../domain/evidence/legs.ts'
import { withSinglesJoined } from '../domain/evidence/single-points.ts'
import { type RecordedTrip, type Section, splitTrips } from '../domain/evidence/split-trips.ts'
import { withoutStrayTimes } from '../domain/evidence/stray-times.ts'
import { canonicalTrackText, isUsable, type TrackPoint } from '../domain/evidence/track-grid.ts'
import {
  measure,
  metricsFor,
  type TrackMeasure,
  type TrackMetrics,
} from '../domain/evidence/track-metrics.ts'
import { paceOf } from '../domain/evidence/track-pace.ts'
import { type ModeGuess, modeOf, type TravelMode } from '../domain/evidence/travel-mode.ts'
import { FASTEST_MEAN, guessKind } from './guess-kind.ts'
import { LOCAL_OFFSET_MS } from './read-time.ts'
import type { Sport } from './sport.ts'
import { TRIPS_MAX, type TrackContent } from './track.ts'

/** One leg of what was recorded: a walk, a ride, each between two stops. Its times, way and time in motion stand in `metrics`. */
export interface ImportedTrip {
  /** SHA-256 of the canonical text, hex: of this trip's points, or of all the file's where it is the only one. */
  readonly digest: string
  /** What builds of 2026-11-21 called the digest of this file, where it is another. */
  readonly file?: string
  readonly sport?: Sport
  readonly guess: TravelMode
  /** What the motion alone says, with how sure that is. */
  readonly mode: ModeGuess
  /** For the guess; for another kind, `metricsFor(measured, …)`. */
  readonly metrics: TrackMetrics
  readonly measured: TrackMeasure
}

export type Sha256 = (bytes: Uint8Array<ArrayBuffer>) => Promise<string>

/** Below it nobody went anywhere: the drift of a recorder that lay on a table. */
const STILL_METRES = 100

/** Any that is usable: what is wrong with a point then is its place. */
const SOME_TIME = Date.UTC(2026, 0, 1)

interface MeasuredTrip extends RecordedTrip {
  readonly measured: TrackMeasure
}

export async function tripsOf(
  content: TrackContent,
  sha256: Sha256,
): Promise<{ trips: ImportedTrip[]; leftOut: LeftOut }> {
  const written = content.sections.flatMap(({ segments }) => segments).flat()
  const usable = content.sections.map(usableOf)
  // In a FIT file and in a recording of our own each part begins with the timer: a pause.
  const hasHabits = content.format === 'gpx' || content.format === 'tcx'
  const { sections: inOrder, strays } = withoutStrayTimes(hasHabits ? withSinglesJoined(usable) : usable)
  const sections = inOrder.map(({ segments, ...section }) => ({
    ...section,
    segments: segments.map(withoutHeldPlaces),
  }))
  const all = splitTrips(sections)
    .flatMap(legsOf)
    .map((trip) => ({ ...trip, measured: measure(trip.stretches) }))
  const moving = all.filter(({ measured }) => reachOf(measured) >= STILL_METRES)
  const still = all.filter((trip) => !moving.includes(trip))
  // Where nobody moved at all, the rules say so, and the gaps what was not recorded.
  const shown = moving.length > 0 ? moving.slice(-TRIPS_MAX) : together(all)
  const text = (points: readonly TrackPoint[]) => sha256(new TextEncoder().encode(canonicalTrackText(points)))
  const points = [...written, ...content.paused]
  const whole = await text(points)
  const old = content.localTimes === 'all' ? await text(points.map(asUtc)) : whole
  const trips: ImportedTrip[] = []
  for (const trip of shown) {
    const digest =
      shown.length === 1 && moving.length <= 1 ? whole : await text(trip.stretches.flatMap((s) => s.points))
    trips.push(imported(trip, { digest, file: old }))
  }
  const counts = {
    strayTimes:
      strays + written.filter((point) => !isUsable(point) && isUsable({ ...point, at: SOME_TIME })).length,
    unreadablePlaces:
      (content.leftOut.unreadablePlaces ?? 0) +
      written.filter((point) => !isUsable({ ...point, at: SOME_TIME })).length,
    stillParts: moving.length > 0 ? still.filter(({ measured }) => measured.points > 1).length : 0,
    furtherTrips: moving.length - Math.min(moving.length, TRIPS_MAX),
  }
  return { trips, leftOut: { ...content.leftOut, ...positive(counts) } }
}

function usableOf(section: Section): Section {
  return {
    ...section,
    segments: section.segments.map((points) => points.filter(isUsable)).filter((s) => s.length > 0),
  }
}

/** As builds of 2026-11-21 read a time without a zone. */
const asUtc = (point: TrackPoint): TrackPoint => ({ ...point, at: point.at + LOCAL_OFFSET_MS })

function imported(
  { sport, stretches, measured }: MeasuredTrip,
  { digest, file }: { digest: string; file: string },
): ImportedTrip {
  const mode = modeOf(paceOf(stretches))
  const guess = guessKind(mode, measured, sport)
  return {
    digest,
    ...(file === digest ? {} : { file }),
    ...(sport ? { sport } : {}),
    guess,
    mode,
    metrics: metricsFor(measured, FASTEST_MEAN[guess]),
    measured,
  }
}

/** All that could be counted for any kind. */
const reachOf = ({ recordedMetres, gaps }: TrackMeasure) =>
  recordedMetres + gaps.reduce((sum, { of, metres }) => sum + (of === 'pause' ? 0 : metres), 0)

function together(trips: readonly MeasuredTrip[]): readonly MeasuredTrip[] {
  const stretches = trips.flatMap((trip) => trip.stretches)
  return [{ sport: trips[0]?.sport, stretches, measured: measure(stretches) }]
}

function positive(counts: Readonly<Record<string, number>>): LeftOut {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
}
