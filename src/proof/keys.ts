/**
 * The backend's public keys, one chain of them for each purpose, and what they signed: compact JWS (ES256) whose `typ` says what it is. Key,
 * purpose and `typ` are checked before the claims are looked at; then whether the key was in force at the time that the claims name.
 */
import { CompactSign, compactVerify, importJWK, type JWK } from 'jose'
import type { Instant } from '../domain/base/time.ts'

/**
 * What a key may sign. A head's key makes no voucher, and none of both a document: deletion receipts, the list of revoked keys. Certificates are for
 * people to show around.
 */
export const KEY_PURPOSES = ['heads', 'vouchers', 'documents', 'certificates'] as const
export type KeyPurpose = (typeof KEY_PURPOSES)[number]

/** Purposes that came when phones had keys of the others already: the first key of such a chain is endorsed by one of the chain named here. */
export const BEGUN_BY: Readonly<Record<string, KeyPurpose>> = { certificates: 'documents' }

export interface PublicKey {
  readonly kid: string
  readonly kty: 'EC'
  readonly crv: 'P-256'
  readonly alg?: 'ES256'
  /** Absent on keys from before there were purposes: they count for all that existed then. A later one that this app does not know signs nothing here. */
  readonly purpose?: string
  readonly x: string
  readonly y: string
  /** May sign from, until: instants in ms. What was signed in between stays valid. */
  readonly notBefore: Instant
  readonly notAfter: Instant
  /** Compact JWS by the key before; see trust.ts. */
  readonly endorsement?: string
}

export interface RevokedKey {
  readonly kid: string
  /** Seconds. */
  readonly at: number
  /** Thumbprints of the keys that it endorsed while it was good. */
  readonly keeps: readonly string[]
}

export interface KeySet {
  readonly keys: readonly PublicKey[]
  readonly revoked?: readonly RevokedKey[]
}

export type SigningKey = { readonly kid: string; readonly privateKey: CryptoKey }

/** What a signed text has to be before anybody reads it. Without a purpose only a key without one fits. */
interface SignedAs {
  readonly typ: string | undefined
  readonly purpose: string | undefined
}

export type Claims = Readonly<Record<string, unknown>>

export interface SignedKind<T> extends SignedAs {
  readonly typ: string
  readonly purpose: KeyPurpose
  /** The data, when the claims have this kind's shape. `isTyped`: false for what was signed before there was a `typ`. */
  readonly read: (claims: Claims, isTyped: boolean) => T | undefined
  readonly signedAt: (data: T) => Instant
}

const utf8 = new TextEncoder()

export async function signJws(payload: string, typ: string, key: SigningKey): Promise<string> {
  return new CompactSign(utf8.encode(payload))
    .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ })
    .sign(key.privateKey)
}

interface Verified {
  readonly payload: string
  readonly key: PublicKey
  readonly isTyped: boolean
}

/** The payload and its key when it is signed as it has to be, under a key of the set; undefined otherwise. Never throws on bad input. */
export async function verifyJws(jws: string, keys: KeySet, as: SignedAs): Promise<Verified | undefined> {
  try {
    const keyOf = (header: Header) => keyFor(header, keys, as)
    const { payload, protectedHeader } = await compactVerify(jws, (header) => importPublic(keyOf(header)), {
      algorithms: ['ES256'],
    })
    const isTyped = protectedHeader.typ !== undefined
    return { payload: new TextDecoder().decode(payload), key: keyOf(protectedHeader), isTyped }
  } catch {
    return undefined
  }
}

/** The verified claims, provided that their key was in force at the time that they name, and not revoked by then. */
export async function readSigned<T>(
  jws: string,
  keys: KeySet,
  kind: SignedKind<T>,
  /** A revoked key says nothing new, whatever time it writes: its thief would write an old one. */
  { isNew = false }: { isNew?: boolean } = {},
): Promise<T | undefined> {
  const verified = await verifyJws(jws, keys, kind)
  const claims = verified && claimsOf(verified.payload)
  const data = claims && kind.read(claims, verified.isTyped)
  if (data === undefined || !verified) return undefined
  const at = kind.signedAt(data)
  const revoked = revocationOf(verified.key, keys)
  if (revoked && (isNew || at >= revoked.at * 1000)) return undefined
  return isInForce(verified.key, at) ? data : undefined
}

export function isInForce({ notBefore, notAfter }: PublicKey, at: Instant): boolean {
  return notBefore <= at && at < notAfter
}

export function revocationOf({ kid }: PublicKey, { revoked = [] }: KeySet): RevokedKey | undefined {
  return revoked.find((each) => each.kid === kid)
}

/** Whether all these members are there: texts, and whole numbers. */
export function hasClaims(claims: Claims, texts: readonly string[], numbers: readonly string[]): boolean {
  return (
    texts.every((name) => typeof claims[name] === 'string') &&
    numbers.every((name) => Number.isSafeInteger(claims[name]))
  )
}

export function claimsOf(payload: string): Claims | undefined {
  try {
    const data: unknown = JSON.parse(payload)
    return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Claims) : undefined
  } catch {
    return undefined
  }
}

interface Header {
  readonly kid?: unknown
  readonly typ?: unknown
}

function keyFor({ kid, typ }: Header, keys: KeySet, as: SignedAs): PublicKey {
  const key = keys.keys.find((each) => each.kid === kid)
  if (!key) throw new Error('unknown key')
  if (key.purpose !== undefined && key.purpose !== as.purpose) throw new Error('key of another purpose')
  // Only keys from before there were purposes ever signed without a `typ`.
  const isOld = typ === undefined && key.purpose === undefined
  if (typ !== as.typ && !isOld) throw new Error('signed as something else')
  return key
}

const imported = new Map<string, Promise<CryptoKey>>()

function importPublic(key: PublicKey): Promise<CryptoKey> {
  const id = `${key.kid} ${key.x} ${key.y}`
  let promise = imported.get(id)
  if (!promise) {
    const { kty, crv, x, y } = key
    promise = importJWK({ kty, crv, x, y } as JWK, 'ES256') as Promise<CryptoKey>
    imported.set(id, promise)
  }
  return promise
}
