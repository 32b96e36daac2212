/** Pixels of a film's frame and of a picture, at the size that the reader looks at. */

/** The middle of the frame, as the screen shows it. */
const FRAME_SIDE = 720
/** Of a photo: enough for a code that fills a fifth of it. */
const PICTURE_SIDES = [1440, 720] as const

type Canvas = HTMLCanvasElement

export function makeCanvas(): Canvas {
  return document.createElement('canvas')
}

/** Undefined before the first frame. */
export function frameOf(video: HTMLVideoElement, canvas: Canvas): ImageData | undefined {
  const { videoWidth: width, videoHeight: height } = video
  const side = Math.min(width, height)
  if (!(side > 0)) return undefined
  const to = Math.min(side, FRAME_SIDE)
  const from = { x: (width - side) / 2, y: (height - side) / 2, width: side, height: side }
  return drawn(video, canvas, { from, width: to, height: to })
}

/** The large one first. Throws where the file is no picture. */
export async function* picturesOf(file: Blob): AsyncGenerator<ImageData> {
  const image = await createImageBitmap(file)
  const { width, height } = image
  const canvas = makeCanvas()
  try {
    for (const [i, side] of PICTURE_SIDES.entries()) {
      const scale = Math.min(1, side / Math.max(width, height))
      if (i > 0 && scale === 1) return
      const size = {
        width: Math.max(1, Math.round(width * scale)),
        height: Math.max(1, Math.round(height * scale)),
      }
      yield drawn(image, canvas, { from: { x: 0, y: 0, width, height }, ...size })
    }
  } finally {
    image.close()
  }
}

interface Drawing {
  readonly from: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  readonly width: number
  readonly height: number
}

function drawn(source: CanvasImageSource, canvas: Canvas, { from, width, height }: Drawing): ImageData {
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('no canvas')
  context.drawImage(source, from.x, from.y, from.width, from.height, 0, 0, width, height)
  return context.getImageData(0, 0, width, height)
}
