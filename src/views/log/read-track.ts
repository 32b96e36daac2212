/** A chosen file to its trips for the draft, off the page's thread; or a code for which the page has words. Cancelled by the signal. */
import type { DraftTrack } from '../../stores/log-draft.ts'
import type { TrackImport } from '../../tracks/import-track.ts'
import { FILE_BYTES_MAX, type TrackFailure } from '../../tracks/track.ts'

export type ReadFailure = TrackFailure['code'] | 'unreadable' | 'unavailable'
/** One trip of the file, with what it looks like. */
export interface ReadTrip {
  readonly track: DraftTrack
  readonly kind: 'walk' | 'bike' | 'vehicle'
  readonly sport?: string
}
type ImportedTrack = Extract<TrackImport, { readonly status: 'ok' }>
type ReadTrack = { readonly trips: readonly ReadTrip[] } | { readonly failure: ReadFailure }

/** What of an import is kept for the draft: no place. */
export function tripsRead({ trips, isLocalTime, leftOut }: ImportedTrack, fileName: string): ReadTrip[] {
  return trips.map(({ digest, file, measured, guess, sport }) => {
    const whole = file === undefined ? {} : { file }
    const track = { fileName, digest, ...whole, measured, isLocalTime, leftOut }
    return { track, kind: guess, ...(sport ? { sport } : {}) }
  })
}

export async function readTrack(file: File, signal: AbortSignal): Promise<ReadTrack> {
  // Before a byte is read: a film chosen by mistake must not fill the memory of the phone.
  if (file.size > FILE_BYTES_MAX) return { failure: 'too_large' }
  const { name } = file
  let bytes: ArrayBuffer
  try {
    bytes = await file.arrayBuffer()
  } catch {
    return { failure: 'unreadable' }
  }
  signal.throwIfAborted()
  try {
    const { importTrackInWorker } = await import('../../tracks/import-in-worker.ts')
    const result = await importTrackInWorker({ file: { name, bytes } }, { signal })
    if (result.status === 'failed') return { failure: result.failure.code }
    return { trips: tripsRead(result, name) }
  } catch (error) {
    if (signal.aborted) throw error
    return { failure: 'unavailable' }
  }
}
