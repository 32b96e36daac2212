/** One ride counts once: by the clock where both ends are known, by the typical duration where one is not. */
import { describe, expect, it } from 'vitest'
import { MINUTE_MS } from '../../../src/domain/base/time.ts'
import { MemoryUsage } from '../../support/usage.ts'
import { at, type ClaimWords, verdictOn } from './claims.ts'

interface Other {
  readonly code: string
  readonly clock: string
  readonly minutes?: number
  readonly metres?: number
}

function isOverlap(claim: Partial<ClaimWords>, { code, clock, minutes, metres = 6000 }: Other): boolean {
  const startedAt = at(`2026-11-18T${clock}`)
  const trip = {
    code,
    startedAt,
    metres,
    ...(minutes === undefined ? {} : { endedAt: startedAt + minutes * MINUTE_MS }),
  }
  const words: ClaimWords = { code: 'bus', quantity: [6000, 'metre'], trust: 'manual', ...claim }
  const { reasons } = verdictOn(words, { usage: new MemoryUsage({ trips: [trip] }) })
  return reasons.some((reason) => reason.code === 'overlap')
}

// The claim begins at 8:00; 6 km by bus typically take 20 minutes at 18 km/h.
describe('two rides with both ends', () => {
  it.each([
    ['the same ride by another name', 'metro', '08:00', 20, true],
    ['two minutes shared', 'metro', '08:18', 20, true],
    ['one minute shared, as two clocks differ', 'metro', '08:19', 20, false],
    ['one after the other', 'bus', '08:20', 20, false],
    ['one within the other', 'bike', '08:05', 5, true],
    ['an hour apart', 'bus', '09:20', 20, false],
  ] as const)('%s', (_name, code, clock, minutes, wanted) => {
    expect(isOverlap({ minutes: 20 }, { code, clock, minutes })).toBe(wanted)
  })
})

describe('a ride whose end nobody knows, and one with both ends', () => {
  it.each([
    ['begins within the other, whatever the mode', 'metro', '07:50', 20, true],
    ['begins as another mode ends', 'metro', '07:40', 20, false],
    ['begins when another mode begins', 'metro', '08:00', 20, false],
    ['begins when the same mode begins', 'bus', '08:00', 20, true],
    ['begins 19 minutes before the same mode', 'bus', '08:19', 20, true],
    ['begins 20 minutes before the same mode', 'bus', '08:20', 20, false],
  ] as const)('%s', (_name, code, clock, minutes, wanted) => {
    expect(isOverlap({}, { code, clock, minutes })).toBe(wanted)
  })

  it('counts no matter which of the two is the claim', () => {
    expect(isOverlap({ minutes: 20 }, { code: 'metro', clock: '08:10' })).toBe(true)
    expect(isOverlap({ minutes: 20 }, { code: 'metro', clock: '08:20' })).toBe(false)
  })
})

describe('two rides whose ends nobody knows', () => {
  it.each([
    ['the same mode, 19 minutes apart', 'bus', '08:19', 6000, true],
    ['the same mode, 20 minutes apart', 'bus', '08:20', 6000, false],
    ['the same mode, 9 minutes apart, one of 3 km', 'bus', '08:09', 3000, true],
    ['the same mode, 10 minutes apart, one of 3 km', 'bus', '08:10', 3000, false],
    ['another mode at the same time', 'metro', '08:00', 6000, false],
  ] as const)('%s', (_name, code, clock, metres, wanted) => {
    expect(isOverlap({}, { code, clock, metres })).toBe(wanted)
  })
})

describe('loopholes', () => {
  it('takes an interval of no length for a moment', () => {
    expect(isOverlap({ minutes: 0 }, { code: 'metro', clock: '07:50', minutes: 20 })).toBe(true)
    expect(isOverlap({ minutes: 0 }, { code: 'bus', clock: '08:05' })).toBe(true)
  })

  it('leaves meals and bags alone', () => {
    const meal = { code: 'clean-plate', quantity: [1, 'count'] } as const
    expect(isOverlap(meal, { code: 'bus', clock: '07:50', minutes: 20 })).toBe(false)
  })
})
