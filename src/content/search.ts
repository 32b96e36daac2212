/**
 * Search over the city packs, in Chinese and English, without a network. Pure: packs in, an index out.
 * Loaded on demand, because MiniSearch and five packs are of no use to somebody who does not search.
 */
import MiniSearch from 'minisearch'
import type { CityId } from '../domain/city.ts'
import type { CityPack, Domain } from './schema.ts'
import { tokenize, tokenizeQuery } from './tokens.ts'

export type HitKind = 'measure' | 'indicator' | 'event' | 'district'
export type SearchLanguage = 'zh-CN' | 'en'

/** A text and the stretches of it that matched, as [start, end) in UTF-16 units. */
export interface Marked {
  readonly text: string
  readonly ranges: readonly (readonly [number, number])[]
}

export interface SearchHit {
  readonly city: CityId
  readonly kind: HitKind
  readonly id: string
  /** Absent for events and districts. */
  readonly domain?: Domain
  readonly title: Marked
  readonly excerpt: Marked
}

export interface SearchOptions {
  readonly language: SearchLanguage
  /** Lifts what this city says above an equal match elsewhere. */
  readonly preferCity?: CityId
  readonly limit?: number
}

export interface CitySearch {
  /** Number of records in the index. */
  readonly size: number
  find(query: string, options: SearchOptions): SearchHit[]
}

/** More than this nobody reads on a phone. */
const HITS_MAX = 60
/** With this many full matches, near ones are noise. */
const ENOUGH = 5
/** A near match must reach this share of the best one's score. */
const NEAR_SCORE_MIN = 0.35
/** Longer queries are pasted by accident; their tail is not looked at. */
const QUERY_MAX = 80

interface Row {
  readonly id: string
  readonly city: CityId
  readonly kind: HitKind
  readonly domain: Domain | undefined
  readonly titleZh: string
  readonly titleEn: string
  readonly bodyZh: string
  readonly bodyEn: string
  /** Found, never shown: agencies, figure labels, headings. */
  readonly extra: string
}

export function buildSearch(packs: readonly CityPack[]): CitySearch {
  const rows = packs.flatMap(rowsOf)
  const byId = new Map(rows.map((row) => [row.id, row]))
  const index = new MiniSearch<Row>({
    fields: ['titleZh', 'titleEn', 'bodyZh', 'bodyEn', 'extra'],
    tokenize,
    processTerm: (term) => term,
    searchOptions: {
      tokenize: tokenizeQuery,
      boost: { titleZh: 4, titleEn: 4, bodyZh: 1.5, bodyEn: 1.5, extra: 0.5 },
    },
  })
  index.addAll(rows)

  function find(query: string, { language, preferCity, limit = HITS_MAX }: SearchOptions): SearchHit[] {
    const asked = query.trim().slice(0, QUERY_MAX)
    if (asked === '') return []
    const boostDocument = (id: string) => (byId.get(id)?.city === preferCity ? 1.5 : 1)
    const options = { prefix: mayContinue, fuzzy: fuzziness, boostDocument }
    // All words first: "waste sorting" should not begin with everything that sorts. Near matches follow where few have all,
    // so that a slip of the finger still helps.
    const exact = index.search(asked, { ...options, combineWith: 'AND' })
    const near = exact.length < ENOUGH ? index.search(asked, { ...options, combineWith: 'OR' }) : []
    const seen = new Set(exact.map((hit) => hit.id))
    const floor = (near[0]?.score ?? 0) * NEAR_SCORE_MIN
    return [...exact, ...near.filter((hit) => !seen.has(hit.id) && hit.score >= floor)]
      .slice(0, Math.min(limit, HITS_MAX))
      .flatMap((hit) => {
        const row = byId.get(hit.id)
        return row ? [asHit(row, language, [...hit.terms.filter(isLatin), ...hit.queryTerms])] : []
      })
  }

  return { size: rows.length, find }
}

/** A Chinese pair is complete; a single character or a Latin word may go on. */
function mayContinue(term: string): boolean {
  return isLatin(term) || term.length === 1
}

function isLatin(term: string): boolean {
  return /^[a-z0-9]/.test(term)
}

/** Chinese terms of one or two characters must match exactly; one letter in five may be wrong in a word. */
function fuzziness(term: string): number | boolean {
  if (/[^a-z]/.test(term) || term.length < 4) return false
  return 0.25
}

function asHit(row: Row, language: SearchLanguage, terms: readonly string[]): SearchHit {
  const zh = language === 'zh-CN'
  const title = zh ? row.titleZh : row.titleEn
  const body = zh ? row.bodyZh : row.bodyEn
  return {
    city: row.city,
    kind: row.kind,
    id: row.id,
    ...(row.domain ? { domain: row.domain } : {}),
    title: mark(title, terms),
    excerpt: mark(body, terms),
  }
}

/** Finds the terms in the text and joins what overlaps or touches. */
export function mark(text: string, terms: readonly string[]): Marked {
  const lower = text.toLowerCase()
  const hits: [number, number][] = []
  for (const term of new Set(terms)) {
    for (let at = lower.indexOf(term); at >= 0 && term !== ''; at = lower.indexOf(term, at + term.length)) {
      // A Latin term marks from the start of a word only; "ev" is not in "level".
      if (/^[a-z]/.test(term) && /[a-z]/.test(lower[at - 1] ?? '')) continue
      hits.push([at, at + term.length])
    }
  }
  hits.sort((a, b) => a[0] - b[0] || b[1] - a[1])
  const ranges: [number, number][] = []
  for (const [start, end] of hits) {
    const last = ranges.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else ranges.push([start, end])
  }
  return { text, ranges }
}

function rowsOf(pack: CityPack): Row[] {
  const city = pack.city.id as CityId
  const place = `${pack.city.nameZh} ${pack.city.nameEn}`
  return [
    ...pack.measures.map(
      (one): Row => ({
        id: one.id,
        city,
        kind: 'measure',
        domain: one.domain,
        titleZh: one.titleZh,
        titleEn: one.titleEn,
        bodyZh: one.summaryZh,
        bodyEn: one.summaryEn,
        extra: [
          place,
          ...one.agencies,
          ...one.figures.flatMap((figure) => [figure.labelZh, figure.labelEn]),
        ].join(' '),
      }),
    ),
    ...pack.indicators.map(
      (one): Row => ({
        id: one.id,
        city,
        kind: 'indicator',
        domain: one.domain,
        titleZh: one.nameZh,
        titleEn: one.nameEn,
        bodyZh: one.noteZh ?? '',
        bodyEn: one.noteEn ?? '',
        extra: `${place} 指标 indicator`,
      }),
    ),
    ...pack.events.map(
      (one): Row => ({
        id: one.id,
        city,
        kind: 'event',
        domain: undefined,
        titleZh: one.nameZh,
        titleEn: one.nameEn,
        bodyZh: one.ruleZh ?? '',
        bodyEn: one.ruleEn ?? '',
        extra: `${place} 活动 event`,
      }),
    ),
    ...pack.districts.map(
      (one): Row => ({
        id: one.id,
        city,
        kind: 'district',
        domain: undefined,
        titleZh: one.nameZh,
        titleEn: one.nameEn,
        bodyZh: one.roleZh ?? '',
        bodyEn: one.roleEn ?? '',
        extra: place,
      }),
    ),
  ]
}
