/** The hash chain of a journal: each record's hash covers its body and the hash before it, so nothing can be changed or dropped in between. */
import type { Cursor } from './cursor.ts'
import { sha256HexOf } from './digest.ts'

export { type Cursor, GENESIS_HASH, START } from './cursor.ts'

export interface ChainLink {
  readonly seq: number
  /** Canonical JSON exactly as hashed; parsed only after hashing. */
  readonly body: string
  readonly hash: string
  /** Personal detail and its salt; both gone when the account was deleted. */
  readonly detail?: string
  readonly salt?: string
}

/** `hash = SHA-256(previous hash ‖ body)`, hex. */
export function chainHash(previousHash: string, body: string): Promise<string> {
  return sha256HexOf(previousHash, body)
}

/** `SHA-256(salt ‖ detail)`, hex: what stands in the body for the personal part. */
export function commitment(salt: string, detail: string): Promise<string> {
  return sha256HexOf(salt, detail)
}

type ChainFault = { readonly seq: number; readonly what: 'gap' | 'hash' | 'detail' }

/** Checks that the links follow the cursor without a gap and that each hash and detail holds. The first fault, or undefined. */
export async function findChainFault(
  after: Cursor,
  links: readonly ChainLink[],
): Promise<ChainFault | undefined> {
  let previous = after
  // Digests are asked for together: one after the other costs a turn of the event loop each.
  const hashes = await Promise.all(
    links.map((link, i) => chainHash(i === 0 ? after.hash : (links[i - 1] as ChainLink).hash, link.body)),
  )
  const details = await Promise.all(
    links.map((link) =>
      link.detail !== undefined && link.salt !== undefined ? commitment(link.salt, link.detail) : undefined,
    ),
  )
  for (const [i, link] of links.entries()) {
    if (link.seq !== previous.seq + 1) return { seq: link.seq, what: 'gap' }
    if (hashes[i] !== link.hash) return { seq: link.seq, what: 'hash' }
    const committed = (JSON.parse(link.body) as { detail?: string }).detail
    // Detail and salt go together: one without the other could not be checked.
    const isWhole = (link.detail === undefined) === (link.salt === undefined)
    if (!isWhole || (details[i] !== undefined && details[i] !== committed))
      return { seq: link.seq, what: 'detail' }
    previous = link
  }
  return undefined
}
