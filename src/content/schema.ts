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
  v.check((value) => isPlainText(value), 'no control characters'),
  v.trim(),
  v.minLength(1),
)
const year = v.pipe(v.number(), v.integer(), v.minValue(2000), v.maxValue(2060))
const anyId = recordId('[a-z]')

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

/** How a target binds: at least, at most, exactly, about; null where the document gives no number to compare. */
const comparator = v.picklist(['>=', '<=', '=', 'about'])

const note = { noteZh: v.optional(text), noteEn: v.optional(text) }

const documentSchema = v.strictObject({
  titleZh: text,
  titleEn: text,
  /** Null where the text prints none. */
  number: v.nullable(text),
  issuer: v.nullable(text),
  /** `YYYY-MM-DD`, or `YYYY-MM` where no day is printed. */
  date: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}(-\d{2})?$/)),
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
  /** As printed; empty where the document names none. */
  agencies: v.array(text),
  agenciesNoteZh: v.optional(text),
  agenciesNoteEn: v.optional(text),
  /** Part of the source line is garbled; that part is left out. */
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
export type CityPack = v.InferOutput<typeof cityPackSchema>
