/** Days with their confirmed acts, and sums over them. Pure: what the rows of the phone hold, in the words of these rules. */
import type { Day } from '../base/time.ts'
import type { Grams } from '../base/units.ts'

/** Confirmed acts of one day, kind and evidence, assessed by one pack. */
export interface ActPart {
  readonly code: string
  readonly group: string
  readonly trust: string
  /** `sd-demo 2`; empty where the record does not say. */
  readonly pack: string
  readonly acts: number
  readonly grams: Grams
  /** Counted, of trips. */
  readonly metres: number
}

export interface ActDay {
  readonly day: Day
  readonly parts: readonly ActPart[]
  /** Posted, and waiting for a person's verdict: they count for nothing yet. */
  readonly inReview: number
}

export interface ActSum {
  readonly acts: number
  readonly grams: Grams
  readonly metres: number
}

const NOTHING: ActSum = { acts: 0, grams: 0, metres: 0 }

function plus(sum: ActSum, part: ActSum): ActSum {
  return { acts: sum.acts + part.acts, grams: sum.grams + part.grams, metres: sum.metres + part.metres }
}

/** @param isOf which acts are meant; all of them by default */
export function sumOf(days: readonly ActDay[], isOf: (part: ActPart) => boolean = () => true): ActSum {
  // One object for all: ten thousand acts are summed up many times for a page of badges.
  const sum = { acts: 0, grams: 0, metres: 0 }
  for (const { parts } of days)
    for (const part of parts) {
      if (!isOf(part)) continue
      sum.acts += part.acts
      sum.grams += part.grams
      sum.metres += part.metres
    }
  return sum
}

export interface NamedSum extends ActSum {
  readonly name: string
}

/** By kind, evidence or pack: the most grams first, of equals the most acts, of those by name. The sums add up to the whole. */
export function sumsBy(days: readonly ActDay[], nameOf: (part: ActPart) => string): NamedSum[] {
  const sums = new Map<string, ActSum>()
  for (const { parts } of days)
    for (const part of parts) {
      const name = nameOf(part)
      sums.set(name, plus(sums.get(name) ?? NOTHING, part))
    }
  return [...sums]
    .map(([name, sum]) => ({ name, ...sum }))
    .sort((a, b) => b.grams - a.grams || b.acts - a.acts || (a.name < b.name ? -1 : 1))
}

export function inReviewOf(days: readonly ActDay[]): number {
  return days.reduce((count, { inReview }) => count + inReview, 0)
}

/** Days between two, both among them. */
export function daysWithin<T extends { readonly day: Day }>(
  days: readonly T[],
  { from, to }: { from: Day; to: Day },
): T[] {
  return days.filter(({ day }) => day >= from && day <= to)
}

/**
 * Whole percents that add up to 100: each rounded down, and what is left goes to those that lost most. All zero where the whole is.
 * @param values whole, not negative
 */
export function wholePercents(values: readonly number[]): number[] {
  const whole = values.reduce((sum, value) => sum + value, 0)
  if (whole === 0) return values.map(() => 0)
  const exact = values.map((value) => (value * 100) / whole)
  const percents = exact.map(Math.floor)
  const left = 100 - percents.reduce((sum, value) => sum + value, 0)
  const lost = exact.map((value, index) => ({ index, lost: value - Math.floor(value) }))
  lost.sort((a, b) => b.lost - a.lost || a.index - b.index)
  for (const { index } of lost.slice(0, left)) percents[index] = (percents[index] ?? 0) + 1
  return percents
}
