/**
 * A sentence in a person's own words, read on the phone: 今天坐5路3站, rode 3 km this morning. What kind of act, how much, when; what was not
 * understood is said, never guessed. Pure; the words are in act-words.ts, amounts are read as a field reads them.
 */

import { foldWidth } from '../domain/base/read-amount.ts'
import type { Day, Instant } from '../domain/base/time.ts'
import { methodologyOf, type Pack } from '../domain/methodology/pack.ts'
import type { ActCode } from './act-links.ts'
import { foldHan } from './han.ts'
import { type Amounts, amountIn } from './sentence-amount.ts'
import { hitsIn, LINE } from './sentence-kinds.ts'
import { readTime } from './sentence-time.ts'

export type SaidUnit = 'km' | 'stop' | 'minute' | 'count'

/** What is told beside the form: why something of the sentence is not in it, or what has to be looked at. */
export type SentenceDoubt =
  /** Nothing says which act it was. */
  | 'kind'
  /** One of several, see `choices`. */
  | 'which'
  /** A car that burns petrol saves nothing. */
  | 'car'
  /** It was not done. */
  | 'negated'
  /** A number without a unit, or one that cannot be read. */
  | 'number'
  /** 两三站: from one number to another. */
  | 'range'
  /** Two amounts of one unit. */
  | 'several'
  /** A unit that this kind is not counted in. */
  | 'unit'
  | 'steps'
  /** There and back are two. */
  | 'roundTrip'
  | 'future'
  /** A time was said that names no day: 上个月, the other day, 2月30日. */
  | 'time'
  /** Counted only where the car was a new-energy one. */
  | 'newEnergy'
  /** Settled by the meter. */
  | 'meter'
  /** Reported by whoever weighs it. */
  | 'provider'

export interface SaidAct {
  readonly code?: ActCode
  readonly choices: readonly ActCode[]
  readonly amount?: { readonly unit: SaidUnit; readonly value: number }
  /** How long, beside a distance. */
  readonly minutes?: number
  /** The line's number: 5路, 1号线. */
  readonly line?: string
  /** Null: nothing was said, the form follows the clock. */
  readonly at: Instant | null
  /** For acts of a whole day. */
  readonly day: Day | null
  readonly doubts: readonly SentenceDoubt[]
  /** The further acts of the sentence, in words. */
  readonly rest: string
}

/** Longer ones are no sentence about an act. */
export const SENTENCE_MAX = 120

const SEPARATORS =
  /[,;；。、!?！？]|(?<!一)再|然后|接着|之后|又|换乘|转乘|换(?=公交|地铁|乘|坐)|转(?=公交|地铁|乘|车)|\b(?:and then|then|and|plus)\b/gi
/** Where one waits for a ride is no ride. */
const PLACES =
  /地铁站|公交站牌?|车站|火车站|高铁站|地铁口|站台|(?:bus|metro|subway|train) (?:stop|station)(?!s)|里程/gi
const CAR = /开车|自驾|驾车|\b(?:drove|driving|by car)\b/i
const NEGATED =
  /没有?(?=坐|乘|骑|走|去|打|做|搭)|不(?=坐|乘|骑|走|想)|忘了|取消|\b(?:did not|didn.t|not|never)\b/i
const ROUND_TRIP = /来回|往返|\bround trip\b|\bthere and back\b/i
const ANY_RIDE = /[坐乘搭]车/
const ANY_RIDES: readonly ActCode[] = ['bus', 'metro', 'nev-ride']

const BY_STOPS: readonly ActCode[] = ['bus', 'metro']
const BY_LENGTH: readonly ActCode[] = ['walk', 'bike', 'bus']

/** @param typed anything; what is too long is cut. Never throws. */
export function readSentence(typed: string, { now, pack }: { now: Instant; pack: Pack }): SaidAct {
  const text = wordsAsDigits(foldHan(foldWidth(withoutDashes(typed.slice(0, SENTENCE_MAX)))))
  const time = readTime(text, now)
  const { first, rest } = firstAct(maskPlaces(time.rest), text)
  const act = readAct(first, pack)
  const doubts: SentenceDoubt[] = time.doubt ? [time.doubt, ...act.doubts] : [...act.doubts]
  const following = rest && time.dayWords ? `${time.dayWords} ${rest}` : rest
  return { ...act, at: time.at, day: time.day, doubts, rest: following }
}

