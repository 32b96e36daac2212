/** What no provider reports is limited by when it is posted: nothing is gained by dating back, and an honest guest loses nothing. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ActivityId } from '../../src/domain/base/ids.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, startOfDay } from '../../src/domain/base/time.ts'
import type { ActivityClaim } from '../../src/domain/evidence/activity.ts'
import { takeBack } from '../../src/domain/ledger/earnings.ts'
import { emptyLedger, type Ledger, post } from '../../src/domain/ledger/ledger.ts'
import { usageOf } from '../../src/domain/ledger/ledger-usage.ts'
import { ACCOUNT, ask, command, trackedRide, world } from '../support/builders.ts'
import { forge } from '../support/forger.ts'

/** A Wednesday noon, under version 2. */
const NOW = startOfDay('2026-12-09') + 12 * HOUR_MS

const log = (ledger: Ledger, claim: ActivityClaim, now = NOW) =>
  ask(ledger, command('activity.record', claim, now), world({ now }))

/** 24 km from a file: 961 points, just within a day's 1,000. */
const longRide = (startedAt: number): ActivityClaim =>
  trackedRide(startedAt, {
    endedAt: startedAt + 90 * MINUTE_MS,
    quantity: { value: 24_000, unit: 'metre' },
    evidence: {
      trust: 'import',
      digest: startedAt.toString(16).padStart(64, 'a'),
      points: 5000,
      movingSeconds: 5000,
      maxSpeedMetresPerHour: 25_000,
    },
  })

/** One long ride on each of the days before `now`. */
function logDays(ledger: Ledger, days: number, now = NOW): number {
  let points = 0
  for (let day = 1; day <= days; day++)
    points += log(ledger, longRide(now - day * DAY_MS), now).assessment?.points ?? 0
  return points
}

/** An account whose first week is long over. */
function oldAccount(): Ledger {
  const ledger = emptyLedger()
  log(ledger, { ...longRide(NOW - 41 * DAY_MS) }, NOW - 40 * DAY_MS)
  return ledger
}

describe('points by posting', () => {
  it('are 10,000 in the first week, whatever the days of the acts', () => {
    const ledger = emptyLedger()
    expect(logDays(ledger, 40)).toBe(10_000)
    const last = log(ledger, longRide(NOW - 41 * DAY_MS))
    expect(last).toMatchObject({ outcome: 'adjusted', assessment: { points: 0, rewardGrams: 961 } })
    expect(last.reasons).toEqual([{ code: 'first_week_cap', numbers: { limit: 10_000, used: 10_000 } }])
  })

  it('are 7,000 in any seven days after it, and begin anew when they are past', () => {
    const ledger = oldAccount()
    expect(logDays(ledger, 20)).toBe(7000)
    const later = (days: number) =>
      log(ledger, longRide(NOW - (25 + days) * DAY_MS), NOW + days * DAY_MS).assessment?.points
    expect(later(6)).toBe(0)
    expect(later(7)).toBe(961)
  })

  it('are remembered for the whole of the seven days, whatever is posted in between', () => {
    const ledger = oldAccount()
    expect(logDays(ledger, 20)).toBe(7000)
    const posted = (ride: number, day: number) =>
      log(ledger, longRide(NOW - ride * DAY_MS), NOW + day * DAY_MS).assessment?.points
    for (let day = 1; day <= 6; day++) expect(posted(20 + day, day)).toBe(0)
    expect(posted(30, 6)).toBe(0)
  })

  it('that a review has left of an act count in the week in which they were posted, not in that of the review', () => {
    const ledger = oldAccount()
    const act = command('activity.record', longRide(NOW - DAY_MS), NOW)
    const { assessment } = ask(ledger, act, world({ now: NOW }))
    expect(assessment?.points).toBe(961)
    const reviewedAt = NOW + 5 * DAY_MS
    const transfers = takeBack(ledger, { grams: 561, points: 561, lot: '2026-12' })
    const body = {
      v: 1,
      account: ACCOUNT,
      seq: ledger.seq + 1,
      at: reviewedAt,
      kind: 'review.decide',
    } as const
    const decided = { ...body, id: `review.decide:${act.id}:1`, outcome: 'adjusted', transfers } as const
    post(ledger, decided, {
      about: act.id,
      ...(assessment ? { assessment: { ...assessment, rewardGrams: 400, points: 400 } } : {}),
    })
    expect(usageOf(ledger).openPointsPosted(reviewedAt).points).toBe(400)
    expect(usageOf(ledger).openPointsPosted(NOW + 7 * DAY_MS).points).toBe(0)
  })

  it('come back when an act is taken back, where they were counted', () => {
    const ledger = oldAccount()
    logDays(ledger, 20)
    const first = Object.values(ledger.days)
      .flat()
      .find(({ postedAt, points }) => postedAt === NOW && points === 961)
    ask(
      ledger,
      command('activity.withdraw', { activityId: first?.id as ActivityId }, NOW),
      world({ now: NOW }),
    )
    expect(usageOf(ledger).openPointsPosted(NOW)).toEqual({ points: 6039, isFirstWeek: false })
    expect(log(ledger, longRide(NOW - 35 * DAY_MS)).assessment?.points).toBe(961)
  })

  it('leave whole what an honest guest logged in three weeks before signing in', () => {
    // Twelve acts a week of at most 250 points, two on a day; every other on the person's word, as far as a month of words goes.
    const metres = fc.array(fc.integer({ min: 1000, max: 6200 }), { minLength: 36, maxLength: 36 })
    fc.assert(
      fc.property(metres, (lengths) => {
        const ledger = emptyLedger()
        lengths.forEach((value, index) => {
          const day = Math.floor(index / 12) * 7 + Math.floor((index % 12) / 2)
          const startedAt = NOW - (21 - day) * DAY_MS - (index % 2) * 4 * HOUR_MS
          const file = trackedRide(startedAt, { quantity: { value, unit: 'metre' } })
          const { evidence: _, endedAt: __, ...rest } = file
          const claim: ActivityClaim =
            index % 2 === 0
              ? { ...file, evidence: { ...file.evidence, movingSeconds: Math.ceil(value / 5) } as never }
              : { ...rest, evidence: { trust: 'manual' } }
          expect(log(ledger, claim)).toMatchObject({ outcome: 'accepted', reasons: [] })
        })
      }),
      { numRuns: 20 },
    )
  })
})

describe('a perfect forger', () => {
  it('gets at most 10 yuan in the first week of a fresh account, and 7 in each week after', () => {
    const days = forge(NOW, 15)
    const sum = (from: number, to: number) => days.slice(from, to).reduce((all, each) => all + each, 0)
    expect(sum(0, 7)).toBeLessThanOrEqual(10_000)
    expect(sum(0, 7)).toBeGreaterThan(9000) // or it is not much of a forger
    for (let day = 7; day < 15; day++) expect(sum(Math.max(7, day - 6), day + 1)).toBeLessThanOrEqual(7000)
  }, 60_000)
})
