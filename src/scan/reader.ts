/** Reads codes by what the browser has of its own, where that works, else by our own decoder. */
import { type Pixels, readFrame, readPicture } from './read-pixels.ts'

interface Reader {
  /** Of a film: `turn` counts its frames. */
  frame(pixels: Pixels, turn: number): Promise<string | undefined>
  /** A single one, which is looked at in every way. */
  picture(pixels: Pixels): Promise<string | undefined>
}

/** Not in TypeScript's lib: https://wicg.github.io/shape-detection-api/ */
export interface NativeDetector {
  new (options: { formats: string[] }): { detect(pixels: Pixels): Promise<readonly { rawValue: string }[]> }
  getSupportedFormats(): Promise<readonly string[]>
}

export function readerOf(native: NativeDetector | undefined): Reader {
  let own: Promise<((pixels: Pixels) => Promise<string | undefined>) | undefined> = openOwn(native)

  /** `fails`: on phones without their maker's services it is there and does not work. */
  async function byOwn(pixels: Pixels): Promise<{ text?: string | undefined; fails: boolean }> {
    const read = await own
    if (!read) return { fails: true }
    try {
      return { text: await read(pixels), fails: false }
    } catch {
      own = Promise.resolve(undefined)
      return { fails: true }
    }
  }

  return {
    async frame(pixels, turn) {
      const { text, fails } = await byOwn(pixels)
      return fails ? readFrame(pixels, turn) : text
    },
    async picture(pixels) {
      const { text } = await byOwn(pixels)
      return text ?? readPicture(pixels)
    },
  }
}

async function openOwn(native: NativeDetector | undefined) {
  const formats = await native?.getSupportedFormats().catch((): string[] => [])
  if (!native || !formats?.includes('qr_code')) return undefined
  const detector = new native({ formats: ['qr_code'] })
  return async (pixels: Pixels) => (await detector.detect(pixels))[0]?.rawValue
}
