/** One ride counts once, however often and by whomever it is told: better evidence takes the place of less, in the difference alone. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ActivityId } from '../../src/domain/base/ids.ts'
import { HOUR_MS, MINUTE_MS, startOfDay } from '../../src/domain/base/time.ts'
import type { ActivityClaim, Evidence, Trust } from '../../src/domain/evidence/activity.ts'
import { type Decision, toldOf, type World } from '../../src/domain/ledger/decision.ts'
import { emptyLedger, findActivity, type Ledger } from '../../src/domain/ledger/ledger.ts'
import { balanceOf } from '../../src/domain/ledger/transfer.ts'
import type { Pack } from '../../src/domain/methodology/pack.ts'
import { SD_DEMO_V2, SD_DEMO_V3 } from '../../src/domain/methodology/packs/index.ts'
import { ask, claim, command, freshId, offer, world } from '../support/builders.ts'
import { linked, report, tell } from '../support/reports.ts'

/** Thursday evening, under version 3. */
const NOW = startOfDay('2026-12-03') + 20 * HOUR_MS
const EIGHT = startOfDay('2026-12-03') + 8 * HOUR_MS
const WORLD = world({ now: NOW })
const metre = (value: number) => ({ value, unit: 'metre' }) as const

function track(trust: 'import' | 'gps', minutes: number): Evidence {
  const digest = freshId().replaceAll('-', '').padStart(64, '0')
  return { trust, digest, points: minutes * 6, movingSeconds: minutes * 60, maxSpeedMetresPerHour: 22_000 }
}

/** The same half hour by bicycle, as each would tell it. */
const TOLD: Readonly<Record<Exclude<Trust, 'provider'>, () => ActivityClaim>> = {
  manual: () => claim({ startedAt: EIGHT + 5 * MINUTE_MS, quantity: metre(6000) }),
  import: () =>
    claim({
      startedAt: EIGHT + MINUTE_MS,
      endedAt: EIGHT + 29 * MINUTE_MS,
      quantity: metre(6700),
      evidence: track('import', 28),
    }),
  gps: () =>
    claim({
      startedAt: EIGHT,
      endedAt: EIGHT + 31 * MINUTE_MS,
      quantity: metre(7000),
      evidence: track('gps', 30),
    }),
}
const REPORTED = { code: 'bike', startedAt: EIGHT, endedAt: EIGHT + 30 * MINUTE_MS, quantity: metre(6400) }

function record(ledger: Ledger, told: ActivityClaim, given: World = WORLD) {
  const asked = command('activity.record', told, given.now)
  return { id: asked.id as ActivityId, decision: ask(ledger, asked, given) }
}

function reported(ledger: Ledger, given: World = WORLD) {
  const consent =
    Object.values(ledger.consents ?? {})[0]?.id ?? linked(ledger, { world: given, since: EIGHT })
  return tell(ledger, report(consent, REPORTED), given) as { id: ActivityId; decision: Decision }
}

function toldAs(trust: Trust, ledger: Ledger, given: World) {
  return trust === 'provider' ? reported(ledger, given) : record(ledger, TOLD[trust](), given)
}

const net = (ledger: Ledger, asset: 'points' | 'grams') =>
  balanceOf(ledger.balances, asset, 'available') + balanceOf(ledger.balances, asset, 'owed')
const counting = (ledger: Ledger) =>
  Object.values(ledger.days)
    .flat()
    .filter(({ outcome }) => outcome === 'accepted' || outcome === 'adjusted')

function ordersOf<T>(all: readonly T[]): T[][] {
  if (all.length <= 1) return [[...all]]
  return all.flatMap((one, i) => ordersOf(all.toSpliced(i, 1)).map((rest) => [one, ...rest]))
}

/** What a ledger has used up and earned: whatever came in which order, this must not tell. */
function totalsOf(ledger: Ledger) {
  const {
    weekPoints,
    yearPoints,
    monthManualGrams,
    monthQuantity,
    postedPoints = {},
    firstWeekPoints = 0,
  } = ledger
  const posted = Object.values(postedPoints).reduce((sum, each) => sum + each, 0)
  const sums = { weekPoints, yearPoints, monthManualGrams, monthQuantity, posted, firstWeekPoints }
  const acts = counting(ledger).map(({ trust, grams, points, quantity }) => ({
    trust,
    grams,
    points,
    quantity,
  }))
  return { ...sums, grams: net(ledger, 'grams'), points: net(ledger, 'points'), acts: acts.sort(byTrust) }
}
const byTrust = (a: { trust: string; grams: number }, b: { trust: string; grams: number }) =>
  a.trust < b.trust ? -1 : a.trust > b.trust ? 1 : a.grams - b.grams

interface Limits {
  readonly manual: number
  readonly month: number
  readonly device: number
  readonly week: number
  readonly open: number
}

/** Of a size that one ride can meet. */
const limits: fc.Arbitrary<Limits> = fc.record({
  manual: fc.integer({ min: 0, max: 200 }),
  month: fc.integer({ min: 0, max: 200 }),
  device: fc.integer({ min: 0, max: 400 }),
  week: fc.integer({ min: 0, max: 600 }),
  open: fc.integer({ min: 0, max: 400 }),
})

