/** Chosen files to their trips for the draft, one after the other and off the page's thread; or codes for which the page has words. Cancelled by the signal. */
import type { ModeGuess, TravelMode } from '../../domain/evidence/travel-mode.ts'
import type { DraftTrack } from '../../stores/log-draft.ts'
import type { TrackImport } from '../../tracks/import-track.ts'
import { shownName } from '../../tracks/shown-name.ts'
import { FILE_BYTES_MAX, FILES_MAX, type TrackFailure } from '../../tracks/track.ts'

type ReadFailure = TrackFailure['code'] | 'unreadable' | 'unavailable' | 'too_many_files'
/** One trip of the file, with what it looks like. */
export interface ReadTrip {
  readonly track: DraftTrack
  readonly kind: TravelMode
  /** What its motion alone says. */
  readonly mode: ModeGuess
  readonly sport?: string
}
type ImportedTrack = Extract<TrackImport, { readonly status: 'ok' }>
/** A file of which nothing was read. */
export interface UnreadFile {
  readonly name: string
  readonly failure: ReadFailure
}
type ReadTrack = { readonly trips: readonly ReadTrip[] } | { readonly failure: ReadFailure }

/** What of an import is kept for the draft: no place. */
export function tripsRead({ trips, isLocalTime, leftOut }: ImportedTrack, fileName: string): ReadTrip[] {
  return trips.map(({ digest, file, measured, guess, mode, sport }) => {
    const whole = file === undefined ? {} : { file }
    const track = { fileName, digest, ...whole, measured, isLocalTime, leftOut }
    return { track, kind: guess, mode, ...(sport ? { sport } : {}) }
  })
}

/** In order of time; what two files have in common is there once. `onFile` is told before each its name and how many are done. */
export async function readTracks(
  files: readonly File[],
  { signal, onFile }: { signal: AbortSignal; onFile: (name: string, done: number) => void },
): Promise<{ trips: ReadTrip[]; unread: UnreadFile[] }> {
  const trips = new Map<string, ReadTrip>()
  const unread: UnreadFile[] = []
  for (const [done, file] of files.slice(0, FILES_MAX).entries()) {
    onFile(shownName(file.name), done)
    const result = await readTrack(file, signal)
    if ('failure' in result) unread.push({ name: shownName(file.name), failure: result.failure })
    else for (const trip of result.trips) trips.set(trip.track.digest, trip)
  }
  for (const { name } of files.slice(FILES_MAX))
    unread.push({ name: shownName(name), failure: 'too_many_files' })
  const startOf = ({ track }: ReadTrip) => track.measured.startedAt
  return { trips: [...trips.values()].sort((a, b) => startOf(a) - startOf(b)), unread }
}

async function readTrack(file: File, signal: AbortSignal): Promise<ReadTrack> {
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
    return { trips: tripsRead(result, shownName(name)) }
  } catch (error) {
    if (signal.aborted) throw error
    return { failure: 'unavailable' }
  }
}
