/** Words that were lost or changed are put right as long as there are check words for them; beyond that nothing is taken for a word of the code that is none. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { correct } from '../../src/scan/careful/reed-solomon.ts'

const times = (a: number, b: number): number => {
  let product = 0
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ (product & 0x80 ? 0x11d : 0)
    if ((b >> bit) & 1) product ^= a
  }
  return product
}

/** By long division, as whoever writes a code does it; apart from what is tested. */
function withChecks(data: readonly number[], checks: number): Uint8Array {
  let divisor = [1]
  for (let i = 0, root = 1; i < checks; i++, root = times(root, 2))
    divisor = [...divisor, 0].map((each, k) => each ^ times(divisor[k - 1] ?? 0, root))
  const rest = [...data, ...new Array<number>(checks).fill(0)]
  for (let i = 0; i < data.length; i++) {
    const factor = rest[i] ?? 0
    for (const [k, each] of divisor.entries()) rest[i + k] = (rest[i + k] ?? 0) ^ times(each, factor)
  }
  return Uint8Array.from([...data, ...rest.slice(data.length)])
}

const blocks = fc
  .record({
    data: fc.array(fc.nat(255), { minLength: 1, maxLength: 60 }),
    checks: fc.constantFrom(10, 18, 22),
    seeds: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { maxLength: 24 }),
    lost: fc.nat(22),
  })
  .map(({ data, checks, seeds, lost }) => {
    const right = withChecks(data, checks)
    const hit = new Map(seeds.map(([place, by]) => [place % right.length, by]))
    const places = [...hit.keys()]
    const words = right.map((word, i) => word ^ (hit.get(i) ?? 0))
    return { right, words, checks, erased: places.slice(0, lost), wrong: places.slice(lost).length }
  })

it('errors and losses within what the check words carry are put right', () => {
  fc.assert(
    fc.property(blocks, ({ right, words, checks, erased, wrong }) => {
      fc.pre(2 * wrong + erased.length <= checks)
      expect(correct(words, checks, erased)).toBe(true)
      expect(words).toEqual(right)
    }),
  )
})

it('beyond that what is said to be right is a word of the code at least', () => {
  fc.assert(
    fc.property(blocks, ({ words, checks, erased }) => {
      if (!correct(words, checks, erased)) return
      expect(words).toEqual(withChecks([...words.subarray(0, words.length - checks)], checks))
    }),
  )
})

it('more losses than check words are not made up for', () => {
  const words = withChecks([1, 2, 3], 10).fill(7, 0, 11)
  expect(correct(words, 10, [...words.keys()].slice(0, 11))).toBe(false)
})
