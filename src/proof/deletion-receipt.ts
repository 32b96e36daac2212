/** What the backend signs when an account has ended: the person's evidence that it did, and of what is left. */
import type { Instant } from '../domain/base/time.ts'
import { canonicalJson } from './canonical.ts'
import { hasClaims, type KeySet, readSigned, type SignedKind, type SigningKey, signJws } from './keys.ts'
import { secondsUp } from './seconds.ts'

export interface DeletionReceipt {
  readonly account: string
  readonly deletedAt: Instant
  readonly records: number
  /** Hash of the last record: the chain of pseudonymous transfers stays checkable. */
  readonly hash: string
}

/** `iat`, seconds: one that is asked for again is signed again, maybe by a key that did not exist at the deletion. The first ones lack it. */
type SignedReceipt = DeletionReceipt & { readonly iat?: number }

const DELETION: SignedKind<SignedReceipt> = {
  typ: 'greentrace-deletion+jws',
  purpose: 'documents',
  read: (claims, isTyped) =>
    hasClaims(claims, ['account', 'hash'], ['deletedAt', 'records', ...(isTyped ? ['iat'] : [])])
      ? (claims as unknown as SignedReceipt)
      : undefined,
  signedAt: ({ deletedAt, iat }) => (iat === undefined ? deletedAt : iat * 1000),
}

export function signDeletion(
  receipt: DeletionReceipt,
  by: { readonly key: SigningKey; readonly at: Instant },
): Promise<string> {
  return signJws(canonicalJson({ ...receipt, iat: secondsUp(by.at) }), DELETION.typ, by.key)
}

export async function readDeletion(jws: string, keys: KeySet): Promise<DeletionReceipt | undefined> {
  const read = await readSigned(jws, keys, DELETION)
  if (!read) return undefined
  const { account, deletedAt, records, hash } = read
  return { account, deletedAt, records, hash }
}
