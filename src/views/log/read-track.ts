/** A chosen file to its trips for the draft, off the page's thread; or a code for which the page has words. Cancelled by the signal. */
import type { DraftTrack } from '../../stores/log-draft.ts'
import { FILE_BYTES_MAX, type TrackFailure } from '../../tracks/track.ts'

export type ReadFailure = TrackFailure['code'] | 'unreadable' | 'unavailable'
/** One trip of the file, with what it looks like. */
export interface ReadTrip {
  readonly track: DraftTrack
  readonly kind: 'walk' | 'bike' | 'vehicle'
  readonly sport?: string
}
type ReadTrack = { readonly trips: readonly ReadTrip[] } | { readonly failure: ReadFailure }

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
    const result = await importTrackInWorker({ name, bytes }, { signal })
    if (result.status === 'failed') return { failure: result.failure.code }
    const { isLocalTime, leftOut } = result
    const trips = result.trips.map(({ digest, file, measured, guess, sport }): ReadTrip => {
      const whole = file === undefined ? {} : { file }
      const track = { fileName: name, digest, ...whole, measured, isLocalTime, leftOut }
      return { track, kind: guess, ...(sport ? { sport } : {}) }
    })
    return { trips }
  } catch (error) {
    if (signal.aborted) throw error
    return { failure: 'unavailable' }
  }
}
