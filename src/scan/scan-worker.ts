// The module worker around the reader: a picture in, the text of its code out, while the page stays smooth.
import type { Pixels } from './read-pixels.ts'
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

const { BarcodeDetector } = self as { BarcodeDetector?: NativeDetector }
const reader = readerOf(BarcodeDetector)

self.onmessage = ({ data: { id, pixels, turn } }: MessageEvent<ScanTask>) => {
  const read = turn === undefined ? reader.picture(pixels) : reader.frame(pixels, turn)
  read.then(
    (text) => self.postMessage({ id, text } satisfies ScanAnswer),
    (error: unknown) => self.postMessage({ id, error: String(error) } satisfies ScanAnswer),
  )
}
