/** What holds for every ride and every history, not only for the ones we thought of. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS, MINUTE_MS } from '../../../src/domain/base/time.ts'
import type { Trust } from '../../../src/domain/evidence/activity.ts'
import { assess } from '../../../src/domain/methodology/assess.ts'
import { SD_DEMO_V1 } from '../../../src/domain/methodology/packs/index.ts'
import { MemoryUsage, type Preset } from '../../support/usage.ts'
import { claimOf, NOW, verdictOn } from './claims.ts'

const travelCode = fc.constantFrom('walk', 'bike', 'ebike', 'metro', 'bus', 'nev-ride')
const anyMethodology = fc.constantFrom(...SD_DEMO_V1.methodologies)
const trust = fc.constantFrom<Trust>('provider', 'gps', 'import', 'manual')
const amount = (max: number) => fc.integer({ min: 0, max })
const used: fc.Arbitrary<Preset> = fc.record({
  dayQuantity: amount(120_000),
  dayCount: amount(12),
  weekCount: amount(10),
  monthQuantity: amount(60_000),
  dayGrams: fc.record({ manual: amount(700), gps: amount(4000), import: amount(4000) }),
  manualMonthGrams: amount(6000),
  weekPoints: amount(25_000),
  yearPoints: amount(320_000),
})

describe('grams of a ride', () => {
  it('never fall with the distance, up to where a cap binds and beyond', () => {
    fc.assert(
      fc.property(travelCode, trust, amount(200_000), amount(200_000), (code, by, one, other) => {
        const [short, long] = [Math.max(300, Math.min(one, other)), Math.max(300, one, other)]
        const grams = (metres: number) =>
          verdictOn({ code, trust: by, quantity: [metres, 'metre'] }).rewardGrams
        expect(grams(long)).toBeGreaterThanOrEqual(grams(short))
      }),
    )
  })

  it('are the same or one less when a ride is claimed in two parts, never more', () => {
    const part = fc.integer({ min: 300, max: 4000 })
    fc.assert(
      fc.property(travelCode, trust, part, part, (code, by, one, other) => {
        const grams = (metres: number) =>
          verdictOn({ code, trust: by, quantity: [metres, 'metre'] }).rewardGrams
        const whole = grams(one + other)
        const parts = grams(one) + grams(other)
        expect(whole - parts).toBeGreaterThanOrEqual(0)
        expect(whole - parts).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('any claim under any history', () => {
  const anyClaim = fc
    .record({
      methodology: anyMethodology,
      by: trust,
      value: amount(300_000),
      minutes: fc.option(amount(12_000)),
    })
    .map(({ methodology, by, value, minutes }) =>
      claimOf({
        code: methodology.code,
        at: methodology.code === 'power-saving' ? '2026-11-09T00:00' : '2026-11-10T08:00',
        quantity: [value, methodology.unit],
        trust: by,
        ...(minutes === null ? {} : { minutes }),
      }),
    )

  it('never yields less than zero, and keeps low ≤ central ≤ high in whole numbers', () => {
    fc.assert(
      fc.property(anyClaim, used, (claim, preset) => {
        const found = assess(claim, { usage: new MemoryUsage(preset), pack: SD_DEMO_V1, now: NOW })
        const { lowGrams, rewardGrams, highGrams, points } = found
        for (const each of [lowGrams, rewardGrams, highGrams, points]) {
          expect(Number.isSafeInteger(each)).toBe(true)
          expect(each).toBeGreaterThanOrEqual(0)
        }
        expect(lowGrams).toBeLessThanOrEqual(rewardGrams)
        expect(rewardGrams).toBeLessThanOrEqual(highGrams)
      }),
    )
  })

  it('never counts more with a history than without one', () => {
    fc.assert(
      fc.property(anyClaim, used, (claim, preset) => {
        const fresh = assess(claim, { usage: new MemoryUsage(), pack: SD_DEMO_V1, now: NOW })
        const later = assess(claim, { usage: new MemoryUsage(preset), pack: SD_DEMO_V1, now: NOW })
        expect(later.rewardGrams).toBeLessThanOrEqual(fresh.rewardGrams)
        expect(later.points).toBeLessThanOrEqual(fresh.points)
        expect(later.counted?.value ?? 0).toBeLessThanOrEqual(fresh.counted?.value ?? 0)
        expect(later.counted?.value ?? 0).toBeLessThanOrEqual(later.claimed?.value ?? 0)
      }),
    )
  })

  it('is adjusted if and only if something was cut', () => {
    const cuts = /_cap$/
    fc.assert(
      fc.property(anyClaim, used, (claim, preset) => {
        const { verdict, reasons } = assess(claim, {
          usage: new MemoryUsage(preset),
          pack: SD_DEMO_V1,
          now: NOW,
        })
        const isCut = reasons.some(({ code }) => cuts.test(code))
        expect(verdict === 'adjusted').toBe(isCut)
        if (verdict === 'rejected') expect(reasons.length).toBeGreaterThan(0)
      }),
    )
  })
})

describe('a day of many claims', () => {
  const ride = fc.record({
    code: travelCode,
    by: fc.constantFrom<Trust>('gps', 'import', 'manual'),
    metres: amount(60_000),
  })

  it('stays within every cap, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(ride, { maxLength: 40 }), (rides) => {
        const usage = new MemoryUsage()
        rides.forEach(({ code, by, metres }, index) => {
          const claim = claimOf({ code, trust: by, quantity: [metres, 'metre'], digest: `track-${index}` })
          const spread = { ...claim, startedAt: claim.startedAt + index * 20 * MINUTE_MS }
          usage.count(spread, assess(spread, { usage, pack: SD_DEMO_V1, now: NOW }))
        })
        const grams = usage.gramsOfDay('2026-11-18')
        expect(grams.manual).toBeLessThanOrEqual(500)
        expect(grams.import).toBeLessThanOrEqual(3000)
        expect(grams.manual + grams.import + grams.gps).toBeLessThanOrEqual(6000)
        expect(usage.ofDay('walk', '2026-11-18').quantity).toBeLessThanOrEqual(10_000)
        expect(usage.ofDay('bus', '2026-11-18').count).toBeLessThanOrEqual(8)
      }),
    )
  })

  it('rejects a track the second time, at any hour and under any code', () => {
    fc.assert(
      fc.property(travelCode, travelCode, fc.integer({ min: 1, max: 5 }), (first, second, days) => {
        const usage = new MemoryUsage()
        const claim = claimOf({ code: first, trust: 'gps', quantity: [3000, 'metre'], digest: 'one-track' })
        usage.count(claim, assess(claim, { usage, pack: SD_DEMO_V1, now: NOW }))
        const again = { ...claim, code: second, startedAt: claim.startedAt - days * DAY_MS }
        const found = assess(again, { usage, pack: SD_DEMO_V1, now: NOW })
        expect(found.reasons).toEqual([{ code: 'duplicate_track' }])
      }),
    )
  })
})
