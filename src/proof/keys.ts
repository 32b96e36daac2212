/**
 * The backend's public keys, with rotation: a new key is signed by the one before it, and old ones stay to verify what they signed.
 * A device trusts the first set it sees, and from then on only keys that the trusted ones lead to.
 */
import { CompactSign, compactVerify, importJWK, type JWK } from 'jose'
import { canonicalJson } from './canonical.ts'

export interface PublicKey {
  readonly kid: string
  readonly kty: 'EC'
  readonly crv: 'P-256'
  readonly x: string
  readonly y: string
  /** May sign from, until: instants in ms. What was signed in between stays valid. */
  readonly notBefore: number
  readonly notAfter: number
  /** Compact JWS by the key before over this key's canonical form; absent on the first. */
  readonly endorsement?: string
}

export interface KeySet {
  readonly keys: readonly PublicKey[]
}

export type SigningKey = { readonly kid: string; readonly privateKey: CryptoKey }

const utf8 = new TextEncoder()

export async function signJws(payload: string, key: SigningKey): Promise<string> {
  return new CompactSign(utf8.encode(payload))
    .setProtectedHeader({ alg: 'ES256', kid: key.kid })
    .sign(key.privateKey)
}

/** The payload and its key when the signature holds under a key of the set; undefined otherwise. Never throws on bad input. */
export async function verifyJws(
  jws: string,
  keys: KeySet,
): Promise<{ payload: string; key: PublicKey } | undefined> {
  try {
    const keyOf = (kid: string | undefined) => {
      const key = keys.keys.find((each) => each.kid === kid)
      if (!key) throw new Error('unknown key')
      return key
    }
    const { payload, protectedHeader } = await compactVerify(
      jws,
      (header) => importPublic(keyOf(header.kid)),
      {
        algorithms: ['ES256'],
      },
    )
    return { payload: new TextDecoder().decode(payload), key: keyOf(protectedHeader.kid) }
  } catch {
    return undefined
  }
}

/** The verified payload as data, provided that its key was in force at the time that the payload itself names. */
export async function readSigned<T>(
  jws: string,
  keys: KeySet,
  signedAt: (data: T) => number,
): Promise<T | undefined> {
  const verified = await verifyJws(jws, keys)
  if (!verified) return undefined
  const data = JSON.parse(verified.payload) as T
  const at = signedAt(data)
  return at >= verified.key.notBefore && at < verified.key.notAfter ? data : undefined
}

const imported = new Map<string, Promise<CryptoKey>>()

function importPublic(key: PublicKey): Promise<CryptoKey> {
  const id = `${key.kid} ${key.x} ${key.y}`
  let promise = imported.get(id)
  if (!promise) {
    promise = importJWK(
      { kty: key.kty, crv: key.crv, x: key.x, y: key.y } as JWK,
      'ES256',
    ) as Promise<CryptoKey>
    imported.set(id, promise)
  }
  return promise
}

/** What the key before signs. */
export function endorsedText({ kid, kty, crv, x, y, notBefore, notAfter }: PublicKey): string {
  return canonicalJson({ kid, kty, crv, x, y, notBefore, notAfter })
}

/** The keys of `offered` that can be trusted: those already trusted, unchanged, and those that a trusted key endorsed. */
export async function trustedKeys(trusted: KeySet | undefined, offered: KeySet): Promise<KeySet> {
  if (!trusted || trusted.keys.length === 0) return offered
  const keys = [...trusted.keys]
  for (let found = true; found; ) {
    found = false
    for (const key of offered.keys) {
      if (keys.some((each) => each.kid === key.kid) || !key.endorsement) continue
      if ((await verifyJws(key.endorsement, { keys }))?.payload === endorsedText(key)) {
        keys.push(key)
        found = true
      }
    }
  }
  return { keys }
}
