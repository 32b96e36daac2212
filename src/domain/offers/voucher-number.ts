/**
 * The number of a voucher, for where no camera helps: twenty signs of five bits, read aloud or typed. It says offer and last day, and carries a
 * mark by the merchant's key, so that a till tells a right one from a wrong one without a network (proof/number-mark.ts).
 */
import { addDays, type Day, daysBetween } from '../base/time.ts'
import { CODE_BITS, CROCKFORD } from './voucher.ts'

/** From the highest: what names the voucher at its merchant, the offer's number, the last day, the mark. */
const NUMBER_SIGNS = 20
const OFFER_BITS = 10n
const DAY_BITS = 10n
const MARK_BITS = 30n
/** Numbers of before: the backend alone knows what they stand for. */
const SIGNS_OF_BEFORE = CODE_BITS / 5
const GROUP_SIGNS = 4

/** Days are counted from here, and begin anew after 1024. */
const FIRST_DAY: Day = '2020-01-01'
const DAYS = 1 << Number(DAY_BITS)

export interface NumberFields {
  /** 50 bits. */
  readonly bits: bigint
  /** The offer's number at this merchant. */
  readonly n: number
  /** The last day on which it is good. */
  readonly expiresOn: Day
}

interface ParsedNumber {
  /** Marked: 70 bits. */
  readonly content: bigint
  readonly mark: number
  readonly bits: bigint
  readonly n: number
  readonly day: number
}

/** `of_before`: ten signs, for the backend to look up. */
export type NumberFault = 'too_short' | 'too_long' | 'not_a_number' | 'of_before'

/** An offer beyond the 1023rd of a merchant has no number that a till can check: its vouchers have one of before. */
export function isNumbered(n: number): boolean {
  return n >= 0 && n < 1 << Number(OFFER_BITS)
}

/** What is marked. */
export function numberContent({ bits, n, expiresOn }: NumberFields): bigint {
  const day = BigInt(((daysBetween(FIRST_DAY, expiresOn) % DAYS) + DAYS) % DAYS)
  return (((bits << OFFER_BITS) | BigInt(n)) << DAY_BITS) | day
}

/** `7K2M 94QX 13AB 0Z7C 11QW`. */
export function formatNumber(content: bigint, mark: number): string {
  let left = (content << MARK_BITS) | BigInt(mark)
  let signs = ''
  for (let i = 0; i < NUMBER_SIGNS; i++) {
    signs = CROCKFORD[Number(left & 31n)] + signs
    left >>= 5n
  }
  return grouped(signs)
}

/** What was typed, of ten or of twenty signs, as it is shown and looked up: any case, O for 0, I and L for 1, spaces and hyphens anywhere, full-width signs. */
export function numberAsShown(text: string): string {
  return grouped(plain(text))
}

function plain(text: string): string {
  const signs = text.normalize('NFKC').toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  return signs.replaceAll(/[\s\p{Pd}_.·]/gu, '')
}

export function parseNumber(text: string): ParsedNumber | NumberFault {
  const signs = plain(text)
  if ([...signs].some((sign) => !CROCKFORD.includes(sign))) return 'not_a_number'
  if (signs.length === SIGNS_OF_BEFORE) return 'of_before'
  if (signs.length !== NUMBER_SIGNS) return signs.length < NUMBER_SIGNS ? 'too_short' : 'too_long'
  let value = 0n
  for (const sign of signs) value = (value << 5n) | BigInt(CROCKFORD.indexOf(sign))
  const content = value >> MARK_BITS
  return {
    content,
    mark: Number(BigInt.asUintN(Number(MARK_BITS), value)),
    bits: content >> (OFFER_BITS + DAY_BITS),
    n: Number(BigInt.asUintN(Number(OFFER_BITS), content >> DAY_BITS)),
    day: Number(BigInt.asUintN(Number(DAY_BITS), content)),
  }
}

/** Of the days that are written so, the one nearest to today. */
export function dayNearest(day: number, today: Day): Day {
  const now = daysBetween(FIRST_DAY, today)
  const ahead = (((day - now) % DAYS) + DAYS) % DAYS
  return addDays(today, ahead > DAYS / 2 ? ahead - DAYS : ahead)
}

function grouped(signs: string): string {
  return (signs.match(new RegExp(`.{1,${GROUP_SIGNS}}`, 'g')) ?? []).join(' ')
}
