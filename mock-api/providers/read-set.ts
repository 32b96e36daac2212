/**
 * One token of a provider, checked before anything of it is believed: type, key, signature over the raw bytes, audience, times, and that its
 * provider may speak of this act in this city. Each refusal has its name; nothing of what is refused is stored.
 */
import { type CompactVerifyResult, compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import * as v from 'valibot'
import type { Provider, ProviderKey } from '../../src/contract/providers.ts'
import {
  EVENT,
  SET_BYTES_MAX,
  SET_TYP,
  type SetClaims,
  type SetError,
  setClaimsSchema,
} from '../../src/contract/report.ts'
import { DAY_MS, type Instant, MINUTE_MS } from '../../src/domain/base/time.ts'

/** A provider's clock may be a little ahead of ours. */
const CLOCK_SLACK_MS = 5 * MINUTE_MS
/** What was signed longer ago has been somebody's to copy for too long. */
const SIGNED_AT_MOST_MS = 400 * DAY_MS

export interface Refused {
  readonly err: SetError
  readonly description: string
}

interface Expected {
  readonly provider: Provider
  readonly audience: string
  readonly now: Instant
}

export type ReadSet = { readonly claims: SetClaims } | { readonly refused: Refused }

export async function readSet(token: string, expected: Expected): Promise<ReadSet> {
  const { provider, audience, now } = expected
  if (token.length > SET_BYTES_MAX) return refuse('too_large', `a token has at most ${SET_BYTES_MAX} bytes`)
  const head = headerOf(token)
  if (!head) return refuse('invalid_request', 'not a signed token')
  if (head.alg !== 'ES256' && head.alg !== 'EdDSA') return refuse('wrong_algorithm', 'alg: ES256 or EdDSA')
  if (head.typ?.toLowerCase().replace(/^application\//, '') !== SET_TYP)
    return refuse('wrong_type', `typ: ${SET_TYP}`)
  const key = provider.keys.find(({ kid }) => kid === head.kid)
  if (!key) return refuse('invalid_key', 'kid: not a key of this provider')
  if (key.revokedAt !== undefined) return refuse('key_revoked', 'kid: this key was revoked')
  const verified = await verify(token, key)
  if (!verified) return refuse('authentication_failed', 'the signature does not hold')
  const parsed = v.safeParse(setClaimsSchema, jsonOf(verified), { abortEarly: true, abortPipeEarly: true })
  if (!parsed.success)
    return refuse('invalid_request', `${v.getDotPath(parsed.issues[0]) ?? 'claims'}: not as described`)
  const claims = parsed.output
  if (claims.iss !== provider.id) return refuse('invalid_issuer', 'iss: another provider')
  if (![claims.aud].flat().includes(audience)) return refuse('invalid_audience', `aud: ${audience}`)
  const iat = claims.iat * 1000
  if (iat < key.notBefore - CLOCK_SLACK_MS || iat >= key.notAfter || now >= key.notAfter + CLOCK_SLACK_MS)
    return refuse('key_expired', 'kid: this key was not in force')
  if (iat > now + CLOCK_SLACK_MS) return refuse('wrong_time', 'iat: ahead of now')
  if (iat < now - SIGNED_AT_MOST_MS) return refuse('wrong_time', 'iat: too long ago')
  return actRefusal(claims, provider) ?? { claims }
}

/** Its own codes, in its own cities, and nothing that had not happened when it was signed. */
function actRefusal({ events, iat }: SetClaims, { codes, cities }: Provider): ReadSet | undefined {
  const act =
    EVENT.reported in events
      ? events[EVENT.reported]
      : EVENT.corrected in events
        ? events[EVENT.corrected]
        : undefined
  if (!act) return undefined
  if (!codes.includes(act.code)) return refuse('code_not_declared', `code: ${act.code} is none of yours`)
  if (!cities.includes(act.city)) return refuse('city_not_declared', `city: ${act.city} is none of yours`)
  const { start, end = start } = act
  if (end < start) return refuse('wrong_time', 'end: before start')
  if (end > iat + CLOCK_SLACK_MS / 1000) return refuse('wrong_time', 'end: after it was signed')
  return undefined
}

function refuse(err: SetError, description: string): { readonly refused: Refused } {
  return { refused: { err, description } }
}

function headerOf(token: string): { alg?: string; typ?: string; kid?: string } | undefined {
  try {
    return decodeProtectedHeader(token)
  } catch {
    return undefined
  }
}

const imported = new Map<string, Promise<Parameters<typeof compactVerify>[1]>>()

/** Kept by the key itself: the same name with another key is another key. */
function importKey({ kid, jwk }: ProviderKey) {
  const id = `${kid} ${jwk.x}`
  let key = imported.get(id)
  if (!key) {
    key = importJWK(jwk, jwk.kty === 'EC' ? 'ES256' : 'EdDSA') as Promise<Parameters<typeof compactVerify>[1]>
    imported.set(id, key)
  }
  return key
}

async function verify(token: string, key: ProviderKey): Promise<CompactVerifyResult | undefined> {
  try {
    return await compactVerify(token, await importKey(key), {
      algorithms: [key.jwk.kty === 'EC' ? 'ES256' : 'EdDSA'],
    })
  } catch {
    return undefined
  }
}

function jsonOf({ payload }: CompactVerifyResult): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
  } catch {
    return undefined
  }
}
