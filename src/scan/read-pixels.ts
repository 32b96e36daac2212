/** Finds a QR code in pixels, by ZXing in WebAssembly. Its binary comes from whoever opens it: the library's own default is a foreign host. */
import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader'
import { evenLight } from './even-light.ts'

/** What `ImageData` is, where there is none. */
export interface Pixels {
  readonly data: Uint8ClampedArray<ArrayBuffer>
  readonly width: number
  readonly height: number
}

/** Vouchers are black on white, whatever the theme, so nothing is tried inverted. */
const OPTIONS: ReaderOptions = {
  formats: ['QRCode'],
  tryHarder: true,
  tryInvert: false,
  maxNumberOfSymbols: 1,
  textMode: 'Plain',
}

/** For what was not found as it is: light evened out, more scales, small gaps closed. In the order of how many pictures each of them adds (`npm run bench scan`). */
const HARD: ReaderOptions = { ...OPTIONS, tryDenoise: true, downscaleFactor: 2, downscaleThreshold: 200 }
const REACHES = [16, 12, 20] as const

export async function openZxing(wasmBinary: ArrayBuffer): Promise<void> {
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
}

/** The text of the code in a picture: there is no other, so nothing is left untried. */
export async function readPicture(pixels: Pixels): Promise<string | undefined> {
  for (let turn = -1; turn < REACHES.length; turn++) {
    const text = turn < 0 ? await readPlain(pixels) : await readHard(pixels, turn)
    if (text !== undefined) return text
  }
  return undefined
}

/** Of a film, where the next frame comes anyway: as it is, and one of the hard ways by turns. */
export async function readFrame(pixels: Pixels, turn: number): Promise<string | undefined> {
  return (await readPlain(pixels)) ?? (await readHard(pixels, turn % REACHES.length))
}

function readPlain(pixels: Pixels): Promise<string | undefined> {
  return readBy(pixels, OPTIONS)
}

function readHard(pixels: Pixels, turn: number): Promise<string | undefined> {
  return readBy(evenLight(pixels, REACHES[turn] ?? REACHES[0]), HARD)
}

async function readBy(pixels: Pixels, options: ReaderOptions): Promise<string | undefined> {
  const [found] = await readBarcodes(pixels as ImageData, options)
  return found?.isValid ? found.text : undefined
}
