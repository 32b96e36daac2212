/** Pictures of offers, read from their own bytes: what they are and how large, and each that may be none, with why. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPicture, withoutMetadata } from '../../src/domain/offers/picture.ts'
import { canvasChunk, jpegOf, jpegWith, samplePicture, webpWith } from '../support/pictures.ts'

const SIZE = { width: 320, height: 240 }

describe('a picture', () => {
  it.each([
    ['plain.jpg', 'image/jpeg'],
    ['progressive.jpg', 'image/jpeg'],
    ['lossy.webp', 'image/webp'],
    ['lossless.webp', 'image/webp'],
  ] as const)('%s says what it is and how large', (name, type) => {
    expect(readPicture(samplePicture(name))).toEqual({ type, ...SIZE })
  })

  it('may stand on a canvas of its own size, with a colour profile', () => {
    expect(readPicture(webpWith('VP8X', canvasChunk(320, 240, 0x20)))).toEqual({
      type: 'image/webp',
      ...SIZE,
    })
    expect(readPicture(webpWith('ICCP', Buffer.from('profile')))).toEqual({ type: 'image/webp', ...SIZE })
    expect(readPicture(jpegWith(0xe2, 'ICC_PROFILE'))).toEqual({ type: 'image/jpeg', ...SIZE })
  })

  it.each([
    ['nothing', Buffer.alloc(0), 'type'],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'type'],
    ['PNG', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x40\0\0\0\xf0', 'latin1'), 'type'],
    ['GIF', Buffer.from('GIF89a\x40\x01\xf0\x00', 'latin1'), 'type'],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'), 'type'],
    ['a picture that moves', webpWith('VP8X', canvasChunk(320, 240, 2)), 'type'],
    ['a JPEG with EXIF', jpegWith(0xe1, 'Exif\0\0'), 'metadata'],
    ['a JPEG with a comment', jpegWith(0xfe, 'who took it'), 'metadata'],
    ['a JPEG with a second picture', jpegWith(0xe2, 'MPF\0MM'), 'metadata'],
    ['a JPEG with a thumbnail', jpegWith(0xe0, 'JFXX\0'), 'metadata'],
    ['a JPEG with IPTC', jpegWith(0xed, 'Photoshop 3.0'), 'metadata'],
    ['a WebP with EXIF', webpWith('EXIF', Buffer.from('II*')), 'metadata'],
    ['a WebP with XMP', webpWith('XMP ', Buffer.from('<x/>')), 'metadata'],
    ['one pixel too many', jpegOf(801, 600), 'pixels'],
    ['a bomb', jpegOf(65_000, 65_000), 'pixels'],
    ['a small one', jpegOf(159, 159), 'pixels'],
    ['an upright one', jpegOf(300, 400), 'shape'],
    ['a strip', jpegOf(800, 390), 'shape'],
    ['a JPEG without its end', samplePicture('plain.jpg').subarray(0, -2), 'broken'],
    [
      'a JPEG with a page behind it',
      Buffer.concat([samplePicture('plain.jpg'), Buffer.from('<html>')]),
      'broken',
    ],
    ['half a WebP', samplePicture('lossy.webp').subarray(0, 100), 'broken'],
    [
      'a WebP with something behind it',
      Buffer.concat([samplePicture('lossy.webp'), Buffer.from('zip!')]),
      'broken',
    ],
    ['a WebP with a chunk that nobody knows', webpWith('JUNK', Buffer.from('junk')), 'broken'],
    ['a WebP on a canvas of another size', webpWith('VP8X', canvasChunk(800, 600)), 'broken'],
  ])('is not %s', (_, bytes, fault) => {
    expect(readPicture(bytes)).toEqual({ fault })
  })

  it('is the same without what a browser wrote beside it', () => {
    const plain = samplePicture('plain.jpg')
    for (const marker of [0xe1, 0xed, 0xfe])
      expect(Buffer.from(withoutMetadata(jpegWith(marker, 'Exif\0\0')))).toEqual(plain)
    for (const name of ['plain.jpg', 'progressive.jpg', 'lossy.webp'] as const)
      expect(Buffer.from(withoutMetadata(samplePicture(name)))).toEqual(samplePicture(name))
    expect(withoutMetadata(new Uint8Array())).toHaveLength(0)
  })

  it('of any bytes is read to an end, and never throws', () => {
    const heads = [Buffer.from([0xff, 0xd8, 0xff]), Buffer.from('RIFF\x10\0\0\0WEBP')]
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 200 }), (head, tail) => {
        const bytes = Buffer.concat([head, tail])
        expect(readPicture(bytes)).toBeTypeOf('object')
        expect(withoutMetadata(bytes).length).toBeLessThanOrEqual(bytes.length)
      }),
    )
  })

  it('with any one byte changed is still a picture of allowed size, or refused', () => {
    for (const name of ['plain.jpg', 'lossy.webp'] as const) {
      const whole = samplePicture(name)
      fc.assert(
        fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
          const changed = Buffer.from(whole)
          changed[at] = byte
          const read = readPicture(changed)
          if (!('fault' in read)) expect(Math.max(read.width, read.height)).toBeLessThanOrEqual(800)
        }),
      )
    }
  })
})
