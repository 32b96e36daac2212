/** Pictures for offers: generated samples of a real encoder, and the same with something about them that no offer may have. */
import { readFileSync } from 'node:fs'

type SampleName = 'plain.jpg' | 'progressive.jpg' | 'lossy.webp' | 'lossless.webp'

/** 320 × 240, a field of green. */
export function samplePicture(name: SampleName): Buffer {
  return readFileSync(new URL(`../golden/pictures/${name}`, import.meta.url))
}

/** With a segment of that marker behind its beginning: 0xe1 holds EXIF or XMP, 0xed IPTC, 0xfe a comment. */
export function jpegWith(marker: number, text: string): Buffer {
  const picture = samplePicture('plain.jpg')
  const segment = Buffer.from([0xff, marker, 0, text.length + 2, ...Buffer.from(text, 'latin1')])
  return Buffer.concat([picture.subarray(0, 2), segment, picture.subarray(2)])
}

/** Says of itself that it is that large. */
export function jpegOf(width: number, height: number): Buffer {
  const picture = Buffer.from(samplePicture('plain.jpg'))
  const frame = picture.indexOf(Buffer.from([0xff, 0xc0]))
  picture.writeUInt16BE(height, frame + 5)
  picture.writeUInt16BE(width, frame + 7)
  return picture
}

/** With a chunk before its pixels. */
export function webpWith(chunk: string, body: Buffer): Buffer {
  const picture = samplePicture('lossy.webp')
  const size = Buffer.alloc(4)
  size.writeUInt32LE(body.length)
  const more = Buffer.concat([Buffer.from(chunk), size, body, Buffer.alloc(body.length % 2)])
  const whole = Buffer.concat([picture.subarray(0, 12), more, picture.subarray(12)])
  whole.writeUInt32LE(whole.length - 8, 4)
  return whole
}

/** What a canvas of that size says at its head; `flags` 2: it moves. */
export function canvasChunk(width: number, height: number, flags = 0): Buffer {
  const body = Buffer.alloc(10)
  body.writeUInt8(flags, 0)
  body.writeUIntLE(width - 1, 4, 3)
  body.writeUIntLE(height - 1, 7, 3)
  return body
}
