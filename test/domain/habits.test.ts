/** The row that learns: what was done on this weekday at this time stands first, says why, and is the same each time it is worked out. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { likelyActs, tripOut } from '../../src/components/activity/usual-acts.ts'
import { DAY_MS, HOUR_MS, startOfDay } from '../../src/domain/base/time.ts'
import { habitsAt } from '../../src/domain/evidence/habits.ts'
import { actKey, type PastAct } from '../../src/domain/evidence/past-act.ts'
import { SD_DEMO_V2 as pack } from '../../src/domain/methodology/packs/index.ts'

/** A Monday at eight in the morning. */
const NOW = startOfDay('2026-11-23') + 8 * HOUR_MS
const act = (code: string, daysAgo: number, hour: number, metres = 2400): PastAct => ({
  code,
  quantity: { value: metres, unit: 'metre' },
  at: startOfDay('2026-11-23') - daysAgo * DAY_MS + hour * HOUR_MS,
})
/** Bus on Monday mornings, a walk every evening. */
const weeks = [7, 14, 21, 28].map((ago) => act('bus', ago, 7.5))
const evenings = [1, 2, 3, 4, 5, 6, 8, 9].map((ago) => act('walk', ago, 20, 900))
const habits = (acts: readonly PastAct[], now = NOW, max = 3) => habitsAt(now, acts, max)

describe('what stands first', () => {
  test('on a Monday morning is what was done on Monday mornings, though the walks are more', () => {
    const [first, second] = habits([...evenings, ...weeks]) ?? []
    expect(first?.act.code).toBe('bus')
    expect(first?.why).toEqual({ weekday: 0, part: 'morning' })
    expect(second?.act.code).toBe('walk')
    expect(second?.why).toBeUndefined()
  })

  test('in the evening is the walk of every evening, and it says so without a weekday', () => {
    const [first] = habits([...evenings, ...weeks], NOW + 12 * HOUR_MS) ?? []
    expect(first?.act.code).toBe('walk')
    expect(first?.why).toEqual({ part: 'evening' })
  })

  test('changes with a new way to work after some weeks', () => {
    const before = [42, 43, 44, 45, 46, 47].map((ago) => act('bus', ago, 8))
    const since = [1, 2, 3, 4].map((ago) => act('bike', ago, 8))
    expect(habits([...before, ...since])?.[0]?.act.code).toBe('bike')
  })

  test('what was done twice explains nothing yet', () => {
    expect(habits([...evenings, act('bus', 7, 8), act('bus', 14, 8)])?.[0]).not.toHaveProperty('why')
  })
})

describe('with few records', () => {
  test('there is nothing learned, and the row is that of before: the most frequent first', () => {
    const few = [act('bus', 7, 8), act('walk', 1, 20), act('walk', 2, 20)]
    expect(habits(few)).toBeUndefined()
    const row = likelyActs(few, { pack, now: NOW, routes: [], max: 3 })
    expect(row.map((habit) => habit.act.code)).toEqual(['walk', 'bus'])
  })

  test('older than two months is as good as none', () => {
    expect(habits([60, 61, 62, 63, 64, 65, 66].map((ago) => act('bus', ago, 8)))).toBeUndefined()
  })
})

test('a route with a name stands there by its name, and not once more; what cannot be repeated by a tap does not stand there', () => {
  const power: PastAct = {
    code: 'power-saving',
    quantity: { value: 5000, unit: 'watt_hour' },
    at: NOW - DAY_MS,
  }
  const routes = [{ name: '上班', code: 'bus', quantity: { value: 2400, unit: 'metre' } } as const]
  const row = likelyActs([power, power, ...evenings, ...weeks], { pack, now: NOW, routes, max: 3 })
  expect(row.map((habit) => habit.act.code)).toEqual(['walk'])
})

describe('whatever was done', () => {
  const anyAct = fc.record({
    code: fc.constantFrom('bus', 'walk', 'bike', 'clean-plate'),
    quantity: fc.record({ value: fc.constantFrom(800, 1600, 2400), unit: fc.constant('metre' as const) }),
    at: fc.integer({ min: NOW - 90 * DAY_MS, max: NOW + DAY_MS }),
  })

  test('the row is no longer than asked, holds each act once, and does not hang on the order in which the acts come', () => {
    fc.assert(
      fc.property(fc.array(anyAct, { maxLength: 80 }), fc.integer({ min: 1, max: 4 }), (acts, max) => {
        const row = habits(acts, NOW, max)
        const keys = row?.map((habit) => actKey(habit.act)) ?? []
        expect(keys.length).toBeLessThanOrEqual(max)
        expect(new Set(keys).size).toBe(keys.length)
        expect(habits([...acts].reverse(), NOW, max)?.map((habit) => actKey(habit.act))).toEqual(row && keys)
      }),
    )
  })

  test('doing a thing once more at this very time never moves it down', () => {
    fc.assert(
      fc.property(fc.array(anyAct, { minLength: 6, maxLength: 60 }), anyAct, (acts, one) => {
        const place = (all: readonly PastAct[]) =>
          habits(all, NOW, 12)?.findIndex((habit) => actKey(habit.act) === actKey(one)) ?? -1
        const before = place(acts)
        const after = place([...acts, { ...one, at: NOW }])
        if (before >= 0 && after >= 0) expect(after).toBeLessThanOrEqual(before)
      }),
    )
  })

  test('ten thousand acts are no long task', () => {
    const many = Array.from({ length: 10_000 }, (_, at) =>
      act(at % 3 ? 'bus' : 'walk', at % 50, at % 24, 100 * (at % 40)),
    )
    const started = performance.now()
    expect(habits(many)).toHaveLength(3)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

describe('the way back', () => {
  const today = (code: string, hour: number, metres?: number) => act(code, 0, hour, metres)
  const out = (acts: readonly PastAct[]) => tripOut(acts, { pack, now: NOW + 10 * HOUR_MS })?.code

  test('is that of today’s last trip', () => {
    expect(out([today('bus', 8)])).toBe('bus')
    expect(out([today('walk', 7, 900), today('bus', 8)])).toBe('bus')
    expect(out([act('bus', 1, 8)])).toBeUndefined()
  })

  test('is none once it was taken, and one again after the next trip', () => {
    expect(out([today('bus', 8), today('bus', 17)])).toBeUndefined()
    expect(out([today('bus', 8), today('bus', 12), today('bus', 13)])).toBe('bus')
  })

  test('of the same ride over another distance is another trip', () => {
    expect(out([today('bus', 8), today('bus', 17, 800)])).toBe('bus')
  })

  test('what is no trip has none', () => {
    const plate: PastAct = { code: 'clean-plate', quantity: { value: 1, unit: 'count' }, at: NOW }
    const carFree: PastAct = { code: 'car-free-day', at: NOW }
    expect(out([plate, carFree])).toBeUndefined()
  })
})
