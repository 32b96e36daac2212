/** Errors and erasures of a Reed-Solomon block as QR codes have them (ISO/IEC 18004): over GF(256) by x⁸ + x⁴ + x³ + x² + 1, roots from α⁰ on. */

const EXP = new Uint8Array(512)
const LOG = new Uint8Array(256)
for (let i = 0, value = 1; i < 255; i++) {
  EXP[i] = value
  EXP[i + 255] = value
  LOG[value] = i
  value = value & 0x80 ? ((value << 1) ^ 0x11d) & 0xff : value << 1
}

/** Polynomials, the coefficient of x⁰ first. */
type Poly = readonly number[]

const at = (list: ArrayLike<number>, i: number): number => list[i] ?? 0
const power = (n: number): number => at(EXP, ((n % 255) + 255) % 255)
const times = (a: number, b: number): number => (a && b ? at(EXP, at(LOG, a) + at(LOG, b)) : 0)
/** `b` is not 0. */
const over = (a: number, b: number): number => (a ? at(EXP, at(LOG, a) + 255 - at(LOG, b)) : 0)

function product(one: Poly, other: Poly, length = one.length + other.length - 1): number[] {
  const made = new Array<number>(length).fill(0)
  for (const [i, a] of one.entries())
    for (const [k, b] of other.entries()) if (i + k < length) made[i + k] = at(made, i + k) ^ times(a, b)
  return made
}

function valueAt(poly: Poly, x: number): number {
  let sum = 0
  for (let i = poly.length - 1; i >= 0; i--) sum = times(sum, x) ^ at(poly, i)
  return sum
}

/**
 * @param words data and then check words; put right in place where that is possible.
 * @param erased places whose words are not believed: each costs one check word, an unknown error two.
 * @returns whether what stands there now is a word of the code.
 */
export function correct(words: Uint8Array, checks: number, erased: readonly number[]): boolean {
  const syndromes = syndromesOf(words, checks)
  if (syndromes.every((each) => each === 0)) return true
  if (erased.length > checks) return false
  const size = words.length
  let gone: number[] = [1]
  for (const place of erased) gone = product(gone, [1, power(size - 1 - place)])
  const forney = product(syndromes, gone, checks).slice(erased.length)
  const errors = shortestRegister(forney)
  if (2 * (errors.length - 1) > forney.length) return false
  const locator = product(gone, errors)
  const places = [...words.keys()].filter((place) => valueAt(locator, power(place + 1 - size)) === 0)
  if (places.length !== locator.length - 1) return false
  const evaluator = product(syndromes, locator, checks)
  // The derivative in characteristic 2: odd powers stay, one lower.
  const slope = locator.map((_, i) => (i % 2 === 0 ? at(locator, i + 1) : 0))
  for (const place of places) {
    const back = power(place + 1 - size)
    const below = valueAt(slope, back)
    if (below === 0) return false
    words[place] = at(words, place) ^ times(power(size - 1 - place), over(valueAt(evaluator, back), below))
  }
  return syndromesOf(words, checks).every((each) => each === 0)
}

function syndromesOf(words: Uint8Array, checks: number): number[] {
  return Array.from({ length: checks }, (_, i) => {
    let sum = 0
    for (const word of words) sum = times(sum, power(i)) ^ word
    return sum
  })
}

/** Berlekamp and Massey: the shortest recurrence that makes these. */
function shortestRegister(made: Poly): number[] {
  let now: number[] = [1]
  let before: number[] = [1]
  let [length, gap, last] = [0, 1, 1]
  for (let n = 0; n < made.length; n++) {
    let off = at(made, n)
    for (let i = 1; i <= length; i++) off ^= times(at(now, i), at(made, n - i))
    if (off === 0) {
      gap++
      continue
    }
    const kept = now
    const factor = over(off, last)
    now = Array.from({ length: Math.max(now.length, before.length + gap) }, (_, i) =>
      i < gap ? at(now, i) : at(now, i) ^ times(factor, at(before, i - gap)),
    )
    if (2 * length > n) gap++
    else {
      length = n + 1 - length
      before = kept
      last = off
      gap = 1
    }
  }
  while (now.length > 1 && now.at(-1) === 0) now.pop()
  return now
}