/** Version 3 with such limits. */
function tight({ manual, month, device, week, open }: Limits): Pack {
  const at = (value: number) => ({ value, proposal: true }) as const
  const { caps, reward } = SD_DEMO_V3
  return {
    ...SD_DEMO_V3,
    caps: { ...caps, manualDayGrams: at(manual), manualMonthGrams: at(month), deviceDayGrams: at(device) },
    reward: { ...reward, weekCapPoints: at(week), openWeekPoints: at(open), openFirstWeekPoints: at(open) },
  }
}

/** Other rides of the day, hours away. */
const others = fc.array(
  fc.record({ trust: fc.constantFrom('manual', 'import', 'gps'), hour: fc.integer({ min: 11, max: 18 }) }),
  { maxLength: 3 },
)

function another({ trust, hour }: { trust: 'manual' | 'import' | 'gps'; hour: number }): ActivityClaim {
  const told = TOLD[trust]()
  const by = (hour - 8) * HOUR_MS
  const { startedAt, endedAt } = told
  return { ...told, startedAt: startedAt + by, ...(endedAt === undefined ? {} : { endedAt: endedAt + by }) }
}

describe('one ride', () => {
  it('told on its own word, by a file, by a live track and by its provider ends alike in all 24 orders, with limits nearly used up', () => {
    fc.assert(
      fc.property(limits, others, (few, before) => {
        const given = world({ now: NOW, pack: tight(few) })
        const ends = ordersOf<Trust>(['manual', 'import', 'gps', 'provider']).map((order) => {
          const ledger = emptyLedger()
          linked(ledger, { world: given, since: EIGHT })
          for (const each of before) record(ledger, another(each), given)
          for (const trust of order) toldAs(trust, ledger, given)
          expect(counting(ledger).filter(({ startedAt }) => startedAt < EIGHT + HOUR_MS)).toMatchObject([
            { trust: 'provider' },
          ])
          return JSON.stringify(totalsOf(ledger))
        })
        expect(new Set(ends).size).toBe(1)
      }),
      { numRuns: 40 },
    )
  })

  it('counts for what the best of any of them makes of it alone', () => {
    const sets: Trust[][] = [
      ['manual', 'import'],
      ['import', 'gps'],
      ['manual', 'gps', 'import'],
      ['gps', 'provider'],
    ]
    for (const set of sets) {
      const best = (['provider', 'gps', 'import', 'manual'] as const).find((each) =>
        set.includes(each),
      ) as Trust
      const alone = emptyLedger()
      toldAs(best, alone, WORLD)
      for (const order of ordersOf(set)) {
        const ledger = emptyLedger()
        for (const trust of order) toldAs(trust, ledger, WORLD)
        expect(totalsOf(ledger)).toEqual(totalsOf(alone))
      }
    }
  })

  it('earns the difference when its provider reports it later, and names what it takes into itself', () => {
    const ledger = emptyLedger()
    const first = record(ledger, TOLD.manual())
    const { decision } = reported(ledger)
    const counted = decision.assessment?.rewardGrams ?? 0
    expect(decision).toMatchObject({ outcome: 'accepted', supersedes: [first.id] })
    expect(decision.transfers).toContainEqual({
      asset: 'grams',
      debit: 'issuance',
      credit: 'available',
      amount: counted - (first.decision.assessment?.rewardGrams ?? 0),
    })
    expect(net(ledger, 'grams')).toBe(counted)
    expect(findActivity(ledger, first.id)).toMatchObject({ outcome: 'superseded', grams: 0, points: 0 })
  })

  it('gives back what was claimed too much, into a debt where it is spent', () => {
    const ledger = emptyLedger()
    const given = world({ now: NOW, offers: [offer({ pricePoints: 50, endsAt: NOW + HOUR_MS })] })
    record(ledger, { ...TOLD.import(), quantity: metre(9000) }, given)
    const before = net(ledger, 'points')
    ask(
      ledger,
      command('voucher.redeem', { offerId: offer().id, offerVersion: 1, pricePoints: 50 }, NOW),
      given,
    )
    const { decision } = reported(ledger, given)
    const { points = 0 } = decision.assessment ?? {}
    expect(points).toBeLessThan(before)
    expect(net(ledger, 'points')).toBe(points - 50)
  })

  it('is one with what stands already when less evidence comes later, moves nothing and says with which', () => {
    const ledger = emptyLedger()
    const { id } = reported(ledger)
    const later = record(ledger, TOLD.gps())
    expect(later.decision).toMatchObject({
      outcome: 'rejected',
      reasons: [{ code: 'merged' }],
      transfers: [],
      about: id,
    })
    expect(findActivity(ledger, later.id)?.outcome).toBe('superseded')
  })

  it('can be taken back and appealed as the one it is by now; taken back, the older does not come back', () => {
    const ledger = emptyLedger()
    const old = record(ledger, TOLD.manual())
    const { id } = reported(ledger)
    const late = record(ledger, TOLD.import())
    for (const activityId of [old.id, late.id]) {
      const withdrawal = ask(ledger, command('activity.withdraw', { activityId }, NOW), WORLD)
      const appeal = ask(ledger, command('activity.appeal', { activityId, note: '?' }, NOW), WORLD)
      for (const { outcome, reasons } of [withdrawal, appeal])
        expect({ outcome, reasons }).toEqual({ outcome: 'refused', reasons: [{ code: 'activity_merged' }] })
    }
    expect(ask(ledger, command('activity.withdraw', { activityId: id }, NOW), WORLD).outcome).toBe('accepted')
    expect({ grams: net(ledger, 'grams'), counting: counting(ledger) }).toEqual({ grams: 0, counting: [] })
  })

  it('lets an act of better evidence that does not count take nobody’s place', () => {
    const ledger = emptyLedger()
    const { id } = record(ledger, TOLD.manual())
    const car = {
      ...TOLD.import(),
      evidence: { ...track('import', 28), maxSpeedMetresPerHour: 90_000 },
    } as ActivityClaim
    expect(record(ledger, car).decision.outcome).toBe('rejected')
    expect(counting(ledger)).toMatchObject([{ id }])
  })
})

