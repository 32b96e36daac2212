/** Makes a signing key: endorsed by the one before it, in the words of today's apps and of those without purposes, its private half wrapped. */
import type { Instant } from '../../src/domain/base/time.ts'
import type { KeyPurpose, SigningKey } from '../../src/proof/keys.ts'
import { endorse, KEY_LIFE_MS } from '../../src/proof/trust.ts'
import { type Secret, WRAP_IV_BYTES } from '../base/secret.ts'
import { type KeyRow, toPublic } from '../storage/signing-keys.ts'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' }

interface NewKey {
  readonly purpose: KeyPurpose
  readonly notBefore: Instant
  /** Absent: the first of all keys, which nobody can vouch for. */
  readonly by?: SigningKey
}

export async function makeKey(
  { purpose, notBefore, by }: NewKey,
  { secret, randomBytes }: { secret: Secret; randomBytes: (count: number) => Uint8Array<ArrayBuffer> },
): Promise<KeyRow> {
  const pair = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const kid = Buffer.from(randomBytes(8)).toString('hex')
  const bare: KeyRow = { kid, purpose, x, y, notBefore, notAfter: notBefore + KEY_LIFE_MS }
  const signing = by ?? { kid, privateKey: pair.privateKey }
  const { endorsement, oldEndorsement } = await endorse(toPublic(bare), { signing, isItself: !by })
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey))
  return {
    ...bare,
    wrappedPrivate: await secret.wrap(pkcs8, kid, randomBytes(WRAP_IV_BYTES)),
    fullEndorsement: endorsement,
    ...(oldEndorsement === undefined ? {} : { endorsement: oldEndorsement }),
  }
}

export function importPrivate(pkcs8: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('pkcs8', pkcs8, ALGORITHM, false, ['sign'])
}
