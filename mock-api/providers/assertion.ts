/**
 * Who a provider's own requests come from: a short-lived token signed by one of its keys (`private_key_jwt` of RFC 7523), so that there is no
 * password to lose. Reports need none: each is signed itself.
 */
import { compactVerify, importJWK } from 'jose'
import type { Provider } from '../../src/contract/providers.ts'
import { type Instant, MINUTE_MS } from '../../src/domain/base/time.ts'
import { claimsOf, hasClaims } from '../../src/proof/keys.ts'

export const ASSERTION_TYP = 'client-authentication+jwt'
/** Long enough for a clock that is a little off; too short to be worth stealing. */
const ASSERTION_LASTS_MS = 5 * MINUTE_MS

interface Expected {
  readonly provider: Provider
  readonly audience: string
  readonly now: Instant
}

/** Whether it is this provider that asks, here and now. Never throws on bad input. */
export async function isAsserted(jws: string, { provider, audience, now }: Expected): Promise<boolean> {
  try {
    const { payload, protectedHeader } = await compactVerify(jws, (header) => keyFor(header, provider, now), {
      algorithms: ['ES256', 'EdDSA'],
    })
    const claims = claimsOf(new TextDecoder().decode(payload))
    if (protectedHeader.typ !== ASSERTION_TYP || !claims || !hasClaims(claims, ['iss', 'aud'], ['iat']))
      return false
    const isFresh = Math.abs(now - (claims.iat as number) * 1000) <= ASSERTION_LASTS_MS
    return claims.iss === provider.id && claims.aud === audience && isFresh
  } catch {
    return false
  }
}

async function keyFor({ kid }: { kid?: unknown }, { keys }: Provider, now: Instant) {
  const key = keys.find((each) => each.kid === kid && each.use === 'own')
  if (!key || now < key.notBefore || now >= key.notAfter || key.revokedAt !== undefined)
    throw new Error('no key of this provider in force')
  const { alg, kty, crv, x, y } = key
  return importJWK({ kty, crv, x, ...(y === undefined ? {} : { y }) }, alg)
}
