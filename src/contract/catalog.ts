/** What everybody may read: offers with what is left of them, the backend's keys, its health. */
import * as v from 'valibot'
import { CITY_IDS } from '../domain/base/city.ts'
import type { MerchantId, OfferId } from '../domain/base/ids.ts'
import { OFFER_CATEGORIES } from '../domain/offers/offer.ts'
import { PICTURE_TYPES } from '../domain/offers/picture.ts'
import { instant } from './command.ts'
import { nameOf, textOf } from './plain-text.ts'
import { openWord } from './tolerant.ts'

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

export const offerSchema = v.strictObject({
  id: v.pipe(
    v.string(),
    v.transform((text) => text as OfferId),
  ),
  version: whole,
  category: v.picklist(OFFER_CATEGORIES),
  titleZh: v.string(),
  titleEn: v.string(),
  termsZh: v.string(),
  termsEn: v.string(),
  merchantId: v.pipe(
    v.string(),
    v.transform((text) => text as MerchantId),
  ),
  merchantZh: v.string(),
  merchantEn: v.string(),
  cities: v.array(v.picklist(CITY_IDS)),
  pricePoints: whole,
  valueFen: whole,
  perPersonMax: whole,
  validDays: whole,
  endsAt: instant,
  sample: v.boolean(),
  release: v.exactOptional(v.picklist(['open', 'draw'])),
  draw: v.exactOptional(
    v.strictObject({
      opensAt: instant,
      closesAt: instant,
      pieces: v.pipe(whole, v.minValue(1)),
      commitment: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    }),
  ),
  perWeekFen: v.exactOptional(whole),
  perYearFen: v.exactOptional(whole),
  restocksAt: v.exactOptional(instant),
  stopsAt: v.exactOptional(instant),
  /** Read at `/pictures/{digest}`. Absent, or of a type that this app cannot show: the drawing of its category. */
  picture: v.exactOptional(
    v.strictObject({
      digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
      type: openWord(PICTURE_TYPES),
      width: v.pipe(whole, v.minValue(1)),
      height: v.pipe(whole, v.minValue(1)),
      altZh: v.string(),
      altEn: v.string(),
    }),
  ),
})

const TITLE_MAX = 80
const TERMS_MAX = 1000

/** What may be published anew; answers are read as they come, because older offers live in journals. */
export const offerToPublishSchema = v.strictObject({
  ...offerSchema.entries,
  titleZh: nameOf(TITLE_MAX),
  titleEn: nameOf(TITLE_MAX),
  termsZh: textOf(TERMS_MAX),
  termsEn: textOf(TERMS_MAX),
  merchantZh: nameOf(TITLE_MAX),
  merchantEn: nameOf(TITLE_MAX),
})

export const stockSchema = v.strictObject({
  total: whole,
  remaining: whole,
  budgetFen: whole,
  spentFen: whole,
})

export const offersAnswerSchema = v.strictObject({
  offers: v.array(
    v.strictObject({
      offer: offerSchema,
      stock: stockSchema,
    }),
  ),
  at: instant,
})

const keyMembers = {
  kid: v.string(),
  kty: v.literal('EC'),
  crv: v.literal('P-256'),
  x: v.string(),
  y: v.string(),
  notBefore: instant,
  notAfter: instant,
  endorsement: v.exactOptional(v.string()),
}

/** What apps of before there were purposes are answered, who read it to the letter. */
export const oldKeySetSchema = v.strictObject({ keys: v.array(v.strictObject(keyMembers)) })

const keySchema = v.strictObject({
  ...keyMembers,
  alg: v.exactOptional(v.literal('ES256')),
  /** Absent: for all that was signed before there were purposes. */
  purpose: v.exactOptional(v.string()),
})

/** To `wire=2`. */
export const keySetSchema = v.strictObject({
  keys: v.array(keySchema),
  /** Compact JWS over the list of revoked keys. */
  revocations: v.exactOptional(v.string()),
})

/** A city's content pack as far as the exchange reads it; src/content holds its whole shape. */
export const cityContentSchema = v.looseObject({
  schema: v.literal(1),
  version: v.pipe(v.string(), v.isoDate()),
  city: v.looseObject({ id: v.picklist(CITY_IDS) }),
})

export const healthSchema = v.strictObject({
  status: v.literal('ok'),
  version: v.string(),
  storage: v.picklist(['pglite', 'postgresql']),
  /** What an acknowledged record survives: the end of the process, or of the power too. */
  durability: v.picklist(['process', 'power']),
  /** Sample data and simulated services are switched on. */
  demo: v.boolean(),
})

export type OffersAnswer = v.InferOutput<typeof offersAnswerSchema>
export type Health = v.InferOutput<typeof healthSchema>
