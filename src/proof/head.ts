/** The ledger head: the backend's signature under the last record of a page and the balances there. Evidence against later rewriting. */
import { canonicalJson } from './canonical.ts'
import { hasClaims, type KeySet, readSigned, type SignedKind, type SigningKey, signJws } from './keys.ts'

export interface Head {
  readonly account: string
  readonly seq: number
  readonly hash: string
  /** Points. */
  readonly available: number
  readonly held: number
  /** The backend's clock, ms: heads are no JWT, and their order within a second counts. */
  readonly at: number
}

const HEAD: SignedKind<Head> = {
  typ: 'greentrace-head+jws',
  purpose: 'heads',
  read: (claims) =>
    hasClaims(claims, ['account', 'hash'], ['seq', 'available', 'held', 'at'])
      ? (claims as unknown as Head)
      : undefined,
  signedAt: ({ at }) => at,
}

export function signHead(head: Head, key: SigningKey): Promise<string> {
  return signJws(canonicalJson(head), HEAD.typ, key)
}

/**
 * The head when its signature holds; undefined when it does not, or the key is not trusted. `isNew`: it has just come, so that a key that is
 * revoked by now cannot have signed it.
 */
export function readHead(
  jws: string,
  keys: KeySet,
  options: { isNew?: boolean } = {},
): Promise<Head | undefined> {
  return readSigned(jws, keys, HEAD, options)
}
