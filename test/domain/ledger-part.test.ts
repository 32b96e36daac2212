/** A part of a ledger says the same as the whole, or throws: what nobody looked up is never taken for empty. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ActivityId } from '../../src/domain/base/ids.ts'
import { DAY_MS, dayOf, startOfDay } from '../../src/domain/base/time.ts'
import type { ActivityClaim } from '../../src/domain/evidence/activity.ts'
import type { Command } from '../../src/domain/ledger/command.ts'
import { decide, needsToDecide } from '../../src/domain/ledger/decide.ts'
import type { World } from '../../src/domain/ledger/decision.ts'
import { emptyLedger, findActivity, type Ledger, needsToPost, post } from '../../src/domain/ledger/ledger.ts'
import { addFound, headOf, NotLookedUp, partOf } from '../../src/domain/ledger/ledger-part.ts'
import { IDLE_ACTS_MAX } from '../../src/domain/ledger/ledger-state.ts'
import { isStandingTrack, usageOf } from '../../src/domain/ledger/ledger-usage.ts'
import { type Needs, NO_NEEDS, withIdleDays } from '../../src/domain/ledger/needs.ts'
import type { RecordBody, RecordDetail } from '../../src/domain/ledger/record.ts'
import { PACKS } from '../../src/domain/methodology/packs/index.ts'
import {
  ACCOUNT,
  ask,
  claim,
  command,
  freshId,
  NOON,
  postDecision,
  trackedRide,
  world,
} from '../support/builders.ts'
import { PieceStore } from '../support/piece-store.ts'

const codes = [...new Set(PACKS.flatMap((pack) => pack.methodologies.map(({ code }) => code)))]
const units = ['metre', 'count', 'gram', 'watt_hour'] as const

const act = fc.record({
  what: fc.constant('act' as const),
  code: fc.constantFrom(...codes),
  unit: fc.constantFrom(...units),
  value: fc.integer({ min: 1, max: 9000 }),
  daysAgo: fc.integer({ min: -2, max: 75 }),
  clockOffDays: fc.constantFrom(0, 0, 0, 1, 40),
})
const happening = fc.oneof(
  { weight: 4, arbitrary: act },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant('ride' as const),
      track: fc.nat(6),
      trip: fc.nat(2),
      daysAgo: fc.nat(50),
    }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('withdraw' as const), pick: fc.nat(200) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('appeal' as const), pick: fc.nat(200) }) },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constant('verdict' as const), pick: fc.nat(200), points: fc.nat(3) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('idle' as const), count: fc.integer({ min: 1, max: 40 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 30 }) }),
  },
)
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never

function commandOf(each: Happening, now: number, known: readonly ActivityId[]): Command[] {
  const pick = (at: number) => known[at % Math.max(1, known.length)] ?? freshId()
  switch (each.what) {
    case 'act': {
      const { code, value, unit, daysAgo, clockOffDays } = each
      const startedAt = now - (daysAgo + clockOffDays) * DAY_MS - 3600_000
      return [
        command(
          'activity.record',
          claim({ code, startedAt, quantity: { value, unit } }),
          now - clockOffDays * DAY_MS,
        ),
      ]
    }
    case 'ride': {
      const ride = trackedRide(NOON - each.daysAgo * DAY_MS)
      const digest = (file: number, trip: number) => `${file}${trip}`.padStart(64, '0')
      const file = each.trip === 0 ? {} : { file: digest(each.track, 0) }
      const evidence = { ...ride.evidence, digest: digest(each.track, each.trip), ...file }
      return [command('activity.record', { ...ride, evidence } as ActivityClaim, now)]
    }
    case 'withdraw':
      return [command('activity.withdraw', { activityId: pick(each.pick) }, now)]
    case 'appeal':
      return [command('activity.appeal', { activityId: pick(each.pick), note: '再看看' }, now)]
    case 'idle':
      return Array.from({ length: each.count }, (_, i) =>
        command('activity.record', claim({ startedAt: now - (62 + (i % 9)) * DAY_MS }), now),
      )
    default:
      return []
  }
}

/** An operator's word on an act, which the state may have let go. */
function verdict(
  whole: Ledger,
  id: ActivityId,
  points: number,
  at: number,
): { body: RecordBody; detail: RecordDetail } {
  const held = findActivity(whole, id)
  const act = held
    ? {}
    : { act: { id, code: 'bike', startedAt: at - 70 * DAY_MS, trust: 'manual' as const, quantity: 0 } }
  const transfers = [
    {
      asset: 'points',
      debit: 'issuance',
      credit: 'available',
      amount: points,
      lot: dayOf(at).slice(0, 7),
    } as const,
  ]
  return {
    body: {
      v: 1,
      account: ACCOUNT,
      seq: whole.seq + 1,
      at,
      kind: 'review.decide',
      id: `review.decide:${id}:${whole.seq}`,
      outcome: 'accepted',
      transfers: points > 0 ? transfers : [],
    },
    detail: {
      about: id,
      assessment: { points, rewardGrams: 0 } as RecordDetail['assessment'],
      ...act,
    } as RecordDetail,
  }
}

function compare(store: PieceStore, whole: Ledger): void {
  expect(store.whole()).toEqual(JSON.parse(JSON.stringify(whole)))
}

