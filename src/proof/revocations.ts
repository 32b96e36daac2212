/**
 * The signed list of revoked keys. Its epoch only grows, a device refuses a lower one, and what was revoked once stays so, also when a
 * restored backend has forgotten it. What a revoked key had signed before stays good; it signs and endorses nothing any more.
 */
import { canonicalJson } from './canonical.ts'
import {
  type Claims,
  hasClaims,
  type KeySet,
  type RevokedKey,
  readSigned,
  type SignedKind,
  type SigningKey,
  signJws,
} from './keys.ts'
import { secondsUp } from './seconds.ts'

export interface Revocations {
  readonly epoch: number
  readonly revoked: readonly RevokedKey[]
}

const REVOCATIONS: SignedKind<Revocations & { readonly iat: number }> = {
  typ: 'greentrace-revocations+jws',
  purpose: 'documents',
  read: (claims, isTyped) =>
    isTyped && hasClaims(claims, [], ['epoch', 'iat']) && areRevoked(claims.revoked)
      ? (claims as unknown as Revocations & { iat: number })
      : undefined,
  signedAt: ({ iat }) => iat * 1000,
}

export function signRevocations(
  { epoch, revoked }: Revocations,
  by: { readonly key: SigningKey; readonly at: number },
): Promise<string> {
  return signJws(canonicalJson({ epoch, iat: secondsUp(by.at), revoked }), REVOCATIONS.typ, by.key)
}

export function readRevocations(jws: string, keys: KeySet): Promise<Revocations | undefined> {
  return readSigned(jws, keys, REVOCATIONS, { isNew: true })
}

/** The list with the higher epoch, and whatever the other one had revoked. */
export function newerOf(known: Revocations | undefined, offered: Revocations): Revocations {
  if (!known) return { epoch: offered.epoch, revoked: offered.revoked }
  if (offered.epoch <= known.epoch) return known
  const forgotten = known.revoked.filter(({ kid }) => !offered.revoked.some((each) => each.kid === kid))
  return { epoch: offered.epoch, revoked: [...offered.revoked, ...forgotten] }
}

function areRevoked(list: unknown): list is RevokedKey[] {
  return (
    Array.isArray(list) &&
    list.every(
      (each: Claims | null) =>
        typeof each === 'object' &&
        each !== null &&
        hasClaims(each, ['kid'], ['at']) &&
        Array.isArray(each.keeps) &&
        each.keeps.every((text) => typeof text === 'string'),
    )
  )
}
