/**
 * Search over the city packs, in Chinese and English, without a network. Pure: packs in, an index out.
 * Loaded on demand, because MiniSearch and five packs are of no use to somebody who does not search.
 */
import MiniSearch from 'minisearch'
import type { CityId } from '../domain/city.ts'
import { type Marked, mark, startingNear } from './mark.ts'
import type { CityPack, Domain } from './schema.ts'
import { applyFilter, type FilterCounts, type SearchFilter } from './search-filter.ts'
import { type HitKind, rowsOf, type SearchRow } from './search-rows.ts'
import { tokenize, tokenizeQuery } from './tokens.ts'

export type SearchLanguage = 'zh-CN' | 'en'

export interface SearchHit {
  readonly city: CityId
  readonly kind: HitKind
  readonly id: string
  /** Absent for events and districts. */
  readonly domain?: Domain
  readonly title: Marked
  readonly excerpt: Marked
  /** What matched where only the other language has the words that were asked for. */
  readonly other?: Marked
}

export interface SearchOptions {
  readonly language: SearchLanguage
  /** Lifts what this city says above an equal match elsewhere. */
  readonly preferCity?: CityId
  readonly filter?: SearchFilter
  /** How many hits are worked out; all of them are counted. */
  readonly limit?: number
}

export interface SearchAnswer {
  /** The best `limit` of them. */
  readonly hits: readonly SearchHit[]
  /** How many were found. */
  readonly total: number
  readonly counts: FilterCounts
}

export interface CitySearch {
  /** Number of records in the index. */
  readonly size: number
  find(query: string, options: SearchOptions): SearchAnswer
}

/** With this many full matches, near ones are noise. */
const ENOUGH = 5
/** A near match must reach this share of the best one's score. */
const NEAR_SCORE_MIN = 0.35
/** Longer queries are pasted by accident; their tail is not looked at. */
const QUERY_MAX = 80
/** Records at a time: at four times slowed they take less than a frame. */
const SLICE = 6

/**
 * @param pause waits until the browser has nothing better to do; between two slices of the work, so that nobody's typing waits for it.
 */
export async function buildSearch(
  packs: readonly CityPack[],
  pause: () => Promise<void>,
): Promise<CitySearch> {
  const rows = packs.flatMap(rowsOf)
  const byId = new Map(rows.map((row) => [row.id, row]))
  const index = new MiniSearch<SearchRow>({
    fields: ['titleZh', 'titleEn', 'bodyZh', 'bodyEn', 'extra'],
    tokenize,
    processTerm: (term) => term,
    searchOptions: {
      tokenize: tokenizeQuery,
      boost: { titleZh: 4, titleEn: 4, bodyZh: 1.5, bodyEn: 1.5, extra: 0.5 },
    },
  })
  for (let at = 0; at < rows.length; at += SLICE) {
    await pause()
    index.addAll(rows.slice(at, at + SLICE))
  }

  /** Rows with the terms that they were found by, best first. */
  function ranked(asked: string, preferCity: CityId | undefined) {
    const boostDocument = (id: string) => (byId.get(id)?.city === preferCity ? 1.5 : 1)
    const options = { prefix: mayContinue, fuzzy: fuzziness, boostDocument }
    // All words first: "waste sorting" should not begin with everything that sorts. Near matches follow where few have all,
    // so that a slip of the finger still helps.
    const exact = index.search(asked, { ...options, combineWith: 'AND' })
    const near = exact.length < ENOUGH ? index.search(asked, { ...options, combineWith: 'OR' }) : []
    const seen = new Set(exact.map((hit) => hit.id))
    const floor = (near[0]?.score ?? 0) * NEAR_SCORE_MIN
    const found = [...exact, ...near.filter((hit) => !seen.has(hit.id) && hit.score >= floor)]
    return new Map(found.map((hit) => [byId.get(hit.id) as SearchRow, hit]))
  }

  function find(query: string, options: SearchOptions): SearchAnswer {
    const { language, preferCity, filter = {}, limit = Number.POSITIVE_INFINITY } = options
    const asked = query.trim().slice(0, QUERY_MAX)
    const found = asked === '' ? new Map() : ranked(asked, preferCity)
    const { rows: kept, counts } = applyFilter([...found.keys()], filter)
    const hits = kept.slice(0, limit).map((row) => {
      const { terms, queryTerms } = found.get(row)
      return asHit(row, language, [...terms.filter(isLatin), ...queryTerms])
    })
    return { hits, total: kept.length, counts }
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

function asHit(row: SearchRow, language: SearchLanguage, terms: readonly string[]): SearchHit {
  const zh = language === 'zh-CN'
  const title = mark(zh ? row.titleZh : row.titleEn, terms)
  const excerpt = mark(zh ? row.bodyZh : row.bodyEn, terms)
  const other =
    title.ranges.length + excerpt.ranges.length > 0
      ? undefined
      : [zh ? row.titleEn : row.titleZh, zh ? row.bodyEn : row.bodyZh]
          .map((text) => mark(text, terms))
          .find((marked) => marked.ranges.length > 0)
  return {
    city: row.city,
    kind: row.kind,
    id: row.id,
    ...(row.domain ? { domain: row.domain } : {}),
    title,
    excerpt: startingNear(excerpt),
    ...(other ? { other: startingNear(other) } : {}),
  }
}