/** 骑车——3公里: a dash is no minus, except between two numbers, where it is a range. */
function withoutDashes(text: string): string {
  return text.replace(/(?<!\d)[—―]+|[—―]+(?!\d)/g, (dashes) => ' '.repeat(dashes.length))
}

const ENGLISH = [
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]

function wordsAsDigits(text: string): string {
  return text
    .replace(/\bhalf an? (?=km|kilomet|mile|hour)/gi, '0.5 ')
    .replace(/\b(?:a|an) (?=km\b|kilomet|mile\b|hour\b)/gi, '1 ')
    .replace(new RegExp(`\\b(${ENGLISH.join('|')})\\b`, 'gi'), (word) =>
      String(ENGLISH.indexOf(word.toLowerCase()) + 1),
    )
}

function maskPlaces(text: string): string {
  return text.replace(PLACES, (place) => ' '.repeat(place.length))
}

/** The part up to the second act, and what follows it as it was written. @param text as long as `masked`. */
function firstAct(masked: string, text: string): { first: string; rest: string } {
  const cuts = [
    0,
    ...[...masked.matchAll(SEPARATORS)]
      .filter((found) => !isInNumber(masked, found))
      .map(({ index, 0: { length } }) => index + length),
    masked.length,
  ]
  const parts = cuts.slice(0, -1).map((from, at) => ({ from, to: cuts[at + 1] ?? masked.length }))
  let hasAct = false
  for (const { from, to } of parts) {
    const part = masked.slice(from, to)
    const [one, ...more] = hitsIn(part)
    if (one && hasAct) return { first: masked.slice(0, from), rest: text.slice(from).trim() }
    const second = more.find(({ code }) => code !== one?.code)
    if (one && second) {
      const at = from + startOfRide(part, second.index)
      return { first: masked.slice(0, at), rest: text.slice(at).trim() }
    }
    hasAct ||= one !== undefined
  }
  return { first: masked, rest: '' }
}

/** 1,240 is one number. */
function isInNumber(text: string, { index }: RegExpExecArray): boolean {
  return text[index] === ',' && /\d/.test(text[index - 1] ?? '') && /\d/.test(text[index + 1] ?? '')
}

/** 坐 before 地铁 belongs to it. */
function startOfRide(text: string, index: number): number {
  return /[坐乘骑搭]$/.test(text.slice(0, index)) ? index - 1 : index
}

type ReadAct = Omit<SaidAct, 'at' | 'day' | 'rest'>

function readAct(part: string, pack: Pack): ReadAct {
  const code = hitsIn(part)[0]?.code
  const methodology = code && methodologyOf(pack, code)
  const refusal = code === 'car-free-day' ? undefined : refusalOf(part, code)
  if (refusal)
    return {
      choices: refusal === 'which' ? ANY_RIDES : [],
      ...amountIn(part, undefined),
      doubts: [refusal],
    }
  if (!code || !methodology) return withoutKind(amountIn(part, undefined))
  const line = code === 'bus' || code === 'metro' ? LINE.exec(part)?.[0].replaceAll(' ', '') : undefined
  const { doubts, ...amount } = amountIn(part, methodology)
  const notes: SentenceDoubt[] = [...doubts]
  if (code === 'nev-ride') notes.push('newEnergy')
  if (ROUND_TRIP.test(part) && methodology.kind === 'travel') notes.push('roundTrip')
  if (methodology.unit === 'watt_hour') return { code, choices: [], doubts: ['meter'] }
  if (!methodology.trusts.includes('manual')) return { choices: [], doubts: ['provider'] }
  return { code, choices: [], ...(line ? { line } : {}), ...amount, doubts: notes }
}

/** An amount alone leaves few kinds: which it was is asked. */
function withoutKind({ amount, minutes }: Amounts): ReadAct {
  const choices = !amount || amount.unit === 'count' ? [] : amount.unit === 'stop' ? BY_STOPS : BY_LENGTH
  return {
    choices,
    ...(amount && choices.length > 0 ? { amount } : {}),
    ...(minutes === undefined ? {} : { minutes }),
    doubts: ['kind'],
  }
}

function refusalOf(part: string, code: ActCode | undefined): SentenceDoubt | undefined {
  if (NEGATED.test(part) && code !== 'clean-plate' && code !== 'no-cutlery') return 'negated'
  if (code) return undefined
  if (CAR.test(part)) return 'car'
  return ANY_RIDE.test(part) ? 'which' : undefined
}
