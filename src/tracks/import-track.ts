// One file in, one track with its numbers and its digest out, or the reason why not. Never throws over what a file holds.
// It does reject when a reader cannot be loaded or hashing is not to be had: that is not the file's fault.
import { canonicalTrackText, metricsOf, type TrackMetrics } from '../domain/evidence/track-metrics.ts'
import { decodeText, detectFormat } from './detect-format.ts'
import { guessKind, type TrackKind } from './guess-kind.ts'
import { parseFit } from './parse-fit.ts'
import { parseGpx } from './parse-gpx.ts'
import { parseTcx } from './parse-tcx.ts'
import { FILE_BYTES_MAX, failed, type Track, type TrackFailure, type TrackReading } from './track.ts'

export interface TrackFile {
  readonly name: string
  readonly bytes: ArrayBuffer
}

export type TrackImport =
  | {
      readonly status: 'ok'
      readonly track: Track
      readonly metrics: TrackMetrics
      /** SHA-256 of the canonical text, hex. */
      readonly digest: string
      readonly guess: TrackKind
    }
  | { readonly status: 'failed'; readonly failure: TrackFailure }

export type Sha256 = (bytes: Uint8Array<ArrayBuffer>) => Promise<string>

export async function importTrack(file: TrackFile, sha256: Sha256): Promise<TrackImport> {
  const reading = await read(file.bytes)
  if (reading.status === 'failed') return reading
  const { track } = reading
  const metrics = metricsOf(track.points)
  // Places there are, but all outside the world or the century.
  if (metrics.points < 2) return { status: 'failed', failure: { code: 'no_points' } }
  const digest = await sha256(new TextEncoder().encode(canonicalTrackText(track.points)))
  return { status: 'ok', track, metrics, digest, guess: guessKind(metrics) }
}

async function read(bytes: ArrayBuffer): Promise<TrackReading> {
  const sizeBytes = bytes.byteLength
  if (sizeBytes > FILE_BYTES_MAX) return failed({ code: 'too_large', sizeBytes, maxBytes: FILE_BYTES_MAX })
  const format = detectFormat(bytes)
  switch (format) {
    case 'fit':
      return parseFit(bytes)
    case 'gpx':
      return parseGpx(decodeText(bytes))
    case 'tcx':
      return parseTcx(decodeText(bytes))
    case null:
      return failed({ code: 'not_a_track_file' })
  }
}
