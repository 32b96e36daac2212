/** Limits are shown before they bite: what is left, and which limit stops first. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Trust } from '../../../src/domain/evidence/activity.ts'
import { limitsLeft } from '../../../src/domain/methodology/limits-left.ts'
import { SD_DEMO_V1 as pack } from '../../../src/domain/methodology/packs/index.ts'
import { promise } from '../../../src/domain/methodology/promise.ts'
import { MemoryUsage, type Preset } from '../../support/usage.ts'
import { NOW, verdictOn } from './claims.ts'

const day = '2026-11-18'
const left = (code: string, trust: Trust, used: Preset = {}) =>
  limitsLeft(code, trust, { usage: new MemoryUsage(used), pack, day, now: NOW })

describe('what is left', () => {
  it('is 3.1 km on foot after 6.9 km', () => {
    expect(left('walk', 'gps', { dayQuantity: 6900 })).toMatchObject({
      unit: 'metre',
      quantityLeft: 3100,
      binding: { code: 'day_quantity_cap', limit: 10_000, used: 6900, left: 3100 },
    })
  })

  it('is 37.037 km by bus on one’s word: 500 g / (27 g × 50%)', () => {
    expect(left('bus', 'manual')).toMatchObject({
      quantityLeft: 37_037,
      gramsLeft: 500,
      binding: { code: 'manual_day_cap' },
    })
  })

  it('is nothing after the eighth bus ride', () => {
    const binding = { code: 'day_count_cap', left: 0 }
    expect(left('bus', 'gps', { dayCount: 8 })).toMatchObject({ quantityLeft: 0, binding })
  })

  it('is one meal after two', () => {
    expect(left('clean-plate', 'manual', { dayQuantity: 2 })).toMatchObject({
      unit: 'count',
      quantityLeft: 1,
    })
  })

  it('is 35 kWh for a week of power by the operator, then nothing', () => {
    expect(left('power-saving', 'provider')).toMatchObject({ quantityLeft: 35_000, gramsLeft: null })
  })

  it('has no end where the pack sets none', () => {
    expect(left('tree', 'manual')).toMatchObject({ quantityLeft: null })
    expect(left('tree', 'manual')?.binding).toBeUndefined()
  })

  it('is not said for an unknown act or an evidence that does not count', () => {
    expect(left('teleport', 'manual')).toBeUndefined()
    expect(left('clothes', 'manual')).toBeUndefined()
  })

  it('is what an assessment then counts in full, and one unit more is cut', () => {
    const code = fc.constantFrom('walk', 'bike', 'ebike', 'nev-ride')
    const trust = fc.constantFrom<Trust>('gps', 'import', 'manual')
    const used = fc.record({
      dayQuantity: fc.integer({ min: 0, max: 59_000 }),
      dayGrams: fc.record({
        manual: fc.integer({ min: 0, max: 480 }),
        import: fc.integer({ min: 0, max: 2900 }),
      }),
    })
    fc.assert(
      fc.property(code, trust, used, (each, by, preset) => {
        const metres = left(each, by, preset)?.quantityLeft ?? 0
        fc.pre(metres >= 300 && metres < 15_000)
        const usage = new MemoryUsage(preset)
        const verdict = (value: number) =>
          verdictOn({ code: each, trust: by, quantity: [value, 'metre'] }, { usage }).verdict
        expect(verdict(metres)).toBe('accepted')
        // A gram's worth more than what the caps leave, so that the floor cannot hide it.
        expect(verdict(metres + 300)).toBe('adjusted')
      }),
    )
  })
})

describe('what a tile promises', () => {
  it.each([
    ['bike', 3200, 64, 128],
    ['bus', 72_000, 500, 1620], // 60 km at most; 810 g cut to 500 on one's word
    ['walk', 12_000, 138, 276], // 10 km a day
    ['metro', 3000, 70, 141],
    ['clean-plate', 1, 72, null],
    ['clean-plate', 5, 216, null],
    ['power-saving', 700, 224, null],
    ['clothes', 3000, null, null],
    ['ev', 12_000, 0, 0],
    ['quiz', 1, 0, null],
    ['teleport', 1, null, null],
  ] as const)('%s %i: +%s, with a track +%s', (code, quantity, manual, track) => {
    expect(promise(code, quantity, pack)).toEqual({ manual, track })
  })

  it('is what an assessment gives on a fresh account', () => {
    const code = fc.constantFrom('walk', 'bike', 'ebike', 'metro', 'bus', 'nev-ride')
    fc.assert(
      fc.property(code, fc.integer({ min: 300, max: 200_000 }), (each, metres) => {
        const points = (trust: Trust) => verdictOn({ code: each, trust, quantity: [metres, 'metre'] }).points
        expect(promise(each, metres, pack)).toEqual({ manual: points('manual'), track: points('import') })
      }),
    )
  })
})
