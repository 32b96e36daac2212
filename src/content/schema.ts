/**
 * What a city pack holds: facts of one municipal climate document in two languages, each with its place in the document.
 * Figures are as printed; sentences are our own. The schema is for packs from outside (check-pack.ts), tests and tools;
 * of its own packs the app reads only the types.
 */
import * as v from 'valibot'
import { isPlainText } from '../domain/base/plain-text.ts'
import { isRealDay } from '../domain/base/time.ts'
import { recordId } from './record-id.ts'

/** Also of packs that an operator publishes: what reaches a screen, a search and a calendar file is plain. */
const text = v.pipe(
  v.string(),
  v.check(
    (value) => isPlainText(value),
    'no control characters, nothing that turns the direction of reading',
  ),
  v.trim(),
  v.minLength(1),
)
const year = v.pipe(v.number(), v.integer(), v.minValue(2000), v.maxValue(2060))
const anyId = recordId('[a-z]')
/** Longer ones are searches and trackers, not the place of a document. */
const ADDRESS_LENGTH_MAX = 300

export const DOMAINS = [
  'transport',
  'energy',
  'building',
  'industry',
  'waste',
  'nature',
  'adaptation',
  'engagement',
  'consumption',
  'carbon-inclusion',
  'finance',
  'governance',
] as const

const AUDIENCES = ['citizen', 'merchant', 'enterprise', 'community', 'government'] as const

/** What a system has to do, in the words of the checked facts. */
const FUNCTIONS = [
  'account',
  'accounting',
  'activity-recording',
  'analysis',
  'application',
  'appraisal',
  'asset-management',
  'booking',
  'catalogue',
  'certificate',
  'certification',
  'collection',
  'content-delivery',
  'coupon-issuance',
  'data-assurance',
  'data-collection',
  'data-exchange',
  'data-integration',
  'data-service',
  'data-sharing',
  'data-storage',
  'disclosure',
  'dispatch',
  'eligibility-check',
  'enrolment',
  'evaluation',
  'event-calendar',
  'feedback',
  'filing',
  'footprint-accounting',
  'guide',
  'information',
  'issuance',
  'labelling',
  'loss-modelling',
  'management',
  'matching',
  'merchant-onboarding',
  'metering',
  'monitoring',
  'permits',
  'planning',
  'points-generation',
  'points-issuance',
  'points-redemption',
  'pricing',
  'progress-tracking',
  'project-development',
  'project-registration',
  'promotion',
  'public-reporting',
  'public-warning',
  'publication',
  'quiz',
  'quota-management',
  'rating',
  'redemption',
  'registration',
  'rental',
  'reporting',
  'review',
  'reward-issuance',
  'risk-mapping',
  'scene-catalogue',
  'service',
  'shelter-map',
  'sorting-guide',
  'station-map',
  'submission',
  'subsidy-guide',
  'target-setting',
  'targeted-notification',
  'timetable',
  'trading',
  'user-retention',
  'value-realisation',
  'verification',
  'weighing',
] as const

/** How a target binds: at least, at most, exactly, about; null where the document gives no number to compare. */
const comparator = v.picklist(['>=', '<=', '=', 'about'])

const note = { noteZh: v.optional(text), noteEn: v.optional(text) }

/** Of the plain text that the facts were read from, counted from 1; absent in packs of before 2026-11-29. */
const line = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)))

/** Where the public can read the document. Only what an operator knows for certain; https, so that nobody on the way can change it. */
const publicAddress = v.pipe(
  text,
  v.maxLength(ADDRESS_LENGTH_MAX),
  v.url(),
  v.check((value) => value.startsWith('https://'), 'an address that begins with https://'),
)

const documentSchema = v.strictObject({
  titleZh: text,
  titleEn: text,
  /** Null where the text prints none. */
  number: v.nullable(text),
  issuer: v.nullable(text),
  /** `YYYY-MM-DD`, or `YYYY-MM` where no day is printed. */
  date: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}(-\d{2})?$/)),
  url: v.optional(publicAddress),
  ...note,
})

const indicatorSchema = v.strictObject({
  id: anyId,
  /** Our own sorting, so that a field shows its indicators; the documents do not print it. */
  domain: v.picklist(DOMAINS),
  /** 1 to 4 where the city's first page shows it. */
  headline: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4))),
  nameZh: text,
  nameEn: text,
  /** What it measures, as one would tell a neighbour; those on the first page have it. */
  plainZh: v.optional(text),
  plainEn: v.optional(text),
  unit: text,
  unitEn: text,
  /** Multiply a value by this to get it in `unitEn`. */
  scaleEn: v.pipe(v.number(), v.gtValue(0)),
  /** Measured. All others are targets and must not be drawn as if reached. */
  value2020: v.nullable(v.number()),
  /** The document marks its 2020 figure as an estimate. */
  isEstimate2020: v.optional(v.literal(true)),
  /** Where the 2020 figure is printed as a bound. */
  comparator2020: v.optional(comparator),
  target2025: v.nullable(v.number()),
  /** Upper end where a range is printed. */
  target2025Max: v.optional(v.number()),
  target2030: v.nullable(v.number()),
  target2035: v.optional(v.number()),
  kind: v.nullable(v.picklist(['binding', 'expected'])),
  comparator: v.nullable(comparator),
  comparator2030: v.optional(comparator),
  /** Base year of a reduction. */
  base: v.optional(year),
  /** Years whose target the province sets. */
  setByProvince: v.optional(v.array(year)),
  /** A target printed in words, without a number. */
  inWords: v.optional(v.strictObject({ year, zh: text, en: text })),
  section: text,
  line,
  ...note,
})

