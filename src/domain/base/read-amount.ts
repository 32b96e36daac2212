/**
 * What a person typed into a field for a number, understood where there is no doubt: full-width digits, a comma or 。 for the point, its unit
 * behind it, a unit that can be converted, 三公里半. All else is said to be unclear, with the reason; nothing is guessed.
 */

export type FieldUnit = 'km' | 'stop' | 'minute' | 'count' | 'kWh' | 'kg'

/** Why an amount is not taken, for the words beside the field. */
type Doubt = 'words' | 'unit' | 'several' | 'negative' | 'whole' | 'low' | 'high'

type Reading =
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'number'
      /** In the field's unit. */
      readonly value: number
      /** It was typed as nothing but this number: there is nothing to show back. */
      readonly isPlain: boolean
      /** It was given in another unit. */
      readonly isConverted: boolean
    }
  /** `word` is the unit that is not the field's. */
  | { readonly kind: 'unclear'; readonly why: Doubt; readonly word?: string }

/** What the field takes. */
export interface FieldRule {
  readonly unit: FieldUnit
  /** The unit as the field shows it, where it is one of many: 餐, 单. */
  readonly words?: readonly string[]
  /** Digits after the point; 0 asks for a whole number. */
  readonly decimals: number
  readonly min: number
  readonly max: number
}

/** How many of the field's unit one of each word is. */
const UNIT_WORDS: Readonly<Record<FieldUnit, Readonly<Record<string, number>>>> = {
  km: {
    ...each(1, 'km kms 公里 公里路 千米 kilometer kilometers kilometre kilometres'),
    ...each(0.001, 'm 米 公尺 meter meters metre metres'),
    ...each(0.5, '里 里地 里路 华里 市里'),
    ...each(1.609344, 'mi 英里 mile miles'),
  },
  stop: each(1, '站 站地 站路 stop stops'),
  minute: {
    ...each(1, '分钟 分 min mins minute minutes'),
    ...each(15, '刻钟'),
    ...each(60, '小时 个小时 钟头 个钟头 h hr hrs hour hours'),
  },
  count: each(1, '次 个 回 time times'),
  kWh: { ...each(1, 'kwh 度 度电 千瓦时 千瓦小时'), ...each(0.001, 'wh 瓦时') },
  kg: {
    ...each(1, 'kg kgs 公斤 千克 kilo kilos kilogram kilograms'),
    ...each(0.5, '斤 市斤'),
    ...each(0.001, 'g 克 gram grams'),
  },
}
/** Named in the answer, because people mean them: no field takes them. */
const OTHER_WORDS = ['步', '万步', '元', '块', '天', '秒', '吨', '升', 'step', 'steps', '℃', '°c']

function each(factor: number, words: string): Record<string, number> {
  return Object.fromEntries(words.split(' ').map((word) => [word, factor]))
}

/** What a unit's word measures, and how many of its unit one is: 里 is half a km. Undefined where it is no unit that a field takes. */
export function unitOf(word: string): FieldUnit | undefined {
  const lower = word.toLowerCase()
  return FIELD_UNITS.find((unit) => UNIT_WORDS[unit][lower] !== undefined)
}

const FIELD_UNITS = Object.keys(UNIT_WORDS) as FieldUnit[]
/** All of them, the longest first: 分钟 is no 分. */
export const UNITS: readonly string[] = FIELD_UNITS.flatMap((unit) => Object.keys(UNIT_WORDS[unit])).sort(
  (a, b) => b.length - a.length,
)

const HAN = '零〇一二两三四五六七八九十百千点半'
const FIGURE = `\\d[\\d., ]*|[.,]\\d+|[${HAN}]+?`

/** The typed text as the rule takes it. The value is rounded to what the field can hold. */
export function readField(text: string, rule: FieldRule): Reading {
  const read = readAmount(text, rule)
  if (read.kind !== 'number') return read
  const value = Number(read.value.toFixed(rule.decimals))
  if (rule.decimals === 0 && value !== read.value) return { kind: 'unclear', why: 'whole' }
  if (value < rule.min) return { kind: 'unclear', why: 'low' }
  if (value > rule.max) return { kind: 'unclear', why: 'high' }
  return { ...read, value, isPlain: read.isPlain && value === read.value }
}

function readAmount(text: string, { unit, words = [] }: FieldRule): Reading {
  const plain = fold(text)
  if (plain === '') return { kind: 'empty' }
  const own = { ...UNIT_WORDS[unit], ...each(1, words.join(' ').toLowerCase()) }
  const signed = /^([+-]) ?/.exec(plain)
  const amount = signed ? plain.slice(signed[0].length) : plain
  const sum = sumOf(amount, own)
  if (sum === undefined || !Number.isSafeInteger(Math.trunc(sum.value))) return unclear(amount, own)
  if (signed?.[1] === '-' && sum.value !== 0) return { kind: 'unclear', why: 'negative' }
  return { kind: 'number', ...sum, isPlain: /^\d+(\.\d+)?$/.test(text.trim()) }
}

function fold(text: string): string {
  return foldWidth(text).replace(/。$/, '').toLowerCase()
}

