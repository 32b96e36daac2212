/**
 * A provider's report as it crosses the wire: a security event token (RFC 8417), pushed alone (RFC 8935) or many at once, in the object of RFC 8936.
 * Times in a token are whole seconds.
 */
import * as v from 'valibot'
import { CITY_IDS } from '../domain/base/city.ts'
import { HANDLE_PATTERN, QUANTITY_MAX, REPORT_NAME, REPORT_NAME_MAX } from '../domain/evidence/report.ts'
import { PICKUP_STATES } from '../domain/taking-part/pickup.ts'
import { slug } from './slug.ts'

export const SET_TYPE = 'application/secevent+jwt'
/** A report is some hundred bytes; a long reference and a long key fit many times over. */
export const SET_BYTES_MAX = 8 * 1024
/** What is stored and posted in about a second on a small machine. */
export const SETS_MAX = 500

/** What the backend tells a provider, by the feed. */
export const FEED_EVENT = {
  ended: 'urn:greentrace:event:consent-ended',
  asked: 'urn:greentrace:event:link-requested',
  booked: 'urn:greentrace:event:pickup-booked',
  calledOff: 'urn:greentrace:event:pickup-called-off',
  joined: 'urn:greentrace:event:planting-joined',
  left: 'urn:greentrace:event:planting-left',
} as const

/** All that a service can say of one; that it was booked, the person says. */
const REPORTED_STATES = PICKUP_STATES.filter((state) => state !== 'booked')

/** Seconds of 1970 to 2200. */
const seconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(7_258_118_400))
const id = v.pipe(v.string(), v.maxLength(REPORT_NAME_MAX), v.regex(REPORT_NAME))

const act = v.strictObject({
  /** The provider's own name of the act: the same in each correction, and never of another. */
  reference: id,
  code: slug,
  city: v.picklist(CITY_IDS),
  startedAt: seconds,
  endedAt: v.exactOptional(seconds),
  quantity: v.exactOptional(
    v.strictObject({
      value: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(QUANTITY_MAX)),
      unit: v.picklist(['metre', 'watt_hour', 'gram', 'count']),
    }),
  ),
})

/** What stands in a token beside its signature: each event with its own members, and no others. */
const named = { jti: id, handle: v.pipe(v.string(), v.regex(HANDLE_PATTERN)) }
export const setSchema = v.variant('event', [
  v.object({ ...named, event: v.literal('act-reported'), body: act }),
  v.object({ ...named, event: v.literal('act-corrected'), body: act }),
  v.object({ ...named, event: v.literal('act-withdrawn'), body: v.strictObject({ reference: id }) }),
  /** `subject`: a card, a meter, a customer, by any name that stays; only a digest of it is kept. */
  v.object({ ...named, event: v.literal('link-confirmed'), body: v.strictObject({ subject: id }) }),
  /** How far a booked pick-up is. What was weighed is an act of its own each, with the reference `<pickup>/<code>`. */
  v.object({
    ...named,
    event: v.literal('pickup-state'),
    body: v.strictObject({ pickup: v.pipe(v.string(), v.uuid()), state: v.picklist(REPORTED_STATES) }),
  }),
  /** Who signed up for a day of planting was not met there. Who came is an act, with the reference `<sign-up>/tree`. */
  v.object({
    ...named,
    event: v.literal('planting-absent'),
    body: v.strictObject({ signUp: v.pipe(v.string(), v.uuid()) }),
  }),
])

/** Why a token is refused; nothing of it is stored. Those in camel case are of RFC 8935, the others say more exactly what was wrong. */
const SET_ERRORS = [
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

const setErrorSchema = v.strictObject({ err: v.picklist(SET_ERRORS), description: v.string() })

/** Up to SETS_MAX by their `jti`. */
export const pushSchema = v.strictObject({ sets: v.record(v.string(), v.string()) })

/** What the self-test says of a token: good, or why not. Nothing is stored either way. */
export const checkAnswerSchema = v.strictObject({
  refused: v.exactOptional(setErrorSchema),
  /** What was understood. */
  event: v.exactOptional(v.string()),
  jti: v.exactOptional(v.string()),
})

export type CheckAnswer = v.InferOutput<typeof checkAnswerSchema>

export const pushAnswerSchema = v.strictObject({
  ack: v.array(v.string()),
  setErrs: v.record(v.string(), setErrorSchema),
})

export type PushAnswer = v.InferOutput<typeof pushAnswerSchema>
export type SetWords = v.InferOutput<typeof setSchema>

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

export const claimedSchema = v.strictObject({ claimed: v.boolean(), month: v.exactOptional(v.string()) })
