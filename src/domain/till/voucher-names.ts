/** By what a till knows a voucher again, whether its code is shown or its number typed: its id, and the first ten signs of its number. */
import { codeOfBits } from '../offers/voucher.ts'
import { numberAsShown } from '../offers/voucher-number.ts'

const NAMING_SIGNS = 10

export function signsOfBits(bits: bigint): string {
  return codeOfBits(bits).replaceAll(' ', '')
}

export function signsOfNumber(number: string): string {
  return numberAsShown(number).replaceAll(' ', '').slice(0, NAMING_SIGNS)
}
