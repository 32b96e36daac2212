/** One's whole footprint: what was answered counts, with its range and its source; what was not is never guessed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factorsBy } from '../../src/content/footprint/factors.ts'
import {
  ANSWERS,
  type Answers,
  footprintOf,
  largestSavings,
  NAMES,
  NO_ANSWERS,
} from '../../src/content/footprint/footprint.ts'
import { packInForce } from '../../src/domain/methodology/which-pack.ts'
import { TEST_START } from '../support/clock.ts'

const factors = factorsBy(packInForce('weifang', TEST_START))
const of = (some: Partial<Answers>) => footprintOf({ ...NO_ANSWERS, ...some }, factors)
const savingsOf = (some: Partial<Answers>) => largestSavings({ ...NO_ANSWERS, ...some }, factors)

const amount = fc.option(fc.double({ min: 0, max: 3000, noNaN: true }), { nil: null })
const answers: fc.Arbitrary<Answers> = fc.record({
  people: fc.option(fc.integer({ min: 1, max: 30 }), { nil: null }),
  electricity: amount,
  gas: amount,
  heat: amount,
  petrol: amount,
  bus: amount,
  metro: amount,
  flight: amount,
  redMeat: amount,
  whiteMeat: amount,
})

describe('the footprint of a year', () => {
  it('shares the power of a home among those who live there', () => {
    // 240 kWh × 12 ÷ 3 × 0.641 kg
    expect(of({ people: 3, electricity: 240 }).total.central).toBe(615)
  })

  it('counts what is eaten and driven by one person alone', () => {
    // 60 l × 12 × 2.22 kg, and 0.3 kg × 52 × 39.72 kg
    expect(
      of({ people: 3, petrol: 60, redMeat: 0.3 }).parts.map(({ name, central }) => [name, central]),
    ).toEqual([
      ['petrol', 1598],
      ['redMeat', 620],
    ])
  })

  it('asks how many live at home before it says anything of the home', () => {
    expect(of({ electricity: 240, petrol: 10 })).toMatchObject({ needsPeople: true, total: { central: 266 } })
    expect(of({ petrol: 10 }).needsPeople).toBe(false)
  })

  it('tells nought from what was not answered', () => {
    expect(of({ flight: 0 }).open).not.toContain('flight')
    expect(of({}).open).toEqual(NAMES)
  })

  it('leaves empty what the pack knows no factor of', () => {
    const pack = packInForce('weifang', TEST_START)
    const without = factorsBy({ ...pack, gridFactors: [], methodologies: [] })
    const answered = { ...NO_ANSWERS, people: 1, electricity: 100, bus: 20, gas: 5 }
    const { parts, open } = footprintOf(answered, without)
    expect(parts.map(({ name }) => name)).toEqual(['gas'])
    expect(open).toEqual(expect.arrayContaining(['electricity', 'bus']))
  })

  it('is the sum of its parts to the kilogram, within its range, the largest part first', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const { parts, total } = footprintOf(given, factors)
        for (const key of ['low', 'central', 'high'] as const)
          expect(total[key]).toBe(parts.reduce((all, part) => all + part[key], 0))
        for (const { low, central, high } of [...parts, total]) {
          expect(low).toBeLessThanOrEqual(central)
          expect(central).toBeLessThanOrEqual(high)
        }
        expect(parts.map(({ central }) => central)).toEqual(
          parts.map(({ central }) => central).sort((a, b) => b - a),
        )
      }),
    )
  })

  it('counts each question once: answered, or open', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const { parts, open } = footprintOf(given, factors)
        const named = [...parts.map(({ name }) => name), ...open]
        expect(new Set(named).size).toBe(named.length)
        const unshared = NAMES.filter(
          (name) => ANSWERS[name].isShared && given.people === null && given[name] !== null,
        )
        expect([...named, ...unshared].sort()).toEqual([...NAMES].sort())
      }),
    )
  })
})

describe('the three things that would matter most', () => {
  it('begin with the car of somebody who drives much', () => {
    // 2/7 of 100 l × 12 × 2.22 kg
    expect(savingsOf({ people: 4, electricity: 200, petrol: 100, redMeat: 0.2 })[0]).toEqual({
      change: 'carDays',
      kilograms: 761,
    })
  })

  it('take off what is eaten in place of beef', () => {
    // 0.5 kg × 52 × (39.72 − 12.31) kg
    expect(savingsOf({ redMeat: 1 })).toEqual([{ change: 'redMeatHalf', kilograms: 713 }])
  })

  it('never save more than the part that they are about, and are never more than three', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const { total } = footprintOf(given, factors)
        const savings = largestSavings(given, factors)
        expect(savings.length).toBeLessThanOrEqual(3)
        for (const { kilograms } of savings) expect(kilograms).toBeLessThanOrEqual(total.central + 1)
      }),
    )
  })

  it('say nothing where nothing was answered', () => {
    expect(savingsOf({})).toEqual([])
  })
})

describe('every factor', () => {
  it('has a source in both languages, and says how sure it is', () => {
    for (const factor of Object.values(factors)) {
      expect(factor).toBeDefined()
      const { source, class: sureness, low, central, high, rangeKnown } = factor ?? ({} as never)
      expect(['S', 'D', 'P']).toContain(sureness)
      for (const text of [
        source.titleZh,
        source.titleEn,
        source.publisherZh,
        source.publisherEn,
        source.noteZh,
        source.noteEn,
      ])
        expect(text.length).toBeGreaterThan(1)
      if (rangeKnown) expect(high).toBeGreaterThan(low)
      else expect([low, high]).toEqual([central, central])
    }
  })
})
