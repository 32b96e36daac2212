/** What is said of a period: confirmed acts alone, by kind and by evidence, with the period before beside them. Pure. */
import type { Day } from '../base/time.ts'
import {
  type ActDay,
  type ActSum,
  daysWithin,
  inReviewOf,
  type NamedSum,
  sumOf,
  sumsBy,
  wholePercents,
} from './act-days.ts'
import { type Period, shifted } from './period.ts'

/** The surest first. */
export const TRUSTS = ['provider', 'gps', 'import', 'manual'] as const

export interface Share extends NamedSum {
  /** Whole percents of the grams, adding up to 100; of the acts where no act has grams. */
  readonly percent: number
}

export interface PeriodFigures {
  readonly sum: ActSum
  readonly trips: number
  readonly inReview: number
  readonly byKind: readonly Share[]
  /** In the order of `TRUSTS`; what a later build may add comes last. Without those that no act has. */
  readonly byTrust: readonly Share[]
  /** Those that assessed what counts here, the latest last: `sd-demo 2`. */
  readonly packs: readonly string[]
  /** The period before; undefined where it has no confirmed act. */
  readonly before: ActSum | undefined
}

/** @param days of the period and of the one before; others are left out */
export function periodFigures(days: readonly ActDay[], period: Period): PeriodFigures {
  const own = daysWithin(days, period)
  const before = sumOf(daysWithin(days, shifted(period, -1)))
  const byTrust = sumsBy(own, ({ trust }) => trust)
  const placeOf = ({ name }: NamedSum) => {
    const place = (TRUSTS as readonly string[]).indexOf(name)
    return place === -1 ? TRUSTS.length : place
  }
  return {
    sum: sumOf(own),
    trips: sumOf(own, ({ group }) => group === 'travel').acts,
    inReview: inReviewOf(own),
    byKind: withPercents(sumsBy(own, ({ code }) => code)),
    byTrust: withPercents(byTrust.toSorted((a, b) => placeOf(a) - placeOf(b))),
    packs: packsOf(own),
    before: before.acts > 0 ? before : undefined,
  }
}

function withPercents(sums: readonly NamedSum[]): Share[] {
  const counted = sums.filter(({ acts }) => acts > 0)
  const hasGrams = counted.some(({ grams }) => grams > 0)
  const percents = wholePercents(counted.map(({ grams, acts }) => (hasGrams ? grams : acts)))
  return counted.map((sum, index) => ({ ...sum, percent: percents[index] ?? 0 }))
}

function packsOf(days: readonly ActDay[]): string[] {
  const packs = days.flatMap(({ parts }) =>
    parts.flatMap(({ pack, acts }) => (pack && acts > 0 ? [pack] : [])),
  )
  return [...new Set(packs)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
}

/** `running` as long as its last day is not over, `ahead` before its first. */
export function stageOf({ from, to }: Period, today: Day): 'over' | 'running' | 'ahead' {
  if (from > today) return 'ahead'
  return to < today ? 'over' : 'running'
}
