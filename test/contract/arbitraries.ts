/** Any command that a device could make, by kind, and any nonsense that a network could bring. */
import fc from 'fast-check'
import { CITY_IDS } from '../../src/domain/base/city.ts'
import { NOTE_MAX } from '../../src/domain/evidence/activity.ts'
import { STOPS_MAX } from '../../src/domain/evidence/stops.ts'
import { APPEAL_NOTE_MAX, type Command, type CommandKind } from '../../src/domain/ledger/command.ts'
import { DISPUTE_NOTE_MAX, REFUND_NOTE_MAX } from '../../src/domain/offers/dispute.ts'
import { CHECK_IN_CODE_MAX } from '../../src/domain/taking-part/occurrence.ts'
import {
  PICKUP_ADDRESS_MAX,
  PICKUP_CONTACT_MAX,
  PICKUP_GOODS,
  PICKUP_NOTE_MAX,
} from '../../src/domain/taking-part/pickup.ts'
import { CHOICES_MAX } from '../../src/domain/taking-part/quiz.ts'
import {
  CASE_TEXT_MAX,
  CASE_TITLE_MAX,
  FEEDBACK_TEXT_MAX,
  FEEDBACK_TOPICS,
  PHOTO_BYTES_MAX,
  PHOTO_TYPES,
} from '../../src/domain/taking-part/voice.ts'

const hex = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 15 }), { minLength: length, maxLength: length })
    .map((digits) => digits.map((digit) => digit.toString(16)).join(''))
const uuid = fc.uuid({ version: [1, 2, 3, 4, 5, 6, 7, 8] })
const whole = fc.maxSafeNat()
const instant = fc.integer({ min: -8_640_000_000_000, max: 8_640_000_000_000 })
const slug = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,63}$/)
/** Every UTF-16 unit, lone surrogates and controls included: a keyboard can make most of them. */
const words = (max: number, min = 0) =>
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { minLength: min, maxLength: max })
    .map((units) => String.fromCharCode(...units))
/** With something in it that is no space. */
const said = (max: number) => words(max - 1).map((text) => `绿${text}`)
const maybe = <T>(value: fc.Arbitrary<T>) => ({ value, isOptional: true as const })

/** A record in which an optional member is absent, never undefined. */
function object(members: Record<string, fc.Arbitrary<unknown> | ReturnType<typeof maybe>>) {
  const model: Record<string, fc.Arbitrary<unknown>> = {}
  const requiredKeys: string[] = []
  for (const [key, member] of Object.entries(members)) {
    if ('isOptional' in member) model[key] = member.value
    else {
      model[key] = member
      requiredKeys.push(key)
    }
  }
  return fc.record(model, { requiredKeys, noNullPrototype: true })
}

const perMille = fc.nat({ max: 1000 })
const evidence = fc.oneof(
  object({ trust: fc.constant('manual') }),
  object({
    trust: fc.constantFrom('import', 'gps'),
    digest: hex(64),
    file: maybe(hex(64)),
    points: whole,
    movingSeconds: whole,
    maxSpeedMetresPerHour: whole,
    motion: maybe(
      object({
        reachMetres: whole,
        strideMetres: whole,
        hopsPerMille: perMille,
        surges: whole,
        strayDecimetres: whole,
        evenPerMille: maybe(perMille),
        swayPerMille: maybe(whole),
        jitterCentimetres: maybe(whole),
        roundPerMille: perMille,
        repeatsPerMille: perMille,
        landmarks: fc.array(hex(6), { maxLength: 64 }).map((values) => values.join('')),
        tempo: maybe(fc.array(hex(7), { maxLength: 96 }).map((values) => values.join(''))),
      }),
    ),
  }),
)

const photo = object({
  digest: hex(64),
  type: fc.constantFrom(...PHOTO_TYPES),
  bytes: fc.integer({ min: 1, max: PHOTO_BYTES_MAX }),
})

