/** A picture of an offer as it leaves the desk: drawn anew, small enough for a list on a weak network, and read as the backend will read it. */
import { drawSmall, openPicture } from '../../../composables/draw-small.ts'
import {
  isShape,
  PICTURE_BYTES_MAX,
  PICTURE_SIDE_MAX,
  PICTURE_SIDE_MIN,
  PICTURE_TYPES,
  readPicture,
  withoutMetadata,
} from '../../../domain/offers/picture.ts'

/** What keeps a file from becoming a picture of an offer. */
export type UnfitPicture = 'unreadable' | 'shape' | 'small' | 'large'

/** A camera's largest; beyond it the page would stand still. */
const FILE_BYTES_MAX = 40 * 1024 * 1024

/** Longest side in pixels, and quality: tried in turn until one is small enough. */
const TRIES = [
  [PICTURE_SIDE_MAX, 0.82],
  [PICTURE_SIDE_MAX, 0.65],
  [PICTURE_SIDE_MAX, 0.45],
  [640, 0.5],
  [480, 0.5],
  [400, 0.3],
] as const

export async function shrinkPicture(file: Blob): Promise<Blob | UnfitPicture> {
  if (file.size > FILE_BYTES_MAX) return 'large'
  const picture = await openPicture(file).catch(() => undefined)
  if (!picture) return 'unreadable'
  try {
    if (!isShape(picture)) return 'shape'
    if (Math.min(picture.width, picture.height) < PICTURE_SIDE_MIN) return 'small'
    for (const type of PICTURE_TYPES) {
      const found = await smallEnough(picture, type)
      if (found) return found
    }
  } finally {
    picture.close()
  }
  return 'unreadable'
}

/** Undefined: this browser does not write the type, or writes into it what no offer may have. */
async function smallEnough(picture: ImageBitmap, type: string): Promise<Blob | undefined> {
  for (const [side, quality] of TRIES) {
    const blob = await drawSmall(picture, { side, quality, type })
    if (blob.type !== type) return undefined
    if (blob.size > PICTURE_BYTES_MAX) continue
    const bytes = withoutMetadata(new Uint8Array(await blob.arrayBuffer()))
    return 'fault' in readPicture(bytes) ? undefined : new Blob([bytes], { type })
  }
  return undefined
}
