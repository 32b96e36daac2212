/** A picture drawn anew in a small size, so that whatever a file says beside it (place, time, camera) stays behind. */

export class PictureError extends Error {
  override readonly name = 'PictureError'
}

/** Upright, as it was taken. Throws PictureError for what is no picture that this browser can read; to be closed by whoever opens it. */
export function openPicture(file: Blob): Promise<ImageBitmap> {
  return createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {
    throw new PictureError('unreadable')
  })
}

interface Small {
  /** Of the longest side, in pixels. */
  readonly side: number
  readonly type: string
  /** From 0 to 1. */
  readonly quality: number
}

/** A browser that cannot write the type writes PNG; the blob says so. */
export async function drawSmall(
  picture: ImageBitmap,
  { side, type, quality }: Small,
  canvas: HTMLCanvasElement = document.createElement('canvas'),
): Promise<Blob> {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height))
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const context = canvas.getContext('2d')
  if (!context) throw new PictureError('no canvas')
  context.fillStyle = '#fff' // what is transparent would turn black
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new PictureError('no picture'))), type, quality)
  })
}