/** One writing of digits, signs and spaces. Only what changes no meaning: ² stays ², which NFKC would make a 2. */
export function foldWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/\u338f/g, 'kg')
    .replace(/\u339e/g, 'km')
    .replace(/\u33be/g, 'kw')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, '')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/(?<=\d) ?。 ?(?=\d)/g, '.')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()
}

interface Sum {
  readonly value: number
  readonly isConverted: boolean
}

/** 30, 30km, 1小时20分, 一公里半, 一个半小时: each figure before its word, the larger unit first. */
function sumOf(amount: string, own: Readonly<Record<string, number>>): Sum | undefined {
  const word = Object.keys(own)
    .sort((a, b) => b.length - a.length)
    .join('|')
  const one = new RegExp(`^(${FIGURE}) ?(个半)? ?(?:(${word})(半)?)?$`).exec(amount)
  if (one) {
    const [, figure = '', before, name, after] = one
    const number = figureOf(figure.trim())
    const factor = name === undefined ? 1 : own[name]
    const isHalved = before !== undefined || after !== undefined
    if (number === undefined || factor === undefined) return undefined
    if (isHalved && (name === undefined || !Number.isInteger(number) || (before && after))) return undefined
    return { value: exact((number + (isHalved ? 0.5 : 0)) * factor), isConverted: factor !== 1 }
  }
  const two = new RegExp(`^(${FIGURE}) ?(${word}) ?(${FIGURE}) ?(${word})$`).exec(amount)
  if (!two) return undefined
  const [, figure = '', large = '', rest = '', small = ''] = two
  const [most, least] = [figureOf(figure.trim()), figureOf(rest.trim())]
  const [by, part] = [own[large], own[small]]
  if (most === undefined || least === undefined || !by || !part || part >= by) return undefined
  return least * part < by ? { value: exact(most * by + least * part), isConverted: true } : undefined
}

function exact(value: number): number {
  return Number(value.toPrecision(15))
}

function figureOf(figure: string): number | undefined {
  if (!/^[\d.,]/.test(figure)) return hanFigure(figure)
  // A comma or a space before each three digits groups; another comma is a point, another space is a doubt.
  if (/^[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/.test(figure)) return Number(figure.replaceAll(',', ''))
  if (/^[1-9]\d{0,2}( \d{3})+(\.\d*)?$/.test(figure)) return Number(figure.replaceAll(' ', ''))
  if (/^\d+[.,]?\d*$|^[.,]\d+$/.test(figure)) return Number(figure.replace(',', '.'))
  return undefined
}

/** Up to 9999, as it is written out; 三四 and 一百五 are not one number. */
function hanFigure(figure: string): number | undefined {
  if (figure === '半') return 0.5
  const [whole = '', part, ...more] = figure.split('点')
  const number = hanWhole(whole)
  if (part === undefined || number === undefined) return number
  const digits = [...part].map((digit) => HAN_DIGITS.indexOf(plainDigit(digit)))
  if (more.length > 0 || digits.length === 0 || digits.includes(-1)) return undefined
  return Number(`${number}.${digits.join('')}`)
}

const HAN_DIGITS = '零一二三四五六七八九'
const plainDigit = (digit: string): string => ({ 两: '二', 〇: '零' })[digit] ?? digit

function hanWhole(text: string): number | undefined {
  const plain = [...text].map(plainDigit).join('')
  if (plain === '零') return 0
  const match =
    /^(?:([一二三四五六七八九])千)?(零)?(?:([一二三四五六七八九])百)?(零)?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?$/.exec(
      plain,
    )
  if (!match || plain === '') return undefined
  const [, thousands, zeroHundreds, hundreds, zeroTens, tens, ten, ones] = match
  const hasTens = ten !== undefined
  // 零 stands once for each gap of empty places that something follows, and 十 alone begins a number: behind a larger place it is 一十.
  const isGapBelowThousands =
    thousands !== undefined && hundreds === undefined && (hasTens || ones !== undefined)
  const isGapBelowHundreds = hundreds !== undefined && !hasTens && ones !== undefined
  if ((zeroHundreds !== undefined) !== isGapBelowThousands || (zeroTens !== undefined) !== isGapBelowHundreds)
    return undefined
  if ((thousands ?? hundreds) !== undefined && hasTens && !tens) return undefined
  const digit = (one: string | undefined): number => (one === undefined ? 0 : HAN_DIGITS.indexOf(one))
  return digit(thousands) * 1000 + digit(hundreds) * 100 + (ten ? digit(tens ?? '一') * 10 : 0) + digit(ones)
}

function unclear(amount: string, own: Readonly<Record<string, number>>): Reading {
  const [, word = ''] = new RegExp(`^(?:${FIGURE}) ?([^\\d., ].*)$`).exec(amount) ?? []
  const others = [...Object.values(UNIT_WORDS).flatMap((words) => Object.keys(words)), ...OTHER_WORDS]
  if (others.includes(word) && own[word] === undefined) return { kind: 'unclear', why: 'unit', word }
  const figures = amount.match(/\d+([.,]\d+)*/g) ?? []
  return { kind: 'unclear', why: figures.length > 1 ? 'several' : 'words' }
}
