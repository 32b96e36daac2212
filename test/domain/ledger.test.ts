import { describe, expect, it } from 'vitest'
import type { VoucherId } from '../../src/domain/base/ids.ts'
import { startOfDay } from '../../src/domain/base/time.ts'
import { emptyLedger, findActivity, type Ledger, post } from '../../src/domain/ledger/ledger.ts'
import { lotExpiresAt, takeOldestFirst } from '../../src/domain/ledger/lot.ts'
import { nextDueAt } from '../../src/domain/ledger/next-due.ts'
import { dueSteps, settleStep } from '../../src/domain/ledger/steps.ts'
import { balanceOf } from '../../src/domain/ledger/transfer.ts'
import { OPEN_VOUCHERS_MAX, SETTLEMENT_WINDOW_MS } from '../../src/domain/offers/voucher.ts'
import {
  ACCOUNT,
  ask,
  claim,
  command,
  NOON,
  offer,
  postStep,
  trackedRide,
  world,
} from '../support/builders.ts'

const DAY = 24 * 3600_000
const points = (ledger: Ledger) => ({
  available: balanceOf(ledger.balances, 'points', 'available'),
  held: balanceOf(ledger.balances, 'points', 'held'),
  owed: balanceOf(ledger.balances, 'points', 'owed'),
})

function withPoints(rides = 1): Ledger {
  const ledger = emptyLedger()
  for (let i = 0; i < rides; i++) ask(ledger, command('activity.record', trackedRide(NOON - (i + 1) * DAY)))
  return ledger
}

describe('earning', () => {
  it('an act that counts gives its grams and as many points, in the lot of the month', () => {
    const ledger = emptyLedger()
    const decision = ask(ledger, command('activity.record', claim()))
    expect(decision.outcome).toBe('accepted')
    expect(decision.assessment?.rewardGrams).toBe(64) // 3.2 km × 40.07 g × 50 %
    expect(points(ledger)).toEqual({ available: 64, held: 0, owed: 0 })
    expect(balanceOf(ledger.balances, 'grams', 'available')).toBe(64)
    expect(ledger.lots).toEqual([{ month: '2026-11', available: 64 }])
  })

  it('an act that cannot count is recorded all the same, with the reason and without transfers', () => {
    const ledger = emptyLedger()
    const decision = ask(ledger, command('activity.record', claim({ startedAt: NOON - 100 * DAY })))
    expect(decision).toMatchObject({ outcome: 'rejected', transfers: [] })
    expect(decision.reasons.map((reason) => reason.code)).toContain('too_old')
    expect(ledger.seq).toBe(1)
  })

  it('an act in review posts nothing until it is decided', () => {
    const ledger = emptyLedger()
    const findings = [{ code: 'clock_implausible' as const, numbers: { given: 9000 } }]
    expect(ask(ledger, command('activity.record', claim()), world({ findings })).outcome).toBe('review')
    expect(ledger.balances).toEqual({})
  })
})

describe('taking back', () => {
  it('withdrawing an act reverses exactly what it gave, and frees its limit', () => {
    const ledger = emptyLedger()
    const ride = command('activity.record', claim())
    ask(ledger, ride)
    expect(ask(ledger, command('activity.withdraw', { activityId: ride.id })).outcome).toBe('accepted')
    expect(ledger.balances).toEqual({})
    expect(ledger).toMatchObject({
      lots: [],
      weekPoints: {},
      yearPoints: {},
      monthManualGrams: {},
      monthQuantity: {},
    })
    expect(ask(ledger, command('activity.record', claim())).assessment?.rewardGrams).toBe(64)
  })

  it('what was spent meanwhile becomes a debt, and the next earnings repay it first', () => {
    const ledger = emptyLedger()
    const ride = command('activity.record', trackedRide(NOON - DAY))
    ask(ledger, ride) // 356
    ask(
      ledger,
      command('voucher.redeem', { offerId: offer().id, offerVersion: 1, pricePoints: 300 }),
      world({ offers: [offer({ pricePoints: 300 })] }),
    )
    ask(ledger, command('activity.withdraw', { activityId: ride.id }))
    expect(points(ledger)).toEqual({ available: 0, held: 300, owed: -300 })
    ask(ledger, command('activity.record', trackedRide(NOON - 2 * DAY)))
    expect(points(ledger)).toEqual({ available: 56, held: 300, owed: 0 })
  })

  it.each([
    ['an act that nobody knows', 'activity_unknown'],
    ['an act already taken back', 'activity_withdrawn'],
  ])('withdrawing %s is refused: %s', (_what, code) => {
    const ledger = emptyLedger()
    const ride = command('activity.record', claim())
    if (code === 'activity_withdrawn') {
      ask(ledger, ride)
      ask(ledger, command('activity.withdraw', { activityId: ride.id }))
    }
    const decision = ask(ledger, command('activity.withdraw', { activityId: ride.id }))
    expect(decision).toMatchObject({ outcome: 'refused', reasons: [{ code }], transfers: [] })
  })

  it('an appeal is heard once, and only where there is something to gain', () => {
    const ledger = emptyLedger()
    const full = command('activity.record', claim())
    const old = command('activity.record', claim({ startedAt: NOON - 50 * DAY }))
    ask(ledger, full)
    ask(ledger, old)
    const appeal = (activityId: typeof full.id) =>
      ask(ledger, command('activity.appeal', { activityId, note: '当时在山里' }))
    expect(appeal(full.id).reasons).toEqual([{ code: 'appeal_pointless' }])
    expect(appeal(old.id).outcome).toBe('review')
    expect(appeal(old.id).reasons).toEqual([{ code: 'appeal_exists' }])
    expect(findActivity(ledger, old.id)?.appealed).toBe(true)
  })
})

