/**
 * A voucher in few signs: `GT2:` and the fields of its token as bytes, in base45. Whoever reads it writes the token anew, byte for byte, and
 * verifies the very same signature; what is not in the code (merchant, offer, key) its reader knows, and is told it by number or digest.
 */
import { base64url } from 'jose'
import { fromBase45, toBase45 } from './base45.ts'
import { canonicalJson } from './canonical.ts'
import { isProvable, sha256Hex } from './digest.ts'
import { claimsOf, hasClaims, type KeySet } from './keys.ts'
import { kidOf } from './kid.ts'
import { type CodeClaims, DIGEST_BYTES, packFields, unpackFields } from './small-code-bytes.ts'
import { readVoucher, VOUCHER_TYP, type VoucherClaims } from './voucher-token.ts'

const PREFIX = 'GT2:'
/** What a QR code of version 8 holds at level M, in signs of its alphanumeric mode. */
const SIGNS_MAX = 221
/** A full token has less than 700; what is longer is no code of ours, and nobody's time is spent on it. */
const TOKEN_SIGNS_MAX = 2048

export interface CodeReader {
  readonly merchantId: string
  /** The merchant's offers by their numbers. */
  readonly offers: readonly { readonly n: number; readonly id: string }[]
  readonly keys: KeySet
}

/**
 * `not_ours`: a code of another app. `newer`: of ours, of a kind that this build does not know. `damaged`: cut off or altered beyond reading.
 * `another_merchant`: by what the code says of itself. `offer_unknown`, `key_unknown`: this device has to hear from the backend first.
 * `forged`: the signature does not hold, or its key was not in force.
 */
export type CodeFault =
  | { readonly fault: 'not_ours' | 'newer' | 'damaged' | 'another_merchant' | 'key_unknown' | 'forged' }
  | { readonly fault: 'offer_unknown'; readonly n: number }

export interface ReadCode {
  readonly token: string
  readonly claims: VoucherClaims
}

type Signed = CodeClaims & { readonly merchant: string; readonly offer: string }

/** Undefined where the code could not be turned into this very token again: for tokens of before there were small codes. */
export async function smallCodeOf(token: string): Promise<string | undefined> {
  const kid = kidOf(token)
  const claims = signedIn(token)
  const signature = bytesIn(token.split('.')[2])
  if (!isProvable() || !kid || !claims || !signature) return undefined
  if (tokenOf(claims, { kid, signature }) !== token) return undefined
  const merchantDigest = await digestOf(claims.merchant)
  const packed = packFields({ claims, merchantDigest, kidDigest: await digestOf(kid), signature })
  const code = packed && PREFIX + toBase45(packed)
  return code && code.length <= SIGNS_MAX ? code : undefined
}

/** What a camera has read, a small code or a full token. Expiry is for the caller to compare. Never throws on bad input. */
export async function readSmallCode(text: string, reader: CodeReader): Promise<ReadCode | CodeFault> {
  if (text.startsWith(PREFIX)) return readSmall(text.slice(PREFIX.length), reader)
  if (/^GT\d+:/.test(text)) return { fault: 'newer' }
  return readFull(text, reader)
}

async function readSmall(text: string, reader: CodeReader): Promise<ReadCode | CodeFault> {
  const bytes = text.length + PREFIX.length <= SIGNS_MAX ? fromBase45(text) : undefined
  const fields = bytes && unpackFields(bytes)
  if (!fields) return { fault: 'damaged' }
  const { claims, merchantDigest, kidDigest, signature } = fields
  if (merchantDigest !== (await digestOf(reader.merchantId))) return { fault: 'another_merchant' }
  const kids = await kidsOf(reader.keys, kidDigest)
  if (kids.length === 0) return { fault: 'key_unknown' }
  const offer = reader.offers.find(({ n }) => n === claims.n)
  if (!offer) return { fault: 'offer_unknown', n: claims.n }
  for (const kid of kids) {
    const token = tokenOf({ ...claims, merchant: reader.merchantId, offer: offer.id }, { kid, signature })
    const read = await readVoucher(token, reader.keys)
    if (read) return { token, claims: read }
  }
  return { fault: 'forged' }
}

async function readFull(token: string, { merchantId, keys }: CodeReader): Promise<ReadCode | CodeFault> {
  if (token.length > TOKEN_SIGNS_MAX || !/^[\w-]+\.[\w-]+\.[\w-]*$/.test(token)) return { fault: 'not_ours' }
  const merchant = payloadOf(token)?.merchant
  if (typeof merchant !== 'string') return { fault: 'not_ours' }
  if (merchant !== merchantId) return { fault: 'another_merchant' }
  const claims = await readVoucher(token, keys)
  if (claims) return { token, claims }
  const kid = kidOf(token)
  const isKnown = kid === undefined || keys.keys.some((key) => key.kid === kid)
  return { fault: isKnown ? 'forged' : 'key_unknown' }
}

/** As `signVoucher` writes it: header and claims of any token of version 2 follow from its fields. */
function tokenOf(
  { jti, sub, merchant, offer, version, points, fen, n, iat, exp }: Signed,
  by: { readonly kid: string; readonly signature: Uint8Array },
): string {
  const header = JSON.stringify({ alg: 'ES256', kid: by.kid, typ: VOUCHER_TYP })
  const claims = canonicalJson({ jti, sub, merchant, offer, version, points, fen, n, iat, exp })
  return [header, claims, by.signature].map((part) => base64url.encode(part)).join('.')
}

function signedIn(token: string): Signed | undefined {
  const claims = payloadOf(token)
  const texts = ['jti', 'sub', 'merchant', 'offer']
  const numbers = ['n', 'version', 'points', 'fen', 'iat', 'exp']
  return claims && hasClaims(claims, texts, numbers) ? (claims as unknown as Signed) : undefined
}

function payloadOf(token: string) {
  const bytes = bytesIn(token.split('.')[1])
  return bytes && claimsOf(new TextDecoder().decode(bytes))
}

function bytesIn(part = ''): Uint8Array | undefined {
  try {
    return base64url.decode(part)
  } catch {
    return undefined
  }
}

/** More than one only by chance: each is tried. */
async function kidsOf({ keys }: KeySet, digest: string): Promise<string[]> {
  const digests = await Promise.all(keys.map(({ kid }) => digestOf(kid)))
  return keys.filter((_, i) => digests[i] === digest).map(({ kid }) => kid)
}

async function digestOf(text: string): Promise<string> {
  return (await sha256Hex(text)).slice(0, 2 * DIGEST_BYTES)
}
