/** Finds a QR code in pixels. As they are, by `qr`; then with the light evened out; then, of a voucher's small code, by what its modules must say. */
import decodeQR from 'qr/decode.js'
import { readCareful } from './careful/read-careful.ts'
import { evenLight } from './even-light.ts'

/** What `ImageData` is, where there is none. */
export interface Pixels {
  readonly data: Uint8ClampedArray<ArrayBuffer>
  readonly width: number
  readonly height: number
}

/** Pixels to each side whose mean is the light at a place: about two modules, and less for a full token's. */
const LIGHT_REACHES = [16, 12] as const
/** A larger picture is looked at carefully once it is made small: `picturesOf` brings both. */
const CAREFUL_SIDE_MAX = 800
/** So many threes of finders that may belong together are tried: a picture stands alone, of a film the next frame comes anyway. */
const PICTURE_EFFORT = 20
const FRAME_EFFORT = 1

/** The text of the code in a picture: there is no other, so nothing is left untried. */
export function readPicture(pixels: Pixels): string | undefined {
  const isSmall = Math.max(pixels.width, pixels.height) <= CAREFUL_SIDE_MAX
  return (
    readPlain(pixels, PICTURE_EFFORT) ??
    readPlain(evenLight(pixels, LIGHT_REACHES[0]), PICTURE_EFFORT) ??
    (isSmall ? readCareful(pixels) : undefined) ??
    readPlain(evenLight(pixels, LIGHT_REACHES[1]), PICTURE_EFFORT)
  )
}

const FRAME_WAYS = ['M', 'even', 'L'] as const

/** Of a film, where the next frame comes anyway: as it is, and in one of the other ways by turns. */
export function readFrame(pixels: Pixels, turn: number): string | undefined {
  const plain = readPlain(pixels, FRAME_EFFORT)
  if (plain !== undefined) return plain
  const way = FRAME_WAYS[turn % FRAME_WAYS.length]
  return way === 'even'
    ? readPlain(evenLight(pixels, LIGHT_REACHES[0]), FRAME_EFFORT)
    : readCareful(pixels, way)
}

function readPlain(pixels: Pixels, effort: number): string | undefined {
  try {
    // How long it takes must not say what is read: the effort is limited, not the time.
    return decodeQR(pixels, { effort, timeLimit: Number.POSITIVE_INFINITY })
  } catch {
    return undefined // it throws where it finds none
  }
}