describe('spending', () => {
  const redeem = (given: Partial<{ offerVersion: number; pricePoints: number }> = {}) =>
    command('voucher.redeem', { offerId: offer().id, offerVersion: 1, pricePoints: 100, ...given })

  it('a voucher holds its price from the oldest lots first', () => {
    const ledger = emptyLedger()
    ask(ledger, command('activity.record', claim()), world({ now: NOON })) // 64 in November
    const december = startOfDay('2026-12-02') + 12 * 3600_000
    ask(ledger, command('activity.record', trackedRide(december - DAY)), world({ now: december }))
    const decision = ask(ledger, redeem(), world({ now: december }))
    expect(decision.transfers).toEqual([
      { asset: 'points', debit: 'available', credit: 'held', amount: 64, lot: '2026-11' },
      { asset: 'points', debit: 'available', credit: 'held', amount: 36, lot: '2026-12' },
    ])
    expect(points(ledger)).toEqual({ available: 320, held: 100, owed: 0 })
  })

  it.each([
    ['an offer that is gone', world({ offers: [] }), redeem(), 'offer_unknown'],
    ['an offer that has ended', world({ offers: [offer({ endsAt: NOON })] }), redeem(), 'offer_ended'],
    ['another price', world(), redeem({ pricePoints: 90 }), 'price_changed'],
    ['an older version', world(), redeem({ offerVersion: 0 }), 'price_changed'],
    ['a sold-out offer', world({ stock: () => 'offer_sold_out' }), redeem(), 'offer_sold_out'],
    ['a spent budget', world({ stock: () => 'offer_budget_spent' }), redeem(), 'offer_budget_spent'],
    [
      'too few points',
      world({ offers: [offer({ pricePoints: 357 })] }),
      redeem({ pricePoints: 357 }),
      'points_not_enough',
    ],
    [
      'more than one person may have',
      world({ offers: [offer({ perPersonMax: 0 })] }),
      redeem(),
      'person_limit',
    ],
  ])('%s is refused with its own reason', (_what, given, asked, code) => {
    const ledger = withPoints()
    const before = structuredClone(ledger)
    const decision = ask(ledger, asked, given)
    expect(decision).toMatchObject({ outcome: 'refused', reasons: [{ code }], transfers: [] })
    expect({ ...ledger, seq: 0, prunedOn: '' }).toEqual({ ...before, seq: 0, prunedOn: '' })
  })

  it('exactly as many points as the price are enough', () => {
    const ledger = withPoints()
    expect(
      ask(ledger, redeem({ pricePoints: 356 }), world({ offers: [offer({ pricePoints: 356 })] })).outcome,
    ).toBe('accepted')
    expect(points(ledger)).toEqual({ available: 0, held: 356, owed: 0 })
  })

  it('one account cannot hold more open vouchers than the limit', () => {
    const ledger = withPoints(1)
    const cheap = world({ offers: [offer({ pricePoints: 1, perPersonMax: 100 })] })
    for (let i = 0; i < OPEN_VOUCHERS_MAX; i++)
      expect(ask(ledger, redeem({ pricePoints: 1 }), cheap).outcome).toBe('accepted')
    expect(ask(ledger, redeem({ pricePoints: 1 }), cheap).reasons[0]?.code).toBe('too_many_vouchers')
  })

  it('a donation is given at once and leaves no voucher open', () => {
    const ledger = withPoints()
    ask(ledger, redeem(), world({ offers: [offer({ category: 'donation' })] }))
    expect(balanceOf(ledger.balances, 'points', 'merchant')).toBe(100)
    expect(ledger.vouchers).toEqual({})
  })
})

