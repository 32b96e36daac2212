/** What the search knows of each record of a pack: its words in both languages, and what it can be filtered by. */
import type { CityId } from '../domain/city.ts'
import { actsFor } from './act-links.ts'
import { ACT_WORDS } from './act-words.ts'
import type { Audience, CityEvent, CityPack, District, Domain, Indicator, Measure } from './schema.ts'

export type HitKind = 'measure' | 'indicator' | 'event' | 'district'

export interface SearchRow {
  readonly id: string
  readonly city: CityId
  readonly kind: HitKind
  /** Absent for events and districts. */
  readonly domain?: Domain
  /** Of measures alone. */
  readonly audience?: Audience
  /** Years of its figures, values and targets. */
  readonly years: readonly number[]
  readonly titleZh: string
  readonly titleEn: string
  readonly bodyZh: string
  readonly bodyEn: string
  /** Found, never shown: agencies, figure labels, headings. */
  readonly extra: string
}

export function rowsOf(pack: CityPack): SearchRow[] {
  const city = pack.city.id as CityId
  const place = `${pack.city.nameZh} ${pack.city.nameEn}`
  return [
    ...pack.measures.map((one) => ({ city, ...measureRow(one, place) })),
    ...pack.indicators.map((one) => ({ city, ...indicatorRow(one, place) })),
    ...pack.events.map((one) => ({ city, ...eventRow(one, place) })),
    ...pack.districts.map((one) => ({ city, ...districtRow(one, place) })),
  ]
}

type Row = Omit<SearchRow, 'city'>

function measureRow(one: Measure, place: string): Row {
  const labels = one.figures.flatMap((figure) => [figure.labelZh, figure.labelEn])
  return {
    id: one.id,
    kind: 'measure',
    domain: one.domain,
    audience: one.audience,
    years: distinct(one.figures.map((figure) => figure.year)),
    titleZh: one.titleZh,
    titleEn: one.titleEn,
    bodyZh: one.summaryZh,
    bodyEn: one.summaryEn,
    extra: [place, ...one.agencies, ...labels, ...actsFor(one.id).map((act) => ACT_WORDS[act])].join(' '),
  }
}

function indicatorRow(one: Indicator, place: string): Row {
  return {
    id: one.id,
    kind: 'indicator',
    domain: one.domain,
    years: distinct([
      one.value2020 === null ? null : 2020,
      one.target2025 === null ? null : 2025,
      one.target2030 === null ? null : 2030,
      one.target2035 === undefined ? null : 2035,
      ...(one.setByProvince ?? []),
      one.inWords?.year,
    ]),
    titleZh: one.nameZh,
    titleEn: one.nameEn,
    bodyZh: one.noteZh ?? '',
    bodyEn: one.noteEn ?? '',
    extra: `${place} 指标 indicator`,
  }
}

function eventRow(one: CityEvent, place: string): Row {
  return {
    id: one.id,
    kind: 'event',
    // A day of every year belongs to none.
    years: distinct([/^\d{4}-/.test(one.when ?? '') ? Number(one.when?.slice(0, 4)) : null]),
    titleZh: one.nameZh,
    titleEn: one.nameEn,
    bodyZh: one.ruleZh ?? '',
    bodyEn: one.ruleEn ?? '',
    extra: `${place} 活动 event`,
  }
}

function districtRow(one: District, place: string): Row {
  return {
    id: one.id,
    kind: 'district',
    years: distinct([one.year]),
    titleZh: one.nameZh,
    titleEn: one.nameEn,
    bodyZh: one.roleZh ?? '',
    bodyEn: one.roleEn ?? '',
    extra: place,
  }
}

function distinct(years: readonly (number | null | undefined)[]): number[] {
  return [...new Set(years.filter((year) => typeof year === 'number'))]
}
