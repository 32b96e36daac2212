// The module worker around the reader: a picture in, the text of its code out, while the page stays smooth.
import { readDecoder } from './decoder-file.ts'
import { openZxing, type Pixels } from './read-pixels.ts'
import { type NativeDetector, readerOf } from './reader.ts'

/** `turn`: which frame of a film; absent for a picture that stands alone. */
export interface ScanTask {
  readonly id: number
  readonly pixels: Pixels
  readonly turn?: number
}

export type ScanAnswer = { readonly id: number } & (
  | { readonly text: string | undefined }
  | { readonly error: string }
)

let opened: Promise<void> | undefined

/** Asked for anew after a failure: the network may be back. */
function zxing(): Promise<void> {
  opened ??= readDecoder().then(openZxing)
  opened.catch(() => {
    opened = undefined
  })
  return opened
}

const { BarcodeDetector } = self as { BarcodeDetector?: NativeDetector }
const reader = readerOf(BarcodeDetector, zxing)

self.onmessage = ({ data: { id, pixels, turn } }: MessageEvent<ScanTask>) => {
  const read = turn === undefined ? reader.picture(pixels) : reader.frame(pixels, turn)
  read.then(
    (text) => self.postMessage({ id, text } satisfies ScanAnswer),
    (error: unknown) => self.postMessage({ id, error: String(error) } satisfies ScanAnswer),
  )
}
