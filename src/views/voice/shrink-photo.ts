/** A photo as it leaves the phone: drawn anew in a small size, so that place, time and camera of the original stay behind. */
import { PHOTO_BYTES_MAX, type PhotoType } from '../../domain/taking-part/voice.ts'
import { sha256Hex } from '../../proof/digest.ts'
import type { NewPhoto } from '../../stores/voice.ts'

class PhotoError extends Error {
  override readonly name = 'PhotoError'
}

/** Longest side in pixels, and quality: tried in turn until one is small enough. */
const TRIES = [
  [1280, 0.8],
  [1280, 0.6],
  [1024, 0.6],
  [800, 0.6],
  [640, 0.5],
] as const

/** Throws PhotoError for what is no picture that this browser can read. */
export async function shrinkPhoto(file: Blob): Promise<NewPhoto> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {
    throw new PhotoError('unreadable')
  })
  try {
    for (const [side, quality] of TRIES) {
      const blob = await draw(picture, side, quality)
      if (blob.size <= PHOTO_BYTES_MAX) return photoOf(blob)
    }
  } finally {
    picture.close()
  }
  throw new PhotoError('too large')
}

async function draw(picture: ImageBitmap, side: number, quality: number): Promise<Blob> {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const context = canvas.getContext('2d')
  if (!context) throw new PhotoError('no canvas')
  context.fillStyle = '#fff' // what is transparent would turn black
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new PhotoError('no picture'))),
      'image/jpeg' satisfies PhotoType,
      quality,
    )
  })
}

async function photoOf(blob: Blob): Promise<NewPhoto> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let binary = ''
  for (let at = 0; at < bytes.length; at += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return { digest: await sha256Hex(bytes), type: 'image/jpeg', bytes: bytes.length, base64: btoa(binary) }
}
