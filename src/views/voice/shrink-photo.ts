/** A photo as it leaves the phone: drawn anew in a small size, so that place, time and camera of the original stay behind. */
import { drawSmall, openPicture, PictureError } from '../../composables/draw-small.ts'
import { PHOTO_BYTES_MAX, type PhotoType } from '../../domain/taking-part/voice.ts'
import { sha256Hex } from '../../proof/digest.ts'
import type { NewPhoto } from '../../stores/voice.ts'

/** Longest side in pixels, and quality: tried in turn until one is small enough. */
const TRIES = [
  [1280, 0.8],
  [1280, 0.6],
  [1024, 0.6],
  [800, 0.6],
  [640, 0.5],
] as const

/** Throws PictureError for what is no picture that this browser can read. */
export async function shrinkPhoto(file: Blob): Promise<NewPhoto> {
  const picture = await openPicture(file)
  try {
    for (const [side, quality] of TRIES) {
      const blob = await drawSmall(picture, { side, quality, type: 'image/jpeg' satisfies PhotoType })
      if (blob.size <= PHOTO_BYTES_MAX) return await photoOf(blob)
    }
  } finally {
    picture.close()
  }
  throw new PictureError('too large')
}

async function photoOf(blob: Blob): Promise<NewPhoto> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let binary = ''
  for (let at = 0; at < bytes.length; at += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return { digest: await sha256Hex(bytes), type: 'image/jpeg', bytes: bytes.length, base64: btoa(binary) }
}
