/**
 * Search over the city packs and the guides, in Chinese and English, without a network. Pure: packs in, an index out.
 * Loaded on demand, because MiniSearch and five packs are of no use to somebody who does not search.
 */
import type { CityId } from '../domain/base/city.ts'
import { plain } from './guides/bin-search.ts'
import { binIn, guideRows } from './guides/guide-rows.ts'
import { packTag } from './newest-pack.ts'
import { readingsOf } from './readings.ts'
import type { CityPack } from './schema.ts'
import { applyFilter, type FilterCounts, type SearchFilter } from './search-filter.ts'
import { asHit, type SearchHit, type SearchLanguage } from './search-hit.ts'
import { openIndex } from './search-index.ts'
import { type BuiltPieces, closed, isOfGuide, makePiece, type Pause } from './search-piece.ts'
import { rowsOf, type SearchRow } from './search-rows.ts'
import { continuing, fuzziness, isLatin, isLone, isNumber } from './search-terms.ts'
import { singular, tokenizeQuery } from './tokens.ts'

export type { SearchHit, SearchLanguage } from './search-hit.ts'

interface SearchOptions {
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
/** What comes along with a pasted word and nobody sees. */
const UNSEEN = /\p{Cf}/gu
/** A guide's short names score high by their shortness alone; unless it is asked for by its very name, the plans go first. */
const GUIDE_WEIGHT = 0.3
/** A plan's title holds what all of it is about. */
const DOCUMENT_WEIGHT = 0.5
/** A system's short text scores high too: what the city does for people goes before what it builds for itself. */
const SYSTEM_WEIGHT = 0.5
const PREFERRED_WEIGHT = 1.5

/** A row with the terms that it was found by. */
type Found = Map<SearchRow, readonly string[]>

/** Of what it is made, by the name of its piece: a city's pack, or the guides. */
export function sourcesOf(packs: readonly CityPack[]): { name: string; of: string; rows: SearchRow[] }[] {
  return [
    ...packs.map((pack) => ({ name: pack.city.id, of: packTag(pack), rows: rowsOf(pack) })),
    { name: 'guides', of: 'guides', rows: guideRows() },
  ]
}

/**
 * @param built a piece that was made of another version, that does not load, or that there is none of, is made here.
 * @param pause waits until the browser has nothing better to do; between two slices of such work, so that nobody's typing waits for it.
 */
export async function openSearch(
  packs: readonly CityPack[],
  { built, pause }: { built: BuiltPieces; pause: Pause },
): Promise<CitySearch> {
  const sources = sourcesOf(packs)
  const pieces = await Promise.all(
    sources.map(async ({ name, of, rows }) => {
      const piece = (await built[name]?.().catch(() => undefined))?.default
      return piece?.of === of ? piece : makePiece(of, rows, pause)
    }),
  )
  const rows = sources.flatMap((source) => source.rows)
  const byId = new Map(rows.map((row) => [row.id, row]))
  const index = openIndex(
    pieces,
    sources.map((source) => source.rows.map(({ id }) => id)),
  )
  const readings = readingsOf(() => ({
    names: rows.flatMap((row) => [row.titleZh, ...(row.names ?? [])]),
    texts: rows.map((row) => row.bodyZh),
  }))

  function lookUp(asked: string, preferCity: CityId | undefined) {
    const boostDocument = (id: string) => {
      const row = byId.get(id) as SearchRow
      return weightOf(row) * (row.city === preferCity ? PREFERRED_WEIGHT : 1)
    }
    const all = { boostDocument, combineWith: 'AND' } as const
    const prefix = continuing(asked)
    return {
      /** All words, as whole ones: EV is not the beginning of an evaluation. */
      whole: () => index.find(asked, { ...all, prefix: isLone }),
      /** All words, the last of which may still be typed: "waste sorting" should not begin with everything that sorts. */
      begun: () => index.find(asked, { ...all, prefix }),
      /** And may have a slip in it. What is found as it stands has none: a carpet is no market. */
      mistyped: () => index.find(asked, { ...all, prefix, fuzzy: fuzziness }),
      /** Some words, so that a slip of the finger still helps. */
      near: () => index.find(asked, { boostDocument, combineWith: 'OR', prefix, fuzzy: fuzziness }),
    }
  }

  function ranked(asked: string, preferCity: CityId | undefined): Found {
    const found: Found = new Map()
    for (const row of named(asked, preferCity)) found.set(row, tokenizeQuery(asked))
    const add = (hits: readonly { id: string; terms: string[]; queryTerms: string[] }[]) => {
      for (const { id, terms, queryTerms } of hits) {
        const row = byId.get(id) as SearchRow
        if (!found.has(row)) found.set(row, [...terms.filter(isLatin), ...queryTerms])
      }
    }
    if (tokenizeQuery(asked).length === 0) return found
    const { whole, begun, mistyped, near } = lookUp(asked, preferCity)
    add(whole())
    const isExact = found.size > 0
    const read = isExact ? undefined : readings.find(asked)
    if (read?.isSure) return readAs(read.words, preferCity)
    if (found.size < ENOUGH) add(isExact ? begun() : mistyped())
    if (found.size === 0 && read && read.words.length > 0) return readAs(read.words, preferCity)
    if (!isExact && found.size < ENOUGH && !isNumber(asked)) {
      const hits = near().filter(keepsNumbers(asked))
      const floor = (hits[0]?.score ?? 0) * NEAR_SCORE_MIN
      add(hits.filter((hit) => hit.score >= floor))
    }
    return found
  }

  /** What is found by the words that are read as was typed; those that are something's very name first. */
  function readAs(words: readonly string[], preferCity: CityId | undefined): Found {
    const parts = words.flatMap((word) => [...exactly(word, preferCity)])
    return new Map(parts)
  }

  function exactly(word: string, preferCity: CityId | undefined): Found {
    const terms = tokenizeQuery(word)
    const hits = lookUp(word, preferCity).whole()
    const rows = [...named(word, preferCity), ...hits.map(({ id }) => byId.get(id) as SearchRow)]
    return new Map(rows.map((row) => [row, terms]))
  }

  function withName(name: string): SearchRow[] | undefined {
    const found = pieces.flatMap(({ names }, at) =>
      Object.hasOwn(names, name) ? (names[name] ?? []).map((row) => sources[at]?.rows[row] as SearchRow) : [],
    )
    return found.length > 0 ? found : undefined
  }

  /** What a guide knows by the very name that was asked for, of the preferred city where each has its own. */
  function named(asked: string, preferCity: CityId | undefined): SearchRow[] {
    const name = plain(asked)
    const rows = withName(closed(name)) ?? withName(closed(singular(name))) ?? []
    const own = rows.filter(({ city }) => city === undefined || city === preferCity)
    return own.length > 0 ? own : rows
  }

  function find(query: string, options: SearchOptions): SearchAnswer {
    const { language, preferCity, filter = {}, limit = Number.POSITIVE_INFINITY } = options
    const asked = query.normalize('NFKC').replace(UNSEEN, '').trim().slice(0, QUERY_MAX)
    const found: Found = asked === '' ? new Map() : ranked(asked, preferCity)
    const { rows: kept, counts } = applyFilter([...found.keys()], filter)
    const hits = kept
      .slice(0, limit)
      .map((row) => asHit(row.kind === 'bin' ? binIn(row, preferCity) : row, language, found.get(row) ?? []))
    return { hits, total: kept.length, counts }
  }

  return { size: rows.length, find }
}

function weightOf(row: SearchRow): number {
  if (isOfGuide(row)) return GUIDE_WEIGHT
  if (row.kind === 'system') return SYSTEM_WEIGHT
  return row.kind === 'document' ? DOCUMENT_WEIGHT : 1
}

/** A record without the number that was asked for is not even near. */
function keepsNumbers(asked: string) {
  const numbers = tokenizeQuery(asked).filter((term) => /^[\d.]+$/.test(term))
  return ({ queryTerms }: { queryTerms: readonly string[] }) =>
    numbers.every((number) => queryTerms.includes(number))
}
