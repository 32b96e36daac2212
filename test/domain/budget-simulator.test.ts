/** When an offer's money ends, asked before it is published. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BudgetPlan, OUTLOOK_WEEKS_MAX, outlookOf } from '../../src/domain/offers/budget-simulator.ts'

const plan = (given: Partial<BudgetPlan> = {}): BudgetPlan => ({
  stock: 1000,
  budgetFen: 120_000,
  valueFen: 120,
  pricePoints: 1200,
  people: 100,
  weekGrams: [1200],
  pointsPerKg: 1000,
  weekCapPoints: 20_000,
  sharePerMille: 1000,
  ...given,
})

const weeks = ({ p10, p50, p90 }: ReturnType<typeof outlookOf>) =>
  [p10, p50, p90].map((week) => week ?? OUTLOOK_WEEKS_MAX + 1)

const anyPlan = fc.record({
  stock: fc.integer({ min: 1, max: 100_000 }),
  budgetFen: fc.integer({ min: 1, max: 100_000_000 }),
  valueFen: fc.integer({ min: 1, max: 2000 }),
  pricePoints: fc.integer({ min: 1, max: 20_000 }),
  people: fc.integer({ min: 1, max: 1_000_000 }),
  weekGrams: fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 12 }),
  pointsPerKg: fc.integer({ min: 1, max: 5000 }),
  weekCapPoints: fc.integer({ min: 1, max: 20_000 }),
  sharePerMille: fc.integer({ min: 1, max: 1000 }),
})

describe('the outlook of a budget', () => {
  it('is the plain division where every week is like the other', () => {
    // 100 people × 1,200 points are 100 pieces a week; money and stock allow 1,000.
    expect(outlookOf(plan())).toEqual({ pieces: 1000, endsBy: 'stock', p10: 10, p50: 10, p90: 10 })
    expect(outlookOf(plan({ budgetFen: 60_000 }))).toMatchObject({ pieces: 500, endsBy: 'money', p50: 5 })
  })

  it('counts nobody beyond the cap of a week', () => {
    expect(outlookOf(plan({ weekGrams: [50_000], weekCapPoints: 2400 }))).toMatchObject({ p50: 5 })
  })

  it('says that it lasts where nobody earns, and the first week where nothing is there', () => {
    expect(outlookOf(plan({ weekGrams: [0] }))).toMatchObject({ p10: null, p50: null, p90: null })
    expect(outlookOf(plan({ stock: 0 }))).toMatchObject({ pieces: 0, p10: 1, p90: 1 })
  })

  it('spreads with the weeks: good ones end it early, poor ones late', () => {
    const { p10, p50, p90 } = outlookOf(plan({ weekGrams: [200, 1200, 4000] }))
    expect(p10).toBeLessThan(p50 ?? 0)
    expect(p50).toBeLessThan(p90 ?? 0)
  })

  it('is in order, the same when asked again, and a whole number of weeks', () => {
    fc.assert(
      fc.property(anyPlan, (given) => {
        const outlook = outlookOf(given)
        const [p10 = 0, p50 = 0, p90 = 0] = weeks(outlook)
        expect(p10).toBeGreaterThanOrEqual(1)
        expect(p10).toBeLessThanOrEqual(p50)
        expect(p50).toBeLessThanOrEqual(p90)
        expect(outlookOf(given)).toEqual(outlook)
        expect(outlook.pieces).toBeLessThanOrEqual(given.stock)
        expect(outlook.pieces * given.valueFen).toBeLessThanOrEqual(given.budgetFen)
      }),
      { numRuns: 60 },
    )
  })

  it('ends no earlier with more money, a higher price or a smaller share, and no later with more people', () => {
    fc.assert(
      fc.property(anyPlan, fc.integer({ min: 1, max: 50_000 }), (given, more) => {
        const base = weeks(outlookOf(given))
        const notEarlier = (other: Partial<BudgetPlan>) =>
          weeks(outlookOf({ ...given, ...other })).forEach((week, at) => {
            expect(week).toBeGreaterThanOrEqual(base[at] as number)
          })
        notEarlier({ budgetFen: given.budgetFen + more })
        notEarlier({ pricePoints: given.pricePoints + more })
        notEarlier({ sharePerMille: Math.max(1, given.sharePerMille - 100) })
        for (const [at, week] of weeks(outlookOf({ ...given, people: given.people + more })).entries())
          expect(week).toBeLessThanOrEqual(base[at] as number)
      }),
      { numRuns: 40 },
    )
  })

  it('counts what one person may have: less a week lasts longer, and a few for each may never use it up', () => {
    // 100 people earn 300 pieces a week, of which they may have one each.
    const eager = { weekGrams: [3600] }
    expect(outlookOf(plan(eager))).toMatchObject({ p50: 4 })
    expect(outlookOf(plan({ ...eager, perPerson: { week: 1 } }))).toMatchObject({ p50: 10 })
    // Six each in a year: the other four hundred are had as soon as the second begins, with what was saved.
    expect(outlookOf(plan({ ...eager, perPerson: { year: 6 } }))).toMatchObject({ p50: 53 })
    expect(outlookOf(plan({ ...eager, perPerson: { ever: 9 } }))).toMatchObject({ pieces: 1000, p50: null })
    expect(outlookOf(plan({ ...eager, perPerson: { ever: 10 } }))).toMatchObject({ p50: 4 })
  })

  it('with a limit of a person’s never ends earlier than without', () => {
    const limits = fc.record(
      {
        ever: fc.integer({ min: 1, max: 100 }),
        week: fc.integer({ min: 0, max: 9 }),
        year: fc.integer({ min: 0, max: 99 }),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(anyPlan, limits, (free, perPerson) => {
        const [without, within] = [weeks(outlookOf(free)), weeks(outlookOf({ ...free, perPerson }))]
        expect(within.every((week, at) => week >= (without[at] ?? 0))).toBe(true)
      }),
      { numRuns: 20 },
    )
  })
})