const BODIES: Record<CommandKind, fc.Arbitrary<unknown>> = {
  'activity.record': object({
    code: slug,
    city: fc.constantFrom(...CITY_IDS),
    startedAt: instant,
    endedAt: maybe(instant),
    quantity: maybe(
      object({
        value: fc.nat({ max: 1_000_000_000 }),
        unit: fc.constantFrom('metre', 'watt_hour', 'gram', 'count'),
      }),
    ),
    evidence,
    stops: maybe(fc.integer({ min: 1, max: STOPS_MAX })),
    note: maybe(words(NOTE_MAX)),
  }),
  'activity.withdraw': object({ activityId: uuid }),
  'activity.appeal': object({ activityId: uuid, note: said(APPEAL_NOTE_MAX), photo: maybe(photo) }),
  'voucher.redeem': object({ offerId: slug, offerVersion: whole, pricePoints: whole }),
  'voucher.cancel': object({ voucherId: uuid }),
  'voucher.accept': fc.oneof(
    object({ token: words(2048), acceptedAt: instant }),
    object({ code: words(40, 1), acceptedAt: instant }),
  ),
  'voucher.refund': object({ acceptanceId: uuid, note: said(REFUND_NOTE_MAX) }),
  'voucher.dispute': object({ voucherId: uuid, note: said(DISPUTE_NOTE_MAX) }),
  'quiz.answer': object({ questionId: slug, choice: fc.nat({ max: CHOICES_MAX - 1 }) }),
  'event.check-in': object({ occurrenceId: slug, code: words(CHECK_IN_CODE_MAX, 1) }),
  'feedback.send': object({
    city: fc.constantFrom(...CITY_IDS),
    measureId: maybe(slug),
    topic: fc.constantFrom(...FEEDBACK_TOPICS),
    text: said(FEEDBACK_TEXT_MAX),
  }),
  'case.nominate': object({
    city: fc.constantFrom(...CITY_IDS),
    measureId: maybe(slug),
    title: said(CASE_TITLE_MAX),
    text: said(CASE_TEXT_MAX),
    photo: maybe(photo),
  }),
  'consent.give': object({
    scope: slug.map((provider) => `provider:${provider}`),
    handle: hex(32),
    terms: fc.integer({ min: 1, max: 28 }).map((day) => `2026-11-${String(day).padStart(2, '0')}`),
    since: maybe(instant),
  }),
  'consent.withdraw': object({ consentId: uuid }),
  'pickup.book': object({
    provider: slug,
    city: fc.constantFrom(...CITY_IDS),
    goods: fc.subarray([...PICKUP_GOODS], { minLength: 1 }),
    from: instant,
    to: instant,
    address: said(PICKUP_ADDRESS_MAX),
    contact: maybe(said(PICKUP_CONTACT_MAX)),
    note: maybe(said(PICKUP_NOTE_MAX)),
  }),
  'pickup.cancel': object({ pickupId: uuid }),
  'planting.join': object({
    provider: slug,
    dayId: slug,
    startsAt: instant,
    endsAt: instant,
    cancelBy: instant,
  }),
  'planting.leave': object({ joinId: uuid }),
  'helper.invite': object({ name: fc.stringMatching(/^[a-zé小明]{1,20}$/) }),
  'helper.revoke': object({ helperId: uuid }),
  'draw.enter': object({ offerId: slug, offerVersion: whole, pricePoints: whole }),
  'draw.leave': object({ entryId: uuid }),
}

export const KINDS = Object.keys(BODIES) as CommandKind[]

export const commandOf = (kind: CommandKind): fc.Arbitrary<Command> =>
  object({
    id: uuid,
    kind: fc.constant(kind),
    at: instant,
    body: BODIES[kind],
  }) as unknown as fc.Arbitrary<Command>

export const anyCommand = fc.oneof(...KINDS.map(commandOf))

/** Names that every object already answers to, and those that JSON can smuggle in. */
export const odd = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '__defineGetter__',
  'then',
  '',
  'extra',
)

/** What stands where something else was meant. */
export const wrong: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, -1, 1.5, 1e308, -0.0001, 2 ** 53, '', 'NaN', 'Infinity', '1e3'),
  fc.constantFrom<unknown>([], {}, [[]], { __proto__: null }, '\ud800', '\u0000', 'x'.repeat(100_000)),
  fc.constant(JSON.parse(`${'[1,'.repeat(400)}1${']'.repeat(400)}`) as unknown),
  fc.jsonValue(),
)
