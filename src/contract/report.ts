/**
 * A provider's report as it crosses the wire: a security event token (RFC 8417), pushed alone (RFC 8935) or many at once, in the object of RFC 8936.
 * Times in a token are whole seconds.
 */
import * as v from 'valibot'
import { CITY_IDS } from '../domain/base/city.ts'
import { NOTE_MAX } from '../domain/evidence/activity.ts'
import { HANDLE_PATTERN } from '../domain/ledger/consent.ts'
import { textOf } from './plain-text.ts'

export const SET_TYPE = 'application/secevent+jwt'
export const SET_TYP = 'secevent+jwt'
/** A report is some hundred bytes; a note of full length and a long key fit many times over. */
export const SET_BYTES_MAX = 8 * 1024
/** What is stored and posted in about a second on a small machine. */
export const SETS_MAX = 500
const ID_MAX = 128

/** Names of the events, as a token carries them. */
export const EVENT = {
  reported: 'urn:greentrace:event:act-reported',
  corrected: 'urn:greentrace:event:act-corrected',
  withdrawn: 'urn:greentrace:event:act-withdrawn',
  linked: 'urn:greentrace:event:link-confirmed',
  ended: 'urn:greentrace:event:consent-ended',
} as const

const slug = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/))
/** Seconds of 1970 to 2200. */
const seconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(7_258_118_400))
/** Printable, and without the characters that logs and tables are parted by. */
const id = v.pipe(v.string(), v.maxLength(ID_MAX), v.regex(/^[\x21-\x7e]+$/))

const act = {
  /** The provider's own name of the act: the same in each correction, and never of another. */
  reference: id,
  code: slug,
  city: v.picklist(CITY_IDS),
  start: seconds,
  end: v.exactOptional(seconds),
  quantity: v.exactOptional(
    v.strictObject({
      value: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(1_000_000_000)),
      unit: v.picklist(['metre', 'watt_hour', 'gram', 'count']),
    }),
  ),
  note: v.exactOptional(textOf(NOTE_MAX)),
}

const one = <Name extends string, Body extends v.GenericSchema>(name: Name, body: Body) =>
  v.strictObject({ [name]: body } as Record<Name, Body>)

export const setClaimsSchema = v.looseObject({
  iss: slug,
  aud: v.union([v.string(), v.array(v.string())]),
  jti: id,
  iat: seconds,
  toe: v.exactOptional(seconds),
  sub_id: v.strictObject({ format: v.literal('opaque'), id: v.pipe(v.string(), v.regex(HANDLE_PATTERN)) }),
  events: v.union([
    one(EVENT.reported, v.strictObject(act)),
    one(EVENT.corrected, v.strictObject(act)),
    one(EVENT.withdrawn, v.strictObject({ reference: id })),
    /** `subject`: a card, a meter, a customer, by any name that stays; only a digest of it is kept. */
    one(EVENT.linked, v.strictObject({ subject: id })),
  ]),
})

/** Why a token is refused; nothing of it is stored. Those in camel case are of RFC 8935, the others say more exactly what was wrong. */
export const SET_ERRORS = [
  'invalid_request',
  'invalid_issuer',
  'invalid_audience',
  'invalid_key',
  'authentication_failed',
  'wrong_type',
  'wrong_algorithm',
  'key_expired',
  'key_revoked',
  'wrong_time',
  'code_not_declared',
  'city_not_declared',
  'jti_reused',
  'jti_mismatch',
  'too_large',
  'subject_linked',
  'subject_resting',
] as const

export type SetError = (typeof SET_ERRORS)[number]

export const setErrorSchema = v.strictObject({ err: v.picklist(SET_ERRORS), description: v.string() })

/** Up to SETS_MAX by their `jti`. */
export const pushSchema = v.strictObject({ sets: v.record(v.string(), v.string()) })

export const pushAnswerSchema = v.strictObject({
  ack: v.array(v.string()),
  setErrs: v.record(v.string(), setErrorSchema),
})

export type PushAnswer = v.InferOutput<typeof pushAnswerSchema>
export type SetClaims = v.InferOutput<typeof setClaimsSchema>

/** RFC 8936: what was understood, and how much more at once. */
export const pollSchema = v.strictObject({
  ack: v.exactOptional(v.pipe(v.array(v.string()), v.maxLength(SETS_MAX))),
  maxEvents: v.exactOptional(v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(SETS_MAX))),
  returnImmediately: v.exactOptional(v.boolean()),
})

export const pollAnswerSchema = v.strictObject({
  sets: v.record(v.string(), v.string()),
  moreAvailable: v.boolean(),
})

export type PollAnswer = v.InferOutput<typeof pollAnswerSchema>

export const redeemSchema = v.strictObject({
  code: v.pipe(v.string(), v.maxLength(32)),
  code_verifier: v.exactOptional(v.pipe(v.string(), v.minLength(43), v.maxLength(128))),
})
export const redeemedSchema = v.strictObject({ handle: v.string() })

export const linkCodeRequestSchema = v.strictObject({
  /** S256 of the verifier. */
  challenge: v.exactOptional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))),
})
export const linkCodeSchema = v.strictObject({ code: v.string(), expiresAt: v.number() })

/** Where each consent stands with its provider. */
export const linksSchema = v.object({
  links: v.array(
    v.object({
      consentId: v.string(),
      provider: v.string(),
      confirmedAt: v.nullable(v.number()),
      refusal: v.nullable(v.string()),
    }),
  ),
})

export type LinksAnswer = v.InferOutput<typeof linksSchema>

export const claimedSchema = v.strictObject({ claimed: v.boolean(), month: v.exactOptional(v.string()) })
