/** What stands before Chromium's camera: a picture as an endless film (YUV4MPEG2), until another one is put there. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Picture } from './degraded-code.ts'

interface FakeCamera {
  /** For `newProfile`. */
  readonly args: readonly string[]
  /** Seen by the next page that opens the camera. */
  show(picture: Picture): void
  end(): void
}

export function fakeCamera(picture: Picture): FakeCamera {
  const folder = mkdtempSync(join(tmpdir(), 'greentrace-camera-'))
  const file = join(folder, 'film.y4m')
  const show = (shown: Picture) => writeFileSync(file, filmOf(shown))
  show(picture)
  return {
    args: [
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${file}`,
    ],
    show,
    end: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** One frame, grey: the colours are the middle of their range. */
function filmOf({ data, width, height }: Picture): Buffer {
  const light = Buffer.from(data.filter((_, i) => i % 4 === 0))
  const colours = Buffer.alloc(2 * Math.ceil(width / 2) * Math.ceil(height / 2), 128)
  const header = `YUV4MPEG2 W${width} H${height} F15:1 Ip A1:1 C420jpeg\n`
  return Buffer.concat([Buffer.from(header), Buffer.from('FRAME\n'), light, colours])
}
