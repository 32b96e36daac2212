/**
 * A proof that a request comes from the device that holds a key (RFC 9449): a JWS with the public key in its header, over method, path and time,
 * used once. `htu` is the path alone, because behind a gateway no host is sure. The session knows the key by its thumbprint (RFC 7638).
 */
import { CompactSign, calculateJwkThumbprint, compactVerify, importJWK, type JWK } from 'jose'
import type { Instant } from '../domain/base/time.ts'
import { claimsOf, hasClaims } from './keys.ts'

export const DPOP_HEADER = 'DPoP'
const TYP = 'dpop+jwt'
/** Twice what one of ours has. */
const PROOF_CHARS_MAX = 1500

interface DpopTarget {
  readonly method: string
  /** Without host and query. */
  readonly path: string
}

export interface DpopProof extends DpopTarget {
  readonly thumbprint: string
  readonly iat: Instant
  readonly jti: string
}

/** ECDSA P-256; the private one need not, and should not, be extractable. */
export interface DeviceKeys {
  readonly publicKey: CryptoKey
  readonly privateKey: CryptoKey
}

const utf8 = new TextEncoder()

/** `at`: by the backend's clock, as far as the device knows it. `jti`: new each time. */
export async function signDpop(
  { method, path }: DpopTarget,
  by: { readonly keys: DeviceKeys; readonly at: Instant; readonly jti: string },
): Promise<string> {
  const claims = { htm: method, htu: path, iat: Math.floor(by.at / 1000), jti: by.jti }
  return new CompactSign(utf8.encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'ES256', typ: TYP, jwk: await publicJwk(by.keys.publicKey) })
    .sign(by.keys.privateKey)
}

/** What it says, when its signature holds by the key that it carries. Never throws on bad input. */
export async function readDpop(proof: string): Promise<DpopProof | undefined> {
  if (proof.length > PROOF_CHARS_MAX) return undefined
  try {
    let thumbprint = ''
    const keyOf = async ({ typ, jwk }: { typ?: unknown; jwk?: JWK }) => {
      const bare = typ === TYP && jwk ? publicOf(jwk) : undefined
      if (!bare) throw new Error('no proof of a key')
      thumbprint = await calculateJwkThumbprint(bare)
      return importJWK(bare, 'ES256')
    }
    const { payload } = await compactVerify(proof, keyOf, { algorithms: ['ES256'] })
    const claims = claimsOf(new TextDecoder().decode(payload))
    if (!claims || !hasClaims(claims, ['htm', 'htu', 'jti'], ['iat'])) return undefined
    const { htm, htu, jti, iat } = claims as { htm: string; htu: string; jti: string; iat: number }
    return { method: htm, path: htu, thumbprint, iat: iat * 1000, jti }
  } catch {
    return undefined
  }
}

async function publicJwk(key: CryptoKey): Promise<JWK> {
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', key)
  return { kty, crv, x, y } as JWK
}

/** Undefined for a key of another kind, and for a private one: what somebody sends along proves nothing any more. */
function publicOf({ kty, crv, x, y, d }: JWK): JWK | undefined {
  const isPublic = kty === 'EC' && crv === 'P-256' && d === undefined
  return isPublic && x !== undefined && y !== undefined ? { kty, crv, x, y } : undefined
}
