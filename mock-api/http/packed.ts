/**
 * Files of the built app, packed for the way to the phone. The build packs each beforehand, so that no start of a server costs that again; what
 * has changed since, or is asked for in another packing, the server packs itself when it is first asked for.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

export const ENCODINGS = ['br', 'gzip'] as const
export type Encoding = (typeof ENCODINGS)[number]

/** Of the built app's folder: what the build has packed, no part of the site. */
export const PACKED_FOLDER = 'packed'

const PACKABLE = ['.html', '.js', '.css', '.json', '.webmanifest', '.svg', '.txt', '.bin']
const PACKABLE_BYTES_MIN = 512
/** Nine tenths of what 11 saves, in a twentieth of the time. */
const BROTLI_QUALITY = 9

const [toBrotli, toGzip] = [promisify(brotliCompress), promisify(gzip)]

export function isPackable(path: string, { length }: Buffer): boolean {
  return PACKABLE.includes(extname(path)) && length >= PACKABLE_BYTES_MIN
}

/** 22 letters of base64url. */
export function digestOf(body: Buffer): string {
  return createHash('sha256').update(body).digest('base64url').slice(0, 22)
}

/** Named by what it holds: a file that has changed since is not mistaken for what it was. */
export function packedPath(folder: string, body: Buffer): string {
  return join(folder, PACKED_FOLDER, `${digestOf(body)}.br`)
}

export function pack(body: Buffer, encoding: Encoding): Promise<Buffer<ArrayBuffer>> {
  return encoding === 'br'
    ? toBrotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } })
    : toGzip(body)
}

/** From the build, or packed now. */
export function findPacked(folder: string, body: Buffer, encoding: Encoding): Promise<Buffer<ArrayBuffer>> {
  const packed = encoding === 'br' ? readFile(packedPath(folder, body)) : Promise.reject(new Error(encoding))
  return packed.catch(() => pack(body, encoding))
}
