/** When a command was really made, whatever the phone's clock said at the tap and says at the exchange. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ClockReading, type Exchange, madeAt } from '../../src/domain/base/clock.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/base/time.ts'

const NOON = Date.parse('2026-11-20T12:00:00+08:00')
const PAGE = '0123456789abcdef'

interface Story {
  /** True times by the backend's clock. */
  readonly tappedAt: number
  readonly sentAt: number
  readonly syncedAt?: number
  /** What the phone's clock is off by at the tap and at the exchange. */
  readonly offThen: number
  readonly offNow: number
  readonly isSamePage?: boolean
  /** How long of the time in between the phone slept: the page's own time stands still. */
  readonly sleptMs?: number
  readonly isOldBuild?: boolean
}

function told(story: Story) {
  const { tappedAt, sentAt, syncedAt, offThen, offNow, isSamePage = true, sleptMs = 0 } = story
  const reading: ClockReading = { page: PAGE, elapsed: 5000, ...(syncedAt === undefined ? {} : { syncedAt }) }
  const clock = story.isOldBuild ? {} : { clock: reading }
  const elapsed = 5000 + (sentAt - tappedAt) - sleptMs
  const exchange: Exchange = {
    now: sentAt,
    sentAt: sentAt + offNow,
    page: isSamePage ? { page: PAGE, elapsed } : { page: 'fedcba9876543210', elapsed: 900 },
  }
  return madeAt({ at: tappedAt + offThen, ...clock }, exchange)
}

describe('a clock put right between the tap and the exchange', () => {
  it.each([
    ['2090', Date.parse('2090-01-01T00:00:00Z') - NOON],
    ['1970', -NOON],
    ['two hours fast', 2 * HOUR_MS],
    ['a week fast', 7 * DAY_MS],
  ])('%s: is corrected exactly within one page’s life', (_what, offThen) => {
    const story = { tappedAt: NOON - HOUR_MS, sentAt: NOON, syncedAt: NOON - 3 * HOUR_MS, offThen, offNow: 0 }
    expect(told(story)).toEqual({ at: NOON - HOUR_MS, shiftMs: -offThen, doubtMs: 0 })
  })

  it('beyond the page’s life, the act lies between the syncs around it', () => {
    const story = { tappedAt: NOON - HOUR_MS, sentAt: NOON, syncedAt: NOON - 3 * HOUR_MS, isSamePage: false }
    const found = told({ ...story, offThen: 2 * HOUR_MS, offNow: 0 })
    expect(found.at).toBeGreaterThanOrEqual(NOON - 3 * HOUR_MS)
    expect(found.at).toBeLessThanOrEqual(NOON)
    expect(found.doubtMs).toBe(3 * HOUR_MS)
    expect(told({ ...story, syncedAt: NOON - 4 * DAY_MS, offThen: 2 * HOUR_MS, offNow: 0 }).doubtMs).toBe(
      4 * DAY_MS,
    )
  })
})

describe('a clock that nobody set', () => {
  it.each([
    ['right', 0],
    ['twelve hours fast', 12 * HOUR_MS],
    ['three days slow', -3 * DAY_MS],
  ])('%s: gives the true time, in the same page or another', (_what, off) => {
    for (const isSamePage of [true, false]) {
      const story = { tappedAt: NOON - 5 * HOUR_MS, sentAt: NOON, syncedAt: NOON - DAY_MS, isSamePage }
      const found = told({ ...story, offThen: off, offNow: off })
      expect(found).toEqual({ at: NOON - 5 * HOUR_MS, shiftMs: off === 0 ? 0 : -off, doubtMs: 0 })
    }
  })

  it('is believed over the page’s own time, which stands still while the phone sleeps', () => {
    const story = {
      tappedAt: NOON - 9 * HOUR_MS,
      sentAt: NOON,
      syncedAt: NOON - DAY_MS,
      offThen: 0,
      offNow: 0,
    }
    expect(told({ ...story, sleptMs: 8 * HOUR_MS })).toEqual({
      at: NOON - 9 * HOUR_MS,
      shiftMs: 0,
      doubtMs: 0,
    })
  })

  it('and a slow network do not move an act by a second', () => {
    const story = { tappedAt: NOON, sentAt: NOON + 40_000, offThen: 0, offNow: -40_000 }
    expect(told({ ...story, isSamePage: false }).shiftMs).toBe(0)
  })
})

describe('an older build, which gives no reading', () => {
  it('is taken by the clock as it is when it sends', () => {
    const story = {
      tappedAt: NOON - HOUR_MS,
      sentAt: NOON,
      offThen: 3 * HOUR_MS,
      offNow: 3 * HOUR_MS,
      isOldBuild: true,
    }
    expect(told(story)).toEqual({ at: NOON - HOUR_MS, shiftMs: -3 * HOUR_MS, doubtMs: 0 })
  })

  it('leaves more than a day open when its clock is off by more, or says a time that cannot be', () => {
    const story = { tappedAt: NOON - HOUR_MS, sentAt: NOON, isOldBuild: true }
    expect(told({ ...story, offThen: 2 * DAY_MS, offNow: 2 * DAY_MS }).doubtMs).toBe(2 * DAY_MS)
    expect(told({ ...story, offThen: 2 * HOUR_MS, offNow: 0 }).doubtMs).toBeGreaterThan(DAY_MS)
  })
})

it('never finds a time ahead of the backend’s clock or before the last sync, whatever anybody says', () => {
  const any = fc.integer({ min: -8_640_000_000_000, max: 8_640_000_000_000 })
  const elapsed = fc.nat({ max: 10 * 366 * DAY_MS })
  const readings = fc.option(fc.record({ page: fc.constantFrom(PAGE, 'ffffffff'), elapsed, syncedAt: any }), {
    nil: undefined,
  })
  fc.assert(
    fc.property(any, any, any, readings, elapsed, (at, now, sentAt, clock, sent) => {
      const exchange = { now, sentAt, page: { page: PAGE, elapsed: sent } }
      const found = madeAt({ at, ...(clock ? { clock } : {}) }, exchange)
      expect(found.at).toBeLessThanOrEqual(now)
      expect(found.doubtMs).toBeGreaterThanOrEqual(0)
      expect(found.shiftMs === 0 || found.shiftMs === found.at - at).toBe(true)
      if (clock && clock.syncedAt <= now && found.doubtMs > 0)
        expect(found.at).toBeGreaterThanOrEqual(clock.syncedAt - MINUTE_MS)
    }),
  )
})
