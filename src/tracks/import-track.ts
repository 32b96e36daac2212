// One file in, its trips with their numbers and digests out, or the reason why not. Never throws over what a file holds.
// It does reject when hashing is not to be had: that is not the file's fault.
import type { LeftOut } from '../domain/evidence/left-out.ts'
import { detectFormat } from './detect-format.ts'
import { readFit } from './read-fit.ts'
import { readXml } from './read-xml.ts'
import {
  FILE_BYTES_MAX,
  failed,
  type TrackContent,
  type TrackFailure,
  type TrackFormat,
  type TrackReading,
} from './track.ts'
import { type ImportedTrip, type Sha256, tripsOf } from './trips-of.ts'
import { unpack } from './unpack.ts'

export interface TrackFile {
  readonly name: string
  readonly bytes: ArrayBuffer
}

export type TrackImport =
  | {
      readonly status: 'ok'
      readonly format: TrackFormat
      readonly name?: string
      /** In order of time, at least one. */
      readonly trips: readonly ImportedTrip[]
      /** Times without a zone were read on Shandong's clock. */
      readonly isLocalTime: boolean
      readonly leftOut: LeftOut
    }
  | { readonly status: 'failed'; readonly failure: TrackFailure }

export async function importTrack(file: TrackFile, sha256: Sha256): Promise<TrackImport> {
  const reading = await read(new Uint8Array(file.bytes))
  return reading.status === 'failed' ? reading : importContent(reading.content, sha256)
}

/** What was recorded live goes the same way from here on. */
export async function importContent(content: TrackContent, sha256: Sha256): Promise<TrackImport> {
  const { format, name, localTimes } = content
  const { trips, leftOut } = await tripsOf(content, sha256)
  if (trips.every(({ metrics }) => metrics.points < 2)) return failed(nothingLeft(leftOut))
  return {
    status: 'ok',
    format,
    ...(name ? { name } : {}),
    trips,
    isLocalTime: localTimes !== 'none',
    leftOut,
  }
}

/** Points there are, but outside the century, as where another calendar counts the years, or outside the world. */
function nothingLeft({ strayTimes = 0, unreadablePlaces = 0 }: LeftOut): TrackFailure {
  if (unreadablePlaces > strayTimes) return { code: 'unreadable_places', points: unreadablePlaces }
  return strayTimes > 0 ? { code: 'unreadable_times', points: strayTimes } : { code: 'no_points' }
}

async function read(packed: Uint8Array): Promise<TrackReading> {
  const sizeBytes = packed.length
  if (sizeBytes > FILE_BYTES_MAX) return failed({ code: 'too_large', sizeBytes, maxBytes: FILE_BYTES_MAX })
  const unpacked = await unpack(packed)
  if (unpacked.status === 'failed') return unpacked
  const found = detectFormat(unpacked.bytes)
  if (!found) return failed({ code: 'not_a_track_file' })
  return found.format === 'fit' ? readFit(unpacked.bytes) : readXml(found.text, found.format)
}
