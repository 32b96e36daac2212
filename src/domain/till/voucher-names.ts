/** By what a till knows a voucher again, whether its code is shown or its number typed: its id, and the first ten signs of its number. */
import { formatNumber, numberAsShown } from '../offers/voucher-number.ts'

const NAMING_SIGNS = 10
/** What stands behind them in a number, but for its mark. */
const REST_BITS = 20n

export function signsOfBits(bits: bigint): string {
  return signsOfNumber(formatNumber(bits << REST_BITS, 0))
}

export function signsOfNumber(number: string): string {
  return numberAsShown(number).replaceAll(' ', '').slice(0, NAMING_SIGNS)
}
