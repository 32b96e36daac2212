/** Numbers, money and the short name of a month as a person reads them; dates: format-date.ts, which no first screen needs. Pure: the language is an argument. */
import type { Language } from './language.ts'

/** By hand, because home's first screen says numbers: the browser's first format takes a slow phone a tenth of a second to make. */
const MARKS: Readonly<Record<Language, readonly [group: string, point: string]>> = {
  'zh-CN': [',', '.'],
  en: [',', '.'],
}

/** A no-break space keeps a number and its unit on one line. */
const gap = '\u00a0'
const minus = '\u2212'
const SHORT_MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec'

/** Rounded as it is written in decimals, a half away from 0, to `most` digits after the point; no fewer than `least`. */
function decimal(value: number, language: Language, most: number, least = 0): string {
  const [group, point] = MARKS[language]
  const units = Math.round(Number(`${Math.abs(value)}e${most}`)) || 0
  const digits = String(units).padStart(most + 1, '0')
  const whole = digits.slice(0, digits.length - most).replace(/\B(?=(\d{3})+$)/g, group)
  const rest = digits
    .slice(digits.length - most)
    .replace(/0+$/, '')
    .padEnd(least, '0')
  return (value < 0 && units > 0 ? minus : '') + whole + (rest && point + rest)
}

interface Amount {
  readonly value: string
  readonly unit: string
}

/** Three figures that matter: 356 g, 1.24 kg, 12.4 kg, 124 kg, 1.24 t. */
export function gramsAmount(grams: number, language: Language): Amount {
  const size = Math.abs(grams)
  if (size < 1000) return { value: decimal(grams, language, 0), unit: 'g' }
  const [value, unit] = size < 1_000_000 ? [grams / 1000, 'kg'] : [grams / 1_000_000, 't']
  const whole = Math.abs(value)
  return { value: decimal(value, language, whole < 10 ? 2 : whole < 100 ? 1 : 0), unit }
}

export function formatGrams(grams: number, language: Language): string {
  const { value, unit } = gramsAmount(grams, language)
  return value + gap + unit
}

const unitWords = {
  'zh-CN': { g: '克', kg: '千克', t: '吨' } as Record<string, string>,
  en: { g: 'grams', kg: 'kilograms', t: 'tonnes' } as Record<string, string>,
}

/** 8.62 千克: for 长辈版 and for what is read aloud. */
export function formatGramsInWords(grams: number, language: Language): string {
  const { value, unit } = gramsAmount(grams, language)
  return value + gap + (unitWords[language][unit] ?? unit)
}

/** 12,480 */
export function formatPoints(points: number, language: Language): string {
  return decimal(points, language, 0)
}

/** +810, −2,300, 0 */
export function formatChange(points: number, language: Language): string {
  return (points > 0 ? '+' : '') + formatPoints(points, language)
}

/** 640 m, 8.9 km, 124 km */
export function formatMetres(metres: number, language: Language): string {
  if (Math.abs(metres) < 1000) return `${decimal(metres, language, 0) + gap}m`
  const km = metres / 1000
  return `${decimal(km, language, Math.abs(km) < 100 ? 1 : 0) + gap}km`
}

/** 27.7, 8.62: a figure from a source, with as many digits as it has, up to `most`. */
export function formatNumber(value: number, language: Language, most = 2): string {
  return decimal(value, language, most)
}

/** 500 ‰ is 50%. */
export function formatPerMille(perMille: number, language: Language): string {
  return `${decimal(perMille / 10, language, 1)}%`
}

/** 60 毫升, 1.3 升: of petrol, as a comparison. Empty where it would be too little to speak of. */
export function formatLitres(litres: number, language: Language): string {
  if (litres < 0.005) return ''
  const [millilitre, litre] = language === 'en' ? ['ml', 'l'] : ['毫升', '升']
  if (litres < 0.95) return `${decimal(Math.round(litres * 100) * 10, language, 0)} ${millilitre}`
  return `${decimal(litres, language, litres < 100 ? 1 : 0)} ${litre}`
}

/** 80 fen is 0.80 元, ¥0.80 in English. */
export function formatFen(fen: number, language: Language): string {
  const yuan = decimal(Math.abs(fen) / 100, language, 2, 2)
  const sign = fen < 0 ? minus : ''
  return language === 'en' ? `${sign}¥${yuan}` : `${sign}${yuan}${gap}元`
}

/** 45 秒, 25 分钟, 1 小时 5 分钟 */
export function formatDuration(ms: number, language: Language): string {
  const [second, minute, hour] = language === 'en' ? ['s', 'min', 'h'] : ['秒', '分钟', '小时']
  const minutes = Math.floor(ms / 60_000)
  if (minutes === 0) return `${Math.floor(ms / 1000)}${gap}${second}`
  if (minutes < 60) return `${minutes}${gap}${minute}`
  const rest = minutes % 60
  return `${Math.floor(minutes / 60)}${gap}${hour}${rest ? ` ${rest}${gap}${minute}` : ''}`
}

/** 11月, Nov: under a bar of a chart. */
export function formatMonthShort(month: string, language: Language): string {
  // By hand, because home's first screen says it: a calendar of the browser's takes a slow phone a tenth of a second to make.
  const number = Number(month.slice(5))
  return language === 'en' ? SHORT_MONTHS.slice(number * 3 - 3, number * 3) : `${number}月`
}
