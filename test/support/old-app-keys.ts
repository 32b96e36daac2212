/**
 * How the builds of 2026-11-21 read keys and what they signed, kept as they did it: to the letter, without purposes, without a look at
 * `typ`. Such phones are out there; what the backend answers them has to hold here.
 */
import { compactVerify, importJWK } from 'jose'
import * as v from 'valibot'
import type { KeySet, PublicKey } from '../../src/proof/keys.ts'
import { oldWords } from './keys.ts'

const instant = v.pipe(v.number(), v.safeInteger())
const keySetSchema = v.strictObject({
  keys: v.array(
    v.strictObject({
      kid: v.string(),
      kty: v.literal('EC'),
      crv: v.literal('P-256'),
      x: v.string(),
      y: v.string(),
      notBefore: instant,
      notAfter: instant,
      endorsement: v.exactOptional(v.string()),
    }),
  ),
})

/** Throws where the old app would have said that the answer cannot be read. */
export function readKeysAsOldApp(answer: unknown): KeySet {
  return v.parse(keySetSchema, answer)
}

export async function trustAsOldApp(trusted: KeySet, offered: KeySet): Promise<KeySet> {
  const keys = [...trusted.keys]
  for (let found = true; found; ) {
    found = false
    for (const key of offered.keys) {
      if (keys.some((each) => each.kid === key.kid) || !key.endorsement) continue
      if ((await verifyAsOldApp(key.endorsement, { keys }))?.payload === oldWords(key)) {
        keys.push(key)
        found = true
      }
    }
  }
  return { keys }
}

/** The claims that an old app believes: any trusted key, in force at the time that `at` finds in them. */
export async function readAsOldApp<T>(
  jws: string,
  keys: KeySet,
  at: (claims: T) => number,
): Promise<T | undefined> {
  const verified = await verifyAsOldApp(jws, keys)
  if (!verified) return undefined
  const claims = JSON.parse(verified.payload) as T
  const { notBefore, notAfter } = verified.key
  return at(claims) >= notBefore && at(claims) < notAfter ? claims : undefined
}

async function verifyAsOldApp(
  jws: string,
  { keys }: KeySet,
): Promise<{ payload: string; key: PublicKey } | undefined> {
  const keyOf = (kid: string | undefined) => {
    const key = keys.find((each) => each.kid === kid)
    if (!key) throw new Error('unknown key')
    return key
  }
  try {
    const { payload, protectedHeader } = await compactVerify(
      jws,
      (header) => {
        const { kty, crv, x, y } = keyOf(header.kid)
        return importJWK({ kty, crv, x, y }, 'ES256')
      },
      { algorithms: ['ES256'] },
    )
    return { payload: new TextDecoder().decode(payload), key: keyOf(protectedHeader.kid) }
  } catch {
    return undefined
  }
}
