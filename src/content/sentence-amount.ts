/** How much, in a part of a sentence: amounts with their units, read as a field reads them; what is in doubt is no amount. */
import { readField, UNITS, unitOf } from '../domain/base/read-amount.ts'
import { METRES_PER_STOP } from '../domain/evidence/stops.ts'
import type { Methodology } from '../domain/methodology/pack.ts'
import type { SaidAct, SaidUnit, SentenceDoubt } from './act-sentence.ts'
import { LINE } from './sentence-kinds.ts'
import { blank } from './sentence-time.ts'

const RANGE =
  /(?:\d|[一二三四五六七八九])(?: ?[-~到至] ?)(?=\d|[一二三四五六七八九])|[一二三四五六七八九两](?=[一二三四五六七八九两](?:公里|千米|里|站|分钟|次|km))/i

export type Amounts = Pick<SaidAct, 'amount' | 'minutes' | 'doubts'>

const FIGURE = '(?:\\d[\\d.,]*|\\.\\d+|[零〇一二两三四五六七八九十百千点半]+)'
/** 3公里半 is three and a half; 3公里半小时 is three, in half an hour. */
const HALF_MORE = '半(?! ?(?:个|小时|钟|天|路))'
/** A unit's word where it is one: no 里 of 三里屯, no m of min, no 站 of 站台. */
const AFTER: Readonly<Record<string, string>> = {
  里: '(?:(?=[地路半去回到上下的了和左右多坐骑走])|(?!\\p{Script=Han}))',
  站: '(?!台)',
  个: '(?!\\p{Script=Han})',
  度: '',
  回: '(?!家|来|去)',
}
const COUNT_WORDS = '餐|顿|单|棵|个袋子|meals?|bags?|trees?|orders?|times?'
const UNIT = [...UNITS, ...COUNT_WORDS.split('|')]
  .map((word) => (/[a-z]/.test(word) ? `${word}(?![a-z])` : word + (AFTER[word] ?? '')))
  .join('|')
/** 1e309: written for machines. */
const POWER = /\de[+-]?\d/i
/** No part of another number: -3, 1e309, the 200 of 1 200. */
const AMOUNT = new RegExp(
  `(?<![第\\d.]|- ?|\\de[+-]?|\\d (?=\\d{3}(?!\\d)))${FIGURE} ?(?:个半 ?)?(?:${UNIT})(?:${HALF_MORE})?(?: ?${FIGURE} ?(?:米|m(?![a-z])|分钟?|min(?![a-z])))?`,
  'giu',
)
const STEPS = /(?:\d|[一二三四五六七八九十百千万]) ?(?:万 ?)?(?:步(?!行)|steps?\b)/i
const BARE = /(?<![a-z\d第])\d+(?:\.\d+)?(?![\d.]*(?:元|块|人|岁|楼|中|℃|%|度|[a-z]))/i

/** @param methodology of the kind that was said; without one only what can be kept of the amount. */
export function amountIn(part: string, methodology: Methodology | undefined): Amounts {
  const line = LINE.exec(part)
  const text = line ? blank(part, { index: line.index, length: line[0].length }) : part
  if (RANGE.test(text)) return { doubts: ['range'] }
  const all = [...text.matchAll(AMOUNT)].flatMap(([words]) => readWords(words))
  const fitting = all.filter(({ unit }) => !methodology || fits(unit, methodology))
  // A length says more than how long it took, whichever was said first.
  const amount = fitting.find(({ unit }) => unit !== 'minute') ?? fitting[0]
  if (!amount) return { doubts: withoutAmount(text, all.length > 0) }
  const sameUnit = fitting.filter(({ unit }) => unit === amount.unit)
  if (sameUnit.length > 1) return { doubts: ['several'] }
  const minutes = amount.unit === 'minute' ? undefined : fitting.find(({ unit }) => unit === 'minute')?.value
  return { amount, ...(minutes === undefined ? {} : { minutes }), doubts: [] }
}

function withoutAmount(text: string, hasOther: boolean): SentenceDoubt[] {
  if (STEPS.test(text)) return ['steps']
  if (hasOther) return ['unit']
  return BARE.test(text) || POWER.test(text) ? ['number'] : []
}

function readWords(words: string): { unit: SaidUnit; value: number }[] {
  const counted = new RegExp(`(?:${COUNT_WORDS})$`, 'i').exec(words)
  const unit = counted ? 'count' : unitIn(words)
  if (unit === undefined || unit === 'kWh' || unit === 'kg') return []
  const rule = {
    unit,
    words: counted ? [counted[0]] : [],
    decimals: unit === 'km' ? 3 : 0,
    min: 0,
    max: 1_000_000,
  }
  const read = readField(words, rule)
  return read.kind === 'number' && read.value > 0 ? [{ unit, value: read.value }] : []
}

/** Of the larger unit's word: 1公里500米 is one of km. */
function unitIn(words: string): ReturnType<typeof unitOf> {
  const rest = words.replace(new RegExp(`^${FIGURE} ?(?:个半 ?)?`), '').toLowerCase()
  const word = UNITS.find((each) => rest.startsWith(each))
  return word === undefined ? undefined : unitOf(word)
}

function fits(unit: SaidUnit, { kind, code, unit: own }: Methodology): boolean {
  if (kind !== 'travel') return unit === 'count' && own === 'count'
  return unit === 'stop' ? METRES_PER_STOP[code] !== undefined : unit !== 'count'
}
