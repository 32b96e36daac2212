/** An offer as it stands in the desk's form, in yuan and days, and as it is sent, in fen and instants. */
import { type OfferDraft, offerDraftSchema } from '../../../contract/desk/offers.ts'
import type { CityId } from '../../../domain/base/city.ts'
import { addDays, type Day, dayOf, type Instant, isRealDay, startOfDay } from '../../../domain/base/time.ts'
import type { Offer, OfferCategory } from '../../../domain/offers/offer.ts'
import { readForm } from '../../form-faults.ts'

/** Numbers are null while nothing, or nothing that is one, stands in their field. */
export interface OfferForm {
  id: string
  base: number
  category: OfferCategory
  titleZh: string
  titleEn: string
  termsZh: string
  termsEn: string
  merchantId: string
  cities: CityId[]
  pricePoints: number | null
  valueYuan: number | null
  perPersonMax: number | null
  validDays: number | null
  /** The last day on which it can be had. */
  lastDay: string
  pieces: number | null
  budgetYuan: number | null
}

export const FEN_PER_YUAN = 100

/** Until when a new one runs, unless the clerk says otherwise. */
const DAYS_AT_FIRST = 90

export function emptyOfferForm(today: Day): OfferForm {
  return {
    ...{ id: '', base: 0, category: 'food', titleZh: '', titleEn: '', termsZh: '', termsEn: '' },
    ...{ merchantId: '', cities: [] },
    ...{
      pricePoints: null,
      valueYuan: null,
      perPersonMax: 1,
      validDays: 30,
      lastDay: addDays(today, DAYS_AT_FIRST),
    },
    ...{ pieces: null, budgetYuan: null },
  }
}

export function offerFormOf(offer: Offer): OfferForm {
  const { id, version: base, category, titleZh, titleEn, termsZh, termsEn } = offer
  const { merchantId, cities, pricePoints, perPersonMax, validDays } = offer
  return {
    ...{ id, base, category, titleZh, titleEn, termsZh, termsEn, merchantId },
    ...{ cities: [...cities], pricePoints, perPersonMax, validDays },
    valueYuan: offer.valueFen / FEN_PER_YUAN,
    lastDay: dayOf(offer.endsAt - 1),
    ...{ pieces: null, budgetYuan: null },
  }
}

/** Where members of the draft stand in the form. */
const FIELD_OF: Readonly<Record<string, keyof OfferForm>> = {
  valueFen: 'valueYuan',
  endsAt: 'lastDay',
  stock: 'budgetYuan',
  'stock.pieces': 'pieces',
  'stock.budgetFen': 'budgetYuan',
}

const FIELDS: ReadonlySet<string> = new Set(Object.keys(emptyOfferForm('2026-01-01')))

export function fieldOfOffer(member: string): keyof OfferForm | '' {
  const whole = member.replace(/^(cities)\..*/, '$1')
  return FIELD_OF[whole] ?? (FIELDS.has(whole) ? (whole as keyof OfferForm) : '')
}

/** The draft, or the fields that are in its way. */
export function readOfferForm(
  form: OfferForm,
): { readonly draft: OfferDraft } | { readonly faults: ReadonlySet<keyof OfferForm | ''> } {
  const { valueYuan, lastDay, pieces, budgetYuan, ...same } = form
  const read = readForm(offerDraftSchema, {
    ...same,
    valueFen: fen(valueYuan),
    endsAt: endOf(lastDay),
    ...(form.base === 0 ? { stock: { pieces, budgetFen: fen(budgetYuan) } } : {}),
  })
  return 'value' in read ? { draft: read.value } : { faults: new Set([...read.faults].map(fieldOfOffer)) }
}

export function fen(yuan: number | null): number | null {
  return yuan === null ? null : Math.round(yuan * FEN_PER_YUAN)
}

/** 12.50, as a sum is read and exported. */
export function yuanOf(sum: number): string {
  return (sum / FEN_PER_YUAN).toFixed(2)
}

/** Of the day, in Shandong; undefined where no day stands there yet. */
export function endOf(lastDay: string): Instant | undefined {
  return isRealDay(lastDay) ? startOfDay(addDays(lastDay, 1)) : undefined
}
