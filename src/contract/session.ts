/** Signing in by phone and code, the devices of an account, and its end. */
import * as v from 'valibot'
import { CITY_IDS } from '../domain/base/city.ts'
import { instant } from './command.ts'
import { CODE_PATTERN, PHONE_PATTERN } from './limits.ts'
import { nameOf } from './plain-text.ts'
import { wireSchema } from './wire.ts'

/** One line of the list of devices. */
const DEVICE_NAME_MAX = 80

const uuid = v.pipe(v.string(), v.regex(/^[0-9a-f-]{36}$/))

/** What a request for an account carries in `greentrace-secret`, beside the cookie that says whose it is. */
export const SECRET_HEADER = 'greentrace-secret'
export const sessionSecret = v.pipe(v.string(), v.regex(/^[\w-]{43}$/))

export const codeRequestSchema = v.strictObject({ phone: v.pipe(v.string(), v.regex(PHONE_PATTERN)) })

export const codeAnswerSchema = v.strictObject({
  expiresAt: instant,
  /** A further code can be asked for from then on. */
  resendAt: instant,
})

export const signInRequestSchema = v.strictObject({
  phone: v.pipe(v.string(), v.regex(PHONE_PATTERN)),
  code: v.pipe(v.string(), v.regex(CODE_PATTERN)),
  deviceId: uuid,
  /** "Chrome · Android", for the list of devices. */
  deviceName: nameOf(DEVICE_NAME_MAX),
  /** Home city of a new account. */
  city: v.picklist(CITY_IDS),
  wire: v.exactOptional(wireSchema),
})

const managedSchema = v.strictObject({
  code: v.string(),
  expiresAt: instant,
  nameZh: v.string(),
  nameEn: v.string(),
})

export const signInAnswerSchema = v.strictObject({
  accountId: uuid,
  /** Whether this sign-in opened the account. */
  isNew: v.boolean(),
  kind: v.picklist(['citizen', 'merchant']),
  city: v.picklist(CITY_IDS),
  /** `138****5678`, the only trace of the number that the device keeps. */
  phoneMasked: v.string(),
  lastSeq: v.pipe(v.number(), v.safeInteger()),
  sessionSecret: v.exactOptional(sessionSecret),
  /** Branches that this phone has managed, each with a code by which a device comes in there as its manager. From wire 2 on, until one has. */
  manages: v.exactOptional(v.array(managedSchema)),
})

/** Where the person lives by now: what is decided from then on goes by that city's rules. */
export const moveRequestSchema = v.strictObject({ city: v.picklist(CITY_IDS) })

const deviceSchema = v.strictObject({
  deviceId: uuid,
  name: v.string(),
  signedInAt: instant,
  lastSeenAt: instant,
  isThis: v.boolean(),
})

export const devicesAnswerSchema = v.strictObject({ devices: v.array(deviceSchema) })

/** Only in demo mode and only on loopback: the last message of the simulated SMS gateway. */
export const smsAnswerSchema = v.strictObject({
  phone: v.string(),
  text: v.string(),
  code: v.string(),
  sentAt: instant,
})

export const deletionAnswerSchema = v.strictObject({
  /** Compact JWS over DeletionReceipt. */
  receipt: v.string(),
})

/** What the backend signs when an account is gone. */
export interface DeletionReceipt {
  readonly account: string
  readonly deletedAt: number
  readonly records: number
  /** Hash of the last record: the chain of pseudonymous transfers stays checkable. */
  readonly hash: string
}

export type SignInRequest = v.InferOutput<typeof signInRequestSchema>
export type SignInAnswer = v.InferOutput<typeof signInAnswerSchema>
export type Managed = v.InferOutput<typeof managedSchema>
export type Device = v.InferOutput<typeof deviceSchema>
export type CodeAnswer = v.InferOutput<typeof codeAnswerSchema>
export type SmsAnswer = v.InferOutput<typeof smsAnswerSchema>
