/** The sample data itself. No real shop stands behind any of it: every title says 示例, and every offer carries `sample`. */
import { CITY_IDS, type CityId } from '../../src/domain/base/city.ts'
import type { MerchantId, OfferId } from '../../src/domain/base/ids.ts'
import { SD_DEMO_V2 } from '../../src/domain/methodology/packs/index.ts'
import type { Offer, OfferCategory } from '../../src/domain/offers/offer.ts'

type Names = readonly [zh: string, en: string]

interface SampleMerchant {
  readonly merchantId: MerchantId
  readonly nameZh: string
  readonly nameEn: string
  readonly city: CityId
  readonly branches: readonly Names[]
}

/** Without branches said, it has one, of its own name. */
const merchant = (
  merchantId: string,
  names: Names,
  city: CityId,
  branches: readonly Names[] = [names],
): SampleMerchant => ({
  merchantId: merchantId as MerchantId,
  nameZh: names[0],
  nameEn: names[1],
  city,
  branches,
})

export const SAMPLE_MERCHANTS: readonly SampleMerchant[] = [
  merchant('sample-cafe', ['示例咖啡店', 'Sample Café'], 'jinan', [
    ['示例咖啡店泉边店', 'Sample Café by the Spring'],
    ['示例咖啡店车站店', 'Sample Café at the Station'],
  ]),
  merchant('sample-bike', ['示例单车行', 'Sample Bicycle Shop'], 'qingdao'),
  merchant('sample-grocer', ['示例便利店', 'Sample Grocer'], 'weifang'),
  merchant('sample-tailor', ['示例裁缝铺', 'Sample Tailor'], 'zibo'),
  merchant('sample-forest', ['示例公益林', 'Sample Community Forest'], 'binzhou'),
]

/** Sample offers do not run out while somebody tries the demo: the end of 2030. */
const ENDS_AT = Date.parse('2031-01-01T00:00:00+08:00')

interface Draft {
  readonly id: string
  readonly category: OfferCategory
  readonly merchant: string
  readonly title: readonly [zh: string, en: string]
  readonly terms: readonly [zh: string, en: string]
  readonly points: number
  /** Absent: the first. */
  readonly version?: number
  readonly stock: number
  readonly perPerson: number
  readonly validDays: number
  readonly limits?: Pick<Offer, 'perWeekFen' | 'perYearFen'>
}

export interface SampleOffer {
  readonly offer: Offer
  readonly total: number
  readonly budgetFen: number
}

/** Each is worth what its points are by the published rate. Some are small, so that a first day is enough for one. */
const drafts: readonly Draft[] = [
  {
    id: 'coffee-tasting',
    version: 2, // the first said ten times what its points are worth
    category: 'food',
    merchant: 'sample-cafe',
    title: ['示例咖啡小杯品尝', 'Sample: a small coffee to taste'],
    terms: ['到店出示，限一小杯。', 'Show at the counter; one small cup.'],
    points: 50,
    stock: 500,
    perPerson: 3,
    validDays: 30,
  },
  {
    id: 'steamed-bun',
    version: 2, // the first said ten times what its points are worth
    category: 'food',
    merchant: 'sample-grocer',
    title: ['示例杂粮馒头一个', 'Sample: one whole-grain bun'],
    terms: ['到店出示，售完为止。', 'Show at the counter, while there are any.'],
    points: 60,
    stock: 400,
    perPerson: 5,
    validDays: 14,
  },
  {
    id: 'coffee-medium',
    category: 'food',
    merchant: 'sample-cafe',
    title: ['示例咖啡中杯兑换券', 'Sample: a medium coffee'],
    terms: ['自带杯另减两元。', 'Two yuan off with your own cup.'],
    points: 1200,
    stock: 200,
    perPerson: 10,
    validDays: 60,
  },
  {
    id: 'bike-day',
    category: 'travel',
    merchant: 'sample-bike',
    title: ['示例单车一日骑行卡', 'Sample: a day of cycling'],
    terms: ['当天内不限次数，每次一小时以内。', 'Any number of rides of up to an hour on one day.'],
    points: 800,
    stock: 300,
    perPerson: 10,
    validDays: 30,
  },
  {
    id: 'bus-ticket',
    category: 'travel',
    merchant: 'sample-bike',
    title: ['示例公交车票一张', 'Sample: one bus ticket'],
    terms: ['凭码在示例窗口领取。', 'Collect at the sample counter.'],
    points: 300,
    stock: 500,
    perPerson: 10,
    validDays: 30,
  },
  {
    id: 'tote-bag',
    category: 'goods',
    merchant: 'sample-grocer',
    title: ['示例帆布购物袋', 'Sample: a canvas shopping bag'],
    terms: ['颜色随机，每人一个。', 'Colours vary; one each.'],
    points: 1500,
    stock: 100,
    perPerson: 1,
    validDays: 60,
  },
  {
    id: 'led-bulb',
    version: 2, // the first had no limit of a person's over all offers
    limits: { perWeekFen: 5000, perYearFen: 60_000 },
    category: 'home',
    merchant: 'sample-grocer',
    title: ['示例节能灯泡一只', 'Sample: one LED bulb'],
    terms: ['E27 灯头，五瓦。', 'E27, five watts.'],
    points: 1000,
    stock: 120,
    perPerson: 4,
    validDays: 60,
  },
  {
    id: 'mending',
    category: 'clothing',
    merchant: 'sample-tailor',
    title: ['示例衣物缝补一件', 'Sample: one garment mended'],
    terms: ['改裤脚、缝扣子、补破洞任选一项。', 'A hem, a button or a hole.'],
    points: 600,
    stock: 80,
    perPerson: 4,
    validDays: 60,
  },
  {
    id: 'tree-share',
    version: 2, // the first said ten times what its points are worth
    category: 'donation',
    merchant: 'sample-forest',
    title: ['示例公益林捐一份', 'Sample: a share in the community forest'],
    terms: ['捐出的积分不退回。', 'Donated points are not returned.'],
    points: 55,
    stock: 1000,
    perPerson: 50,
    validDays: 1,
  },
]

export const SAMPLE_OFFERS: readonly SampleOffer[] = drafts.map((draft) => {
  const valueFen = fenOf(draft.points)
  const shop = SAMPLE_MERCHANTS.find(({ merchantId }) => merchantId === draft.merchant) as SampleMerchant
  return {
    offer: {
      id: draft.id as OfferId,
      version: draft.version ?? 1,
      category: draft.category,
      titleZh: draft.title[0],
      titleEn: draft.title[1],
      termsZh: draft.terms[0],
      termsEn: draft.terms[1],
      merchantId: shop.merchantId,
      merchantZh: shop.nameZh,
      merchantEn: shop.nameEn,
      cities: CITY_IDS,
      pricePoints: draft.points,
      valueFen,
      perPersonMax: draft.perPerson,
      validDays: draft.validDays,
      endsAt: ENDS_AT,
      sample: true,
      ...draft.limits,
    },
    total: draft.stock,
    budgetFen: draft.stock * valueFen,
  }
})

/** By the rate that the rewards page shows. */
function fenOf(points: number): number {
  return Math.floor((points * 100) / SD_DEMO_V2.reward.pointsPerYuan.value)
}
