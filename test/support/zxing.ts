/** The reader of codes without a browser: the same binary, from where the package has it. */
import { readFileSync } from 'node:fs'
import { openZxing } from '../../src/scan/read-pixels.ts'

export function openZxingHere(): Promise<void> {
  const file = readFileSync(new URL(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')))
  return openZxing(new Uint8Array(file).buffer)
}
