/** The reader of codes as the page knows it: off its thread, one answer a picture. */
import type { Pixels } from './read-pixels.ts'
import type { ScanAnswer, ScanTask } from './scan-worker.ts'

export interface Decoder {
  /** A frame of a film, of which `turn` counts on. Rejects where no decoder can be had. */
  readFrame(pixels: Pixels, turn: number): Promise<string | undefined>
  /** A picture that stands alone: takes longer, and finds more. */
  readPicture(pixels: Pixels): Promise<string | undefined>
  close(): void
}

interface Waiting {
  readonly resolve: (text: string | undefined) => void
  readonly reject: (error: Error) => void
}

/** @param worker handed in by tests. */
export function openDecoder(worker: Worker = openWorker()): Decoder {
  const waiting = new Map<number, Waiting>()
  let last = 0
  worker.onmessage = ({ data }: MessageEvent<ScanAnswer>) => {
    const asked = waiting.get(data.id)
    waiting.delete(data.id)
    if ('error' in data) asked?.reject(new Error(data.error))
    else asked?.resolve(data.text)
  }
  const failAll = (reason: string) => {
    for (const { reject } of waiting.values()) reject(new Error(reason))
    waiting.clear()
  }
  worker.onerror = (event) => failAll(event.message || 'the reader stopped')
  const ask = (task: Omit<ScanTask, 'id'>) =>
    new Promise<string | undefined>((resolve, reject) => {
      const id = ++last
      waiting.set(id, { resolve, reject })
      worker.postMessage({ ...task, id } satisfies ScanTask)
    })
  return {
    readFrame: (pixels, turn) => ask({ pixels, turn }),
    readPicture: (pixels) => ask({ pixels }),
    close() {
      worker.terminate()
      failAll('closed')
    },
  }
}

function openWorker(): Worker {
  return new Worker(new URL('./scan-worker.ts', import.meta.url), { type: 'module' })
}
