/** Logging for somebody else: the owner's invitation, how a helper comes in, and what they send. Answers to a helper hold nothing of the account. */
import * as v from 'valibot'
import { CITY_IDS } from '../domain/base/city.ts'
import { HELPER_BATCH_MAX, type HelperId } from '../domain/ledger/helping.ts'
import { instant, pageReadingSchema } from './command.ts'
import { sessionSecret } from './session.ts'
import { receiptSchema } from './sync.ts'
import { wireSchema } from './wire.ts'

const uuid = v.pipe(v.string(), v.regex(/^[0-9a-f-]{36}$/))
const helperId = v.pipe(
  uuid,
  v.transform((text) => text as HelperId),
)
/** As people type it: with spaces, in small letters. */
const typedCode = v.pipe(v.string(), v.maxLength(40))

export const helpersAnswerSchema = v.strictObject({
  /** Those who have come in; who may at all, the account's journal says. */
  helpers: v.array(v.strictObject({ helperId, joinedAt: instant })),
})

export const helperCodeRequestSchema = v.strictObject({ wire: wireSchema })
export const helperCodeAnswerSchema = v.strictObject({ code: v.string(), expiresAt: instant })

export const helperJoinSchema = v.strictObject({ code: typedCode, deviceId: uuid, wire: wireSchema })
export const helperJoinedSchema = v.strictObject({
  accountId: uuid,
  helperId,
  /** Where acts are logged, unless said otherwise. */
  city: v.picklist(CITY_IDS),
  sessionSecret,
})

export const helperLogSchema = v.strictObject({
  sentAt: instant,
  clock: v.exactOptional(pageReadingSchema),
  /** Canonical texts; acts recorded and taken back, nothing else. */
  commands: v.pipe(v.array(v.string()), v.maxLength(HELPER_BATCH_MAX)),
  wire: wireSchema,
})
/** No seq, no record, no head: a receipt says that it arrived, and whether it stands. */
export const helperLoggedSchema = v.strictObject({
  receipts: v.array(v.omit(receiptSchema, ['seq'])),
  now: instant,
})

export type HelpersAnswer = v.InferOutput<typeof helpersAnswerSchema>
export type HelperCode = v.InferOutput<typeof helperCodeAnswerSchema>
export type HelperJoin = v.InferOutput<typeof helperJoinSchema>
export type HelperJoined = v.InferOutput<typeof helperJoinedSchema>
export type HelperLog = v.InferOutput<typeof helperLogSchema>
export type HelperLogged = v.InferOutput<typeof helperLoggedSchema>
