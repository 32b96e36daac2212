/** A chosen file to a track for the draft, off the page's thread; or a code for which the page has words. Cancelled by the signal. */
import type { DraftTrack } from '../../stores/log-draft.ts'
import { FILE_BYTES_MAX, type TrackFailure } from '../../tracks/track.ts'

export type ReadFailure = TrackFailure['code'] | 'unreadable' | 'unavailable'
export type ReadTrack =
  | { readonly track: DraftTrack; readonly kind: 'walk' | 'bike' | 'vehicle' }
  | { readonly failure: ReadFailure }

export async function readTrack(file: File, signal: AbortSignal): Promise<ReadTrack> {
  // Before a byte is read: a film chosen by mistake must not fill the memory of the phone.
  if (file.size > FILE_BYTES_MAX) return { failure: 'too_large' }
  let bytes: ArrayBuffer
  try {
    bytes = await file.arrayBuffer()
  } catch {
    return { failure: 'unreadable' }
  }
  signal.throwIfAborted()
  try {
    const { importTrackInWorker } = await import('../../tracks/import-in-worker.ts')
    const result = await importTrackInWorker({ name: file.name, bytes }, { signal })
    if (result.status === 'failed') return { failure: result.failure.code }
    const { metrics, digest, guess } = result
    const { startedAt, endedAt, distanceMetres, movingSeconds, maxSpeedMetresPerHour, points } = metrics
    return {
      kind: guess,
      track: {
        fileName: file.name,
        digest,
        points,
        startedAt,
        endedAt,
        distanceMetres,
        movingSeconds,
        maxSpeedMetresPerHour,
      },
    }
  } catch (error) {
    if (signal.aborted) throw error
    return { failure: 'unavailable' }
  }
}
