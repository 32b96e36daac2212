/** Who works at the desk: coming in by a passkey, the session, people with their roles, and what each has to sign in by. */
import * as v from 'valibot'
import { CITY_IDS } from '../../domain/base/city.ts'
import { ROLES } from '../../domain/ledger/operator.ts'
import { instant } from '../command.ts'
import { nameOf } from '../plain-text.ts'

export const OPERATOR_NAME_MAX = 40
const PASSKEY_NAME_MAX = 40
/** All roles in all cities, and then some. */
const GRANTS_MAX = 60

const uuid = v.pipe(v.string(), v.regex(/^[0-9a-f-]{36}$/))
/** Parts of a passkey's answer: base64url, as long as any authenticator makes them. */
const part = v.pipe(v.string(), v.regex(/^[\w-]*$/), v.maxLength(8192))
const word = v.pipe(v.string(), v.maxLength(40))
/** A link's code, or a recovery code as people type it. */
const typedCode = v.pipe(v.string(), v.minLength(1), v.maxLength(80))
export const credentialId = v.pipe(v.string(), v.regex(/^[\w-]{1,1400}$/))
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

const grantSchema = v.strictObject({
  role: v.picklist(ROLES),
  /** Absent: all of them. */
  city: v.exactOptional(v.picklist(CITY_IDS)),
})
export const grantsSchema = v.pipe(v.array(grantSchema), v.maxLength(GRANTS_MAX))

/** What `navigator.credentials.create` came to, as JSON. Extensions say nothing here. */
const registrationSchema = v.object({
  id: credentialId,
  rawId: credentialId,
  type: v.literal('public-key'),
  authenticatorAttachment: v.exactOptional(v.picklist(['platform', 'cross-platform'])),
  response: v.object({
    clientDataJSON: part,
    attestationObject: part,
    transports: v.exactOptional(v.pipe(v.array(word), v.maxLength(10))),
  }),
})

/** What `navigator.credentials.get` came to. */
export const assertionSchema = v.object({
  id: credentialId,
  rawId: credentialId,
  type: v.literal('public-key'),
  authenticatorAttachment: v.exactOptional(v.picklist(['platform', 'cross-platform'])),
  response: v.object({
    clientDataJSON: part,
    authenticatorData: part,
    signature: part,
    userHandle: v.exactOptional(v.nullable(part)),
  }),
})

/** Options as the browser takes them: made by the library, passed on as they are. */
export const ceremonySchema = v.strictObject({ options: v.looseObject({ challenge: v.string() }) })

/** Without an invitation: the first administrator, by the token in the header. */
export const enrolOptionsSchema = v.strictObject({
  invitation: v.exactOptional(typedCode),
  name: v.exactOptional(nameOf(OPERATOR_NAME_MAX)),
})
export const addPasskeySchema = v.strictObject({
  response: registrationSchema,
  passkeyName: nameOf(PASSKEY_NAME_MAX),
})
export const enrolSchema = v.strictObject({
  ...addPasskeySchema.entries,
  invitation: v.exactOptional(typedCode),
})
export const signInByPasskeySchema = v.strictObject({ response: assertionSchema })
export const recoverySchema = v.strictObject({ code: typedCode })
export const sampleSessionSchema = v.strictObject({ who: v.picklist(['clerk', 'approver']) })

/** Shown once. */
export const recoveryCodesSchema = v.strictObject({ codes: v.array(v.string()) })
export const enrolledSchema = v.strictObject({ operatorId: uuid, codes: v.array(v.string()) })

export const deskSessionSchema = v.strictObject({
  operatorId: uuid,
  name: v.string(),
  roles: v.array(grantSchema),
  isSample: v.boolean(),
  way: v.picklist(['passkey', 'recovery', 'sample']),
  endsAt: instant,
  /** Until when money, publishing and keys need no new word of the passkey. */
  stepUpUntil: v.exactOptional(instant),
  recoveryCodesLeft: count,
  now: instant,
})

/** What may be done before anybody is signed in. */
export const deskDoorSchema = v.strictObject({
  /** Nobody is there yet: the token of the settings enrols the first administrator. */
  needsFirst: v.boolean(),
  /** That token is set. */
  hasToken: v.boolean(),
  /** A demo on this very machine: sample people can be tried. */
  hasSamples: v.boolean(),
})

export const passkeySchema = v.strictObject({
  credentialId,
  name: v.string(),
  createdAt: instant,
  usedAt: v.exactOptional(instant),
  revokedAt: v.exactOptional(instant),
})
export const passkeysSchema = v.strictObject({ passkeys: v.array(passkeySchema), recoveryCodesLeft: count })

const personSchema = v.strictObject({
  operatorId: uuid,
  name: v.string(),
  state: v.picklist(['active', 'suspended']),
  isSample: v.boolean(),
  createdAt: instant,
  roles: v.array(grantSchema),
  passkeys: v.array(passkeySchema),
})
export const peopleSchema = v.strictObject({
  people: v.array(personSchema),
  invited: v.array(v.strictObject({ name: v.string(), roles: v.array(grantSchema), expiresAt: instant })),
  /** Where the next page of people begins: `?after=`. Absent on the last. */
  next: v.exactOptional(v.string()),
})

export const invitationSchema = v.strictObject({
  name: nameOf(OPERATOR_NAME_MAX),
  roles: v.pipe(grantsSchema, v.minLength(1)),
})
/** `code` belongs behind `/ops/enrol#`; given once more for the same request. */
export const invitedSchema = v.strictObject({ code: v.string(), expiresAt: instant })
export const rolesSchema = v.strictObject({ roles: grantsSchema })
export const operatorStateSchema = v.strictObject({ state: v.picklist(['active', 'suspended']) })

export type DeskSession = v.InferOutput<typeof deskSessionSchema>
export type DeskDoor = v.InferOutput<typeof deskDoorSchema>
export type Passkeys = v.InferOutput<typeof passkeysSchema>
export type People = v.InferOutput<typeof peopleSchema>
export type Person = v.InferOutput<typeof personSchema>
