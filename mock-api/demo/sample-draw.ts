/** The demo's draw: one each day until eight in the evening, so that whoever tries it sees how it comes out. No real shop stands behind it. */
import { CITY_IDS } from '../../src/domain/base/city.ts'
import type { MerchantId, OfferId } from '../../src/domain/base/ids.ts'
import {
  addDays,
  DAY_MS,
  dayOf,
  daysBetween,
  HOUR_MS,
  type Instant,
  startOfDay,
} from '../../src/domain/base/time.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import type { SampleOffer } from './seed-offers.ts'

const CLOSES_AT_HOUR = 20
const PIECES = 3
const VALUE_FEN = 60
/** Versions count the days from here. */
const FIRST_DAY = '2026-01-01'
/** For years of draws, of which each takes a few. */
const STOCK = 5000

export function sampleDraw(now: Instant): SampleOffer {
  const today = dayOf(now)
  const tonight = startOfDay(today) + CLOSES_AT_HOUR * HOUR_MS
  const day = now < tonight ? today : addDays(today, 1)
  const closesAt = startOfDay(day) + CLOSES_AT_HOUR * HOUR_MS
  const offer: Offer = {
    id: 'garden-tomatoes' as OfferId,
    version: daysBetween(FIRST_DAY, day) + 1,
    category: 'food',
    titleZh: '示例菜园小番茄一份',
    titleEn: 'Sample: a bowl of garden tomatoes',
    termsZh: '每天抽三份，到店出示。',
    termsEn: 'Three bowls are drawn each day; show at the counter.',
    merchantId: 'sample-grocer' as MerchantId,
    merchantZh: '示例便利店',
    merchantEn: 'Sample Grocer',
    cities: CITY_IDS,
    pricePoints: 60,
    valueFen: VALUE_FEN,
    perPersonMax: 1000,
    validDays: 14,
    endsAt: closesAt + 30 * DAY_MS,
    sample: true,
    release: 'draw',
    // The commitment is the backend's, which knows the secret: it puts it in.
    draw: { opensAt: closesAt - DAY_MS, closesAt, pieces: PIECES, commitment: '0'.repeat(64) },
    perWeekFen: 5000,
    perYearFen: 60_000,
  }
  return { offer, total: STOCK, budgetFen: STOCK * VALUE_FEN }
}
