/** What one person may have of all offers together, in fen, in a week from Monday and in a year; what is given back does not count. */
import { dayOf, type Instant, weekOfDay, yearOfDay } from '../base/time.ts'
import { type Decision, refuse } from '../ledger/decision.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import type { Offer } from './offer.ts'

type Limited = Pick<Offer, 'valueFen' | 'perWeekFen' | 'perYearFen'>
type Sums = Pick<Ledger, 'weekFen' | 'yearFen'>

/** What has been had in the week and in the year of that time. */
export function fenHad({ weekFen = {}, yearFen = {} }: Sums, at: Instant): { week: number; year: number } {
  const day = dayOf(at)
  return { week: weekFen[weekOfDay(day)] ?? 0, year: yearFen[yearOfDay(day)] ?? 0 }
}

/** What may still be had at that time; undefined where nothing is said. */
export function fenLeft(offer: Limited, sums: Sums, at: Instant): { week?: number; year?: number } {
  const had = fenHad(sums, at)
  const { perWeekFen, perYearFen } = offer
  return {
    ...(perWeekFen === undefined ? {} : { week: Math.max(0, perWeekFen - had.week) }),
    ...(perYearFen === undefined ? {} : { year: Math.max(0, perYearFen - had.year) }),
  }
}

/** Undefined: both leave room for one more. */
export function valueLimitReached(offer: Limited, ledger: Ledger, now: Instant): Decision | undefined {
  const { week = Number.POSITIVE_INFINITY, year = Number.POSITIVE_INFINITY } = fenLeft(offer, ledger, now)
  const had = fenHad(ledger, now)
  if (week < offer.valueFen)
    return refuse('week_value_limit', { limit: offer.perWeekFen ?? 0, used: had.week })
  if (year < offer.valueFen)
    return refuse('year_value_limit', { limit: offer.perYearFen ?? 0, used: had.year })
  return undefined
}

/** Had at that time; negative for what was had then and is given back. A sum of nothing is absent, as in a ledger that never had any. */
export function addFen(ledger: Ledger, fen: number, at: Instant): void {
  const day = dayOf(at)
  for (const [sums, key] of [
    ['weekFen', weekOfDay(day)],
    ['yearFen', yearOfDay(day)],
  ] as const) {
    const { [key]: before = 0, ...others } = ledger[sums] ?? {}
    const next = before + fen > 0 ? { ...others, [key]: before + fen } : others
    if (Object.keys(next).length > 0) ledger[sums] = next
    else delete ledger[sums]
  }
}
