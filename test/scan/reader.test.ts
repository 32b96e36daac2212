/** Which of the two readers is asked: the browser's own where it works, zxing where there is none, it fails, or it found nothing in a picture. */
import { expect, it } from 'vitest'
import { type NativeDetector, readerOf } from '../../src/scan/reader.ts'
import { degradedCode } from '../support/degraded-code.ts'
import { openZxingHere } from '../support/zxing.ts'

const picture = degradedCode('GT2:PICTURE', 'noise', 1)

/** A detector as Chromium's, which finds `found` or fails; `asked` counts. */
function detectorOf(found: string | undefined | Error, formats = ['qr_code']) {
  const asked = { count: 0 }
  class Detector {
    static getSupportedFormats = async () => formats
    async detect() {
      asked.count++
      if (found instanceof Error) throw found
      return found === undefined ? [] : [{ rawValue: found }]
    }
  }
  return { native: Detector satisfies NativeDetector, asked }
}

function zxing() {
  const opened = { count: 0 }
  const open = async () => {
    opened.count++
    await openZxingHere()
  }
  return { open, opened }
}

it('the browser’s own reads, and zxing is not even loaded', async () => {
  const { open, opened } = zxing()
  const reader = readerOf(detectorOf('GT2:OWN').native, open)
  expect(await reader.frame(picture, 0)).toBe('GT2:OWN')
  expect(await reader.picture(picture)).toBe('GT2:OWN')
  expect(opened.count).toBe(0)
})

it('a frame in which it finds nothing is let go, a picture is looked at by zxing too', async () => {
  const { open } = zxing()
  const reader = readerOf(detectorOf(undefined).native, open)
  expect(await reader.frame(picture, 0)).toBeUndefined()
  expect(await reader.picture(picture)).toBe('GT2:PICTURE')
})

it('one that is there and fails is not asked again', async () => {
  const { open } = zxing()
  const { native, asked } = detectorOf(new Error('Barcode detection service unavailable.'))
  const reader = readerOf(native, open)
  expect(await reader.frame(picture, 0)).toBe('GT2:PICTURE')
  expect(await reader.frame(picture, 1)).toBe('GT2:PICTURE')
  expect(asked.count).toBe(1)
})

it.each([
  ['there is none', undefined],
  ['it knows no QR codes', detectorOf('GT2:OWN', ['ean_13']).native],
])('zxing reads where %s', async (_, native) => {
  expect(await readerOf(native, zxing().open).frame(picture, 0)).toBe('GT2:PICTURE')
})

it('without either, whoever asks is told', async () => {
  const reader = readerOf(undefined, () => Promise.reject(new Error('the decoder cannot be loaded now')))
  await expect(reader.frame(picture, 0)).rejects.toThrow(/cannot be loaded/)
})
