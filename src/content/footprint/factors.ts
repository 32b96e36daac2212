/**
 * What one unit of each answer emits, in grams of CO₂e: low, central, high, how sure it is, and where it comes from. Factors that a
 * methodology pack knows are the pack's, so that one thing has one figure in the app. Where no source is known there is no factor: see `NOT_COUNTED`.
 */
import type { Factor, FactorClass, Pack, Source } from '../../domain/methodology/pack.ts'
import { methodologyOf } from '../../domain/methodology/pack.ts'

export type FactorName =
  | 'electricity'
  | 'gas'
  | 'heat'
  | 'petrol'
  | 'bus'
  | 'metro'
  | 'flight'
  | 'redMeat'
  | 'whiteMeat'

export interface EmissionFactor {
  /** Grams of CO₂e per kWh, m³, GJ, litre, km, hour in the air, kg: see `ANSWERS`. */
  readonly low: number
  readonly central: number
  readonly high: number
  /** False where the source gives one figure and no range. */
  readonly rangeKnown: boolean
  readonly class: FactorClass
  readonly source: Source
}

/** Kept out, because nothing reliable was found that a person here could be counted by. */
export const NOT_COUNTED = ['goods', 'otherFood', 'train', 'building', 'public', 'heatByArea'] as const

const GAS: EmissionFactor = {
  low: 2114,
  central: 2162,
  high: 2270,
  rangeKnown: true,
  class: 'D',
  source: {
    titleZh: '工业其他行业企业温室气体排放核算方法与报告指南（试行）',
    titleEn: 'Guidelines for greenhouse gas accounting of other industrial enterprises (trial)',
    publisherZh: '国家发展改革委',
    publisherEn: 'National Development and Reform Commission',
    year: 2015,
    noteZh:
      '由缺省值推算：38.931 兆焦/立方米 × 15.3 吨碳/太焦 × 99% × 44/12 = 2.162 千克。范围用 IPCC 2006 的 54.3—58.3 千克/吉焦。只算烧掉的，不算开采和输送中漏掉的。',
    noteEn:
      'Derived from defaults: 38.931 MJ/m³ × 15.3 tC/TJ × 99% × 44/12 = 2.162 kg. The range takes 54.3–58.3 kg/GJ of IPCC 2006. Burning alone, without leaks on the way.',
  },
}

const HEAT: EmissionFactor = {
  low: 110_000,
  central: 110_000,
  high: 110_000,
  rangeKnown: false,
  class: 'P',
  source: {
    titleZh: 'GB/T 32150—2025，热力排放因子缺省值 0.11 吨/吉焦',
    titleEn: 'GB/T 32150—2025, default for heat: 0.11 t/GJ',
    publisherZh: '国家标准',
    publisherEn: 'National standard',
    year: 2025,
    noteZh: '全国一个缺省值，不是你家热力公司的数；转引，未核对原文。',
    noteEn:
      'One default for the country, not your heat supplier’s; quoted, the original has not been checked.',
  },
}

/** Around the pack's central figure, from IPCC 2006 and the density of petrol that GB 17930 allows. */
const PETROL_RANGE = { low: 2066, high: 2535 }

const METRES_PER_HOUR_NOTE = {
  zh: '连起飞降落按每小时 700 公里算（600—800），这一步是我们的假定。',
  en: 'Counted as 700 km an hour with take-off and landing (600–800): that step is our assumption.',
}

const FLIGHT: EmissionFactor = {
  low: 600 * 117.04,
  central: 700 * 125.76,
  high: 800 * 229.28,
  rangeKnown: true,
  class: 'P',
  source: {
    titleZh: '温室气体报告换算系数 2025：航空',
    titleEn: 'Greenhouse gas reporting: conversion factors 2025, air travel',
    publisherZh: '英国政府',
    publisherEn: 'UK Government',
    year: 2025,
    noteZh: `短途经济舱每人公里 125.76 克，范围是长途经济舱 117.04 到英国国内航班 229.28，都含凝结尾迹等影响。国内没有查到公开的数。${METRES_PER_HOUR_NOTE.zh}`,
    noteEn: `125.76 g a passenger-km in short-haul economy; the range runs from long-haul economy, 117.04, to UK domestic, 229.28, all with contrails and the like. No Chinese figure was found. ${METRES_PER_HOUR_NOTE.en}`,
  },
}

