import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ActivityId, VoucherId } from '../../src/domain/base/ids.ts'
import { decide } from '../../src/domain/ledger/decide.ts'
import { copyOf, emptyLedger, type Ledger } from '../../src/domain/ledger/ledger.ts'
import { project } from '../../src/domain/ledger/project.ts'
import { dueSteps, settleStep } from '../../src/domain/ledger/steps.ts'
import { balanceOf } from '../../src/domain/ledger/transfer.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { ask, claim, command, NOON, offer, postStep, trackedRide, world } from '../support/builders.ts'

const DAY = 24 * 3600_000
const offers = [offer({ pricePoints: 40, perPersonMax: 50 })]

/** What may happen to an account, as numbers that are resolved against its state. */
const happening = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constant('ride' as const),
      metres: fc.nat(60_000),
      daysAgo: fc.nat(50),
      tracked: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constant('meal' as const), count: fc.integer({ min: 1, max: 5 }) }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('withdraw' as const), pick: fc.nat(100) }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('redeem' as const) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('cancel' as const), pick: fc.nat(100) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('settle' as const), pick: fc.nat(100) }) },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 400 }) }),
  },
)

type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never

function live(happenings: readonly Happening[], check: (ledger: Ledger) => void): Ledger {
  const ledger = emptyLedger()
  let now = NOON
  const known: ActivityId[] = []
  const pick = <T>(from: readonly T[], at: number) => from[at % Math.max(1, from.length)]
  for (const each of happenings) {
    const given = world({ now, offers: offers.map((o) => ({ ...o, endsAt: now + DAY })) })
    switch (each.what) {
      case 'ride': {
        const startedAt = now - each.daysAgo * DAY - 3600_000
        const quantity = { value: each.metres, unit: 'metre' as const }
        const asked = command(
          'activity.record',
          each.tracked ? trackedRide(startedAt, { quantity }) : claim({ startedAt, quantity }),
          now,
        )
        known.push(asked.id)
        ask(ledger, asked, given)
        break
      }
      case 'meal':
        ask(
          ledger,
          command(
            'activity.record',
            claim({
              code: 'clean-plate',
              startedAt: now - 1,
              quantity: { value: each.count, unit: 'count' },
            }),
            now,
          ),
          given,
        )
        break
      case 'withdraw':
        ask(
          ledger,
          command('activity.withdraw', { activityId: pick(known, each.pick) ?? ('none' as ActivityId) }, now),
          given,
        )
        break
      case 'redeem':
        ask(
          ledger,
          command('voucher.redeem', { offerId: offer().id, offerVersion: 1, pricePoints: 40 }, now),
          given,
        )
        break
      case 'cancel':
        ask(
          ledger,
          command(
            'voucher.cancel',
            { voucherId: pick(Object.keys(ledger.vouchers), each.pick) as VoucherId },
            now,
          ),
          given,
        )
        break
      case 'settle': {
        const id = pick(Object.keys(ledger.vouchers), each.pick) as VoucherId | undefined
        const voucher = id && ledger.vouchers[id]
        if (id && voucher) postStep(ledger, settleStep(id, voucher), now)
        break
      }
      case 'wait':
        now += each.days * DAY
        for (let due = dueSteps(ledger, now); due.length > 0; due = dueSteps(ledger, now)) {
          postStep(ledger, due[0] as (typeof due)[0], now)
        }
    }
    check(ledger)
  }
  return ledger
}

const balances = (ledger: Ledger, asset: 'points' | 'grams') =>
  Object.entries(ledger.balances).filter(([key]) => key.startsWith(asset))