describe('two acts that nobody does at once', () => {
  const bus = () =>
    claim({ code: 'bus', startedAt: EIGHT, endedAt: EIGHT + 40 * MINUTE_MS, quantity: metre(12_000) })

  it('better evidence stands; the other says at which times, whichever came first', () => {
    const numbers = { startedAt: EIGHT, endedAt: EIGHT + 31 * MINUTE_MS }
    const ledger = emptyLedger()
    const ride = record(ledger, TOLD.gps())
    expect(record(ledger, bus()).decision).toMatchObject({
      outcome: 'rejected',
      about: ride.id,
      reasons: [{ code: 'overlap', numbers }],
    })
    const other = emptyLedger()
    const told = record(other, bus())
    expect(record(other, TOLD.gps()).decision).toMatchObject({ outcome: 'accepted', displaces: [told.id] })
    expect(totalsOf(other)).toEqual(totalsOf(ledger))
    const appeal = command('activity.appeal', { activityId: told.id, note: '我坐的是公交' }, NOW)
    expect(ask(other, appeal, WORLD).outcome).toBe('review')
  })

  it('are two where one begins when the other ends, or they share less than a fifth', () => {
    const ledger = emptyLedger()
    record(ledger, bus())
    const walk = claim({
      code: 'walk',
      startedAt: EIGHT + 37 * MINUTE_MS,
      endedAt: EIGHT + 60 * MINUTE_MS,
      quantity: metre(1500),
    })
    record(ledger, walk)
    expect(counting(ledger)).toHaveLength(2)
  })

  it('a report that would take back more than eight acts is not believed', () => {
    const ledger = emptyLedger()
    for (let i = 0; i < 9; i++)
      record(
        ledger,
        claim({
          code: 'walk',
          startedAt: EIGHT + i * HOUR_MS,
          endedAt: EIGHT + (i + 0.5) * HOUR_MS,
          quantity: metre(2000),
        }),
      )
    const consent = linked(ledger, { world: WORLD, since: EIGHT })
    const all = { ...REPORTED, endedAt: EIGHT + 9 * HOUR_MS, quantity: metre(60_000) }
    expect(tell(ledger, report(consent, all), WORLD)?.decision).toMatchObject({
      outcome: 'rejected',
      reasons: [{ code: 'overlap' }],
    })
    expect(counting(ledger)).toHaveLength(9)
  })
})

describe('what is no trip', () => {
  const paper = (startedAt: number) => ({
    code: 'waste-sorting',
    startedAt,
    quantity: { value: 1, unit: 'count' } as const,
  })

  it('is one when logged and reported within half an hour, and two when logged twice', () => {
    const ledger = emptyLedger()
    const consent = linked(ledger, { world: WORLD, since: EIGHT })
    const trusts = { ...WORLD, pack: everyTrust(WORLD.pack) }
    record(ledger, claim(paper(EIGHT)), trusts)
    record(ledger, claim(paper(EIGHT + 5 * MINUTE_MS)), trusts)
    expect(counting(ledger).length).toBe(2)
    const told = tell(ledger, report(consent, paper(EIGHT + 20 * MINUTE_MS)), trusts)
    expect(told?.decision.supersedes).toHaveLength(2)
    expect(counting(ledger)).toMatchObject([{ trust: 'provider' }])
  })

  function everyTrust(pack: Pack): Pack {
    const trusts = ['provider', 'manual'] as const
    return { ...pack, methodologies: pack.methodologies.map((each) => ({ ...each, trusts: [...trusts] })) }
  }
})

it('under version 2 the second is rejected as another trip at that time, as it always was', () => {
  const ledger = emptyLedger()
  const given = world({ now: NOW, pack: SD_DEMO_V2 })
  record(ledger, TOLD.manual(), given)
  const later = record(ledger, TOLD.import(), given)
  expect(toldOf(later.decision)).toMatchObject({ reasons: [{ code: 'overlap' }] })
  expect(later.decision.about).toBeUndefined()
})
