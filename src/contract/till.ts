/**
 * A branch's tills: how one comes in by a code, what it is told before it works without a network, and what a manager does with them. They sync
 * as a phone does, in the bodies of contract/sync.ts. Each request carries the cookie, the secret, and a proof by the device's key (proof/dpop.ts).
 */
import * as v from 'valibot'
import { CITY_IDS } from '../domain/base/city.ts'
import { TILL_NAME_MAX } from '../domain/ledger/till.ts'
import { OFFER_CATEGORIES } from '../domain/offers/offer.ts'
import { instant } from './command.ts'
import { nameOf } from './plain-text.ts'
import { sessionSecret } from './session.ts'
import { wireSchema } from './wire.ts'

const uuid = v.pipe(v.string(), v.regex(/^[0-9a-f-]{36}$/))
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const role = v.picklist(['till', 'manager'])
/** As people type it: with spaces, in small letters. */
const typedCode = v.pipe(v.string(), v.maxLength(40))

const branchSchema = v.strictObject({
  accountId: uuid,
  merchantId: v.string(),
  nameZh: v.string(),
  nameEn: v.string(),
  merchantZh: v.string(),
  merchantEn: v.string(),
  city: v.picklist(CITY_IDS),
})

/** The code is used by the key that proves itself with this request: the same device may ask again when the answer was lost, another may not. */
export const tillJoinSchema = v.strictObject({ code: typedCode, deviceId: uuid, wire: wireSchema })
export const tillJoinedSchema = v.strictObject({
  tillId: uuid,
  role,
  name: v.string(),
  branch: branchSchema,
  sessionSecret,
})

export const tillStatusSchema = v.strictObject({
  /** Compact JWS over what this merchant's tills must not accept: proof/voucher-status.ts. */
  status: v.string(),
  /** Every version of every offer that the merchant ever had: what a small code names by number alone. */
  offers: v.array(
    v.strictObject({
      /** The offer's number at this merchant. */
      n: whole,
      id: v.string(),
      version: whole,
      titleZh: v.string(),
      titleEn: v.string(),
      category: v.picklist(OFFER_CATEGORIES),
      valueFen: whole,
      termsZh: v.string(),
      termsEn: v.string(),
    }),
  ),
  /** The merchant's key by which a number that is read aloud is checked without a network: 32 bytes, base64url. */
  numberKey: v.string(),
  branch: branchSchema,
  tillId: uuid,
  /** As the manager calls this device. */
  name: v.string(),
  role,
  /** The backend's clock. */
  now: instant,
})

export const tillSchema = v.strictObject({
  tillId: uuid,
  name: v.string(),
  role,
  joinedAt: instant,
  lastSeenAt: instant,
  /** What it had accepted until then has arrived. Absent: it has never sent or fetched. */
  lastSyncAt: v.exactOptional(instant),
  revokedAt: v.exactOptional(instant),
  isThis: v.boolean(),
})
export const tillPeopleSchema = v.strictObject({ tills: v.array(tillSchema) })

export const tillCodeRequestSchema = v.strictObject({ role, name: nameOf(TILL_NAME_MAX), wire: wireSchema })
export const tillCodeAnswerSchema = v.strictObject({
  code: v.string(),
  role,
  name: v.string(),
  expiresAt: instant,
})

/** What was cut: whatever it accepted after its last sync and had not sent is not paid. */
export const tillRevokedSchema = v.strictObject({
  tillId: uuid,
  name: v.string(),
  revokedAt: instant,
  lastSyncAt: v.exactOptional(instant),
})

export type TillBranch = v.InferOutput<typeof branchSchema>
export type TillJoined = v.InferOutput<typeof tillJoinedSchema>
export type TillStatus = v.InferOutput<typeof tillStatusSchema>
export type TillPerson = v.InferOutput<typeof tillSchema>
export type TillPeople = v.InferOutput<typeof tillPeopleSchema>
export type TillCodeRequest = v.InferOutput<typeof tillCodeRequestSchema>
export type TillCode = v.InferOutput<typeof tillCodeAnswerSchema>
export type TillRevoked = v.InferOutput<typeof tillRevokedSchema>
