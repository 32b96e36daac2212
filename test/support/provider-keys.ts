/** A provider's key pair for tests, and tokens signed as a provider would, or as one should not. */
import { CompactSign } from 'jose'
import { type ProviderKey, type ReportClaims, reportPayload } from '../../src/proof/report-token.ts'

export const AUDIENCE = 'https://greentrace.example'
export const KEY_LIFE = { notBefore: Date.UTC(2026, 0), notAfter: Date.UTC(2028, 0) }

export interface TestProvider {
  readonly key: ProviderKey
  readonly privateKey: CryptoKey
}

export async function makeProvider(
  provider: string,
  alg: ProviderKey['alg'] = 'ES256',
  given: Partial<ProviderKey> = {},
): Promise<TestProvider> {
  const algorithm = alg === 'ES256' ? { name: 'ECDSA', namedCurve: 'P-256' } : { name: 'Ed25519' }
  const pair = (await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair
  const { kty = '', crv = '', x = '', y } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const publicKey = { kty, crv, x, ...(y === undefined ? {} : { y }) }
  const key = { provider, kid: `${provider}-1`, alg, ...publicKey, ...KEY_LIFE, ...given }
  return { key, privateKey: pair.privateKey }
}

export async function signReport(
  { key, privateKey }: TestProvider,
  report: Omit<ReportClaims, 'provider'>,
  odd: { header?: object; claims?: object } = {},
): Promise<string> {
  const payload = reportPayload(report, { iss: key.provider, aud: AUDIENCE, iat: report.iat })
  const text = JSON.stringify({ ...payload, ...odd.claims })
  return new CompactSign(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'secevent+jwt', ...odd.header })
    .sign(privateKey)
}
