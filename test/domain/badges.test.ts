/** Bests and badges: of confirmed acts alone, with the day on which each was first reached. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../src/domain/base/time.ts'
import type { ActDay, ActPart } from '../../src/domain/taking-part/act-days.ts'
import { type BadgeLadder, badgesOf, LADDER_IDS, type LadderId } from '../../src/domain/taking-part/badges.ts'
import { bestsOf } from '../../src/domain/taking-part/bests.ts'

const part = (given: Partial<ActPart> = {}): ActPart => ({
  code: 'bike',
  group: 'travel',
  trust: 'manual',
  pack: 'sd-demo 2',
  acts: 1,
  grams: 100,
  metres: 1000,
  ...given,
})
const day = (name: string, ...parts: readonly ActPart[]): ActDay => ({ day: name, parts, inReview: 0 })
const ladder = (days: readonly ActDay[], id: LadderId): BadgeLadder =>
  badgesOf(days).find((one) => one.id === id) as BadgeLadder
const reached = (days: readonly ActDay[], id: LadderId) =>
  ladder(days, id).badges.flatMap(({ mark, reachedOn }) => (reachedOn ? [[mark, reachedOn]] : []))

describe('bests', () => {
  it('are the day, the week from Monday, the run and the ride that were the most', () => {
    const days = [
      day('2026-11-22', part({ grams: 400, metres: 9000 })), // a Sunday
      day('2026-11-23', part({ grams: 300 }), part({ code: 'bus', grams: 0, metres: 50_000 })),
      day('2026-11-24', part({ grams: 300 })),
      day('2026-11-26', part({ grams: 100 })),
    ]
    expect(bestsOf(days.toReversed())).toEqual({
      firstAct: { day: '2026-11-22' },
      bestDay: { day: '2026-11-22', grams: 400 },
      bestWeek: { monday: '2026-11-23', grams: 700 },
      longestRun: { from: '2026-11-22', days: 3 },
      farthestByBike: { day: '2026-11-22', metres: 9000 },
      kinds: 2,
    })
  })

  it('of equals are the first, and a run goes on over a leap day', () => {
    const days = [
      day('2028-02-28', part()),
      day('2028-02-29', part()),
      day('2028-03-01', part()),
      day('2028-03-05', part()),
    ]
    expect(bestsOf(days).bestDay?.day).toBe('2028-02-28')
    expect(bestsOf(days).longestRun).toEqual({ from: '2028-02-28', days: 3 })
  })

  it('say nothing of what nobody did, nor of an act that is only in review', () => {
    expect(bestsOf([])).toEqual({ kinds: 0 })
    expect(bestsOf([{ day: '2026-11-22', parts: [], inReview: 2 }])).toEqual({ kinds: 0 })
    expect(bestsOf([day('2026-11-22', part({ code: 'tree', grams: 0, metres: 0 }))])).toEqual({
      firstAct: { day: '2026-11-22' },
      longestRun: { from: '2026-11-22', days: 1 },
      kinds: 1,
    })
  })
})

describe('badges', () => {
  it('stand at their marks with the day that brought them, and say what is left to the next', () => {
    const days = Array.from({ length: 9 }, (_, i) => day(addDays('2026-11-01', i), part()))
    expect(reached(days, 'acts')).toEqual([[1, '2026-11-01']])
    expect(ladder(days, 'acts').next).toEqual({ mark: 10, left: 1 })
    expect(reached([...days, day('2026-11-20', part())], 'acts')).toEqual([
      [1, '2026-11-01'],
      [10, '2026-11-20'],
    ])
    expect(reached(days, 'days')).toEqual([[7, '2026-11-07']])
  })

  it('count days in all and not in a row, each kind once, and of rides only those without a motor', () => {
    const days = [
      day('2026-11-01', part({ metres: 6000 }), part({ code: 'ebike', metres: 90_000 })),
      day('2026-11-09', part({ metres: 4000 }), part({ code: 'own-bag' })),
    ]
    expect(ladder(days, 'days').value).toBe(2)
    expect(reached(days, 'kinds')).toEqual([[3, '2026-11-09']])
    expect(reached(days, 'bike')).toEqual([[10_000, '2026-11-09']])
  })

  it('of evidence leave out one’s own word; those the methodology promises are there', () => {
    const days = [
      day('2026-11-01', part()),
      day('2026-11-02', part({ trust: 'provider' })),
      day(
        '2026-11-03',
        part({ code: 'car-free-day', grams: 0 }),
        part({ code: 'second-hand-phone', grams: 0 }),
      ),
    ]
    expect(reached(days, 'borne')).toEqual([[1, '2026-11-02']])
    expect(reached(days, 'car-free')).toEqual([[1, '2026-11-03']])
    expect(reached(days, 'second-hand')).toEqual([[1, '2026-11-03']])
  })

  it('go again when the act that they need is taken back', () => {
    const days = Array.from({ length: 10 }, (_, i) => day(addDays('2026-11-01', i), part()))
    expect(reached(days, 'acts')).toHaveLength(2)
    expect(reached(days.slice(1), 'acts')).toEqual([[1, '2026-11-02']])
  })

  const anyDays = fc.uniqueArray(
    fc.record({
      day: fc.nat({ max: 60 }).map((days) => addDays('2026-10-01', days)),
      parts: fc.array(
        fc.record({
          code: fc.constantFrom('bike', 'bus', 'own-bag', 'car-free-day'),
          group: fc.constant('travel'),
          trust: fc.constantFrom('manual', 'gps'),
          pack: fc.constant('sd-demo 2'),
          acts: fc.integer({ min: 1, max: 30 }),
          grams: fc.nat({ max: 40_000 }),
          metres: fc.nat({ max: 40_000 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      inReview: fc.constant(0),
    }),
    { selector: (one) => one.day, minLength: 1, maxLength: 20 },
  )

  it('are never lost by one more act, nor reached later for it; without it none is there that was not', () => {
    fc.assert(
      fc.property(anyDays, fc.nat(), (days, pick) => {
        const fewer = days.filter((_, index) => index !== pick % days.length)
        for (const id of LADDER_IDS) {
          const [all, some] = [ladder(days, id), ladder(fewer, id)]
          expect(all.value).toBeGreaterThanOrEqual(some.value)
          some.badges.forEach(({ reachedOn }, index) => {
            const now = all.badges[index]?.reachedOn
            if (reachedOn !== undefined) expect(now !== undefined && now <= reachedOn).toBe(true)
          })
        }
      }),
      { numRuns: 60 },
    )
  })

  it('are the same in whatever order the days come, the nearer ones never after the farther', () => {
    fc.assert(
      fc.property(anyDays, (days) => {
        expect(badgesOf(days.toReversed())).toEqual(badgesOf(days))
        for (const { badges, next, value } of badgesOf(days)) {
          const dates = badges.flatMap(({ reachedOn }) => reachedOn ?? [])
          expect(dates).toEqual(dates.toSorted())
          if (next) expect(value + next.left).toBe(next.mark)
        }
      }),
      { numRuns: 40 },
    )
  })
})
