/** Keys of a test's own, endorsed as the backend does it, and as it did before there were purposes. */
import { CompactSign } from 'jose'
import { canonicalJson } from '../../src/proof/canonical.ts'
import type { KeyPurpose, PublicKey, SigningKey } from '../../src/proof/keys.ts'
import { endorse } from '../../src/proof/trust.ts'

export interface TestKey {
  readonly key: PublicKey
  readonly signing: SigningKey
}

/** In force from 1,000 to 10,000, seconds that its tests write short. */
export const LIFE = { notBefore: 1_000_000, notAfter: 10_000_000 }

export async function makeTestKey(
  kid: string,
  given: Partial<PublicKey> & { purpose?: KeyPurpose } = {},
  by?: TestKey,
): Promise<TestKey> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const alg = given.purpose === undefined ? {} : { alg: 'ES256' as const }
  const bare: PublicKey = { kid, kty: 'EC', crv: 'P-256', ...alg, x, y, ...LIFE, ...given }
  const signing = { kid, privateKey: pair.privateKey }
  return { key: await endorsedBy(bare, by ?? { key: bare, signing }), signing }
}

export async function endorsedBy(key: PublicKey, by: TestKey): Promise<PublicKey> {
  const isItself = by.key.kid === key.kid && by.key.x === key.x
  if (key.purpose === undefined) {
    return isItself ? key : { ...key, endorsement: await signFreely(oldWords(key), by.signing) }
  }
  const { endorsement } = await endorse(key, { signing: by.signing, isItself })
  return { ...key, endorsement }
}

/** What keys endorsed before there were purposes. */
export function oldWords({ kid, kty, crv, x, y, notBefore, notAfter }: PublicKey): string {
  return canonicalJson({ kid, kty, crv, x, y, notBefore, notAfter })
}

/** Any payload under any header, as a forger would, and as the builds of 2026-11-21 did without a `typ`. */
export function signFreely(
  payload: string,
  { kid, privateKey }: SigningKey,
  header: Record<string, unknown> = {},
): Promise<string> {
  return new CompactSign(new TextEncoder().encode(payload))
    .setProtectedHeader({ alg: 'ES256', kid, ...header })
    .sign(privateKey)
}
