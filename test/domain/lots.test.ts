/** Lots keep their end: what is taken back, returned or owed never lends ending points a longer life than promised, and never a shorter one. */
import { describe, expect, it } from 'vitest'
import type { VoucherId } from '../../src/domain/base/ids.ts'
import { addMonths, DAY_MS, monthOf, startOfDay } from '../../src/domain/base/time.ts'
import { emptyLedger, type Ledger } from '../../src/domain/ledger/ledger.ts'
import { lotExpiresAt, lotOnReturn, RETURNED_DAYS } from '../../src/domain/ledger/lot.ts'
import { confirmedAt } from '../../src/domain/ledger/projection.ts'
import { returnTerms } from '../../src/domain/ledger/return.ts'
import { dueSteps } from '../../src/domain/ledger/steps.ts'
import { balanceOf } from '../../src/domain/ledger/transfer.ts'
import { type OpenVoucher, SETTLEMENT_WINDOW_MS } from '../../src/domain/offers/voucher.ts'
import { ask, command, offer, postStep, trackedRide, world } from '../support/builders.ts'

const at = (day: string, hour = 12) => startOfDay(day) + hour * 3600_000
const points = (ledger: Ledger) => ({
  available: balanceOf(ledger.balances, 'points', 'available'),
  held: balanceOf(ledger.balances, 'points', 'held'),
  owed: balanceOf(ledger.balances, 'points', 'owed'),
})

/** A ride the day before: 356 points. */
function ride(ledger: Ledger, now: number) {
  const asked = command('activity.record', trackedRide(now - DAY_MS), now)
  ask(ledger, asked, world({ now }))
  return asked.id
}

function buy(ledger: Ledger, now: number, price: number): VoucherId {
  const asked = command('voucher.redeem', { offerId: offer().id, offerVersion: 1, pricePoints: price }, now)
  const offers = [offer({ pricePoints: price, endsAt: now + DAY_MS, perPersonMax: 20 })]
  expect(ask(ledger, asked, world({ now, offers })).outcome).toBe('accepted')
  return asked.id
}

function cancel(ledger: Ledger, now: number, voucherId: VoucherId): void {
  ask(ledger, command('voucher.cancel', { voucherId }, now), world({ now }))
}

function sweep(ledger: Ledger, now: number): void {
  for (let due = dueSteps(ledger, now); due.length > 0; due = dueSteps(ledger, now))
    for (const step of due) postStep(ledger, step, now)
}

describe('what is taken back', () => {
  const ending = at('2028-11-20')

  it('comes from the act’s own lot, so that points about to end are not made new by withdrawing and logging again', () => {
    const ledger = emptyLedger()
    ride(ledger, at('2026-11-20'))
    for (let i = 0; i < 3; i++) {
      const id = ride(ledger, ending)
      ask(ledger, command('activity.withdraw', { activityId: id }, ending), world({ now: ending }))
    }
    expect(ledger.lots).toEqual([{ month: '2026-11', available: 356 }])
    sweep(ledger, at('2028-12-01'))
    expect(points(ledger).available).toBe(0)
  })

  it('takes what is missing there from the newest lots, and what nobody has becomes a debt', () => {
    const ledger = emptyLedger()
    ride(ledger, at('2026-11-20'))
    ride(ledger, at('2027-03-20'))
    const id = ride(ledger, at('2027-04-20'))
    buy(ledger, at('2027-04-21'), 800) // 356 and 356 of the oldest, 88 of the act's own
    ride(ledger, at('2027-05-03'))
    ask(ledger, command('activity.withdraw', { activityId: id }), world({ now: at('2027-05-03') }))
    expect(ledger.lots).toEqual([{ month: '2027-05', available: 268 }])
    buy(ledger, at('2027-05-04'), 268)
    const last = Object.values(ledger.days)
      .flat()
      .find(({ lot }) => lot === '2027-05')
    ask(
      ledger,
      command('activity.withdraw', { activityId: last?.id as never }),
      world({ now: at('2027-05-04') }),
    )
    expect(points(ledger)).toMatchObject({ available: 0, owed: -356 })
  })
})

