// `.gpx.gz`, `.tcx.gz`, `.fit.gz`, as exports of a whole account hold them. Unpacked up to a bound, so that a small bomb stays small.
import { FILE_BYTES_MAX, failed, type TrackFailure } from './track.ts'

type Unpacked =
  | { readonly status: 'ok'; readonly bytes: Uint8Array }
  | { readonly status: 'failed'; readonly failure: TrackFailure }

/** Packed twice happens, when a browser packs what was packed; more is no export. */
const LAYERS_MAX = 2

/** First bytes of zip, 7z, rar, bzip2 and xz, which a browser cannot read by itself. */
const ARCHIVES: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x50, 0x4b, 0x05, 0x06],
  [0x37, 0x7a, 0xbc, 0xaf],
  [0x52, 0x61, 0x72, 0x21],
  [0x42, 0x5a, 0x68],
  [0xfd, 0x37, 0x7a, 0x58],
]

export async function unpack(given: Uint8Array): Promise<Unpacked> {
  let bytes = given
  for (let layer = 0; startsWith(bytes, [0x1f, 0x8b]); layer++) {
    if (layer === LAYERS_MAX || typeof DecompressionStream === 'undefined') return failed({ code: 'packed' })
    const inner = await gunzip(bytes)
    if (inner.length > FILE_BYTES_MAX)
      return failed({ code: 'too_large', sizeBytes: inner.length, maxBytes: FILE_BYTES_MAX })
    if (inner.length === 0) return failed({ code: 'damaged' })
    bytes = inner
  }
  return ARCHIVES.some((start) => startsWith(bytes, start))
    ? failed({ code: 'packed' })
    : { status: 'ok', bytes }
}

/** Stops soon after the bound. What came before an error is handed on: XML and FIT tell by themselves whether they are whole. */
async function gunzip(bytes: Uint8Array): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  const reader = new Blob([bytes as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream('gzip'))
    .getReader()
  try {
    while (length <= FILE_BYTES_MAX) {
      const { done, value } = await reader.read()
      if (done) break
      parts.push(value)
      length += value.length
    }
    await reader.cancel()
  } catch {
    // Cut off, or with bytes after its end.
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte)
}
