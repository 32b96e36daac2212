/** Grams that stand beside each other, all in the unit of the largest, so that they can be compared. Pure. */
import { formatNumber } from '../../text/format.ts'
import type { Language } from '../../text/language.ts'

const KILO = 1000
const TONNE = 1_000_000

interface Unit {
  readonly name: 'g' | 'kg' | 't'
  readonly grams: number
}

export function unitOf(largestGrams: number): Unit {
  if (largestGrams < KILO) return { name: 'g', grams: 1 }
  return largestGrams < TONNE ? { name: 'kg', grams: KILO } : { name: 't', grams: TONNE }
}

/** Three figures that matter, as everywhere; what is hardly anything is still not nothing. */
export function numberIn(grams: number, unit: Unit, language: Language): string {
  const value = grams / unit.grams
  const whole = Math.abs(value)
  const digits = unit.name === 'g' ? 0 : whole < 0.005 ? 6 : whole < 10 ? 2 : whole < 100 ? 1 : 0
  return formatNumber(value, language, digits)
}

/** With a no-break space, so that number and unit stay together. */
export function amountIn(grams: number, unit: Unit, language: Language): string {
  return `${numberIn(grams, unit, language)}\u00a0${unit.name}`
}

/** 42%; a part of less than one is not nothing. */
export function percentWords({ percent, acts }: { percent: number; acts: number }): string {
  return percent === 0 && acts > 0 ? '<1%' : `${percent}%`
}