describe('whatever happens to an account', () => {
  it('per asset all balances sum to zero, and nobody’s available or held falls below zero', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
        live(happenings, (ledger) => {
          for (const asset of ['points', 'grams'] as const) {
            expect(balances(ledger, asset).reduce((sum, [, value]) => sum + value, 0)).toBe(0)
            expect(balanceOf(ledger.balances, asset, 'available')).toBeGreaterThanOrEqual(0)
            expect(balanceOf(ledger.balances, asset, 'held')).toBeGreaterThanOrEqual(0)
          }
          expect(balanceOf(ledger.balances, 'points', 'owed')).toBeLessThanOrEqual(0)
        })
      }),
      { numRuns: 150 },
    )
  })

  it('the lots hold exactly what is available, and the open vouchers exactly what is held', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
        live(happenings, (ledger) => {
          const inLots = ledger.lots.reduce((sum, lot) => sum + lot.available, 0)
          expect(inLots).toBe(balanceOf(ledger.balances, 'points', 'available'))
          const inVouchers = Object.values(ledger.vouchers)
            .flatMap((voucher) => voucher.parts)
            .reduce((sum, part) => sum + part.points, 0)
          expect(inVouchers).toBe(balanceOf(ledger.balances, 'points', 'held'))
        })
      }),
      { numRuns: 150 },
    )
  })

  it('deciding changes nothing: only posting does', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 20 }), (happenings) => {
        const ledger = live(happenings, () => undefined)
        const before = canonicalJson(ledger)
        decide(command('activity.record', claim()), ledger, world())
        decide(
          command('voucher.redeem', { offerId: offer().id, offerVersion: 1, pricePoints: 40 }),
          ledger,
          world({ offers }),
        )
        expect(canonicalJson(ledger)).toBe(before)
      }),
      { numRuns: 60 },
    )
  })

  it('no day of self-declared acts earns more than its cap, in whatever pieces it is told', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 300, max: 20_000 }), { maxLength: 12 }), (rides) => {
        const ledger = emptyLedger()
        for (const [i, value] of rides.entries()) {
          const startedAt = NOON - 10 * 3600_000 + i * 3600_000
          ask(ledger, command('activity.record', claim({ startedAt, quantity: { value, unit: 'metre' } })))
        }
        expect(balanceOf(ledger.balances, 'grams', 'available')).toBeLessThanOrEqual(500)
      }),
    )
  })
})

describe('the screen', () => {
  const rides = fc.array(fc.integer({ min: 300, max: 9000 }), { minLength: 1, maxLength: 8 })
  const commandsFor = (metres: readonly number[]) =>
    metres.map((value, i) => {
      const asked = command(
        'activity.record',
        claim({ startedAt: NOON - (i + 1) * 3600_000, quantity: { value, unit: 'metre' } }),
      )
      return { command: asked, text: canonicalJson(asked) }
    })

  it('shows as pending exactly what the backend then posts, when it decides the same commands in the same order', () => {
    fc.assert(
      fc.property(rides, (metres) => {
        const outbox = commandsFor(metres)
        const ledger = emptyLedger()
        const screen = project(ledger, outbox, world())
        for (const each of outbox) ask(ledger, each.command)
        expect(screen.pendingPoints).toBe(balanceOf(ledger.balances, 'points', 'available'))
        expect(screen.available).toBe(0)
      }),
    )
  })

  it('never changes the confirmed ledger that it is projected from', () => {
    fc.assert(
      fc.property(rides, (metres) => {
        const ledger = emptyLedger()
        ask(ledger, command('activity.record', claim()))
        const before = canonicalJson(copyOf(ledger))
        project(ledger, commandsFor(metres), world())
        expect(canonicalJson(ledger)).toBe(before)
      }),
    )
  })

  it('keeps what waits and what is asked for apart from what is confirmed', () => {
    const ledger = emptyLedger()
    ask(ledger, command('activity.record', trackedRide(NOON - DAY)))
    const asked = command('voucher.redeem', { offerId: offer().id, offerVersion: 1, pricePoints: 100 })
    const ride = command('activity.record', claim())
    const screen = project(
      ledger,
      [asked, ride].map((each) => ({ command: each, text: canonicalJson(each) })),
      world(),
    )
    expect(screen).toMatchObject({
      available: 356,
      held: 0,
      pendingSpend: 100,
      pendingPoints: 64,
      spendable: 256,
    })
  })
})
