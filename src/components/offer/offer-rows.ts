/** The facts of an offer's page, one a line: worth, shop, validity, limits of a person's, what is left, where, and until when. Pure. */
import type { Offer, OfferStock } from '../../domain/offers/offer.ts'
import { formatFen, formatNumber } from '../../text/format.ts'
import { formatFullDate } from '../../text/format-date.ts'
import type { Language } from '../../text/language.ts'
import { offersMoreText } from '../../text/rewards/offers-more.ts'
import { rewardsText } from '../../text/rewards/rewards.ts'
import type { OfferFacts } from './offer-facts.ts'

interface OfferRow {
  readonly key: string
  readonly label: string
  readonly value: string
  readonly note?: string
}

interface Known {
  readonly offer: Offer
  readonly stock: OfferStock
  readonly facts: Pick<OfferFacts, 'fenPerKg' | 'had'>
  /** What the person may still have of all offers. */
  readonly left: { readonly week?: number; readonly year?: number }
  /** By name. */
  readonly cities: string
}

export function offerRows({ offer, stock, facts, left, cities }: Known, language: Language): OfferRow[] {
  const t = rewardsText[language]
  const whole = (value: number): string => formatNumber(value, language, 0)
  const money = (fen: number): string => formatFen(fen, language)
  return [
    { key: 'value', label: t.value, value: money(offer.valueFen), note: t.rateOf(money(facts.fenPerKg)) },
    { key: 'merchant', label: t.merchant, value: language === 'en' ? offer.merchantEn : offer.merchantZh },
    { key: 'validity', label: t.validity, value: t.validFor(offer.validDays) },
    ...limitRows(offer, left, language),
    { key: 'person', label: t.perPerson, value: t.perPersonOf(facts.had, offer.perPersonMax) },
    ...(offer.release === 'draw'
      ? []
      : [{ key: 'stock', label: t.stock, value: t.stockOf(whole(stock.remaining), whole(stock.total)) }]),
    {
      key: 'budget',
      label: t.budget,
      value: t.budgetOf(money(stock.budgetFen - stock.spentFen), money(stock.budgetFen)),
    },
    { key: 'cities', label: t.cities, value: cities },
    { key: 'ends', label: t.ends, value: formatFullDate(offer.endsAt - 1, language) },
  ]
}

/** What one person may have of all offers together, before it bites. */
function limitRows(
  { perWeekFen, perYearFen }: Offer,
  { week, year }: Known['left'],
  language: Language,
): OfferRow[] {
  const t = offersMoreText[language]
  const line = (key: string, label: string, all: number | undefined, left: number | undefined) =>
    all === undefined || left === undefined
      ? []
      : [{ key, label, value: t.limitOf(formatFen(all, language), formatFen(left, language)) }]
  return [...line('week', t.weekLimit, perWeekFen, week), ...line('year', t.yearLimit, perYearFen, year)]
}
