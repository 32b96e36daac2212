// importTrack off the page's thread, so that a large file neither freezes the screen nor outlives a tap on "cancel".
import type { TrackImport } from './import-track.ts'
import type { TrackTask, TrackWorkerAnswer } from './track-worker.ts'

interface ImportOptions {
  readonly signal?: AbortSignal
  /** Handed in by tests. */
  readonly openWorker?: () => Worker
}

/** Rejects with the signal's reason when cancelled, and with an error when a reader cannot be loaded. */
export function importTrackInWorker(task: TrackTask, options: ImportOptions): Promise<TrackImport> {
  const { signal, openWorker = openTrackWorker } = options
  if (signal?.aborted) return Promise.reject(signal.reason)
  return inWorker(openWorker(), task, signal)
}

function openTrackWorker(): Worker {
  return new Worker(new URL('./track-worker.ts', import.meta.url), { type: 'module' })
}

function inWorker(worker: Worker, task: TrackTask, signal: AbortSignal | undefined): Promise<TrackImport> {
  const { promise, resolve, reject } = withResolvers<TrackImport>()
  const cancel = () => reject(signal?.reason)
  signal?.addEventListener('abort', cancel, { once: true })
  worker.onmessage = ({ data }: MessageEvent<TrackWorkerAnswer>) =>
    'result' in data ? resolve(data.result) : reject(new Error(data.error))
  worker.onerror = (event) => reject(new Error(event.message || 'the track worker stopped'))
  // Copied, not transferred: after a failure the page can still offer to try again.
  worker.postMessage(task)
  return promise.finally(() => {
    signal?.removeEventListener('abort', cancel)
    worker.terminate()
  })
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
