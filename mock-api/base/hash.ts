/**
 * The hashes of src/proof by Node's own SHA-256, at once instead of in a pool of threads: a record needs three, and a batch has hundreds. Equal
 * to those of src/proof to the last bit, which a test holds against them.
 */
import { createHash, hash } from 'node:crypto'

export function sha256Hex(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex')
}

/** `SHA-256(previous hash ‖ body)`, hex. */
export function chainHash(previousHash: string, body: string): string {
  return hashAfter(previousHash, body)
}

/** `SHA-256(salt ‖ detail)`, hex. */
export function commitment(salt: string, detail: string): string {
  return hashAfter(salt, detail)
}

/** A record's body or detail fits in, unless it is an uncommonly long one. */
const SPACE = Buffer.allocUnsafe(64 * 1024)
/** Bytes of UTF-8 for one UTF-16 code unit. */
const UTF8_BYTES_MAX = 3

/** Of bytes that lie together it is made in one go, without an object that only the sweeping of memory ends. */
function hashAfter(prefixHex: string, text: string): string {
  if (prefixHex.length / 2 + text.length * UTF8_BYTES_MAX > SPACE.length)
    return createHash('sha256').update(prefixHex, 'hex').update(text, 'utf8').digest('hex')
  const begin = SPACE.write(prefixHex, 0, 'hex')
  const end = begin + SPACE.write(text, begin, 'utf8')
  return hash('sha256', SPACE.subarray(0, end), 'hex')
}
