// importTrack off the page's thread, so that a large file neither freezes the screen nor outlives a tap on "cancel".
import type { Sha256, TrackFile, TrackImport } from './import-track.ts'
import type { TrackWorkerAnswer } from './track-worker.ts'

export interface ImportOptions {
  /** For the fallback on the page; the worker hashes by itself. */
  readonly sha256: Sha256
  readonly signal?: AbortSignal
  /** Handed in by tests; `null` where there are no workers. */
  readonly openWorker?: (() => Worker) | null
}

/** Rejects with the signal's reason when cancelled, and with an error when a reader cannot be loaded. */
export function importTrackInWorker(file: TrackFile, options: ImportOptions): Promise<TrackImport> {
  const { sha256, signal, openWorker = workerOpener() } = options
  if (signal?.aborted) return Promise.reject(signal.reason)
  return openWorker ? inWorker(openWorker(), file, signal) : inline(file, sha256, signal)
}

function workerOpener(): (() => Worker) | null {
  if (typeof Worker === 'undefined') return null
  return () => new Worker(new URL('./track-worker.ts', import.meta.url), { type: 'module' })
}

function inWorker(worker: Worker, file: TrackFile, signal: AbortSignal | undefined): Promise<TrackImport> {
  const { promise, resolve, reject } = withResolvers<TrackImport>()
  const cancel = () => reject(signal?.reason)
  signal?.addEventListener('abort', cancel, { once: true })
  worker.onmessage = ({ data }: MessageEvent<TrackWorkerAnswer>) =>
    'result' in data ? resolve(data.result) : reject(new Error(data.error))
  worker.onerror = (event) => reject(new Error(event.message || 'the track worker stopped'))
  // Copied, not transferred: after a failure the page can still offer to try again.
  worker.postMessage(file)
  return promise.finally(() => {
    signal?.removeEventListener('abort', cancel)
    worker.terminate()
  })
}

/** The parse itself cannot be interrupted here; a cancelled result is at least not delivered. */
async function inline(
  file: TrackFile,
  sha256: Sha256,
  signal: AbortSignal | undefined,
): Promise<TrackImport> {
  const { importTrack } = await import('./import-track.ts')
  const result = await importTrack(file, sha256)
  signal?.throwIfAborted()
  return result
}

/** `Promise.withResolvers` is newer than the browsers we build for. */
function withResolvers<T>() {
  let resolve!: (value: T) => void
  let reject!: (reason: unknown) => void
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
