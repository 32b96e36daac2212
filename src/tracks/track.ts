// What every reader of a file gives, whatever the format, and the closed list of reasons why there is nothing to give.
import type { TrackPoint } from '../domain/evidence/track-metrics.ts'

export type TrackFormat = 'gpx' | 'tcx' | 'fit'

export interface Track {
  readonly name?: string
  readonly format: TrackFormat
  /** In order of time; tracks and segments of one file are joined. */
  readonly points: readonly TrackPoint[]
}

export type TrackFailure =
  | { readonly code: 'not_a_track_file' }
  /** `points` places are there, but at most one says when: a planned route, or an export without times. */
  | { readonly code: 'no_times'; readonly points: number }
  /** Fewer than two places: an indoor workout, waypoints only, or nothing. */
  | { readonly code: 'no_points' }
  | { readonly code: 'too_large'; readonly sizeBytes: number; readonly maxBytes: number }
  | { readonly code: 'too_many_points'; readonly maxPoints: number }
  /** It begins as a track file and cannot be read to its end: a broken download, a checksum that does not fit. */
  | { readonly code: 'damaged' }

export type TrackReading =
  | { readonly status: 'ok'; readonly track: Track }
  | { readonly status: 'failed'; readonly failure: TrackFailure }

/** Twice the largest file of a whole day at 1 Hz with heart rate; above it a cheap phone runs out of memory. */
export const FILE_BYTES_MAX = 20 * 1024 * 1024
/** Two and a third days at 1 Hz: no single trip is longer, and an archive of all trips is not one trip. */
export const POINTS_MAX = 200_000
/** A title on a phone's screen; some tools put a whole description there. */
export const NAME_LENGTH_MAX = 80

export function failed(failure: TrackFailure): TrackReading {
  return { status: 'failed', failure }
}

/** The one place that decides whether what a file held is a track. `untimed` counts places without a time. */
export function trackOf(
  format: TrackFormat,
  points: TrackPoint[],
  options: { name?: string; untimed: number },
): TrackReading {
  const { name, untimed } = options
  if (points.length + untimed > POINTS_MAX) return failed({ code: 'too_many_points', maxPoints: POINTS_MAX })
  if (points.length + untimed < 2) return failed({ code: 'no_points' })
  if (points.length < 2) return failed({ code: 'no_times', points: points.length + untimed })
  points.sort((a, b) => a.at - b.at)
  const title = name?.trim().slice(0, NAME_LENGTH_MAX)
  return { status: 'ok', track: { ...(title ? { name: title } : {}), format, points } }
}
