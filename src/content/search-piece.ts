/**
 * A piece of the search's index: of one city's pack, or of the guides. Made at build time of what comes with the app, and by the same function
 * on the phone of a pack that came later. Texts, not tables, so that a phone takes it in without touching each of its thousands of words.
 */
import { plain } from './guides/bin-search.ts'
import type { SearchRow } from './search-rows.ts'
import { tokenize } from './tokens.ts'

export const FIELDS = ['titleZh', 'titleEn', 'names', 'bodyZh', 'bodyEn', 'extra'] as const
const [BLANK, RADIX] = [' ', 36]
/** Records at a time: at four times slowed they take less than a frame. */
const SLICE = 6

export interface SearchPiece {
  /** Names what it was made of: a pack with its version. */
  readonly of: string
  /** Its words, sorted by code unit, with blanks between. */
  readonly terms: string
  /** For each word, where it stands: places (row × number of fields + field), each less the one before, base 36, with commas between. */
  readonly postings: string
  /** How many different words each field of each row has, row by row. */
  readonly lengths: readonly number[]
  /** Rows by each of their names, of guides alone. */
  readonly names: Readonly<Record<string, readonly number[]>>
}

/** The way to each piece that was made at build time, by name: of its city, or `guides`. */
export type BuiltPieces = Readonly<Record<string, () => Promise<{ readonly default: SearchPiece }>>>

/** What a page must wait for between two slices of work, so that nobody's typing waits for it. */
export type Pause = () => Promise<void>

export async function makePiece(of: string, rows: readonly SearchRow[], pause: Pause): Promise<SearchPiece> {
  const places = new Map<string, number[]>()
  const lengths: number[] = []
  const names: Record<string, number[]> = {}
  for (const [at, row] of rows.entries()) {
    if (at % SLICE === 0) await pause()
    for (const [field, name] of FIELDS.entries()) {
      const terms = tokenize(name === 'names' ? (row.names?.join(' ') ?? '') : row[name])
      lengths.push(terms.length)
      for (const term of terms) {
        const known = places.get(term)
        if (known) known.push(at * FIELDS.length + field)
        else places.set(term, [at * FIELDS.length + field])
      }
    }
    if (isOfGuide(row)) for (const name of namesOf(row)) names[name] = [...(names[name] ?? []), at]
  }
  const terms = [...places.keys()].sort()
  const postings = terms.map((term) => packed(places.get(term) ?? []))
  return { of, terms: terms.join(BLANK), postings: postings.join(BLANK), lengths, names }
}

export function isOfGuide({ kind }: SearchRow): boolean {
  return kind === 'bin' || kind === 'subsidy' || kind === 'checklist'
}

/** "Power bank" is also a powerbank. */
export function closed(name: string): string {
  return name.replace(/[\s-]/g, '')
}

function namesOf(row: SearchRow): Set<string> {
  const names = [row.titleZh, row.titleEn, ...(row.names ?? [])]
  return new Set(names.map((name) => closed(plain(name))))
}

function packed(places: readonly number[]): string {
  return places.map((place, at) => (place - (places[at - 1] ?? 0)).toString(RADIX)).join(',')
}

function unpacked(text: string): number[] {
  let place = 0
  return text.split(',').map((step) => {
    place += Number.parseInt(step, RADIX)
    return place
  })
}

/** A piece that can be asked for a word. */
interface OpenPiece {
  readonly terms: readonly string[]
  /** Where the first word at or after `term` stands among them. */
  firstAt(term: string): number
  placesOf(at: number): readonly number[]
}

export function openPiece(piece: SearchPiece): OpenPiece {
  const terms = piece.terms.split(BLANK)
  const postings = piece.postings.split(BLANK)
  return {
    terms,
    firstAt(term) {
      let [from, to] = [0, terms.length]
      while (from < to) {
        const middle = (from + to) >> 1
        if ((terms[middle] as string) < term) from = middle + 1
        else to = middle
      }
      return from
    },
    placesOf: (at) => unpacked(postings[at] as string),
  }
}
