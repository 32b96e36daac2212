/** Which of the two readers is asked: the browser's own where it works, ours where there is none, it fails, or it found nothing in a picture. */
import { expect, it } from 'vitest'
import { type NativeDetector, readerOf } from '../../src/scan/reader.ts'
import { degradedCode } from '../support/degraded-code.ts'

const PAY = 'https://example.com/pay'
const picture = degradedCode(PAY, 'noise', 1)

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

it('the browser’s own reads, and nobody else is asked', async () => {
  const reader = readerOf(detectorOf('GT2:OWN').native)
  expect(await reader.frame(picture, 0)).toBe('GT2:OWN')
  expect(await reader.picture(picture)).toBe('GT2:OWN')
})

it('a frame in which it finds nothing is let go, a picture is looked at by ours too', async () => {
  const reader = readerOf(detectorOf(undefined).native)
  expect(await reader.frame(picture, 0)).toBeUndefined()
  expect(await reader.picture(picture)).toBe(PAY)
})

it('one that is there and fails is not asked again', async () => {
  const { native, asked } = detectorOf(new Error('Barcode detection service unavailable.'))
  const reader = readerOf(native)
  expect(await reader.frame(picture, 0)).toBe(PAY)
  expect(await reader.frame(picture, 1)).toBe(PAY)
  expect(asked.count).toBe(1)
})

it.each([
  ['there is none', undefined],
  ['it knows no QR codes', detectorOf('GT2:OWN', ['ean_13']).native],
])('ours reads where %s', async (_, native) => {
  expect(await readerOf(native).frame(picture, 0)).toBe(PAY)
})
