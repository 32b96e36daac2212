/** What one person may have of all offers together, in fen, in a week from Monday and in a year; what is given back does not count. */
import { dayOf, type Instant, weekOfDay, yearOfDay } from '../base/time.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import type { Offer } from './offer.ts'

type Limited = Pick<Offer, 'valueFen' | 'perWeekFen' | 'perYearFen'>
type Sums = Pick<Ledger, 'weekFen' | 'yearFen'>

/** What has been had in the week and in the year of that time. */
function fenHad({ weekFen = {}, yearFen = {} }: Sums, at: Instant): { week: number; year: number } {
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

/** Why not one more, if so: the code of the refusal and its numbers. */
export function valueLimitReached(
  offer: Limited,
  sums: Sums,
  now: Instant,
): { code: 'week_value_limit' | 'year_value_limit'; numbers: { limit: number; used: number } } | undefined {
  const { week = offer.valueFen, year = offer.valueFen } = fenLeft(offer, sums, now)
  const had = fenHad(sums, now)
  if (week < offer.valueFen)
    return { code: 'week_value_limit', numbers: { limit: offer.perWeekFen ?? 0, used: had.week } }
  if (year < offer.valueFen)
    return { code: 'year_value_limit', numbers: { limit: offer.perYearFen ?? 0, used: had.year } }
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
