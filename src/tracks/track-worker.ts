// The module worker around importTrack: one file or one recording, one answer. The page ends it after that, or to cancel.
import { importContent, importTrack, type TrackFile, type TrackImport } from './import-track.ts'
import type { TrackContent } from './track.ts'

export type TrackTask = { readonly file: TrackFile } | { readonly content: TrackContent }

export type TrackWorkerAnswer = { readonly result: TrackImport } | { readonly error: string }

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

self.onmessage = ({ data }: MessageEvent<TrackTask>) => {
  const answer = 'file' in data ? importTrack(data.file, sha256) : importContent(data.content, sha256)
  answer.then(
    (result) => self.postMessage({ result } satisfies TrackWorkerAnswer),
    (error: unknown) => self.postMessage({ error: String(error) } satisfies TrackWorkerAnswer),
  )
}
