/** Where somebody stands in a journal; apart from the chain, which is checked by digests that a screen has no use for. */

/** What the first record follows. */
export const GENESIS_HASH = '0'.repeat(64)

export interface Cursor {
  readonly seq: number
  readonly hash: string
}

export const START: Cursor = { seq: 0, hash: GENESIS_HASH }
