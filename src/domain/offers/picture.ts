/**
 * The picture of an offer, as it is kept: what it may be, read from its own bytes by the desk before it is sent and by the backend before it is
 * stored. Layouts: ITU-T T.81 annex B for JPEG, RFC 9649 for WebP.
 */

export const PICTURE_TYPES = ['image/webp', 'image/jpeg'] as const
type PictureType = (typeof PICTURE_TYPES)[number]

/** Where everybody reads it, by its digest. */
export const PICTURES_PATH = '/api/v1/pictures/'

/** A list of twenty comes over a weak network in some seconds. */
export const PICTURE_BYTES_MAX = 40 * 1024
/** As wide as a phone shows it sharply. */
export const PICTURE_SIDE_MAX = 800
/** Below it, it is blurred on any phone. */
export const PICTURE_SIDE_MIN = 160
/** Wider than high, and not a strip: it shares the screen with the price and the one button. */
const PICTURE_RATIO_MAX = 2
export const PICTURE_ALT_MAX = 120

/** Of one version of an offer. */
export interface OfferPicture {
  /** SHA-256 of its bytes, hex: where it is read. */
  readonly digest: string
  readonly type: PictureType
  readonly width: number
  readonly height: number
  /** What is to be seen, for whoever does not see it. */
  readonly altZh: string
  readonly altEn: string
}

export type PictureFacts = Pick<OfferPicture, 'type' | 'width' | 'height'>

/**
 * `type`: neither of the two, or one that moves. `metadata`: it says more than the picture (place, camera, words). `pixels`: too many or too few.
 * `shape`: upright, or a strip. `broken`: it ends too early, or something else follows upon it.
 */
export type PictureFault = 'type' | 'metadata' | 'pixels' | 'shape' | 'broken'

export function readPicture(bytes: Uint8Array): PictureFacts | { readonly fault: PictureFault } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const read = isJpeg(view) ? readJpeg(view) : isWebp(view) ? readWebp(view) : ('type' as const)
    if (typeof read === 'string') return { fault: read }
    const fault = faultOfSize(read)
    return fault ? { fault } : read
  } catch (error) {
    if (error instanceof RangeError) return { fault: 'broken' } // beyond the last byte
    throw error
  }
}

function faultOfSize({ width, height }: PictureFacts): PictureFault | undefined {
  if (Math.max(width, height) > PICTURE_SIDE_MAX || Math.min(width, height) < PICTURE_SIDE_MIN)
    return 'pixels'
  return isShape({ width, height }) ? undefined : 'shape'
}

/** Square or lying, up to twice as wide as high. A side that was rounded on the way is no reason. */
export function isShape({ width, height }: { readonly width: number; readonly height: number }): boolean {
  return width + 1 >= height && width <= PICTURE_RATIO_MAX * height + 1
}

const SOI = 0xffd8
const EOI = 0xd9
const SOS = 0xda
/** Baseline and progressive, as browsers write them. */
const FRAMES = [0xc0, 0xc1, 0xc2]
const COMMENT = 0xfe
/** JFIF, colour profile, Adobe's transform: what a decoder needs. Everything else of its kind speaks of something else. */
const PLAIN_SEGMENTS: Readonly<Record<number, string>> = { 224: 'JFIF', 226: 'ICC_', 238: 'Adob' }

function isJpeg(view: DataView): boolean {
  return view.byteLength > 3 && view.getUint16(0) === SOI && view.getUint8(2) === 0xff
}

function readJpeg(view: DataView): PictureFacts | PictureFault {
  let size: { width: number; height: number } | undefined
  let at = 2
  for (;;) {
    if (view.getUint8(at) !== 0xff) return 'broken'
    const marker = view.getUint8(at + 1)
    if (marker === EOI) return size && at + 2 === view.byteLength ? { type: 'image/jpeg', ...size } : 'broken'
    if (speaksOfMore(view, at, marker)) return 'metadata'
    if (FRAMES.includes(marker)) {
      if (size) return 'broken'
      size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    }
    at += 2 + view.getUint16(at + 2)
    if (marker === SOS) at = endOfScan(view, at)
  }
}

/** What a browser writes of its own into a JPEG (Safari's says when it was made) goes; the picture stays as it is. Anything else comes back as it came. */
export function withoutMetadata(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kept: number[] = []
  let at = isJpeg(view) ? 2 : bytes.length
  kept.push(...bytes.subarray(0, at))
  while (at + 8 <= bytes.length && view.getUint8(at + 1) !== SOS) {
    const marker = view.getUint8(at + 1)
    const next = at + 2 + view.getUint16(at + 2)
    if (!speaksOfMore(view, at, marker)) kept.push(...bytes.subarray(at, next))
    at = next
  }
  kept.push(...bytes.subarray(at))
  return Uint8Array.from(kept)
}

function speaksOfMore(view: DataView, at: number, marker: number): boolean {
  const isApplication = marker >= 0xe0 && marker <= 0xef
  return marker === COMMENT || (isApplication && !isPlain(view, at, marker))
}

function isPlain(view: DataView, at: number, marker: number): boolean {
  return word(view, at + 4) === PLAIN_SEGMENTS[marker]
}

/** Where the next marker stands that is none of the scan's own. */
function endOfScan(view: DataView, from: number): number {
  let at = from
  for (;;) {
    const next = view.getUint8(at + 1)
    const isInScan = next === 0 || (next >= 0xd0 && next <= 0xd7)
    if (view.getUint8(at) === 0xff && !isInScan) return at
    at++
  }
}

const MOVES = 0x02
const WEBP_PIXELS = ['VP8 ', 'VP8L']
const WEBP_PLAIN = ['VP8X', 'ICCP', 'ALPH', ...WEBP_PIXELS]

function isWebp(view: DataView): boolean {
  return view.byteLength > 20 && word(view, 0) === 'RIFF' && word(view, 8) === 'WEBP'
}

function readWebp(view: DataView): PictureFacts | PictureFault {
  if (view.getUint32(4, true) + 8 !== view.byteLength) return 'broken'
  let size: { width: number; height: number } | undefined
  let canvas: { width: number; height: number } | undefined
  for (let at = 12; at < view.byteLength; ) {
    const chunk = word(view, at)
    const length = view.getUint32(at + 4, true)
    const body = at + 8
    if (chunk === 'EXIF' || chunk === 'XMP ') return 'metadata'
    if (!WEBP_PLAIN.includes(chunk) || (size && WEBP_PIXELS.includes(chunk))) return 'broken'
    if (chunk === 'VP8X') {
      if (view.getUint8(body) & MOVES) return 'type'
      canvas = { width: threeBytes(view, body + 4) + 1, height: threeBytes(view, body + 7) + 1 }
    }
    if (chunk === 'VP8 ') size = { width: side(view, body + 6), height: side(view, body + 8) }
    if (chunk === 'VP8L') size = sizeOfLossless(view, body)
    at = body + length + (length % 2)
    if (at > view.byteLength) return 'broken'
  }
  if (!size || (canvas && (canvas.width !== size.width || canvas.height !== size.height))) return 'broken'
  return { type: 'image/webp', ...size }
}

/** Fourteen bits; the other two are a scale. */
function side(view: DataView, at: number): number {
  return view.getUint16(at, true) & 0x3fff
}

function sizeOfLossless(view: DataView, body: number): { width: number; height: number } {
  const bits = view.getUint32(body + 1, true)
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}

function threeBytes(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
}

function word(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((place) => view.getUint8(at + place)))
}
