/** A goal by what somebody wants: kept for so many months, it brings the points that are missing. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startOfDay } from '../../../src/domain/base/time.ts'
import type { Points } from '../../../src/domain/base/units.ts'
import { goalFor } from '../../../src/domain/methodology/goal-for.ts'
import { packInForce } from '../../../src/domain/methodology/which-pack.ts'

const pack = packInForce('weifang', startOfDay('2026-12-01'))
const MOST_A_MONTH = (7000 * 30) / 7

describe('a goal by what somebody wants', () => {
  it('is what is missing, in tenths of a kilogram', () => {
    expect(goalFor(1250 as Points, 1, pack)).toBe(1300)
    expect(goalFor(1250 as Points, 3, pack)).toBe(500)
  })

  it('is none where the weekly limit does not let it be earned so soon', () => {
    expect(goalFor((MOST_A_MONTH + 1) as Points, 1, pack)).toBeUndefined()
    expect(goalFor((MOST_A_MONTH + 1) as Points, 2, pack)).toBeDefined()
  })

  it('suffices when it is kept, and asks for no tenth of a kilogram too much', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90_000 }), fc.integer({ min: 1, max: 12 }), (missing, months) => {
        const grams = goalFor(missing as Points, months, pack)
        if (grams === undefined) {
          expect(missing / months).toBeGreaterThan(MOST_A_MONTH)
          return
        }
        const points = grams * pack.reward.pointsPerGram.value * months
        expect(points).toBeGreaterThanOrEqual(missing)
        expect(points - missing).toBeLessThan(100 * pack.reward.pointsPerGram.value * months)
      }),
    )
  })
})
