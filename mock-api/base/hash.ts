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

function hashAfter(prefixHex: string, text: string): string {
  return createHash('sha256').update(prefixHex, 'hex').update(text, 'utf8').digest('hex')
}
