/** The voucher's token: what the QR code carries and a merchant's device checks without a network. */
import { canonicalJson } from './canonical.ts'
import { type KeySet, readSigned, type SigningKey, signJws } from './keys.ts'

export interface VoucherClaims {
  /** The voucher's id. */
  readonly jti: string
  /** The holder's account: settlement is keyed by it. */
  readonly sub: string
  readonly merchant: string
  readonly offer: string
  readonly version: number
  readonly points: number
  /** ms. */
  readonly iat: number
  readonly exp: number
}

export function signVoucher(claims: VoucherClaims, key: SigningKey): Promise<string> {
  return signJws(canonicalJson(claims), key)
}

/** The claims when the signature holds. Expiry and merchant are for the caller to compare: it knows the time and who it is. */
export function readVoucher(token: string, keys: KeySet): Promise<VoucherClaims | undefined> {
  return readSigned<VoucherClaims>(token, keys, (claims) => claims.iat)
}