const figureSchema = v.strictObject({
  labelZh: text,
  labelEn: text,
  value: v.number(),
  valueMax: v.optional(v.number()),
  unit: text,
  unitEn: text,
  /** The value in `unitEn`. */
  valueEn: v.number(),
  year: v.nullable(year),
  comparator: v.nullable(comparator),
  ...note,
})

const measureSchema = v.strictObject({
  id: anyId,
  domain: v.picklist(DOMAINS),
  /** Who acts or benefits first. */
  audience: v.picklist(AUDIENCES),
  titleZh: text,
  titleEn: text,
  summaryZh: text,
  summaryEn: text,
  figures: v.array(figureSchema),
  section: text,
  line,
  /** As printed; empty where the document names none. */
  agencies: v.array(text),
  agenciesNoteZh: v.optional(text),
  agenciesNoteEn: v.optional(text),
  /** Part of the source line is garbled; that part is left out. */
  uncertain: v.optional(v.literal(true)),
  ...note,
})

/** What the plan lists by name of a system: steps, functions, groups of people. A code that is a function is that function. */
const partsSchema = v.strictObject({
  titleZh: text,
  titleEn: text,
  items: v.array(
    v.strictObject({ code: v.pipe(v.string(), v.regex(/^[a-z-]+$/)), nameZh: text, nameEn: text }),
  ),
})

const systemSchema = v.strictObject({
  id: anyId,
  nameZh: text,
  nameEn: text,
  /** What it has to do, in our own words. */
  whatZh: text,
  whatEn: text,
  functions: v.array(v.picklist(FUNCTIONS)),
  /** `stated`: the document spells them out; `inferred`: it only names the system or its aim, and they are our reading. */
  functionsBasis: v.picklist(['stated', 'inferred']),
  /** As the document speaks of it: to be built, running, or running and to be extended. */
  status: v.picklist(['planned', 'existing', 'extended']),
  parts: v.optional(partsSchema),
  section: text,
  line,
  /** A few words of the document by which the place is found in it. */
  anchor: text,
  uncertain: v.optional(v.literal(true)),
  ...note,
})

const eventSchema = v.strictObject({
  id: anyId,
  nameZh: text,
  nameEn: text,
  /** `MM-DD` for a day of every year, `YYYY-MM` for a dated step, null where it moves or is not printed. */
  when: v.nullable(v.pipe(v.string(), v.regex(/^(\d{2}-\d{2}|\d{4}-\d{2})$/))),
  /** Why it has no fixed day, or what stands behind the day; absent where the day says it all. */
  ruleZh: v.optional(text),
  ruleEn: v.optional(text),
  section: text,
  uncertain: v.optional(v.literal(true)),
})

const districtSchema = v.strictObject({
  id: anyId,
  nameZh: text,
  nameEn: text,
  /** Cut of CO2 per unit of GDP against `base`; null where the document sets none. */
  target: v.nullable(v.number()),
  unit: v.optional(text),
  base: v.optional(year),
  year: v.optional(year),
  group: v.optional(text),
  roleZh: v.optional(text),
  roleEn: v.optional(text),
  section: text,
})

export const cityPackSchema = v.strictObject({
  schema: v.literal(1),
  /** Day on which the pack was made. */
  version: v.pipe(
    v.string(),
    v.isoDate(),
    v.check((day) => isRealDay(day), 'a day that exists'),
  ),
  /** Counts from 2 where a second pack was made on the same day. */
  revision: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2))),
  city: v.strictObject({
    id: text,
    nameZh: text,
    nameEn: text,
    adcode: v.pipe(v.string(), v.regex(/^\d{6}$/)),
  }),
  document: documentSchema,
  indicators: v.array(indicatorSchema),
  measures: v.array(measureSchema),
  events: v.array(eventSchema),
  districts: v.array(districtSchema),
  /** Systems that the plan wants built. Absent in packs of before 2026-11-29. */
  systems: v.optional(v.array(systemSchema)),
})

export type Domain = (typeof DOMAINS)[number]
export type Audience = (typeof AUDIENCES)[number]
export type Comparator = v.InferOutput<typeof comparator>
export type SourceDocument = v.InferOutput<typeof documentSchema>
export type Indicator = v.InferOutput<typeof indicatorSchema>
export type Figure = v.InferOutput<typeof figureSchema>
export type Measure = v.InferOutput<typeof measureSchema>
export type CityEvent = v.InferOutput<typeof eventSchema>
export type District = v.InferOutput<typeof districtSchema>
export type System = v.InferOutput<typeof systemSchema>
export type SystemFunction = (typeof FUNCTIONS)[number]
export type CityPack = v.InferOutput<typeof cityPackSchema>