describe('what has ended', () => {
  it('is not among the points available by the phone’s clock, though no record says so yet', () => {
    const ledger = emptyLedger()
    ride(ledger, at('2026-11-20'))
    ride(ledger, at('2027-03-20'))
    buy(ledger, at('2027-03-21'), 100)
    const shown = (day: string) => {
      const { available, spendable, lapsed, held } = confirmedAt(ledger, at(day))
      return { available, spendable, lapsed, held }
    }
    expect(shown('2028-11-30')).toEqual({ available: 612, spendable: 612, lapsed: 0, held: 100 })
    expect(shown('2028-12-01')).toEqual({ available: 356, spendable: 356, lapsed: 256, held: 100 })
    for (const step of dueSteps(ledger, at('2028-12-01')).filter(({ kind }) => kind === 'lot.expire'))
      postStep(ledger, step, at('2028-12-01'))
    expect(shown('2028-12-01')).toEqual({ available: 356, spendable: 356, lapsed: 0, held: 100 })
  })
})

describe('what is returned', () => {
  it('lives at least 30 more days, when its own lot has ended meanwhile', () => {
    const ledger = emptyLedger()
    ride(ledger, at('2026-11-20'))
    const bought = at('2028-11-29', 10)
    cancel(ledger, bought, buy(ledger, bought, 100))
    sweep(ledger, at('2028-12-01', 0)) // the lot ends with what is left in it
    expect(points(ledger)).toEqual({ available: 0, held: 100, owed: 0 })
    const back = bought + SETTLEMENT_WINDOW_MS
    sweep(ledger, back)
    expect(points(ledger)).toEqual({ available: 100, held: 0, owed: 0 })
    sweep(ledger, back + RETURNED_DAYS * DAY_MS - 1)
    expect(points(ledger).available).toBe(100)
    buy(ledger, back + RETURNED_DAYS * DAY_MS - 1, 100)
  })

  it('is prolonged once: bought and cancelled each month, points end all the same', () => {
    const ledger = emptyLedger()
    ride(ledger, at('2026-11-20'))
    let cycles = 0
    for (let now = at('2028-11-28', 10); points(ledger).available > 0; cycles++) {
      expect(cycles).toBeLessThan(6)
      const all = points(ledger).available
      const voucher = buy(ledger, now, all)
      cancel(ledger, now, voucher)
      const told = returnTerms(ledger.vouchers[voucher] as OpenVoucher, ledger, now)
      sweep(ledger, now + SETTLEMENT_WINDOW_MS)
      expect(points(ledger).available).toBe(all - told.lapses)
      const [lot] = ledger.lots
      if (lot) expect(lotExpiresAt(lot.month)).toBe(told.endsAt)
      now = lot ? lotExpiresAt(lot.month) - DAY_MS : now
    }
    expect(cycles).toBe(2)
    expect(ledger).not.toHaveProperty('prolonged')
  })

  it('of several lots, only what was prolonged before ends, and what was earned beside it keeps its own promise', () => {
    const ledger = emptyLedger()
    ride(ledger, at('2026-11-20'))
    const first = at('2028-11-28', 10)
    cancel(ledger, first, buy(ledger, first, 300))
    sweep(ledger, first + SETTLEMENT_WINDOW_MS)
    expect(ledger.lots).toEqual([{ month: '2026-12', available: 300 }])
    // As a ride of December 2026 would have left it there.
    ledger.lots = [{ month: '2026-12', available: 356 }]
    ledger.balances = { ...ledger.balances, 'points:available': 356 }
    const second = lotExpiresAt('2026-12') - DAY_MS
    cancel(ledger, second, buy(ledger, second, 356))
    sweep(ledger, second + SETTLEMENT_WINDOW_MS)
    expect(ledger.lots).toEqual([{ month: '2027-02', available: 56 }])
    expect(ledger.prolonged).toEqual({ '2027-02': 56 })
  })

  it('goes to its own lot while that lives long enough', () => {
    const ledger = emptyLedger()
    ride(ledger, at('2026-11-20'))
    cancel(ledger, at('2026-11-21'), buy(ledger, at('2026-11-21'), 100))
    sweep(ledger, at('2026-11-25'))
    expect(ledger.lots).toEqual([{ month: '2026-11', available: 356 }])
  })

  it('goes to the first lot that lives for 30 days, whatever the day of the month', () => {
    for (let day = 0; day < 800; day += 7) {
      const now = at('2028-01-31') + day * DAY_MS
      const lot = lotOnReturn('2026-11', now)
      expect(lotExpiresAt(lot)).toBeGreaterThanOrEqual(now + RETURNED_DAYS * DAY_MS)
      if (lot !== '2026-11')
        expect(lotExpiresAt(addMonths(lot, -1))).toBeLessThan(now + RETURNED_DAYS * DAY_MS)
      expect(lot <= monthOf(now)).toBe(true)
    }
  })

  it('repays a debt before anything of it can be spent, over several vouchers that return at once', () => {
    const ledger = emptyLedger()
    const now = at('2026-11-20')
    const first = ride(ledger, now)
    const vouchers = [buy(ledger, now, 100), buy(ledger, now, 150), buy(ledger, now, 106)]
    ask(ledger, command('activity.withdraw', { activityId: first }, now), world({ now }))
    expect(points(ledger)).toEqual({ available: 0, held: 356, owed: -356 })
    ride(ledger, now + 5 * DAY_MS - DAY_MS)
    // 356 more came in and repaid it; a second withdrawal brings the debt back.
    const again = Object.values(ledger.days)
      .flat()
      .find(({ outcome }) => outcome === 'accepted')
    ask(
      ledger,
      command('activity.withdraw', { activityId: again?.id as never }),
      world({ now: now + 4 * DAY_MS }),
    )
    expect(points(ledger)).toEqual({ available: 0, held: 356, owed: -356 })
    for (const id of vouchers) cancel(ledger, now + 4 * DAY_MS, id)
    sweep(ledger, now + 8 * DAY_MS)
    expect(points(ledger)).toEqual({ available: 0, held: 0, owed: 0 })
  })

  it('repays a small debt once, and the rest of several vouchers can be spent again', () => {
    const ledger = emptyLedger()
    const now = at('2026-11-20')
    ride(ledger, now)
    const vouchers = [buy(ledger, now, 100), buy(ledger, now, 150), buy(ledger, now, 106)]
    const second = ride(ledger, now + DAY_MS)
    buy(ledger, now + DAY_MS, 120)
    ask(ledger, command('activity.withdraw', { activityId: second }), world({ now: now + DAY_MS }))
    expect(points(ledger)).toEqual({ available: 0, held: 476, owed: -120 })
    for (const id of vouchers) cancel(ledger, now + DAY_MS, id)
    sweep(ledger, now + 5 * DAY_MS)
    expect(points(ledger)).toEqual({ available: 236, held: 120, owed: 0 })
  })

  it('frees the limit per person, and a used voucher does not', () => {
    const ledger = emptyLedger()
    const now = at('2026-11-20')
    ride(ledger, now)
    cancel(ledger, now, buy(ledger, now, 100))
    expect(ledger.bought).toEqual({ coffee: 1 })
    sweep(ledger, now + SETTLEMENT_WINDOW_MS)
    expect(ledger.bought).toEqual({})
  })

  it('comes back when its record says, whatever the window is later', () => {
    const ledger = emptyLedger()
    const now = at('2026-11-20')
    ride(ledger, now)
    const id = buy(ledger, now, 100)
    const step = { id: `voucher.expire:${id}`, kind: 'voucher.expire' as const, transfers: [], about: id }
    postStep(ledger, { ...step, returnsAt: now + 9 * DAY_MS }, now)
    expect(ledger.vouchers[id]?.returnsAt).toBe(now + 9 * DAY_MS)
  })
})
