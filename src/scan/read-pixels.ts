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

/**
 * For what was not found as it is: light evened out, small gaps closed, then more scales, or black and white told apart by the whole picture.
 * In the order of how many pictures each of them adds (`npm run bench scan`).
 */
const SCALED: ReaderOptions = { ...OPTIONS, tryDenoise: true, downscaleFactor: 2, downscaleThreshold: 200 }
const BY_WHOLE: ReaderOptions = { ...OPTIONS, tryDenoise: true, binarizer: 'GlobalHistogram' }
const HARD_WAYS = [
  { reach: 16, options: SCALED },
  { reach: 12, options: SCALED },
  { reach: 14, options: BY_WHOLE },
  { reach: 20, options: SCALED },
] as const

export async function openZxing(wasmBinary: ArrayBuffer): Promise<void> {
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
}

/** The text of the code in a picture: there is no other, so nothing is left untried. */
export async function readPicture(pixels: Pixels): Promise<string | undefined> {
  const plain = await readBy(pixels, OPTIONS)
  if (plain !== undefined) return plain
  for (const way of HARD_WAYS) {
    const text = await readHard(pixels, way)
    if (text !== undefined) return text
  }
  return undefined
}

/** Of a film, where the next frame comes anyway: as it is, and in one of the hard ways by turns. */
export async function readFrame(pixels: Pixels, turn: number): Promise<string | undefined> {
  const way = HARD_WAYS[turn % HARD_WAYS.length] ?? HARD_WAYS[0]
  return (await readBy(pixels, OPTIONS)) ?? (await readHard(pixels, way))
}

function readHard(
  pixels: Pixels,
  { reach, options }: (typeof HARD_WAYS)[number],
): Promise<string | undefined> {
  return readBy(evenLight(pixels, reach), options)
}

async function readBy(pixels: Pixels, options: ReaderOptions): Promise<string | undefined> {
  const [found] = await readBarcodes(pixels as ImageData, options)
  return found?.isValid ? found.text : undefined
}
