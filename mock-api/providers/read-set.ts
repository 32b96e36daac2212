/**
 * One token of a provider, checked before anything of it is believed: signature, key and audience as the phone checks them too; then, because it is
 * new, that its key is still good, that it says what its event may say, and that its provider may speak of this act in this city. Each refusal has its name;
 * nothing of what is refused is stored.
 */
import * as v from 'valibot'
import type { Provider } from '../../src/contract/providers.ts'
import { SET_BYTES_MAX, type SetError, type SetWords, setSchema } from '../../src/contract/report.ts'
import { DAY_MS, type Instant, MINUTE_MS } from '../../src/domain/base/time.ts'
import { kidOf } from '../../src/proof/kid.ts'
import { type ReportClaims, readReport, type TokenFault } from '../../src/proof/report-token.ts'

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

type GoodSet = Omit<ReportClaims, 'event' | 'body'> & SetWords

/** Where RFC 8935 has a name for it, that. */
const FAULTS: Readonly<Record<TokenFault, Refused>> = {
  not_a_token: { err: 'invalid_request', description: 'not a signed token' },
  typ_wrong: { err: 'wrong_type', description: 'typ: secevent+jwt' },
  alg_refused: { err: 'wrong_algorithm', description: 'alg: ES256 or EdDSA, as of the key' },
  key_unknown: { err: 'invalid_key', description: 'kid: not a key of this provider' },
  key_of_another: { err: 'invalid_issuer', description: 'iss: another provider' },
  key_not_in_force: { err: 'key_expired', description: 'kid: this key was not in force' },
  key_revoked: { err: 'key_revoked', description: 'kid: this key was revoked' },
  signature_wrong: { err: 'authentication_failed', description: 'the signature does not hold' },
  claims_missing: { err: 'invalid_request', description: 'iss, jti, iat: not as described' },
  audience_wrong: { err: 'invalid_audience', description: 'aud: another backend' },
  subject_missing: { err: 'invalid_request', description: 'sub_id: opaque, with the handle' },
  event_unknown: { err: 'invalid_request', description: 'events: one of those that are known' },
}

export async function readSet(
  token: string,
  { provider, audience, now }: Expected,
): Promise<GoodSet | { readonly refused: Refused }> {
  if (token.length > SET_BYTES_MAX) return refuse('too_large', `a token has at most ${SET_BYTES_MAX} bytes`)
  const key = provider.keys.find(({ kid }) => kid === kidOf(token))
  // A revoked key says nothing new, whatever time it writes: its thief would write an old one.
  if (key?.revokedAt !== undefined) return { refused: FAULTS.key_revoked }
  if (key && now >= key.notAfter + CLOCK_SLACK_MS) return { refused: FAULTS.key_not_in_force }
  const read = await readReport(token, { keys: provider.keys, audience })
  if (typeof read === 'string') return { refused: FAULTS[read] }
  const said = v.safeParse(setSchema, read, { abortEarly: true, abortPipeEarly: true })
  if (!said.success)
    return refuse('invalid_request', `${v.getDotPath(said.issues[0]) ?? 'events'}: not as described`)
  const { iat } = read
  if (iat > now + CLOCK_SLACK_MS) return refuse('wrong_time', 'iat: ahead of now')
  if (iat < now - SIGNED_AT_MOST_MS) return refuse('wrong_time', 'iat: too long ago')
  return actRefusal(said.output, { provider, iat }) ?? { provider: read.provider, iat, ...said.output }
}

/** Its own codes, in its own cities, and nothing that had not happened when it was signed. */
function actRefusal(
  said: SetWords,
  { provider: { codes, cities }, iat }: { provider: Provider; iat: Instant },
): { readonly refused: Refused } | undefined {
  if (said.event !== 'act-reported' && said.event !== 'act-corrected') return undefined
  const { code, city, startedAt, endedAt = startedAt } = said.body
  if (!codes.includes(code)) return refuse('code_not_declared', `code: ${code} is none of yours`)
  if (!cities.includes(city)) return refuse('city_not_declared', `city: ${city} is none of yours`)
  if (endedAt < startedAt) return refuse('wrong_time', 'endedAt: before startedAt')
  if (endedAt * 1000 > iat + CLOCK_SLACK_MS) return refuse('wrong_time', 'endedAt: after it was signed')
  return undefined
}

function refuse(err: SetError, description: string): { readonly refused: Refused } {
  return { refused: { err, description } }
}
