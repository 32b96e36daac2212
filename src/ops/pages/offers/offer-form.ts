/** An offer as it stands in the desk's form, in yuan and days, and as it is sent, in fen and instants. */
import { type OfferDraft, offerDraftSchema } from '../../../contract/desk/offers.ts'
import type { PictureBrought } from '../../../contract/desk/pictures.ts'
import type { CityId } from '../../../domain/base/city.ts'
import { addDays, type Day, dayOf, type Instant, isRealDay, startOfDay } from '../../../domain/base/time.ts'
import type { Offer, OfferCategory } from '../../../domain/offers/offer.ts'
import type { ChosenPicture } from '../../chosen-file.ts'
import type { TypedNumbers } from '../../desk-draft.ts'
import { readForm } from '../../form-faults.ts'
import { localTime, timeIn } from '../../local-time.ts'

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
  /** Whoever comes has one, or they are drawn. The fields of the other way stay as they were typed. */
  release: 'open' | 'draw'
  /** `2026-11-29T18:00`, in Shandong. */
  drawOpens: string
  drawCloses: string
  drawPieces: number | null
  weekYuan: number | null
  yearYuan: number | null
  /** Empty: nothing is said of it. */
  restockDay: string
  picture: PictureBrought | null
  /** Chosen and made small, and not at the backend yet; takes the place of the one before once it is. */
  pictureToBring: ChosenPicture | null
  altZh: string
  altEn: string
  typed: TypedNumbers
}

/** What can be wrong by itself. */
export type OfferField = Exclude<keyof OfferForm, 'typed'>

export const FEN_PER_YUAN = 100

/** Until when a new one runs, unless the clerk says otherwise. */
const DAYS_AT_FIRST = 90
const DAYS_OF_DRAW = 7

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
    ...emptyOptions(today),
  }
}

/** A draw begins tomorrow and goes on for a week, unless the clerk says otherwise. */
function emptyOptions(today: Day) {
  return {
    ...{ release: 'open' as const, altZh: '', altEn: '', typed: {} },
    drawOpens: `${addDays(today, 1)}T08:00`,
    drawCloses: `${addDays(today, 1 + DAYS_OF_DRAW)}T20:00`,
    drawPieces: null,
    ...{ weekYuan: null, yearYuan: null, restockDay: '', picture: null, pictureToBring: null },
  }
}

export function offerFormOf(offer: Offer, today: Day): OfferForm {
  const { id, version: base, category, titleZh, titleEn, termsZh, termsEn } = offer
  const { merchantId, cities, pricePoints, perPersonMax, validDays } = offer
  return {
    ...{ id, base, category, titleZh, titleEn, termsZh, termsEn, merchantId },
    ...{ cities: [...cities], pricePoints, perPersonMax, validDays },
    valueYuan: offer.valueFen / FEN_PER_YUAN,
    lastDay: dayOf(offer.endsAt - 1),
    ...{ pieces: null, budgetYuan: null },
    ...optionsIn(offer, today),
  }
}

function optionsIn({ draw, perWeekFen, perYearFen, restocksAt, picture }: Offer, today: Day) {
  return {
    ...emptyOptions(today),
    ...(draw
      ? {
          ...{ release: 'draw' as const, drawPieces: draw.pieces },
          ...{ drawOpens: localTime(draw.opensAt), drawCloses: localTime(draw.closesAt) },
        }
      : {}),
    weekYuan: yuanIn(perWeekFen),
    yearYuan: yuanIn(perYearFen),
    restockDay: restocksAt === undefined ? '' : dayOf(restocksAt),
    picture: picture
      ? { digest: picture.digest, type: picture.type, width: picture.width, height: picture.height }
      : null,
    altZh: picture?.altZh ?? '',
    altEn: picture?.altEn ?? '',
  }
}

function yuanIn(sum: number | undefined): number | null {
  return sum === undefined ? null : sum / FEN_PER_YUAN
}

/** Where members of the draft stand in the form. */
const FIELD_OF: Readonly<Record<string, OfferField>> = {
  valueFen: 'valueYuan',
  endsAt: 'lastDay',
  stock: 'budgetYuan',
  'stock.pieces': 'pieces',
  'stock.budgetFen': 'budgetYuan',
  'options.draw': 'release',
  'options.draw.opensAt': 'drawOpens',
  'options.draw.closesAt': 'drawCloses',
  'options.draw.pieces': 'drawPieces',
  'options.perWeekFen': 'weekYuan',
  'options.perYearFen': 'yearYuan',
  'options.restocksAt': 'restockDay',
  'options.picture': 'picture',
  'options.picture.digest': 'picture',
  'options.picture.altZh': 'altZh',
  'options.picture.altEn': 'altEn',
}

const FIELDS: ReadonlySet<string> = new Set(Object.keys(emptyOfferForm('2026-01-01')))

export function fieldOfOffer(member: string): OfferField | '' {
  const whole = member.replace(/^(cities)\..*/, '$1')
  return FIELD_OF[whole] ?? (FIELDS.has(whole) ? (whole as OfferField) : '')
}

/** The draft, or the fields that are in its way. */
export function readOfferForm(
  form: OfferForm,
): { readonly draft: OfferDraft } | { readonly faults: ReadonlySet<OfferField | ''> } {
  const { id, base, category, titleZh, titleEn, termsZh, termsEn, merchantId } = form
  const { cities, pricePoints, perPersonMax, validDays, pieces } = form
  const read = readForm(offerDraftSchema, {
    ...{ id, base, category, titleZh, titleEn, termsZh, termsEn, merchantId },
    ...{ cities, pricePoints, perPersonMax, validDays },
    valueFen: fen(form.valueYuan),
    endsAt: endOf(form.lastDay),
    ...(base === 0 ? { stock: { pieces, budgetFen: fen(form.budgetYuan) } } : {}),
    options: optionsOf(form),
  })
  const faults = 'faults' in read ? [...read.faults].map(fieldOfOffer) : []
  // Nobody who chose a picture means to publish without it.
  if (form.pictureToBring) faults.push('pictureToBring')
  return 'value' in read && faults.length === 0 ? { draft: read.value } : { faults: new Set(faults) }
}

function optionsOf(form: OfferForm): object {
  const { release, drawOpens, drawCloses, drawPieces, weekYuan, yearYuan, restockDay } = form
  const { picture, altZh, altEn } = form
  const draw = { opensAt: timeIn(drawOpens), closesAt: timeIn(drawCloses), pieces: drawPieces }
  return {
    ...(release === 'draw' ? { draw } : {}),
    ...(weekYuan === null ? {} : { perWeekFen: fen(weekYuan) }),
    ...(yearYuan === null ? {} : { perYearFen: fen(yearYuan) }),
    ...(restockDay === '' ? {} : { restocksAt: startOf(restockDay) }),
    ...(picture ? { picture: { digest: picture.digest, altZh, altEn } } : {}),
  }
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

export function startOf(day: string): Instant | undefined {
  return isRealDay(day) ? startOfDay(day) : undefined
}
