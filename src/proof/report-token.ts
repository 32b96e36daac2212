/**
 * A provider's report: a Security Event Token (RFC 8417), compact JWS under one of the provider's own keys. It proves itself alone, so it is read
 * by the same lines where it comes in and, years later, on the phone. Each fault has its name, because whoever sends tokens has to mend them.
 */
import { compactVerify, decodeProtectedHeader, errors, importJWK, type JWK } from 'jose'
import type { Instant } from '../domain/base/time.ts'
import { type Claims, claimsOf, hasClaims } from './keys.ts'

export const REPORT_TYP = 'secevent+jwt'
const EVENT_PREFIX = 'urn:greentrace:event:'
const REPORT_EVENTS = [
  'act-reported',
  'act-corrected',
  'act-withdrawn',
  'pickup-state',
  'planting-absent',
  'link-confirmed',
] as const
export type ReportEvent = (typeof REPORT_EVENTS)[number]

/** A public key of a provider, as the backend publishes it. */
export interface ProviderKey {
  readonly provider: string
  readonly kid: string
  readonly alg: 'ES256' | 'EdDSA'
  readonly kty: string
  readonly crv: string
  readonly x: string
  readonly y?: string
  /** Reports signed from, until. */
  readonly notBefore: Instant
  readonly notAfter: Instant
  /** Stolen or lost: what it signs from then on is nobody's word. */
  readonly revokedAt?: Instant
}

export type TokenFault =
  | 'not_a_token'
  | 'typ_wrong'
  | 'alg_refused'
  | 'key_unknown'
  | 'key_of_another'
  | 'key_not_in_force'
  | 'key_revoked'
  | 'signature_wrong'
  | 'claims_missing'
  | 'audience_wrong'
  | 'subject_missing'
  | 'event_unknown'

export interface ReportClaims {
  /** `iss`. */
  readonly provider: string
  readonly jti: string
  readonly iat: Instant
  /** By which the provider knows the person. */
  readonly handle: string
  readonly event: ReportEvent
  /** What it says of the event, not looked at here. */
  readonly body: Claims
}

/** @param audience whom the token must be meant for */
export async function readReport(
  token: string,
  given: { readonly keys: readonly ProviderKey[]; readonly audience: string },
): Promise<ReportClaims | TokenFault> {
  const header = headerOf(token)
  if (!header) return 'not_a_token'
  if (header.typ !== REPORT_TYP) return 'typ_wrong'
  if (header.alg !== 'ES256' && header.alg !== 'EdDSA') return 'alg_refused'
  const key = given.keys.find(({ kid }) => kid === header.kid)
  if (!key) return 'key_unknown'
  if (key.alg !== header.alg) return 'alg_refused'
  const payload = await payloadOf(token, key)
  if (payload === undefined) return 'signature_wrong'
  const claims = claimsOf(payload)
  return claims ? readClaims(claims, key, given.audience) : 'claims_missing'
}

function headerOf(token: string) {
  try {
    return decodeProtectedHeader(token)
  } catch {
    return undefined
  }
}

/** Undefined when the signature does not hold. Throws where this browser cannot check such keys: then nothing is known. */
async function payloadOf(token: string, key: ProviderKey): Promise<string | undefined> {
  const imported = await importPublic(key)
  try {
    const { payload } = await compactVerify(token, imported, { algorithms: [key.alg] })
    return new TextDecoder().decode(payload)
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}

const importedKeys = new Map<string, ReturnType<typeof importJWK>>()

/** A push has hundreds of tokens by one key. */
function importPublic({ kid, alg, kty, crv, x, y }: ProviderKey): ReturnType<typeof importJWK> {
  const id = `${kid} ${alg} ${crv} ${x} ${y}`
  let key = importedKeys.get(id)
  if (!key) {
    key = importJWK({ kty, crv, x, ...(y === undefined ? {} : { y }) } as JWK, alg)
    importedKeys.set(id, key)
  }
  return key
}

function readClaims(claims: Claims, key: ProviderKey, audience: string): ReportClaims | TokenFault {
  if (!hasClaims(claims, ['iss', 'jti'], ['iat'])) return 'claims_missing'
  const { iss, jti, aud } = claims as { iss: string; jti: string; aud: unknown }
  const iat = (claims.iat as number) * 1000
  if (iss !== key.provider) return 'key_of_another'
  if (key.revokedAt !== undefined && iat >= key.revokedAt) return 'key_revoked'
  if (iat < key.notBefore || iat >= key.notAfter) return 'key_not_in_force'
  if (aud !== audience && !(Array.isArray(aud) && aud.includes(audience))) return 'audience_wrong'
  const { format, id: handle } = (claims.sub_id ?? {}) as { format?: unknown; id?: unknown }
  if (format !== 'opaque' || typeof handle !== 'string') return 'subject_missing'
  const [one, ...more] = Object.entries((claims.events ?? {}) as Record<string, unknown>)
  const event = one && REPORT_EVENTS.find((each) => one[0] === EVENT_PREFIX + each)
  const body = one?.[1]
  // One event a token: each is posted, corrected and acknowledged on its own.
  if (!event || more.length > 0 || typeof body !== 'object' || body === null) return 'event_unknown'
  return { provider: iss, jti, iat, handle, event, body: body as Claims }
}

/** For who signs: a provider's simulator, the desk, a test. Times in seconds, as JWT has them. */
export function reportPayload(
  report: Omit<ReportClaims, 'provider' | 'iat'>,
  from: { iss: string; aud: string; iat: Instant },
) {
  const { jti, handle, event, body } = report
  const { iss, aud, iat } = from
  return {
    iss,
    aud,
    jti,
    iat: Math.floor(iat / 1000),
    sub_id: { format: 'opaque', id: handle },
    events: { [EVENT_PREFIX + event]: body },
  }
}
