/** The ledger head: the backend's signature under the last record of a page and the balances there. Evidence against later rewriting. */
import { canonicalJson } from './canonical.ts'
import { type KeySet, readSigned, type SigningKey, signJws } from './keys.ts'

export interface Head {
  readonly account: string
  readonly seq: number
  readonly hash: string
  /** Points. */
  readonly available: number
  readonly held: number
  /** The backend's clock, ms. */
  readonly at: number
}

export function signHead(head: Head, key: SigningKey): Promise<string> {
  return signJws(canonicalJson(head), key)
}

/** The head when its signature holds; undefined when it does not, or the key is not trusted. */
export function readHead(jws: string, keys: KeySet): Promise<Head | undefined> {
  return readSigned<Head>(jws, keys, (head) => head.at)
}