describe('the end of a voucher', () => {
  function withVoucher() {
    const ledger = withPoints()
    const asked = command('voucher.redeem', { offerId: offer().id, offerVersion: 1, pricePoints: 100 })
    ask(ledger, asked)
    return { ledger, id: asked.id as VoucherId }
  }

  it('a cancelled voucher keeps its points held for the settlement window, then returns them to their lot', () => {
    const { ledger, id } = withVoucher()
    ask(ledger, command('voucher.cancel', { voucherId: id }))
    expect(points(ledger)).toEqual({ available: 256, held: 100, owed: 0 })
    const end = NOON + SETTLEMENT_WINDOW_MS
    expect(nextDueAt(ledger)).toBe(end)
    expect(dueSteps(ledger, end - 1)).toEqual([])
    for (const step of dueSteps(ledger, end)) postStep(ledger, step, end)
    expect(points(ledger)).toEqual({ available: 356, held: 0, owed: 0 })
    expect(ledger.lots).toEqual([{ month: '2026-11', available: 356 }])
    expect(dueSteps(ledger, end)).toEqual([])
  })

  it('a voucher nobody used expires at the end of its last day, and its points return a window later', () => {
    const { ledger, id } = withVoucher()
    const expiresAt = startOfDay('2026-12-05') // 14 days after the 20th, to the end of that day
    expect(ledger.vouchers[id]?.expiresAt).toBe(expiresAt)
    for (const step of dueSteps(ledger, expiresAt)) postStep(ledger, step, expiresAt)
    expect(ledger.vouchers[id]).toMatchObject({
      endedAt: expiresAt,
      returnsAt: expiresAt + SETTLEMENT_WINDOW_MS,
    })
    const [step] = dueSteps(ledger, expiresAt + SETTLEMENT_WINDOW_MS)
    expect(step).toMatchObject({ id: `voucher.return:${id}`, kind: 'voucher.return' })
  })

  it('a settled voucher pays the merchant, also out of the window', () => {
    const { ledger, id } = withVoucher()
    ask(ledger, command('voucher.cancel', { voucherId: id }))
    const voucher = ledger.vouchers[id]
    if (!voucher) throw new Error('no voucher')
    postStep(ledger, settleStep(id, voucher), NOON + 1)
    expect(balanceOf(ledger.balances, 'points', 'merchant')).toBe(100)
    expect(points(ledger)).toEqual({ available: 256, held: 0, owed: 0 })
  })

  it('a voucher can be cancelled once', () => {
    const { ledger, id } = withVoucher()
    ask(ledger, command('voucher.cancel', { voucherId: id }))
    expect(ask(ledger, command('voucher.cancel', { voucherId: id })).reasons).toEqual([
      { code: 'voucher_ended' },
    ])
  })

  it('points of a lot end 24 months after the month in which they were earned', () => {
    const ledger = withPoints()
    const end = lotExpiresAt('2026-11')
    expect(end).toBe(startOfDay('2028-12-01'))
    for (const step of dueSteps(ledger, end)) postStep(ledger, step, end)
    expect(points(ledger)).toEqual({ available: 0, held: 0, owed: 0 })
  })
})

describe('the fold', () => {
  it('refuses a record that does not follow', () => {
    const ledger = emptyLedger()
    const body = {
      v: 1,
      account: ACCOUNT,
      at: NOON,
      kind: 'activity.record',
      id: 'x',
      outcome: 'accepted',
      transfers: [],
    } as const
    expect(() => post(ledger, { ...body, seq: 2 }, undefined)).toThrow(/does not follow/)
  })

  it('applies the transfers of a kind that this version does not know', () => {
    const ledger = withPoints()
    const kind = 'bonus.of.the.future' as 'account.open'
    const transfers = [
      { asset: 'points', debit: 'issuance', credit: 'available', amount: 5, lot: '2026-11' },
    ] as const
    post(
      ledger,
      {
        v: 1,
        account: ACCOUNT,
        seq: ledger.seq + 1,
        at: NOON,
        kind,
        id: 'x',
        outcome: 'accepted',
        transfers,
      },
      undefined,
    )
    expect(points(ledger).available).toBe(361)
  })

  it('forgets days that no decision looks at any more, the same however the records were paged', () => {
    const ledger = withPoints(3)
    ask(
      ledger,
      command('activity.record', claim({ startedAt: NOON + 70 * DAY })),
      world({ now: NOON + 70 * DAY }),
    )
    expect(Object.keys(ledger.days)).toEqual(['2027-01-29'])
  })

  it('lots never give more than they hold', () => {
    expect(() => takeOldestFirst([{ month: '2026-11', available: 5 }], 6)).toThrow(RangeError)
  })
})
