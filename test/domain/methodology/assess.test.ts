/** What the golden table does not show: what the backend adds, what a rejected act keeps, and that nothing irrelevant matters. */
import { describe, expect, it } from 'vitest'
import { assess } from '../../../src/domain/methodology/assess.ts'
import type { Pack } from '../../../src/domain/methodology/pack.ts'
import { SD_DEMO_V1 } from '../../../src/domain/methodology/packs/index.ts'
import { MemoryUsage } from '../../support/usage.ts'
import { type ClaimWords, claimOf, NOW, verdictOn } from './claims.ts'

const ride: ClaimWords = { code: 'bike', quantity: [3200, 'metre'], trust: 'gps' }

describe('what the backend adds', () => {
  it('rejects a track that another account has claimed', () => {
    const found = verdictOn(ride, { findings: [{ code: 'duplicate_track' }] })
    expect(found).toMatchObject({ verdict: 'rejected', rewardGrams: 0, points: 0 })
    expect(found.reasons).toEqual([{ code: 'duplicate_track' }])
  })

  it('keeps the computed numbers of an act in review', () => {
    const finding = { code: 'clock_implausible', numbers: { given: 900 } } as const
    const found = verdictOn(ride, { findings: [finding] })
    expect(found).toMatchObject({ verdict: 'review', rewardGrams: 128, points: 128, reasons: [finding] })
  })

  it('says what was cut as well when a person must look', () => {
    const found = verdictOn(
      { ...ride, quantity: [72000, 'metre'] },
      { findings: [{ code: 'shared_device', numbers: { accounts: 9, limit: 5 } }] },
    )
    expect(found.verdict).toBe('review')
    expect(found.reasons.map(({ code }) => code)).toEqual(['ride_distance_cap', 'shared_device'])
  })

  it('lets a rejection win over a review', () => {
    const findings = [{ code: 'appealed' }, { code: 'overlap' }] as const
    expect(verdictOn(ride, { findings })).toMatchObject({
      verdict: 'rejected',
      reasons: [{ code: 'overlap' }],
    })
  })

  it('takes no notice of codes that say nothing about an assessment', () => {
    const found = verdictOn(ride, { findings: [{ code: 'offer_ended' }, { code: 'manual_day_cap' }] })
    expect(found).toMatchObject({ verdict: 'accepted', reasons: [] })
  })
})

describe('a rejected act', () => {
  it('keeps what was claimed and the formula that would have applied', () => {
    const found = verdictOn({ ...ride, city: 'jinan', at: '2026-09-01T08:00' })
    expect(found).toMatchObject({
      verdict: 'rejected',
      claimed: { value: 3200, unit: 'metre' },
      formula: { kind: 'travel', metres: 3200, baselineMgPerKm: 79_000, projectMgPerKm: 8700 },
      rewardGrams: 0,
      lowGrams: 0,
      highGrams: 0,
      points: 0,
    })
    expect(found.counted).toBeUndefined()
  })

  it('names the default distance after the reason', () => {
    const found = verdictOn({ code: 'metro', city: 'binzhou', trust: 'manual' })
    expect(found.reasons.map(({ code }) => code)).toEqual(['not_in_city', 'default_distance'])
  })

  it('has no formula when its unit does not fit', () => {
    expect(verdictOn({ ...ride, quantity: [3, 'count'] }).formula).toBeUndefined()
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 8.64e15, -8.64e15, 0.5])(
    'does not throw on a start of %s',
    (startedAt) => {
      const claim = { ...claimOf(ride), startedAt }
      const found = assess(claim, { usage: new MemoryUsage(), pack: SD_DEMO_V1, now: NOW })
      expect(found).toMatchObject({
        verdict: 'rejected',
        day: '2026-11-20',
        reasons: [{ code: 'invalid_times' }],
      })
    },
  )

  it.each([Number.NaN, -1, 1.5, Number.POSITIVE_INFINITY])('does not throw on a quantity of %s', (value) => {
    expect(verdictOn({ ...ride, quantity: [value, 'metre'] }).verdict).toBe('rejected')
  })
})

describe('the pinned numbers', () => {
  it('name pack, methodology, version and day', () => {
    expect(verdictOn({ ...ride, at: '2026-11-18T00:00' })).toMatchObject({
      packId: 'sd-demo',
      packVersion: 1,
      code: 'bike',
      methodologyVersion: 1,
      day: '2026-11-18',
      formula: { substitution: 570, evidence: 1000 },
    })
  })

  it('do not depend on the note, the city or the hour', () => {
    const plain = verdictOn(ride)
    const noted = { ...claimOf({ ...ride, city: 'zibo', at: '2026-11-18T21:40' }), note: '318 路' }
    expect(assess(noted, { usage: new MemoryUsage(), pack: SD_DEMO_V1, now: NOW })).toEqual(plain)
  })

  it('leave the claim and the pack as they were', () => {
    const before = JSON.stringify([claimOf(ride), SD_DEMO_V1])
    verdictOn(ride)
    expect(JSON.stringify([claimOf(ride), SD_DEMO_V1])).toBe(before)
  })
})

describe('creditable grams', () => {
  const filed: Pack = {
    ...SD_DEMO_V1,
    demonstration: false,
    creditable: true,
    methodologies: SD_DEMO_V1.methodologies.map((each) => ({ ...each, creditable: true })),
  }

  it('are the low end, of evidence better than one’s word', () => {
    expect(verdictOn(ride, { pack: filed })).toMatchObject({ rewardGrams: 128, creditableGrams: 125 })
    expect(verdictOn({ ...ride, trust: 'manual' }, { pack: filed }).creditableGrams).toBe(0)
  })

  it('are zero as long as the pack is a demonstration', () => {
    expect(verdictOn(ride, { pack: { ...filed, demonstration: true } }).creditableGrams).toBe(0)
  })
})

describe('points without grams', () => {
  it('follow the pack where it publishes them, under the same caps', () => {
    const pack: Pack = {
      ...SD_DEMO_V1,
      methodologies: SD_DEMO_V1.methodologies.map((each) =>
        each.code === 'quiz' ? { ...each, pointsPerCount: { value: 20, proposal: true } } : each,
      ),
    }
    const quiz: ClaimWords = { code: 'quiz', quantity: [2, 'count'], trust: 'manual' }
    expect(verdictOn(quiz, { pack })).toMatchObject({ verdict: 'accepted', rewardGrams: 0, points: 40 })
    const usage = new MemoryUsage({ weekPoints: 19_990 })
    expect(verdictOn(quiz, { pack, usage })).toMatchObject({ verdict: 'adjusted', points: 10 })
  })
})
