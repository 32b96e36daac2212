/** An impossible claim never pays more than a plausible one: for every kind, on every evidence. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Trust } from '../../../src/domain/evidence/activity.ts'
import type { Methodology } from '../../../src/domain/methodology/pack.ts'
import { SD_DEMO_V2 as pack } from '../../../src/domain/methodology/packs/index.ts'
import { mostPlausible, mostWithoutEnd } from '../../../src/domain/methodology/plausible.ts'
import { at, type ClaimWords, verdictOn } from './claims.ts'

const now = at('2026-12-09T12:00')
const TRUSTS: readonly Trust[] = ['provider', 'gps', 'import', 'manual']
const anyMethodology = fc.constantFrom(...pack.methodologies)
const anyTrust = fc.constantFrom(...TRUSTS)
const beyond = fc.integer({ min: 1, max: 900_000_000 })
const minutes = fc.option(fc.integer({ min: 0, max: 1440 }), { nil: undefined })

function wordsOf(methodology: Methodology, trust: Trust, value: number, length?: number): ClaimWords {
  const isDay = methodology.limits.minHours !== undefined
  const isWeek = methodology.kind === 'fixed' && methodology.daysPerAct !== undefined
  return {
    code: methodology.code,
    at: isWeek ? '2026-11-30T00:00' : '2026-12-07T00:00',
    quantity: [value, methodology.unit],
    trust,
    ...(isDay ? { minutes: 1440 } : length === undefined || isWeek ? {} : { minutes: length }),
  }
}

const verdict = (words: ClaimWords) => verdictOn(words, { pack, now })

describe('beyond what a kind can be', () => {
  it('nothing counts, whatever the evidence and the time given', () => {
    fc.assert(
      fc.property(anyMethodology, anyTrust, beyond, minutes, (methodology, trust, more, length) => {
        const value = (mostPlausible(methodology) ?? 0) + more
        expect(verdict(wordsOf(methodology, trust, value, length))).toMatchObject({
          verdict: 'rejected',
          points: 0,
          rewardGrams: 0,
        })
      }),
    )
  })

  it('no quantity pays more than the best that its time allows', () => {
    fc.assert(
      fc.property(anyMethodology, anyTrust, beyond, minutes, (methodology, trust, value, length) => {
        const points = (each: number) => verdict(wordsOf(methodology, trust, each, length)).points
        const fastest = methodology.limits.maxSpeedMetresPerHour?.value
        const mostInTime =
          length && fastest ? Math.floor((fastest * length) / 60) : mostWithoutEnd(methodology, pack)
        const most = Math.min(mostPlausible(methodology) ?? 0, mostInTime ?? Number.POSITIVE_INFINITY)
        fc.pre(most >= 1)
        if (value > most) expect(points(value)).toBe(0)
        else expect(points(value)).toBeLessThanOrEqual(points(most))
      }),
      { numRuns: 400 },
    )
  })

  it('is said with what would be plausible', () => {
    const ride: ClaimWords = {
      code: 'bike',
      at: '2026-12-08T08:00',
      quantity: [9_999_000, 'metre'],
      trust: 'manual',
    }
    expect(verdict(ride).reasons).toEqual([
      { code: 'implausible', numbers: { limit: 300_000, given: 9_999_000 } },
    ])
    expect(verdict({ ...ride, quantity: [60_000, 'metre'] }).reasons).toEqual([
      { code: 'end_missing', numbers: { limit: 42_000, given: 60_000 } },
    ])
    // An end at the very beginning is none.
    expect(verdict({ ...ride, quantity: [60_000, 'metre'], minutes: 0 }).reasons).toEqual([
      { code: 'end_missing', numbers: { limit: 42_000, given: 60_000 } },
    ])
  })
})
