/**
 * Which keys a device trusts: the first set that it sees (or those that its build pins), and from then on only keys that the trusted ones
 * lead to. A key is endorsed by one of its own purpose, or by one from before there were purposes, that was in force when its life began; the first
 * of a purpose that came later by one of another (`BEGUN_BY`).
 */
import { calculateJwkThumbprint } from 'jose'
import { DAY_MS } from '../domain/base/time.ts'
import { canonicalJson } from './canonical.ts'
import {
  BEGUN_BY,
  claimsOf,
  isInForce,
  type KeySet,
  type PublicKey,
  revocationOf,
  type SigningKey,
  signJws,
  verifyJws,
} from './keys.ts'

const KEY_TYP = 'greentrace-key+jws'
/** For apps of before there were purposes, which do not look at it. They endorsed without a `typ`; what has one cannot pass for theirs. */
const OLD_KEY_TYP = 'greentrace-key-v1+jws'
/** Two years: long enough for a phone left in a drawer, and the most that one key can pass on to the next. */
export const KEY_LIFE_MS = 2 * 366 * DAY_MS

interface Endorsements {
  /** Over all members. The first key of a chain signs its own, so that nobody can name its purpose anew. */
  readonly endorsement: string
  /** Over the members that apps of before there were purposes know. */
  readonly oldEndorsement?: string
}

export async function endorse(
  key: PublicKey,
  by: { readonly signing: SigningKey; readonly isItself: boolean },
): Promise<Endorsements> {
  const endorsement = await signJws(fullText(key), KEY_TYP, by.signing)
  if (by.isItself) return { endorsement }
  return { endorsement, oldEndorsement: await signJws(oldText(key), OLD_KEY_TYP, by.signing) }
}

/** RFC 7638. */
export function thumbprint({ kty, crv, x, y }: PublicKey): Promise<string> {
  return calculateJwkThumbprint({ kty, crv, x, y })
}

/**
 * The keys that can be trusted: those already trusted, unchanged, and those of `offered` that they endorsed. A key that is trusted from
 * before there were purposes learns its own. Without any trusted key the offered ones are the first set.
 */
export async function trustedKeys(trusted: KeySet | undefined, offered: KeySet): Promise<KeySet> {
  const revoked = trusted?.revoked ? { revoked: trusted.revoked } : {}
  if (!trusted || trusted.keys.length === 0) return { keys: offered.keys, ...revoked }
  const keys = [...trusted.keys]
  for (let found = true; found; ) {
    found = false
    for (const key of offered.keys) {
      const place = keys.findIndex(({ kid }) => kid === key.kid)
      const known = keys[place]
      if (known && !isNamedNow(known, key)) continue
      if (!(await isEndorsed(key, { keys, ...revoked }))) continue
      keys.splice(known ? place : keys.length, known ? 1 : 0, key)
      found = true
    }
  }
  return { keys, ...revoked }
}

async function isEndorsed(key: PublicKey, keys: KeySet): Promise<boolean> {
  const { purpose, endorsement } = key
  if (endorsement === undefined || key.notAfter - key.notBefore > KEY_LIFE_MS) return false
  const typ = purpose === undefined ? undefined : KEY_TYP
  const verified = await verifyJws(endorsement, keys, { typ, purpose: endorserOf(purpose, keys) })
  const said = verified && claimsOf(verified.payload)
  if (!said || verified.isTyped !== (purpose !== undefined)) return false
  const text = purpose === undefined ? oldText : fullText
  if (text(said as unknown as PublicKey) !== text(key)) return false
  if (!isInForce(verified.key, key.notBefore)) return false
  const revoked = revocationOf(verified.key, keys)
  return !revoked || verified.key.kid === key.kid || revoked.keeps.includes(await thumbprint(key))
}

function endorserOf(purpose: string | undefined, { keys }: KeySet): string | undefined {
  const isBegun = keys.some((key) => key.purpose === purpose)
  return isBegun || purpose === undefined ? purpose : (BEGUN_BY[purpose] ?? purpose)
}

function isNamedNow(known: PublicKey, key: PublicKey): boolean {
  return known.purpose === undefined && key.purpose !== undefined && oldText(known) === oldText(key)
}

function fullText({ alg, purpose, ...key }: PublicKey): string {
  return canonicalJson({ ...membersOf(key), alg, purpose })
}

function oldText(key: PublicKey): string {
  return canonicalJson(membersOf(key))
}

function membersOf({ kid, kty, crv, x, y, notBefore, notAfter }: PublicKey): Omit<PublicKey, 'endorsement'> {
  return { kid, kty, crv, x, y, notBefore, notAfter }
}
