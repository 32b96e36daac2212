import { describe, expect, test } from 'vitest'
import { startOfDay } from '../../../src/domain/base/time.ts'
import { measure } from '../../../src/domain/evidence/track-metrics.ts'
import { assess } from '../../../src/domain/methodology/assess.ts'
import { type Methodology, methodologyOf } from '../../../src/domain/methodology/pack.ts'
import { SD_DEMO_V1, SD_DEMO_V2 } from '../../../src/domain/methodology/packs/index.ts'
import type { LogDraft } from '../../../src/stores/log-draft.ts'
import {
  claimOfDraft,
  closedWeeks,
  instantOf,
  localText,
  metresOf,
  powerWeek,
  questionOf,
} from '../../../src/views/log/draft-claim.ts'
import { gramsPerUnit, kindsOf } from '../../../src/views/log/kinds.ts'
import { straightRide } from '../../support/straight-ride.ts'
import { MemoryUsage } from '../../support/usage.ts'

const now = startOfDay('2026-11-20') + 12 * 3600_000

function draft(given: Partial<LogDraft>): LogDraft {
  return {
    code: '',
    city: null,
    by: 'distance',
    km: null,
    stops: null,
    minutes: null,
    count: 1,
    typed: {},
    startedAt: null,
    note: '',
    day: null,
    week: null,
    readings: [null, null, null],
    track: null,
    trips: null,
    ...given,
  }
}

function methodology(code: string): Methodology {
  const found = methodologyOf(SD_DEMO_V2, code)
  if (!found) throw new Error(code)
  return found
}

function made(code: string, given: Partial<LogDraft>) {
  return claimOfDraft(draft(given), {
    methodology: methodology(code),
    pack: SD_DEMO_V2,
    home: 'weifang',
    now,
  })
}

describe('a draft becomes a claim', () => {
  test('a ride is taken to have just ended, in whole minutes', () => {
    const result = made('bike', { km: 8.9 })
    if (!('claim' in result)) throw new Error('missing')
    expect(result.claim.quantity).toEqual({ value: 8900, unit: 'metre' })
    expect(localText(result.claim.startedAt)).toBe('2026-11-20T11:21')
    expect(result.claim.endedAt).toBeUndefined()
  })

  test.each([
    ['bike', { km: 9999 }],
    ['walk', { km: 61 }],
    ['bus', { by: 'stops', stops: 4000 } as const],
    ['metro', { by: 'minutes', minutes: 5000 } as const],
    ['clean-plate', { count: 99 }],
  ])('%s %j is asked about, kept as typed, and nothing is moved back by days', (code, given) => {
    const asked = questionOf(draft(given), { methodology: methodology(code), pack: SD_DEMO_V2 })
    expect(asked?.about).toBe('most')
    const result = made(code, given)
    if (!('claim' in result)) throw new Error('missing')
    expect(result.claim.startedAt).toBe(now)
    expect(result.claim.quantity?.value).toBeGreaterThan(asked?.most ?? 0)
    const usage = new MemoryUsage()
    const verdict = assess(result.claim, { usage, pack: SD_DEMO_V2, now })
    expect(verdict).toMatchObject({ verdict: 'rejected', rewardGrams: 0, points: 0 })
  })

  test('a long ride is believed with its time, and asked for it without', () => {
    const context = { methodology: methodology('bike'), pack: SD_DEMO_V2 }
    expect(questionOf(draft({ km: 42 }), context)).toBeNull()
    expect(questionOf(draft({ km: 60 }), context)).toEqual({ about: 'time', most: 42_000 })
    const timed = made('bike', { km: 60, minutes: 250 })
    if (!('claim' in timed)) throw new Error('missing')
    expect(localText(timed.claim.startedAt)).toBe('2026-11-20T07:50')
    expect(timed.claim.endedAt).toBe(now)
    // Minutes left over from another way of entering say nothing of a short one.
    const short = made('bike', { km: 9, minutes: 250 })
    expect('claim' in short && short.claim.endedAt).toBeUndefined()
  })

  test('a bus without a distance is a claim without one, a bike is not', () => {
    expect(made('bike', {})).toEqual({ missing: 'distance' })
    const bus = made('bus', {})
    expect('claim' in bus && bus.claim.quantity).toBeFalsy()
  })

  test('stops and minutes are converted by the assumptions that are shown', () => {
    expect(metresOf(draft({ by: 'stops', stops: 6 }), methodology('bus'))).toBe(4800)
    expect(metresOf(draft({ by: 'stops', stops: 6 }), methodology('bike'))).toBeNull()
    expect(metresOf(draft({ by: 'minutes', minutes: 30 }), methodology('bike'))).toBe(7000)
  })

  test('the count of stops stays beside the metres made of it, and is none of a ride given otherwise', () => {
    const bus = made('bus', { by: 'stops', stops: 3 })
    expect('claim' in bus && bus.claim).toMatchObject({ stops: 3, quantity: { value: 2400, unit: 'metre' } })
    for (const given of [
      { km: 2.4, stops: 3 },
      { by: 'stops', stops: 4000 } as const,
      { by: 'stops' } as const,
    ]) {
      const other = made('bus', given)
      expect('claim' in other && other.claim).not.toHaveProperty('stops')
    }
  })

  test('minutes also say when it ended', () => {
    const result = made('bike', { by: 'minutes', minutes: 30 })
    if (!('claim' in result)) throw new Error('missing')
    expect((result.claim.endedAt ?? 0) - result.claim.startedAt).toBe(30 * 60_000)
  })

  test('a day without the car is the whole of yesterday', () => {
    const result = made('car-free-day', {})
    if (!('claim' in result)) throw new Error('missing')
    expect(localText(result.claim.startedAt)).toBe('2026-11-19T00:00')
    expect(localText(result.claim.endedAt ?? 0)).toBe('2026-11-20T00:00')
  })

  test('power: net of the week before, never below zero, one closed week from Monday', () => {
    expect(powerWeek([1200, 1242.5, 1278])).toEqual({
      beforeWattHours: 42_500,
      weekWattHours: 35_500,
      savedWattHours: 7000,
    })
    expect(powerWeek([1200, 1210, 1230])).toMatchObject({ savedWattHours: 0 })
    expect(powerWeek([1200, null, 1230])).toBe('missing')
    expect(powerWeek([1200, 1190, 1230])).toBe('backwards')
    const result = made('power-saving', { readings: [1200, 1242.5, 1278] })
    if (!('claim' in result)) throw new Error('missing')
    expect(localText(result.claim.startedAt)).toBe('2026-11-09T00:00')
    expect(result.claim.quantity).toEqual({ value: 7000, unit: 'watt_hour' })
    expect(closedWeeks(now, 45)).toEqual([
      '2026-11-09',
      '2026-11-02',
      '2026-10-26',
      '2026-10-19',
      '2026-10-12',
    ])
  })

  test('the time field is Shandong’s clock, both ways', () => {
    expect(instantOf('2026-11-20T08:12')).toBe(startOfDay('2026-11-20') + (8 * 60 + 12) * 60_000)
    expect(localText(instantOf('2026-01-01T00:05') ?? 0)).toBe('2026-01-01T00:05')
    expect(instantOf('')).toBeNull()
  })
})

