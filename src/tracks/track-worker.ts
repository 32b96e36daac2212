// The module worker around importTrack: one file, one answer. The page ends it after that, or to cancel.
import { importTrack, type TrackFile, type TrackImport } from './import-track.ts'

export type TrackWorkerAnswer = { readonly result: TrackImport } | { readonly error: string }

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

self.onmessage = ({ data }: MessageEvent<TrackFile>) => {
  importTrack(data, sha256).then(
    (result) => self.postMessage({ result } satisfies TrackWorkerAnswer),
    (error: unknown) => self.postMessage({ error: String(error) } satisfies TrackWorkerAnswer),
  )
}
