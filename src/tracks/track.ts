// What every reader of a file gives, whatever the format, and the closed list of reasons why there is nothing to give.
import type { LeftOut } from '../domain/evidence/left-out.ts'
import type { Section } from '../domain/evidence/split-trips.ts'
import type { TrackPoint } from '../domain/evidence/track-grid.ts'

/** `live`: recorded by this app itself. */
export type TrackFormat = 'gpx' | 'tcx' | 'fit' | 'live'

export interface TrackContent {
  readonly format: TrackFormat
  readonly name?: string
  readonly sections: readonly Section[]
  /** Points that the device wrote while its timer stood still. */
  readonly paused: readonly TrackPoint[]
  /** `all`: no point names a zone, so builds that read such times as UTC have another digest. */
  readonly localTimes: 'none' | 'some' | 'all'
  readonly leftOut: LeftOut
  /** Places of a plan: a route, a course. */
  readonly planned: number
}

export type TrackFailure =
  | { readonly code: 'not_a_track_file' }
  /** An archive that has to be unpacked first. */
  | { readonly code: 'packed' }
  /** `points` places are there, but at most one says when: an export without times. */
  | { readonly code: 'no_times'; readonly points: number }
  /** Times are there, and none of them can be read. */
  | { readonly code: 'unreadable_times'; readonly points: number }
  /** Places are there, and none of them can be read or is one on earth. */
  | { readonly code: 'unreadable_places'; readonly points: number }
  /** A route, a course, a workout to be: where somebody meant to go. */
  | { readonly code: 'planned'; readonly points: number }
  /** Fewer than two places: an indoor workout, waypoints only, or nothing. */
  | { readonly code: 'no_points' }
  | { readonly code: 'too_large'; readonly sizeBytes: number; readonly maxBytes: number }
  | { readonly code: 'too_many_points'; readonly maxPoints: number }
  /** It begins as a track file and cannot be read to its end: a broken download, a checksum that does not fit. */
  | { readonly code: 'damaged' }

export type TrackReading =
  | { readonly status: 'ok'; readonly content: TrackContent }
  | { readonly status: 'failed'; readonly failure: TrackFailure }

/** Twice the largest file of a whole day at 1 Hz with heart rate; above it a cheap phone runs out of memory. Also after unpacking. */
export const FILE_BYTES_MAX = 20 * 1024 * 1024
/** As many at once as can be looked through on a phone: a month of ways to work. */
export const FILES_MAX = 20
/** Two and a third days at 1 Hz: no single trip is longer, and an archive of a year is not read at once. */
export const POINTS_MAX = 200_000
/** A title on a phone's screen; some tools put a whole description there. */
export const NAME_LENGTH_MAX = 80
/** A fortnight of going to work and back; more cannot be looked through on a phone. */
export const TRIPS_MAX = 30

export function failed(failure: TrackFailure): { status: 'failed'; failure: TrackFailure } {
  return { status: 'failed', failure }
}