describe('kinds', () => {
  test('no metro where the city has none, and nothing that only a provider may report', () => {
    const here = kindsOf(SD_DEMO_V1, 'travel', { city: 'weifang', first: ['bus'] })
    expect(here.tiles[0]?.code).toBe('bus')
    expect(here.notHere.map(({ code }) => code)).toEqual(['metro'])
    expect(kindsOf(SD_DEMO_V1, 'travel', { city: 'jinan', first: [] }).notHere).toEqual([])
    const recycle = kindsOf(SD_DEMO_V1, 'recycle', { city: 'weifang', first: [] })
    expect(recycle.tiles.map(({ code }) => code)).toEqual(['second-hand-phone'])
    expect(recycle.byProvider.map(({ code }) => code)).toContain('clothes')
  })

  test('the tile’s figure is the pack’s central one, as the person’s word counts it; a track counts it in full', () => {
    expect(gramsPerUnit(methodology('bike'), SD_DEMO_V1, 'manual')).toBeCloseTo(20.0355, 3)
    expect(gramsPerUnit(methodology('bike'), SD_DEMO_V1, 'import')).toBeCloseTo(40.071, 3)
    expect(gramsPerUnit(methodology('clean-plate'), SD_DEMO_V1, 'manual')).toBe(72)
    expect(gramsPerUnit(methodology('clean-plate'), SD_DEMO_V1, 'import')).toBeNull()
    expect(gramsPerUnit(methodology('ev'), SD_DEMO_V1, 'manual')).toBeNull()
  })
})

describe('a track becomes a claim', () => {
  /** 3 km and 3 km in ten minutes each; between them nothing for 150 s and 1.4 km. */
  const ride = (from: number, at: number) =>
    straightRide({ metres: 3000, seconds: 600, from, at: now - at * 1000 })
  const measured = measure([{ points: [...ride(0, 3000), ...ride(4400, 2250)], after: 'pause' }])
  const track = { fileName: 'a.gpx', digest: 'a'.repeat(64), measured, isLocalTime: false, leftOut: {} }
  const metres = (code: string) => {
    const result = made(code, { track })
    return 'claim' in result ? (result.claim.quantity?.value ?? 0) : 0
  }

  test('its numbers follow the kind: at 34 km/h no bicycle lost its signal, but a bus may have', () => {
    expect(Math.round(metres('bike') / 100)).toBe(60)
    expect(Math.round(metres('bus') / 100)).toBe(74)
  })

  test('the digest of the whole file goes along where the file held more', () => {
    const alone = made('bike', { track })
    const part = made('bike', { track: { ...track, file: 'f'.repeat(64) } })
    expect('claim' in alone && alone.claim.evidence).not.toHaveProperty('file')
    expect('claim' in part && part.claim.evidence).toMatchObject({
      digest: 'a'.repeat(64),
      file: 'f'.repeat(64),
    })
  })
})
