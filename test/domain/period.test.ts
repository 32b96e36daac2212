/** Any period of the ledger: its days, its pieces, and what is said of it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, dayOf, startOfDay } from '../../src/domain/base/time.ts'
import {
  type ActDay,
  type ActPart,
  daysWithin,
  sumOf,
  sumsBy,
  wholePercents,
} from '../../src/domain/taking-part/act-days.ts'
import {
  daysIn,
  fittingSteps,
  OWN_DAYS_MAX,
  ownPeriod,
  type Period,
  periodWith,
  STEPS,
  shifted,
  stepAtEase,
  stepsOf,
} from '../../src/domain/taking-part/period.ts'
import { periodFigures, stageOf } from '../../src/domain/taking-part/period-figures.ts'

const TODAY = '2026-11-29'
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
const day = (name: string, parts: readonly ActPart[] = [part()], inReview = 0): ActDay => ({
  day: name,
  parts,
  inReview,
})

const anyDay = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2000-01-03', days))
const anyPeriod: fc.Arbitrary<Period> = fc.oneof(
  fc
    .tuple(fc.constantFrom('week' as const, 'month' as const, 'year' as const), anyDay)
    .map(([kind, on]) => periodWith(kind, on)),
  fc
    .tuple(anyDay, fc.integer({ min: 0, max: OWN_DAYS_MAX - 1 }))
    .map(([from, more]) => ({ kind: 'own' as const, from, to: addDays(from, more) })),
)
const anyPart = fc.record({
  code: fc.constantFrom('bike', 'bus', 'walk', 'metro', 'own-bag', 'tree'),
  group: fc.constantFrom('travel', 'life'),
  trust: fc.constantFrom('provider', 'gps', 'import', 'manual'),
  pack: fc.constantFrom('sd-demo 1', 'sd-demo 2'),
  acts: fc.integer({ min: 1, max: 9 }),
  grams: fc.integer({ min: 0, max: 90_000 }),
  metres: fc.integer({ min: 0, max: 90_000 }),
})

describe('a period', () => {
  it('of a week begins on Monday, also over the turn of a year', () => {
    expect(periodWith('week', '2026-11-29')).toEqual({ kind: 'week', from: '2026-11-23', to: '2026-11-29' })
    expect(periodWith('week', '2026-11-30')).toMatchObject({ from: '2026-11-30' })
    expect(periodWith('week', '2027-01-01')).toEqual({ kind: 'week', from: '2026-12-28', to: '2027-01-03' })
  })

  it('of a month or a year knows its length, also in a leap year', () => {
    expect(periodWith('month', '2028-02-10').to).toBe('2028-02-29')
    expect(periodWith('month', '2026-02-10').to).toBe('2026-02-28')
    expect(daysIn(periodWith('year', '2028-06-01'))).toBe(366)
    expect(daysIn(periodWith('year', '2100-06-01'))).toBe(365)
  })

  it('has another before it: the month before March is February, as many own days as there are', () => {
    expect(shifted(periodWith('month', '2028-03-31'), -1)).toEqual({
      kind: 'month',
      from: '2028-02-01',
      to: '2028-02-29',
    })
    expect(shifted(periodWith('year', '2026-01-01'), -1)).toEqual({
      kind: 'year',
      from: '2025-01-01',
      to: '2025-12-31',
    })
    expect(shifted({ kind: 'own', from: '2026-11-20', to: '2026-11-24' }, -1)).toEqual({
      kind: 'own',
      from: '2026-11-15',
      to: '2026-11-19',
    })
  })

  it('joins the one before it without a gap, and leads back to itself', () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const before = shifted(period, -1)
        expect(addDays(before.to, 1)).toBe(period.from)
        expect(shifted(before, 1)).toEqual(period)
      }),
    )
  })

  it('is cut into pieces that hold each day once', () => {
    fc.assert(
      fc.property(anyPeriod, fc.constantFrom(...STEPS), (period, step) => {
        const pieces = stepsOf(period, step)
        expect(pieces[0]?.from).toBe(period.from)
        expect(pieces.at(-1)?.to).toBe(period.to)
        expect(pieces.reduce((sum, piece) => sum + daysIn(piece), 0)).toBe(daysIn(period))
        for (let i = 1; i < pieces.length; i++)
          expect(pieces[i]?.from).toBe(addDays(pieces[i - 1]?.to ?? '', 1))
      }),
      { numRuns: 40 },
    )
  })

  it('is shown by days in a month, by months in a year, and in no more bars than can be told apart', () => {
    expect(stepAtEase(periodWith('week', TODAY))).toBe('day')
    expect(stepAtEase(periodWith('month', TODAY))).toBe('day')
    expect(stepAtEase(periodWith('year', TODAY))).toBe('month')
    expect(fittingSteps(periodWith('year', TODAY))).toEqual(['week', 'month'])
    expect(fittingSteps({ from: TODAY, to: TODAY })).toEqual(['day'])
    fc.assert(
      fc.property(anyPeriod, (period) => {
        for (const step of fittingSteps(period)) expect(stepsOf(period, step).length).toBeLessThanOrEqual(62)
      }),
      { numRuns: 40 },
    )
  })

  it('of own days says what is wrong with them', () => {
    expect(ownPeriod('2026-11-01', '2026-11-20', TODAY)).toEqual({
      kind: 'own',
      from: '2026-11-01',
      to: '2026-11-20',
    })
    expect(ownPeriod('2026-02-30', '2026-11-20', TODAY)).toBe('from')
    expect(ownPeriod('2026-11-01', '', TODAY)).toBe('to')
    expect(ownPeriod('2026-11-20', '2026-11-01', TODAY)).toBe('turned')
    expect(ownPeriod('2026-11-30', '2026-12-01', TODAY)).toBe('ahead')
    expect(ownPeriod('1999-12-31', '2026-11-01', TODAY)).toBe('early')
    expect(ownPeriod('2010-01-01', '2026-11-01', TODAY)).toBe('too_long')
  })

  it('runs until midnight in Shandong', () => {
    const november = periodWith('month', TODAY)
    const midnight = startOfDay('2026-12-01')
    expect(stageOf(november, dayOf(midnight - 1))).toBe('running')
    expect(stageOf(november, dayOf(midnight))).toBe('over')
    expect(stageOf(november, '2026-10-31')).toBe('ahead')
  })
})

describe('the figures of a period', () => {
  const november = periodWith('month', TODAY)

  it('are of its own days, with the month before beside them', () => {
    const days = [
      day('2026-09-30'),
      day('2026-10-31'),
      day('2026-11-01'),
      day('2026-11-30', [part({ grams: 900 })], 2),
      day('2026-12-01'),
    ]
    expect(periodFigures(days, november)).toMatchObject({
      sum: { acts: 2, grams: 1000, metres: 2000 },
      trips: 2,
      inReview: 2,
      before: { acts: 1, grams: 100 },
    })
  })

  it('have none before them where nothing was confirmed, also when something is in review', () => {
    expect(periodFigures([day('2026-10-31', [], 3), day('2026-11-01')], november).before).toBeUndefined()
  })

  it('name the evidence from the surest to the least sure, and the packs by their version', () => {
    const parts = [
      part({ trust: 'manual', pack: 'sd-demo 10' }),
      part({ trust: 'provider', pack: 'sd-demo 2', grams: 300 }),
    ]
    const { byTrust, packs } = periodFigures([day('2026-11-02', parts)], november)
    expect(byTrust.map(({ name, percent }) => [name, percent])).toEqual([
      ['provider', 75],
      ['manual', 25],
    ])
    expect(packs).toEqual(['sd-demo 2', 'sd-demo 10'])
  })

  it('share acts out where no act has grams', () => {
    const parts = [part({ trust: 'manual', grams: 0 }), part({ trust: 'gps', grams: 0, acts: 3 })]
    expect(periodFigures([day('2026-11-02', parts)], november).byTrust.map(({ percent }) => percent)).toEqual(
      [75, 25],
    )
  })

  it('add up: by kind, by evidence and by any pieces of time the parts are the whole', () => {
    fc.assert(
      fc.property(
        anyPeriod,
        fc.array(fc.tuple(fc.nat(), fc.array(anyPart, { maxLength: 5 })), { maxLength: 12 }),
        fc.constantFrom(...STEPS),
        (period, rows, step) => {
          const days = rows.map(([offset, parts]) =>
            day(addDays(period.from, offset % daysIn(period)), parts),
          )
          const { sum, byKind, byTrust } = periodFigures(days, period)
          const total = (of: readonly { acts: number; grams: number }[]) => [
            of.reduce((all, one) => all + one.acts, 0),
            of.reduce((all, one) => all + one.grams, 0),
          ]
          expect(total(byKind)).toEqual([sum.acts, sum.grams])
          expect(total(byTrust)).toEqual([sum.acts, sum.grams])
          expect(total(stepsOf(period, step).map((piece) => sumOf(daysWithin(days, piece))))).toEqual([
            sum.acts,
            sum.grams,
          ])
          expect(total(sumsBy(days, ({ pack }) => pack))).toEqual([sum.acts, sum.grams])
        },
      ),
      { numRuns: 60 },
    )
  })

  it('have whole percents that add up to 100, none further than one from what it is', () => {
    expect(wholePercents([1, 1, 1])).toEqual([34, 33, 33])
    expect(wholePercents([0, 0])).toEqual([0, 0])
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 8 }), (values) => {
        const whole = values.reduce((sum, value) => sum + value, 0)
        const percents = wholePercents(values)
        expect(percents.reduce((sum, value) => sum + value, 0)).toBe(whole === 0 ? 0 : 100)
        values.forEach((value, index) => {
          if (whole > 0) expect(Math.abs((percents[index] ?? 0) - (value * 100) / whole)).toBeLessThan(1)
        })
      }),
    )
  })
})
