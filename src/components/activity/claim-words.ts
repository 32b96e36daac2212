/** An act in a few words: "骑行 8.9 km", "光盘 2 餐", "公交 5 路". Pure; the language is an argument. */
import type { Quantity } from '../../domain/evidence/activity.ts'
import { activityText } from '../../text/activity/activities.ts'
import { formatNumber } from '../../text/format.ts'
import type { Language } from '../../text/language.ts'

const gap = '\u00a0'

/** Names that do not fit a tile. */
const shortNames: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  'zh-CN': { ebike: '电动自行车', 'nev-ride': '新能源打车', ev: '自驾电动车', 'own-bag': '自带购物袋' },
  en: {
    ebike: 'E-bike',
    'nev-ride': 'EV ride',
    ev: 'Own EV',
    'car-free-day': 'Car-free day',
    'power-saving': 'Power saving',
    'own-bag': 'Own bag',
    tree: 'Tree planting',
  },
}

/** Unknown codes, from a later pack, are shown as they are. */
export function activityName(code: string, language: Language): string {
  const names: Readonly<Record<string, string>> = activityText[language].names
  return names[code] ?? code
}

export function shortActivityName(code: string, language: Language): string {
  return shortNames[language][code] ?? activityName(code, language)
}

/** 8.9 km, 3.2 kWh, 0.5 kg, 2 餐. Exact, as a formula needs it, unless fewer digits are asked for. */
export function quantityWords(quantity: Quantity, code: string, language: Language, most = 3): string {
  const { value, unit } = quantity
  switch (unit) {
    case 'metre':
      return value < 1000
        ? `${formatNumber(value, language)}${gap}m`
        : `${formatNumber(value / 1000, language, most)}${gap}km`
    case 'watt_hour':
      return `${formatNumber(value / 1000, language, most)}${gap}kWh`
    case 'gram':
      return `${formatNumber(value / 1000, language, most)}${gap}kg`
    case 'count':
      return `${formatNumber(value, language)}${gap}${countWord(code, value, language)}`
  }
}

/** The word for one unit of an act: 餐, 单, 次; in English with its singular. */
export function countWord(code: string, count: number, language: Language): string {
  const words: Readonly<Record<string, string>> = activityText[language].countWords
  const word = words[code] ?? activityText[language].units.count
  return language === 'en' && count === 1 ? word.replace(/s$/, '') : word
}

interface ClaimLike {
  readonly code: string
  readonly quantity?: Quantity | undefined
  /** Where the person counted stops, of which the quantity was made. */
  readonly stops?: number | undefined
}

/** "骑行 8.9 km", "公交 3 站"; only the name where no quantity was given. */
export function claimWords(claim: ClaimLike, language: Language): string {
  const name = shortActivityName(claim.code, language)
  const size = sizeWords(claim, language)
  return size ? `${name} ${size}` : name
}

/** As the person gave it: "3 站", "8.9 km", or nothing. */
export function sizeWords({ code, quantity, stops }: ClaimLike, language: Language): string {
  if (stops !== undefined) return activityText[language].stops(stops)
  return quantity ? quantityWords(quantity, code, language, 2) : ''
}

/** What was made of the stops, beside them: "约 2.4 km". Empty where there were none. */
export function stopsMade({ code, quantity, stops }: ClaimLike, language: Language): string {
  if (stops === undefined || !quantity) return ''
  return activityText[language].about(quantityWords(quantity, code, language))
}
