/** Commands as they cross the wire: strict, each on its own, so that one malformed command does not stop the others. */
import * as v from 'valibot'
import { CITY_IDS } from '../domain/base/city.ts'
import type { ActivityId, CommandId, OfferId, VoucherId } from '../domain/base/ids.ts'
import { showsSomething } from '../domain/base/plain-text.ts'
import { isRealDay } from '../domain/base/time.ts'
import { NOTE_MAX } from '../domain/evidence/activity.ts'
import { LANDMARK_DIGITS, LANDMARKS_MAX } from '../domain/evidence/landmarks.ts'
import { HANDLE_PATTERN } from '../domain/evidence/report.ts'
import { STOPS_MAX } from '../domain/evidence/stops.ts'
import { TEMPO_DIGITS, TEMPO_MAX } from '../domain/evidence/tempo.ts'
import { APPEAL_NOTE_MAX, type Command } from '../domain/ledger/command.ts'
import type { ConsentId, ConsentScope } from '../domain/ledger/consent.ts'
import { HELPER_NAME_MAX, type HelperId } from '../domain/ledger/helping.ts'
import { DISPUTE_NOTE_MAX, REFUND_NOTE_MAX } from '../domain/offers/dispute.ts'
import type { EntryId } from '../domain/offers/draw.ts'
import { CHECK_IN_CODE_MAX } from '../domain/taking-part/occurrence.ts'
import {
  PICKUP_ADDRESS_MAX,
  PICKUP_CONTACT_MAX,
  PICKUP_GOODS,
  PICKUP_NOTE_MAX,
} from '../domain/taking-part/pickup.ts'
import { CHOICES_MAX } from '../domain/taking-part/quiz.ts'
import {
  CASE_TEXT_MAX,
  CASE_TITLE_MAX,
  FEEDBACK_TEXT_MAX,
  FEEDBACK_TOPICS,
  PHOTO_BYTES_MAX,
  PHOTO_TYPES,
} from '../domain/taking-part/voice.ts'
import { nameOf } from './plain-text.ts'
import { slug } from './slug.ts'

const uuid = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
)
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** In ms of 1970. */
export const INSTANT_MAX = 8_640_000_000_000
/** 1970 and 2090 are for the assessment to judge; what no calendar holds is malformed. */
export const instant = v.pipe(v.number(), v.safeInteger(), v.minValue(-INSTANT_MAX), v.maxValue(INSTANT_MAX))
const digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))

const id = <T extends string>() =>
  v.pipe(
    uuid,
    v.transform((text) => text as T),
  )

const perMille = v.pipe(whole, v.maxValue(1000))

/** Hexadecimal, one after the other. */
const valuesOf = (digits: number, most: number) =>
  v.pipe(v.string(), v.maxLength(digits * most), v.regex(new RegExp(`^(?:[0-9a-f]{${digits}})*$`)))

const motion = v.strictObject({
  reachMetres: whole,
  strideMetres: whole,
  hopsPerMille: perMille,
  surges: whole,
  strayDecimetres: whole,
  evenPerMille: v.exactOptional(perMille),
  swayPerMille: v.exactOptional(whole),
  jitterCentimetres: v.exactOptional(whole),
  roundPerMille: perMille,
  repeatsPerMille: perMille,
  landmarks: valuesOf(LANDMARK_DIGITS, LANDMARKS_MAX),
  tempo: v.exactOptional(valuesOf(TEMPO_DIGITS, TEMPO_MAX)),
})

const evidence = v.variant('trust', [
  v.strictObject({ trust: v.literal('manual') }),
  ...(['import', 'gps'] as const).map((trust) =>
    v.strictObject({
      trust: v.literal(trust),
      digest,
      file: v.exactOptional(digest),
      points: whole,
      movingSeconds: whole,
      maxSpeedMetresPerHour: whole,
      motion: v.exactOptional(motion),
    }),
  ),
])

const claim = v.strictObject({
  code: slug,
  city: v.picklist(CITY_IDS),
  startedAt: instant,
  endedAt: v.exactOptional(instant),
  quantity: v.exactOptional(
    v.strictObject({
      value: v.pipe(whole, v.maxValue(1_000_000_000)),
      unit: v.picklist(['metre', 'watt_hour', 'gram', 'count']),
    }),
  ),
  evidence,
  stops: v.exactOptional(v.pipe(whole, v.minValue(1), v.maxValue(STOPS_MAX))),
  note: v.exactOptional(v.pipe(v.string(), v.maxLength(NOTE_MAX))),
})

/** A voucher's number as it was typed, with its spaces: five groups of four at most. */
const CODE_MAX = 40

/** Words of a person, as they were typed: something of them can be seen. */
const said = (max: number) =>
  v.pipe(
    v.string(),
    v.maxLength(max),
    v.check((text) => showsSomething(text), 'something that can be seen'),
  )

const topic = { city: v.picklist(CITY_IDS), measureId: v.exactOptional(slug) }

const photo = v.strictObject({
  digest,
  type: v.picklist(PHOTO_TYPES),
  bytes: v.pipe(whole, v.minValue(1), v.maxValue(PHOTO_BYTES_MAX)),
})

const consent = v.strictObject({
  scope: v.pipe(
    v.string(),
    v.regex(/^provider:[a-z0-9][a-z0-9-]{0,63}$/),
    v.transform((text) => text as ConsentScope),
  ),
  handle: v.pipe(v.string(), v.regex(HANDLE_PATTERN)),
  terms: v.pipe(v.string(), v.check(isRealDay)),
  since: v.exactOptional(instant),
})

/** One life of a page, and how long it had lasted: no phone runs one for ten years. */
const reading = {
  page: v.pipe(v.string(), v.regex(/^[0-9a-f]{8,32}$/)),
  elapsed: v.pipe(whole, v.maxValue(10 * 366 * 24 * 3600 * 1000)),
}
export const pageReadingSchema = v.strictObject(reading)

