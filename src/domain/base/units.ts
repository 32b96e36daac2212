/**
 * Whole numbers with their unit in the name. `floorProduct` is the only place where anything is rounded, and it rounds down, once.
 */

/** Grams of CO₂ equivalent avoided. */
export type Grams = number
export type Points = number
/** 1/1000. Shares of substitution and evidence. */
export type PerMille = number

export const PER_MILLE = 1000

/** `floor(product of factors / product of divisors)`, exact: BigInt inside, because metres × mg × ‰ × ‰ leaves 2^53 on a long ride. */
export function floorProduct(factors: readonly number[], divisors: readonly number[] = []): number {
  const product = factors.reduce((all, factor) => all * BigInt(factor), 1n)
  const divisor = divisors.reduce((all, each) => all * BigInt(each), 1n)
  const quotient = product / divisor
  // BigInt division truncates towards zero; a negative product must still go down.
  const floored = product % divisor !== 0n && product < 0n !== divisor < 0n ? quotient - 1n : quotient
  return toSafe(floored)
}

export function isWhole(value: number): boolean {
  return Number.isSafeInteger(value)
}

function toSafe(value: bigint): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new RangeError(`not a safe integer: ${value}`)
  return number
}
