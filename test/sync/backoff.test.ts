import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoffMs } from '../../src/sync/backoff.ts'

const dice = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const failures = fc.integer({ min: 1, max: 10_000 })
/** Beyond it a timer of the browser fires at once. */
const TIMER_MAX = 2 ** 31 - 1

describe('waiting after a failure', () => {
  it('doubles until five minutes, and stays there however long it goes on', () => {
    const longest = [1, 2, 3, 8, 9, 10, 1_000_000].map((n) => backoffMs(n, 1))
    expect(longest).toEqual([2000, 4000, 8000, 256_000, 300_000, 300_000, 300_000])
  })

  it('is somewhere in the upper half, so that phones that failed together do not come back together', () => {
    fc.assert(
      fc.property(failures, dice, (n, random) => {
        const delay = backoffMs(n, random)
        expect(delay).toBeGreaterThanOrEqual(backoffMs(n, 0))
        expect(delay).toBeLessThanOrEqual(2 * backoffMs(n, 0))
        expect(Number.isInteger(delay)).toBe(true)
      }),
    )
    expect(new Set([0, 0.25, 0.5, 0.75].map((random) => backoffMs(5, random))).size).toBe(4)
  })

  it('is never shorter than the backend asked for', () => {
    fc.assert(
      fc.property(failures, dice, fc.nat({ max: 3_600_000 }), (n, random, asked) => {
        expect(backoffMs(n, random, asked)).toBeGreaterThanOrEqual(asked)
      }),
    )
  })

  it('is never longer than a timer can hold, whatever a gateway asks for', () => {
    for (const asked of [1e9, 2 ** 31, 1e15, Number.MAX_VALUE])
      expect(backoffMs(1, 0.5, asked)).toBeLessThanOrEqual(TIMER_MAX)
  })
})