const envelope = {
  id: id<CommandId>(),
  at: instant,
  clock: v.exactOptional(v.strictObject({ ...reading, syncedAt: v.exactOptional(instant) })),
}

const offerAsSeen = v.strictObject({
  offerId: v.pipe(
    slug,
    v.transform((text) => text as OfferId),
  ),
  offerVersion: whole,
  pricePoints: whole,
})

export const commandSchema = v.variant('kind', [
  v.strictObject({ ...envelope, kind: v.literal('activity.record'), body: claim }),
  v.strictObject({
    ...envelope,
    kind: v.literal('activity.withdraw'),
    body: v.strictObject({ activityId: id<ActivityId>() }),
  }),
  v.strictObject({
    ...envelope,
    kind: v.literal('activity.appeal'),
    body: v.strictObject({
      activityId: id<ActivityId>(),
      note: said(APPEAL_NOTE_MAX),
      photo: v.exactOptional(photo),
    }),
  }),
  v.strictObject({
    ...envelope,
    kind: v.literal('voucher.redeem'),
    body: offerAsSeen,
  }),
  v.strictObject({
    ...envelope,
    kind: v.literal('voucher.cancel'),
    body: v.strictObject({ voucherId: id<VoucherId>() }),
  }),
  v.strictObject({
    ...envelope,
    kind: v.literal('voucher.accept'),
    body: v.union([
      v.strictObject({ token: v.pipe(v.string(), v.maxLength(2048)), acceptedAt: instant }),
      v.strictObject({
        code: v.pipe(v.string(), v.minLength(1), v.maxLength(CODE_MAX)),
        acceptedAt: instant,
      }),
    ]),
  }),
  v.strictObject({
    ...envelope,
    kind: v.literal('voucher.refund'),
    body: v.strictObject({ acceptanceId: id<CommandId>(), note: said(REFUND_NOTE_MAX) }),
  }),
  v.strictObject({
    ...envelope,
    kind: v.literal('voucher.dispute'),
    body: v.strictObject({ voucherId: id<VoucherId>(), note: said(DISPUTE_NOTE_MAX) }),
  }),
  v.strictObject({
    ...envelope,
    kind: v.literal('quiz.answer'),
    body: v.strictObject({ questionId: slug, choice: v.pipe(whole, v.maxValue(CHOICES_MAX - 1)) }),
  }),
  v.strictObject({
    ...envelope,
    kind: v.literal('event.check-in'),
    body: v.strictObject({
      occurrenceId: slug,
      code: v.pipe(v.string(), v.minLength(1), v.maxLength(CHECK_IN_CODE_MAX)),
    }),
  }),
  v.strictObject({
    ...envelope,
    kind: v.literal('feedback.send'),
    body: v.strictObject({ ...topic, topic: v.picklist(FEEDBACK_TOPICS), text: said(FEEDBACK_TEXT_MAX) }),
  }),
  v.strictObject({
    ...envelope,
    kind: v.literal('case.nominate'),
    body: v.strictObject({
      ...topic,
      title: said(CASE_TITLE_MAX),
      text: said(CASE_TEXT_MAX),
      photo: v.exactOptional(photo),
    }),
  }),
  v.strictObject({
    ...envelope,
    kind: v.literal('pickup.book'),
    body: v.strictObject({
      provider: slug,
      city: v.picklist(CITY_IDS),
      goods: v.pipe(v.array(v.picklist(PICKUP_GOODS)), v.minLength(1), v.maxLength(PICKUP_GOODS.length)),
      from: instant,
      to: instant,
      address: said(PICKUP_ADDRESS_MAX),
      contact: v.exactOptional(said(PICKUP_CONTACT_MAX)),
      note: v.exactOptional(said(PICKUP_NOTE_MAX)),
    }),
  }),
  v.strictObject({
    ...envelope,
    kind: v.literal('pickup.cancel'),
    body: v.strictObject({ pickupId: id<CommandId>() }),
  }),
  v.strictObject({
    ...envelope,
    kind: v.literal('planting.join'),
    body: v.strictObject({
      provider: slug,
      dayId: slug,
      startsAt: instant,
      endsAt: instant,
      cancelBy: instant,
    }),
  }),
  v.strictObject({
    ...envelope,
    kind: v.literal('planting.leave'),
    body: v.strictObject({ joinId: id<CommandId>() }),
  }),
  v.strictObject({ ...envelope, kind: v.literal('consent.give'), body: consent }),
  v.strictObject({
    ...envelope,
    kind: v.literal('consent.withdraw'),
    body: v.strictObject({ consentId: id<ConsentId>() }),
  }),
  v.strictObject({
    ...envelope,
    kind: v.literal('helper.invite'),
    body: v.strictObject({ name: nameOf(HELPER_NAME_MAX) }),
  }),
  v.strictObject({
    ...envelope,
    kind: v.literal('helper.revoke'),
    body: v.strictObject({ helperId: id<HelperId>() }),
  }),
  v.strictObject({ ...envelope, kind: v.literal('draw.enter'), body: offerAsSeen }),
  v.strictObject({
    ...envelope,
    kind: v.literal('draw.leave'),
    body: v.strictObject({ entryId: id<EntryId>() }),
  }),
])

/** The command in a canonical text, or undefined: not JSON, not one of ours, or with members that we do not know. */
export function parseCommand(text: string): Command | undefined {
  try {
    const result = v.safeParse(commandSchema, JSON.parse(text), { abortEarly: true, abortPipeEarly: true })
    return result.success ? (result.output as Command) : undefined
  } catch {
    return undefined
  }
}
