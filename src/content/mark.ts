/** Where in a text the words stand that were asked for. */
import { foldHan } from './han.ts'

/** A text and the stretches of it that matched, as [start, end) in UTF-16 units. */
export interface Marked {
  readonly text: string
  readonly ranges: readonly (readonly [number, number])[]
}

/** Finds the terms in the text and joins what overlaps or touches. */
export function mark(text: string, terms: readonly string[]): Marked {
  const lower = foldHan(text.toLowerCase())
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

/** Two lines of a phone show about this much; what matched later would not be seen. A Latin letter is half as wide. */
const HAN_SEEN = 36
const LATIN_SEEN = 72
const CLAUSE_ENDS = ['。', '；', '，', '. ', '; ', ', ']

/** From the clause of the first match on, where that would otherwise be cut off. */
export function startingNear({ text, ranges }: Marked): Marked {
  const seen = /\p{Script=Han}/u.test(text) ? HAN_SEEN : LATIN_SEEN
  const first = ranges[0]?.[0] ?? 0
  if (first <= seen) return { text, ranges }
  const before = text.slice(0, first)
  const clause = Math.max(
    ...CLAUSE_ENDS.map((end) => (before.includes(end) ? before.lastIndexOf(end) + end.length : 0)),
  )
  const from = first - clause <= seen ? clause : first - seen / 2
  // The ellipsis takes the place of one character.
  const shift = from - 1
  return {
    text: `…${text.slice(from)}`,
    ranges: ranges.map(([at, end]) => [at - shift, end - shift] as const),
  }
}
