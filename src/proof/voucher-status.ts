/**
 * What a merchant's tills must not accept without a network: vouchers that were cancelled, returned or used at another branch, and have not
 * expired by themselves. A list of ids, signed by the key of vouchers, with the time at which it was true. A younger list takes the place of an older.
 */
import type { Instant } from '../domain/base/time.ts'
import { canonicalJson } from './canonical.ts'
import {
  type Claims,
  hasClaims,
  type KeySet,
  readSigned,
  type SignedKind,
  type SigningKey,
  signJws,
} from './keys.ts'
import { secondsUp } from './seconds.ts'

interface VoucherStatus {
  /** The merchant. */
  readonly sub: string
  readonly iat: Instant
  /** Ids of vouchers. */
  readonly ended: readonly string[]
  /** Kids that sign nothing any more. */
  readonly revokedKeys?: readonly string[]
}

const STATUS: SignedKind<VoucherStatus> = {
  typ: 'greentrace-voucher-status+jwt',
  purpose: 'vouchers',
  read: (claims, isTyped) => (isTyped ? readClaims(claims) : undefined),
  signedAt: ({ iat }) => iat,
}

export function signVoucherStatus(status: VoucherStatus, key: SigningKey): Promise<string> {
  return signJws(canonicalJson({ ...status, iat: secondsUp(status.iat) }), STATUS.typ, key)
}

/** The list when its signature holds. Whose it is and how old it may be is for the caller to compare. */
export function readVoucherStatus(jws: string, keys: KeySet): Promise<VoucherStatus | undefined> {
  return readSigned(jws, keys, STATUS, { isNew: true })
}

function readClaims(claims: Claims): VoucherStatus | undefined {
  if (!hasClaims(claims, ['sub'], ['iat'])) return undefined
  const { ended, revokedKeys } = claims
  if (!areTexts(ended) || !(revokedKeys === undefined || areTexts(revokedKeys))) return undefined
  return {
    sub: claims.sub as string,
    iat: (claims.iat as number) * 1000,
    ended,
    ...(revokedKeys === undefined ? {} : { revokedKeys }),
  }
}

function areTexts(list: unknown): list is string[] {
  return Array.isArray(list) && list.every((each) => typeof each === 'string')
}
