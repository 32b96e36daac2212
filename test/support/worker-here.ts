/** The worker of track files, in the page itself: a test that mounts a page has no other thread. */
import { importContent, importTrack, type TrackImport } from '../../src/tracks/import-track.ts'
import type { TrackTask } from '../../src/tracks/track-worker.ts'

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex')
}

export class WorkerHere {
  /** What is waited for before each answer. */
  static before: () => Promise<void> = async () => undefined
  onmessage: ((event: { data: { result: TrackImport } }) => void) | null = null
  #isEnded = false

  postMessage(task: TrackTask): void {
    const answer = 'file' in task ? importTrack(task.file, sha256) : importContent(task.content, sha256)
    void answer.then(async (result) => {
      await WorkerHere.before()
      if (!this.#isEnded) this.onmessage?.({ data: { result } })
    })
  }

  terminate(): void {
    this.#isEnded = true
  }
}
