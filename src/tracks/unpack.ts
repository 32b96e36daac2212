// `.gpx.gz`, `.tcx.gz`, `.fit.gz`, as exports of a whole account hold them. Unpacked up to a bound, so that a small bomb stays small.
import { FILE_BYTES_MAX, failed, type TrackFailure } from './track.ts'

type Unpacked =
  | { readonly status: 'ok'; readonly bytes: Uint8Array }
  | { readonly status: 'failed'; readonly failure: TrackFailure }

/** Packed twice happens, when a browser packs what was packed; more is no export. */
const LAYERS_MAX = 2

/** First bytes of zip, 7z, rar, bzip2, xz, zstd, lz4 and compress, which a browser cannot read by itself. */
const ARCHIVES: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x50, 0x4b, 0x05, 0x06],
  [0x37, 0x7a, 0xbc, 0xaf],
  [0x52, 0x61, 0x72, 0x21],
  [0x42, 0x5a, 0x68],
  [0xfd, 0x37, 0x7a, 0x58],
  [0x28, 0xb5, 0x2f, 0xfd],
  [0x04, 0x22, 0x4d, 0x18],
  [0x1f, 0x9d],
]
/** A tar says what it is behind the first name and its rights; as .tar.gz it is one archive in another. */
const TAR = { at: 257, mark: [0x75, 0x73, 0x74, 0x61, 0x72] } as const

export async function unpack(given: Uint8Array): Promise<Unpacked> {
  let bytes = given
  for (let layer = 0; startsWith(bytes, [0x1f, 0x8b]); layer++) {
    if (layer === LAYERS_MAX || typeof DecompressionStream === 'undefined') return failed({ code: 'packed' })
    const inner = await gunzipAll(bytes)
    if (inner.length > FILE_BYTES_MAX)
      return failed({ code: 'too_large', sizeBytes: inner.length, maxBytes: FILE_BYTES_MAX })
    if (inner.length === 0) return failed({ code: 'damaged' })
    bytes = inner
  }
  const isArchive =
    ARCHIVES.some((start) => startsWith(bytes, start)) || startsWith(bytes.subarray(TAR.at), TAR.mark)
  return isArchive ? failed({ code: 'packed' }) : { status: 'ok', bytes }
}

/** Starts of members that turned out to be none: by chance hardly ever one, so that many are meant to keep the phone busy. */
const WRONG_STARTS_MAX = 8
/** Packers cut each 64 kB or more: the largest file that is read has some 300. */
const MEMBERS_MAX = 500

/**
 * A file may be several packed ones, one behind the other, as logs that were appended to and packers of several cores write them; browsers
 * unpack the first only, and take the rest for a fault. What came before an error is handed on: XML and FIT tell by themselves whether they are
 * whole.
 */
async function gunzipAll(bytes: Uint8Array): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  let from = 0
  let wrong = 0
  for (let next = nextStart(bytes, 1); next > 0; next = nextStart(bytes, next + 1)) {
    if (wrong === WRONG_STARTS_MAX || parts.length === MEMBERS_MAX || length > FILE_BYTES_MAX) break
    const member = await gunzip(bytes.subarray(from, next))
    if (member.isWhole) {
      parts.push(member.bytes)
      length += member.bytes.length
      from = next
    } else wrong++
  }
  if (length <= FILE_BYTES_MAX) parts.push((await gunzip(bytes.subarray(from))).bytes)
  return joined(parts)
}

/** Where a member may begin: by its mark, the one method that there is, and flags that mean something. -1: nowhere. */
function nextStart(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x1f, from); at >= 0; at = bytes.indexOf(0x1f, at + 1))
    if (bytes[at + 1] === 0x8b && bytes[at + 2] === 8 && (bytes[at + 3] ?? 0xff) < 0x20) return at
  return -1
}

/** Stops soon after the bound. */
async function gunzip(bytes: Uint8Array): Promise<{ bytes: Uint8Array; isWhole: boolean }> {
  const parts: Uint8Array[] = []
  let length = 0
  let isWhole = false
  const reader = new Blob([bytes as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream('gzip'))
    .getReader()
  try {
    while (length <= FILE_BYTES_MAX) {
      const { done, value } = await reader.read()
      isWhole = done
      if (done) break
      parts.push(value)
      length += value.length
    }
    await reader.cancel()
  } catch {
    // Cut off, or with bytes after its end.
  }
  return { bytes: joined(parts), isWhole }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
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