function liveBoth(happenings: readonly Happening[]): void {
  const whole = emptyLedger()
  const store = new PieceStore(whole)
  const known: ActivityId[] = []
  let now = NOON
  for (const each of happenings) {
    if (each.what === 'wait') now += each.days * DAY_MS
    if (each.what === 'verdict') {
      const id = known[each.pick % Math.max(1, known.length)] ?? freshId()
      const record = verdict(whole, id, each.points, now)
      const part = store.part(needsToPost([record]))
      for (const ledger of [whole, part]) post(ledger, record.body, record.detail)
      store.put(part)
    }
    const commands = commandOf(each, now, known)
    if (commands.length === 0) continue
    const given: World = world({ now, exchange: { sentAt: commands[0]?.at ?? now } })
    const part = store.part(needsToDecide(commands, given))
    for (const asked of commands) {
      const decision = decide(asked, whole, given)
      expect(decide(asked, part, given)).toEqual(decision)
      for (const ledger of [whole, part]) postDecision(ledger, { command: asked, decision, at: now })
      if (asked.kind === 'activity.record') known.push(asked.id)
    }
    store.put(part)
    compare(store, whole)
  }
}

describe('a part of a ledger', () => {
  it('is decided upon and folded as the whole is, whatever happens to an account', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => liveBoth(happenings)),
      { numRuns: 200 },
    )
  })

  it('looks at no more than the days around an act', () => {
    const ride = command('activity.record', claim())
    expect([...needsToDecide([ride], world()).days].sort()).toEqual([
      '2026-11-19',
      '2026-11-20',
      '2026-11-21',
    ])
    expect(needsToDecide([command('quiz.answer', { questionId: 'q', choice: 0 })], world())).toEqual(NO_NEEDS)
  })

  const weekly = PACKS.flatMap((pack) =>
    pack.methodologies
      .filter(({ limits }) => limits.weekCount)
      .map(({ code, unit }) => ({ pack, code, unit })),
  )
  it.each(weekly)('has the week at hand where $code counts so many times a week', ({ pack, code, unit }) => {
    const given = world({ pack })
    const monday = startOfDay('2026-11-09')
    const asked = command(
      'activity.record',
      claim({ code, startedAt: monday, endedAt: monday + 7 * DAY_MS, quantity: { value: 1, unit } }),
    )
    const part = new PieceStore(full()).part(needsToDecide([asked], given))
    expect(decide(asked, part, given).outcome).not.toBe('rejected')
    expect(part.part?.days.size).toBe(7)
  })

  it('stores anew what stands again on a day that was forgotten meanwhile', () => {
    const store = new PieceStore(full())
    const whole = store.whole()
    const later = NOON + 62 * DAY_MS
    const asked = command('activity.record', trackedRide(NOON - DAY_MS), later)
    const part = store.part(needsToDecide([asked], world({ now: later })))
    for (const ledger of [whole, part]) {
      ask(ledger, command('quiz.answer', { questionId: 'q', choice: 0 }), world({ now: later }))
      ask(ledger, asked, world({ now: later }))
    }
    store.put(part)
    compare(store, JSON.parse(JSON.stringify({ ...whole, answered: part.answered })) as Ledger)
  })

  const full = () => {
    const ledger = emptyLedger()
    ask(ledger, command('activity.record', trackedRide(NOON - DAY_MS)))
    return ledger
  }
  const unknown: readonly [string, (ledger: Ledger) => unknown][] = [
    ['a day', (ledger) => usageOf(ledger).ofDay('bike', '2026-11-19')],
    ['an act', (ledger) => findActivity(ledger, freshId())],
    ['a track', (ledger) => isStandingTrack(ledger, 'd'.repeat(64))],
    ['a file', (ledger) => usageOf(ledger).hasTrack({ digest: 'd'.repeat(64), file: 'f'.repeat(64) })],
    ['the day of an act that is recorded', (ledger) => ask(ledger, command('activity.record', claim()))],
    [
      'an act that is taken back',
      (ledger) => ask(ledger, command('activity.withdraw', { activityId: freshId() })),
    ],
  ]
  it.each(unknown)('throws where nobody looked up %s, instead of taking it for empty', (_what, read) => {
    expect(() => read(full())).not.toThrow()
    expect(() => read(partOf(headOf(full())))).toThrow(NotLookedUp)
  })

  it('says of what was looked up and is not there that it is not there', () => {
    const part = partOf(headOf(full()))
    const id = freshId()
    addFound(part, { days: ['2026-11-01'], acts: [id], digests: ['d'], pieces: {} })
    expect(usageOf(part).ofDay('bike', '2026-11-01').count).toBe(0)
    expect(findActivity(part, id)).toBeUndefined()
    expect(isStandingTrack(part, 'd')).toBe(false)
  })

  it('keeps what was changed when the same day is looked up once more', () => {
    const store = new PieceStore(full())
    const needs: Needs = { ...NO_NEEDS, days: ['2026-11-19'] }
    const part = store.part(needs)
    const [ride] = part.days['2026-11-19'] ?? []
    if (ride) ride.appealed = true
    addFound(part, { ...needs, pieces: full().days })
    expect(part.days['2026-11-19']?.[0]?.appealed).toBe(true)
  })

  it('has the days at hand of those acts that have to make room, and only of those', () => {
    const ledger = full()
    for (let i = 0; i < IDLE_ACTS_MAX; i++)
      ask(ledger, command('activity.record', claim({ startedAt: NOON - (100 + i) * DAY_MS })))
    const oldest = dayOf(NOON - 100 * DAY_MS)
    expect(withIdleDays({ ...NO_NEEDS, idle: 1 }, ledger).days).toEqual([oldest])
    expect(withIdleDays(NO_NEEDS, ledger).days).toEqual([])
    const part = partOf(headOf(ledger))
    const asked = command('activity.record', claim({ startedAt: NOON - 90 * DAY_MS }))
    addFound(part, {
      ...NO_NEEDS,
      days: [dayOf(NOON - 90 * DAY_MS), ...['2026-08-21', '2026-08-23']],
      pieces: {},
    })
    expect(() => ask(part, asked)).toThrow(NotLookedUp)
  })
})
