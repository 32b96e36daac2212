/** What the search knows of each record of a pack: its words in both languages, and what it can be filtered by. */
import type { CityId } from '../domain/base/city.ts'
import { actsFor } from './act-links.ts'
import { ACT_WORDS } from './act-words.ts'
import type { Bin } from './guides/bin-schema.ts'
import type { Checklist } from './guides/checklists.ts'
import type { Wish } from './guides/subsidy-guide.ts'
import type { Audience, CityEvent, CityPack, District, Domain, Indicator, Measure, System } from './schema.ts'
import { figureValues, indicatorValues } from './search-values.ts'

export type HitKind =
  | 'measure'
  | 'indicator'
  | 'event'
  | 'district'
  | 'document'
  | 'system'
  | 'bin'
  | 'subsidy'
  | 'checklist'

export interface SearchRow {
  readonly id: string
  /** Absent for what holds everywhere. */
  readonly city?: CityId
  readonly kind: HitKind
  /** Where a guide has it. An open word of the bins has no bin of its own. */
  readonly bin?: Bin
  readonly wish?: Wish
  readonly list?: Checklist
  readonly step?: string
  /** Absent for events, districts and systems. */
  readonly domain?: Domain
  /** Of measures alone. */
  readonly audience?: Audience
  /** Years of its figures, values and targets. */
  readonly years: readonly number[]
  readonly titleZh: string
  readonly titleEn: string
  /** What it is also called: as good as its title, never shown. */
  readonly names?: readonly string[]
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
    { city, ...documentRow(pack, place) },
    ...(pack.systems ?? []).map((one) => ({ city, ...systemRow(one, place) })),
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
    extra: [
      place,
      ...one.agencies,
      ...labels,
      ...figureValues(one),
      ...actsFor(one.id).map((act) => ACT_WORDS[act]),
    ].join(' '),
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
    bodyZh: indicatorValues(one, 'zh'),
    bodyEn: indicatorValues(one, 'en'),
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

function systemRow(one: System, place: string): Row {
  const parts = one.parts?.items.flatMap(({ nameZh, nameEn }) => [nameZh, nameEn]) ?? []
  return {
    id: one.id,
    kind: 'system',
    years: [],
    titleZh: one.nameZh,
    titleEn: one.nameEn,
    bodyZh: one.whatZh,
    bodyEn: one.whatEn,
    extra: [place, ...parts, '系统 平台 system platform'].join(' '),
  }
}

/** The plan itself, which people know by its title or its number. */
function documentRow({ city, document }: CityPack, place: string): Row {
  const { titleZh, titleEn, number, issuer, date } = document
  const facts = [number, issuer, date].filter((fact) => fact !== null).join(' · ')
  return {
    id: `document-${city.id}`,
    kind: 'document',
    years: [],
    titleZh,
    titleEn,
    bodyZh: facts,
    bodyEn: facts,
    extra: `${place} 文件 规划 方案 document plan`,
  }
}

function distinct(years: readonly (number | null | undefined)[]): number[] {
  return [...new Set(years.filter((year) => typeof year === 'number'))]
}
