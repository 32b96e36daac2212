/** Services that report a person's acts: what everybody may read of them, and what a person agrees to. */
import * as v from 'valibot'
import { CITY_IDS } from '../domain/base/city.ts'
import { isRealDay } from '../domain/base/time.ts'
import { PICKUP_GOODS } from '../domain/taking-part/pickup.ts'
import { instant } from './command.ts'
import { nameOf, textOf } from './plain-text.ts'
import { slug } from './slug.ts'

/** What sort of service it is: its icon, its place in the list. */
export const PROVIDER_KINDS = [
  'bus',
  'metro',
  'bike',
  'ride',
  'charging',
  'recycling',
  'sorting',
  'planting',
  'meter',
  'take-back',
] as const

const NAME_MAX = 80
const WORDS_MAX = 400
/** More would be a service for everything: nobody could say what they agree to. */
const CODES_MAX = 20

const digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const https = v.pipe(v.string(), v.url(), v.startsWith('https://'), v.maxLength(500))

/** Who it is and what it asks for, as it is published; its signature reaches no further than its codes and cities. */
export const providerToPublishSchema = v.strictObject({
  id: slug,
  kind: v.picklist(PROVIDER_KINDS),
  nameZh: nameOf(NAME_MAX),
  nameEn: nameOf(NAME_MAX),
  /** Who runs it. */
  operatorZh: nameOf(NAME_MAX),
  operatorEn: nameOf(NAME_MAX),
  /** What it reports, and what for. */
  whatZh: textOf(WORDS_MAX),
  whatEn: textOf(WORDS_MAX),
  whyZh: textOf(WORDS_MAX),
  whyEn: textOf(WORDS_MAX),
  /** How long the provider itself keeps the handle and what it reported. */
  keptDays: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(3660)),
  codes: v.pipe(v.array(slug), v.minLength(1), v.maxLength(CODES_MAX)),
  /** What it comes to the door for. Absent: it does not come. */
  collects: v.exactOptional(v.pipe(v.array(v.picklist(PICKUP_GOODS)), v.minLength(1))),
  cities: v.pipe(v.array(v.picklist(CITY_IDS)), v.minLength(1)),
  /** The day of these words: a consent names the ones that the person read. */
  terms: v.pipe(
    v.string(),
    v.check((day) => isRealDay(day), 'a day that exists'),
  ),
  /** Where a person links on the provider's side; it gets the code as `code`. */
  linkUrl: v.exactOptional(https),
  /** Where the provider's own page may be sent back to with a code. */
  redirectUris: v.exactOptional(v.pipe(v.array(https), v.maxLength(10))),
  /** Not a real service. */
  sample: v.boolean(),
})

const FIELD = /^[A-Za-z0-9_-]{43}$/

/** A public key of a provider: the members of its JWK (P-256 or Ed25519), and its life. */
const providerKeySchema = v.object({
  provider: slug,
  kid: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
  /** `desk`: the backend signs for a provider without engineers. */
  use: v.picklist(['own', 'desk']),
  alg: v.picklist(['ES256', 'EdDSA']),
  kty: v.picklist(['EC', 'OKP']),
  crv: v.picklist(['P-256', 'Ed25519']),
  x: v.pipe(v.string(), v.regex(FIELD)),
  y: v.exactOptional(v.pipe(v.string(), v.regex(FIELD))),
  notBefore: instant,
  notAfter: instant,
  /** What it signed from then on does not count. */
  revokedAt: v.exactOptional(instant),
})

/** Who may claim the grams of the provider's acts. Without one that is in force they are rewarded, and never credits. */
export const declarationSchema = v.object({
  id: slug,
  holderZh: nameOf(NAME_MAX),
  holderEn: nameOf(NAME_MAX),
  /** The person alone, and nobody else, may claim them. */
  exclusive: v.boolean(),
  codes: v.pipe(v.array(slug), v.minLength(1), v.maxLength(CODES_MAX)),
  cities: v.pipe(v.array(v.picklist(CITY_IDS)), v.minLength(1)),
  /** Of the signed paper. */
  documentDigest: digest,
  validFrom: instant,
  validUntil: instant,
})

/** As everybody may read it. */
export const providerSchema = v.object({
  ...providerToPublishSchema.entries,
  keys: v.array(providerKeySchema),
  declarations: v.array(declarationSchema),
})

export const providersAnswerSchema = v.object({
  /** Whom a report has to be for. */
  audience: v.string(),
  providers: v.array(providerSchema),
})

/** What two people of the desk agree on. */
export const providerDraftSchema = v.strictObject({
  provider: providerToPublishSchema,
  keys: v.exactOptional(v.pipe(v.array(v.strictObject(providerKeySchema.entries)), v.maxLength(10))),
  declarations: v.exactOptional(v.pipe(v.array(v.strictObject(declarationSchema.entries)), v.maxLength(10))),
})

export type ProviderDraft = v.InferOutput<typeof providerDraftSchema>
export type ProviderToPublish = v.InferOutput<typeof providerToPublishSchema>
export type ProviderKind = ProviderToPublish['kind']
export type ProviderKey = v.InferOutput<typeof providerKeySchema>
export type Declaration = v.InferOutput<typeof declarationSchema>
export type ProvidersAnswer = v.InferOutput<typeof providersAnswerSchema>
export type Provider = ProvidersAnswer['providers'][number]
