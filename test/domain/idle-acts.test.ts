/** What counts nothing does not grow what decisions read, and can still be taken back or appealed. */
import { describe, expect, it } from 'vitest'
import type { ActivityId } from '../../src/domain/base/ids.ts'
import { DAY_MS } from '../../src/domain/base/time.ts'
import { emptyLedger, findActivity, type Ledger } from '../../src/domain/ledger/ledger.ts'
import { IDLE_ACTS_MAX, type PostedActivity } from '../../src/domain/ledger/ledger-state.ts'
import { usageOf } from '../../src/domain/ledger/ledger-usage.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { ask, claim, command, NOON, trackedRide, world } from '../support/builders.ts'

const sizeOf = (ledger: Ledger) => canonicalJson(ledger).length
const actsOf = (ledger: Ledger) => Object.values(ledger.days).flat()

function fill(ledger: Ledger, count: number, make: (i: number) => { id: ActivityId }): void {
  for (let i = 0; i < count; i++) make(i)
  expect(actsOf(ledger).filter(({ grams, points }) => grams + points === 0).length).toBeLessThanOrEqual(
    IDLE_ACTS_MAX,
  )
}

describe('the state of an account', () => {
  const doubt = world({ findings: [{ code: 'clock_implausible', numbers: { given: 9000 } }] })
  it.each([
    [
      'rejected',
      (ledger: Ledger) => ask(ledger, command('activity.record', claim({ startedAt: NOON - 100 * DAY_MS }))),
    ],
    [
      'future-dated',
      (ledger: Ledger) => ask(ledger, command('activity.record', claim({ startedAt: NOON + 9000 * DAY_MS }))),
    ],
    ['in review', (ledger: Ledger) => ask(ledger, command('activity.record', claim()), doubt)],
    [
      'worth nothing beyond the day’s limit',
      (ledger: Ledger) =>
        ask(
          ledger,
          command('activity.record', claim({ code: 'clean-plate', quantity: { value: 3, unit: 'count' } })),
        ),
    ],
    [
      'taken back',
      (ledger: Ledger) => {
        const ride = command('activity.record', trackedRide(NOON - DAY_MS))
        ask(ledger, ride)
        return ask(ledger, command('activity.withdraw', { activityId: ride.id }))
      },
    ],
  ])('does not grow by acts that are %s', (_what, act) => {
    const ledger = emptyLedger()
    for (let i = 0; i < 2 * IDLE_ACTS_MAX; i++) act(ledger)
    const size = sizeOf(ledger)
    for (let i = 0; i < 5 * IDLE_ACTS_MAX; i++) act(ledger)
    expect(Math.abs(sizeOf(ledger) - size)).toBeLessThan(20) // digits of the seq
    expect(actsOf(ledger).length).toBeLessThanOrEqual(IDLE_ACTS_MAX + 3)
    expect(ledger.idle?.length).toBeLessThanOrEqual(IDLE_ACTS_MAX)
  })

  it('lets the oldest go first, and never what counts', () => {
    const ledger = emptyLedger()
    const ride = command('activity.record', trackedRide(NOON - DAY_MS))
    ask(ledger, ride)
    const rejected: ActivityId[] = []
    fill(ledger, IDLE_ACTS_MAX + 1, () => {
      const asked = command('activity.record', claim({ startedAt: NOON - 100 * DAY_MS }))
      ask(ledger, asked)
      rejected.push(asked.id)
      return asked
    })
    expect(findActivity(ledger, ride.id)?.outcome).toBe('accepted')
    expect(findActivity(ledger, rejected[0] as ActivityId)).toBeUndefined()
    expect(findActivity(ledger, rejected[1] as ActivityId)?.outcome).toBe('rejected')
  })

  it('forgets the next day what was timed ahead of it', () => {
    const ledger = emptyLedger()
    ask(ledger, command('activity.record', trackedRide(NOON - 61 * DAY_MS))) // the day has begun
    ask(ledger, command('activity.record', claim({ startedAt: NOON + 9000 * DAY_MS })))
    expect(ledger.idle).toHaveLength(1)
    ask(
      ledger,
      command('activity.record', claim({ startedAt: NOON + DAY_MS })),
      world({ now: NOON + DAY_MS }),
    )
    expect(Object.keys(ledger.days)).toEqual(['2026-11-21'])
    expect(ledger.idle).toBeUndefined()
  })
})

describe('an act that the state has let go', () => {
  const rejected: PostedActivity = {
    id: command('activity.record', claim()).id,
    code: 'bike',
    startedAt: NOON - 100 * DAY_MS,
    trust: 'manual',
    quantity: 0,
    outcome: 'rejected',
    grams: 0,
    points: 0,
  }
  const found = world({ idleAct: (id) => (id === rejected.id ? rejected : undefined) })
  const appeal = command('activity.appeal', { activityId: rejected.id, note: '当时在山里' })

  it('is appealed as before, by what its record says', () => {
    expect(ask(emptyLedger(), appeal, found)).toMatchObject({ outcome: 'review', about: rejected.id })
    const appealed = world({ idleAct: () => ({ ...rejected, appealed: true }) })
    expect(ask(emptyLedger(), appeal, appealed).reasons).toEqual([{ code: 'appeal_exists' }])
    const withdrawn = world({ idleAct: () => ({ ...rejected, outcome: 'withdrawn' }) })
    expect(ask(emptyLedger(), appeal, withdrawn).reasons).toEqual([{ code: 'activity_withdrawn' }])
    expect(ask(emptyLedger(), appeal).reasons).toEqual([{ code: 'activity_unknown' }])
  })

  it('is assessed anew without itself in the way', () => {
    const ledger = emptyLedger()
    const ride = command('activity.record', trackedRide(NOON - DAY_MS))
    ask(ledger, ride)
    const digest = findActivity(ledger, ride.id)?.digest as string
    expect(usageOf(ledger).hasTrack({ digest })).toBe(true)
    expect(usageOf(ledger, ride.id).hasTrack({ digest })).toBe(false)
    expect(usageOf(ledger, ride.id).tripsAround(NOON - DAY_MS)).toEqual([])
  })
})