const FOOD_SOURCE = {
  titleZh: 'Poore、Nemecek：《通过生产者和消费者减少食物的环境影响》，《科学》360 卷',
  titleEn:
    'Poore, Nemecek: Reducing food’s environmental impacts through producers and consumers, Science 360',
  publisherZh: '《科学》',
  publisherEn: 'Science',
  year: 2018,
} as const

const RED_MEAT: EmissionFactor = {
  low: 33_300,
  central: 39_720,
  high: 99_480,
  rangeKnown: true,
  class: 'P',
  source: {
    ...FOOD_SOURCE,
    noteZh: '全球平均，不是国内的：羊肉 39.72，奶牛群的牛肉 33.3，肉牛群的牛肉 99.48 千克/千克。',
    noteEn:
      'World means, not Chinese ones: mutton 39.72, beef of dairy herds 33.3, of beef herds 99.48 kg a kg.',
  },
}

const WHITE_MEAT: EmissionFactor = {
  low: 9870,
  central: 12_310,
  high: 12_310,
  rangeKnown: true,
  class: 'P',
  source: {
    ...FOOD_SOURCE,
    noteZh: '全球平均，不是国内的：猪肉 12.31，禽肉 9.87 千克/千克。',
    noteEn: 'World means, not Chinese ones: pork 12.31, poultry 9.87 kg a kg.',
  },
}

/** Undefined for what the pack does not know: it then stays empty. */
export type Factors = { readonly [Name in FactorName]: EmissionFactor | undefined }

export function factorsBy(pack: Pack): Factors {
  const { petrolLitre } = pack.comparisons
  return {
    electricity: gridFactor(pack),
    gas: GAS,
    heat: HEAT,
    petrol: {
      ...PETROL_RANGE,
      central: petrolLitre.value,
      rangeKnown: true,
      class: petrolLitre.class,
      source: {
        ...petrolLitre.source,
        noteZh: `${petrolLitre.source.noteZh}范围由 IPCC 2006 和 GB 17930 的密度推算。`,
        noteEn: `${petrolLitre.source.noteEn} The range is derived from IPCC 2006 and the densities of GB 17930.`,
      },
    },
    bus: travelFactor(pack, 'bus'),
    metro: travelFactor(pack, 'metro'),
    flight: FLIGHT,
    redMeat: RED_MEAT,
    whiteMeat: WHITE_MEAT,
  }
}

/** Shandong's, up to that of the grid it belongs to. */
function gridFactor({ gridFactors }: Pack): EmissionFactor | undefined {
  const own = gridFactors.find(({ nameEn }) => nameEn === 'Shandong')
  if (!own) return undefined
  const around = gridFactors.find(({ nameEn }) => nameEn === 'North China') ?? own
  const [a, b] = [own.value / 1000, around.value / 1000]
  return {
    low: Math.min(a, b),
    central: a,
    high: Math.max(a, b),
    rangeKnown: around !== own,
    class: own.class,
    source: {
      ...own.source,
      noteZh: `${own.source.noteZh}范围的另一头是华北电网。`,
      noteEn: `${own.source.noteEn} The other end of the range is the grid of North China.`,
    },
  }
}

function travelFactor(pack: Pack, code: 'bus' | 'metro'): EmissionFactor | undefined {
  const methodology = methodologyOf(pack, code)
  return methodology?.kind === 'travel' && methodology.project ? inGrams(methodology.project) : undefined
}

function inGrams({ low, central, high, rangeKnown, class: sureness, source }: Factor): EmissionFactor {
  return { low: low / 1000, central: central / 1000, high: high / 1000, rangeKnown, class: sureness, source }
}
