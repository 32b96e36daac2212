/** What points buy: one merchant's offer, versioned, with a budget that anyone can see. */
import type { CityId } from '../base/city.ts'
import type { MerchantId, OfferId } from '../base/ids.ts'
import type { Instant } from '../base/time.ts'
import type { Points } from '../base/units.ts'
import type { DrawTerms } from './draw.ts'
import type { OfferPicture } from './picture.ts'

/** 衣 食 住 行 用, and 捐赠. */
export const OFFER_CATEGORIES = ['clothing', 'food', 'home', 'travel', 'goods', 'donation'] as const

export type OfferCategory = (typeof OFFER_CATEGORIES)[number]

export interface Offer {
  readonly id: OfferId
  /** Counts up with every change of price or terms; a redemption names the one that the person saw. */
  readonly version: number
  readonly category: OfferCategory
  readonly titleZh: string
  readonly titleEn: string
  readonly termsZh: string
  readonly termsEn: string
  readonly merchantId: MerchantId
  readonly merchantZh: string
  readonly merchantEn: string
  readonly cities: readonly CityId[]
  readonly pricePoints: Points
  /** What the merchant is paid, in fen. */
  readonly valueFen: number
  readonly perPersonMax: number
  readonly validDays: number
  readonly endsAt: Instant
  /** Shown as 示例: no real shop stands behind it. */
  readonly sample: boolean
  /** `draw`: pieces are drawn among those who entered, and nobody has to be first. Absent: whoever comes has one. */
  readonly release?: 'open' | 'draw'
  readonly draw?: DrawTerms
  /** What one person may have of all offers together, in fen: in a week from Monday, in a year. */
  readonly perWeekFen?: number
  readonly perYearFen?: number
  /** When more comes, where that is known. */
  readonly restocksAt?: Instant
  /** Announced: nothing is handed out from here on, though it would have lasted until `endsAt`. */
  readonly stopsAt?: Instant
  /** Absent: the drawing of its category. */
  readonly picture?: OfferPicture
}

/** From when on nothing of it is handed out. */
export function offerEndsAt({ endsAt, stopsAt = endsAt }: Pick<Offer, 'endsAt' | 'stopsAt'>): Instant {
  return Math.min(endsAt, stopsAt)
}

/** What is left of an offer, as the backend last told. */
export interface OfferStock {
  readonly total: number
  readonly remaining: number
  readonly budgetFen: number
  readonly spentFen: number
}
