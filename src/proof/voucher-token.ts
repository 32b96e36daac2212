/**
 * The voucher's token: what the QR code carries and a merchant's device checks without a network. Tokens carry seconds, as JWT does; the
 * first ones, without a `typ`, carried ms and stay readable. Here all times are ms.
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
import { secondsDown, secondsUp } from './seconds.ts'

interface CommonClaims {
  /** The voucher's id. */
  readonly jti: string
  /** The holder's account: settlement is keyed by it. */
  readonly sub: string
  readonly merchant: string
  readonly offer: string
  readonly version: number
  readonly points: number
  readonly iat: Instant
  readonly exp: Instant
}

interface NewVoucherClaims extends CommonClaims {
  /** What the offer is worth at this version. */
  readonly fen: number
  /** The offer's number at this merchant. */
  readonly n: number
}

export type VoucherClaims =
  | (CommonClaims & { readonly token: 1 })
  | (NewVoucherClaims & { readonly token: 2 })

const TEXTS = ['jti', 'sub', 'merchant', 'offer']
const NUMBERS = ['version', 'points', 'iat', 'exp']

export const VOUCHER_TYP = 'greentrace-voucher+jwt'

const VOUCHER: SignedKind<VoucherClaims> = {
  typ: VOUCHER_TYP,
  purpose: 'vouchers',
  read: (claims, isTyped) => (isTyped ? readNew(claims) : readFirst(claims)),
  signedAt: ({ iat }) => iat,
}

export function signVoucher(claims: NewVoucherClaims, key: SigningKey): Promise<string> {
  const inSeconds = { ...claims, iat: secondsUp(claims.iat), exp: secondsDown(claims.exp) }
  return signJws(canonicalJson(inSeconds), VOUCHER_TYP, key)
}

/** The claims when the signature holds. Expiry and merchant are for the caller to compare: it knows the time and who it is. */
export function readVoucher(token: string, keys: KeySet): Promise<VoucherClaims | undefined> {
  return readSigned(token, keys, VOUCHER)
}

function readNew(claims: Claims): VoucherClaims | undefined {
  if (!hasClaims(claims, TEXTS, [...NUMBERS, 'fen', 'n'])) return undefined
  const read = claims as unknown as NewVoucherClaims
  return { ...read, iat: read.iat * 1000, exp: read.exp * 1000, token: 2 }
}

function readFirst(claims: Claims): VoucherClaims | undefined {
  if (!hasClaims(claims, TEXTS, NUMBERS)) return undefined
  return { ...(claims as unknown as CommonClaims), token: 1 }
}
