/** The form as the offer that people would see: what is not filled in yet shows as nothing, so that the preview is there from the first letter. */
import { type OfferFacts, offerFacts } from '../../../components/offer/offer-facts.ts'
import type { MerchantId, OfferId } from '../../../domain/base/ids.ts'
import type { Instant } from '../../../domain/base/time.ts'
import type { Offer, OfferStock } from '../../../domain/offers/offer.ts'
import type { fenLeft } from '../../../domain/offers/value-limits.ts'
import { timeIn } from '../../local-time.ts'
import { endOf, fen, type OfferForm, startOf } from './offer-form.ts'

const NOTHING_YET = '—'

/** @param of the offer that is there, whose shop is known by name. */
export function previewOf(form: OfferForm, of: Offer | undefined): Offer {
  const { category, cities, drawPieces, picture, altZh, altEn } = form
  const endsAt = endOf(form.lastDay) ?? 0
  const shop = form.merchantId || NOTHING_YET
  const [weekFen, yearFen, restocksAt] = [fen(form.weekYuan), fen(form.yearYuan), startOf(form.restockDay)]
  const draw = { opensAt: timeIn(form.drawOpens) ?? 0, closesAt: timeIn(form.drawCloses) ?? 0 }
  return {
    ...{
      id: form.id as OfferId,
      version: form.base + 1,
      category,
      cities,
      endsAt,
      sample: of?.sample ?? false,
    },
    ...{ titleZh: form.titleZh || NOTHING_YET, titleEn: form.titleEn || NOTHING_YET },
    ...{ termsZh: form.termsZh, termsEn: form.termsEn, merchantId: form.merchantId as MerchantId },
    ...{ merchantZh: of?.merchantZh ?? shop, merchantEn: of?.merchantEn ?? shop },
    ...{ pricePoints: form.pricePoints ?? 0, valueFen: fen(form.valueYuan) ?? 0 },
    ...{ perPersonMax: form.perPersonMax ?? 0, validDays: form.validDays ?? 0 },
    ...(form.release === 'draw'
      ? { release: 'draw' as const, draw: { ...draw, pieces: drawPieces ?? 0, commitment: '' } }
      : {}),
    ...(weekFen === null ? {} : { perWeekFen: weekFen }),
    ...(yearFen === null ? {} : { perYearFen: yearFen }),
    ...(restocksAt === undefined ? {} : { restocksAt }),
    ...(picture ? { picture: { ...picture, altZh, altEn } } : {}),
  }
}

/** @param left of an offer that is there. */
export function previewStock(form: OfferForm, left: OfferStock | undefined): OfferStock {
  if (left) return left
  const pieces = form.pieces ?? 0
  return { total: pieces, remaining: pieces, budgetFen: fen(form.budgetYuan) ?? 0, spentFen: 0 }
}

/**
 * For whoever has the points and has had nothing yet.
 * @param left what such a person may still have of all offers, in fen.
 */
export function previewFacts(
  row: { offer: Offer; stock: OfferStock },
  { left, ...rest }: { left: ReturnType<typeof fenLeft>; now: Instant; pointsPerGram: number },
): OfferFacts {
  const facts = offerFacts(row, { ...rest, spendable: row.offer.pricePoints, had: 0, fenLeft: left })
  return isUntyped(row, facts.state) ? { ...facts, state: 'open' } : facts
}

/** What nobody has filled in yet is neither used up nor over. */
function isUntyped(
  { offer, stock }: { offer: Offer; stock: OfferStock },
  state: OfferFacts['state'],
): boolean {
  if (state === 'ended') return offer.endsAt === 0
  if (state === 'sold_out') return stock.total === 0
  return state === 'budget_spent' && stock.budgetFen === 0
}
