/**
 * The search's index over all pieces. MiniSearch finds and ranks; it is given only the words that a question can reach, with where they stand,
 * and so answers as if it had been given all, without anybody having waited for that.
 */
import MiniSearch, { type AsPlainObject, type SearchResult } from 'minisearch'
import { isWithin } from './edit-distance.ts'
import { FIELDS, openPiece, type SearchPiece } from './search-piece.ts'
import { tokenizeQuery } from './tokens.ts'

export interface Question {
  readonly combineWith: 'AND' | 'OR'
  /** Whether a word may be the beginning of another. */
  readonly prefix: (term: string) => boolean
  /** Which share of its letters may be wrong. */
  readonly fuzzy?: (term: string) => number | false
  readonly boostDocument: (id: string) => number
}

interface SearchIndex {
  find(asked: string, question: Question): SearchResult[]
}

const BOOST = { titleZh: 4, titleEn: 4, names: 3, bodyZh: 1.5, bodyEn: 1.5, extra: 0.5 }
const FIELD_IDS = Object.fromEntries(FIELDS.map((field, id) => [field, id]))
/** Words in Latin letters and numbers stand before all Chinese ones. */
const AFTER_LATIN = '\u2e80'
/** Above all that a word may go on with. */
const LAST = '\uffff'
const PAIR = 2
/** Two sums that differ behind this many digits are the same: only the order of adding up was another. */
const SCORE_DIGITS = 10

/** @param ids of the rows of each piece, in its order. */
export function openIndex(pieces: readonly SearchPiece[], ids: readonly (readonly string[])[]): SearchIndex {
  const begins = ids.map((_, at) => ids.slice(0, at).flat().length)
  const parts = pieces.map((piece, at) => ({ ...openPiece(piece), begin: begins[at] as number }))
  const rows = ids.flat()
  const order = new Map(rows.map((id, at) => [id, at]))
  const statistics = statisticsOf(pieces, rows)
  let latin: readonly string[] | undefined

  /** The words from the first to before the second. */
  function between(from: string, to: string): string[] {
    return parts.flatMap(({ terms, firstAt }) => terms.slice(firstAt(from), firstAt(to)))
  }

  function reachable(term: string, { prefix, fuzzy }: Question): string[] {
    const begun = prefix(term) ? between(term, term + LAST) : [term]
    const share = fuzzy?.(term)
    if (!share) return begun
    const slips = Math.round(term.length * share)
    latin ??= [...new Set(between('', AFTER_LATIN))]
    const near = latin.filter((each) => isWithin(slips, term, each))
    return [...begun, ...near]
  }

  /**
   * This browser may cut Chinese otherwise than the machine that made the pieces: a longer word that none of them has is looked for by its
   * pairs of characters alone, which are the same everywhere.
   */
  function cutAsHere(terms: readonly string[]): string[] {
    const isKnown = (term: string) => parts.some(({ terms, firstAt }) => terms[firstAt(term)] === term)
    return terms.filter((term) => term.length <= PAIR || term < AFTER_LATIN || isKnown(term))
  }

  function entryOf(term: string): Record<string, Record<string, number>> {
    const entry: Record<string, Record<string, number>> = {}
    for (const { terms, firstAt, placesOf, begin } of parts) {
      const at = firstAt(term)
      if (terms[at] !== term) continue
      for (const place of placesOf(at)) {
        const field = place % FIELDS.length
        const inField = entry[field] ?? {}
        entry[field] = inField
        inField[begin + (place - field) / FIELDS.length] = 1
      }
    }
    return entry
  }

  function find(asked: string, question: Question): SearchResult[] {
    const terms = cutAsHere(tokenizeQuery(asked))
    const reached = [...new Set(terms.flatMap((term) => reachable(term, question)))]
    const index = reached.map((term): [string, Record<string, Record<string, number>>] => [
      term,
      entryOf(term),
    ])
    const known = index.filter(([, entry]) => Object.keys(entry).length > 0)
    const mini = MiniSearch.loadJS<never>(
      { ...statistics, index: known as unknown as AsPlainObject['index'] },
      { fields: [...FIELDS], processTerm: (term) => term },
    )
    const hits = mini.search(asked, {
      ...question,
      fuzzy: question.fuzzy ?? false,
      boost: BOOST,
      tokenize: () => terms,
    })
    const rank = (hit: SearchResult) => Number(hit.score.toPrecision(SCORE_DIGITS))
    const place = (hit: SearchResult) => order.get(hit.id) ?? 0
    return hits.sort((a, b) => rank(b) - rank(a) || place(a) - place(b))
  }

  return { find }
}

/** All that MiniSearch knows of the rows beside their words. */
function statisticsOf(pieces: readonly SearchPiece[], rows: readonly string[]): Omit<AsPlainObject, 'index'> {
  const lengths = pieces.flatMap((piece) => piece.lengths)
  const lengthsOf = (row: number) => lengths.slice(row * FIELDS.length, (row + 1) * FIELDS.length)
  const sum = (field: number) =>
    rows.reduce((all, _, row) => all + (lengths[row * FIELDS.length + field] ?? 0), 0)
  return {
    documentCount: rows.length,
    nextId: rows.length,
    documentIds: Object.fromEntries(rows.entries()),
    fieldIds: FIELD_IDS,
    fieldLength: Object.fromEntries(rows.map((_, row) => [row, lengthsOf(row)])),
    averageFieldLength: FIELDS.map((_, field) => sum(field) / rows.length),
    storedFields: {},
    dirtCount: 0,
    serializationVersion: 2,
  }
}
