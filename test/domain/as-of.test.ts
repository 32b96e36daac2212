/** A phone that has been offline past an end shows and promises what the backend will grant, and no more. */
import { describe, expect, it } from 'vitest'
import type { VoucherId } from '../../src/domain/base/ids.ts'
import { DAY_MS, startOfDay } from '../../src/domain/base/time.ts'
import { copyOf, emptyLedger, type Ledger } from '../../src/domain/ledger/ledger.ts'
import { lotExpiresAt } from '../../src/domain/ledger/lot.ts'
import { project } from '../../src/domain/ledger/project.ts'
import { returnTerms } from '../../src/domain/ledger/return.ts'
import { dueSteps } from '../../src/domain/ledger/steps.ts'
import { SETTLEMENT_WINDOW_MS } from '../../src/domain/offers/voucher.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { ask, command, NOON, offer, postStep, trackedRide, world } from '../support/builders.ts'

const ENDS = lotExpiresAt('2026-11')

/** 356 points of November 2026. */
function withPoints(): Ledger {
  const ledger = emptyLedger()
  ask(ledger, command('activity.record', trackedRide(NOON - DAY_MS)))
  return ledger
}

function redeeming(now: number) {
  const asked = command('voucher.redeem', { offerId: offer().id, offerVersion: 1, pricePoints: 100 }, now)
  return [{ command: asked, text: canonicalJson(asked) }]
}

const later = (now: number) => world({ now, offers: [offer({ endsAt: now + DAY_MS })] })

describe('past a lot’s end, without a network', () => {
  it('its points are no longer among those available, and are named', () => {
    const ledger = withPoints()
    const before = copyOf(ledger)
    expect(project(ledger, [], later(ENDS - 1))).toMatchObject({ available: 356, lapsed: 0, spendable: 356 })
    expect(project(ledger, [], later(ENDS))).toMatchObject({ available: 0, lapsed: 356, spendable: 0 })
    expect(ledger).toEqual(before)
  })

  it('a purchase is promised as the backend will decide it', () => {
    for (const now of [ENDS - 1, ENDS]) {
      const ledger = withPoints()
      const outbox = redeeming(now)
      const [preview] = project(ledger, outbox, later(now)).previews
      for (const step of dueSteps(ledger, now)) postStep(ledger, step, now)
      const decided = ask(ledger, outbox[0]?.command as never, later(now))
      expect(preview?.decision.outcome).toBe(decided.outcome)
      expect(preview?.decision.reasons).toEqual(decided.reasons)
    }
  })

  it('points of an ended voucher stay held: whether they return, only the backend knows', () => {
    const ledger = withPoints()
    const [request] = redeeming(NOON)
    ask(ledger, request?.command as never)
    const longAfter = NOON + 40 * DAY_MS
    expect(project(ledger, [], later(longAfter))).toMatchObject({ available: 256, held: 100, lapsed: 0 })
    const voucher = project(ledger, [], later(longAfter)).expected.vouchers[request?.command.id as VoucherId]
    expect(voucher?.returnsAt).toBe(startOfDay('2026-12-05') + SETTLEMENT_WINDOW_MS)
  })

  it('those of one that was given back stay held past the day too, since a shop may have been paid for it', () => {
    const ledger = withPoints()
    const [request] = redeeming(NOON)
    ask(ledger, request?.command as never)
    const voucherId = request?.command.id as VoucherId
    ask(ledger, command('voucher.cancel', { voucherId }))
    const longAfter = later(NOON + SETTLEMENT_WINDOW_MS + DAY_MS)
    expect(project(ledger, [], longAfter)).toMatchObject({ available: 256, held: 100, spendable: 256 })
  })
})

describe('before a voucher is given back, it is said', () => {
  const bought = (now: number, ledger = withPoints()) => {
    const [request] = redeeming(now)
    ask(ledger, request?.command as never, later(now))
    return { ledger, id: request?.command.id as VoucherId }
  }

  it.each([
    ['a year before the lot ends', NOON + 365 * DAY_MS, false],
    ['two days before the lot ends', ENDS - 2 * DAY_MS, true],
  ])('%s: until when the points live', (_when, now, isExtended) => {
    const { ledger, id } = bought(now)
    const voucher = ledger.vouchers[id]
    if (!voucher) throw new Error('no voucher')
    const told = returnTerms(voucher, ledger, now)
    expect(told).toMatchObject({ returnsAt: now + SETTLEMENT_WINDOW_MS, isExtended, repays: 0 })
    ask(ledger, command('voucher.cancel', { voucherId: id }, now), later(now))
    for (let due = dueSteps(ledger, told.returnsAt); due.length > 0; due = dueSteps(ledger, told.returnsAt))
      for (const step of due) postStep(ledger, step, told.returnsAt)
    const has = (at: number) => project(ledger, [], later(at)).available
    expect(has(told.endsAt - 1)).toBeGreaterThanOrEqual(100)
    expect(has(told.endsAt)).toBe(0)
  })

  it('what of them repays a debt', () => {
    const ledger = emptyLedger()
    const ride = command('activity.record', trackedRide(NOON - DAY_MS))
    ask(ledger, ride)
    const { id } = bought(NOON, ledger)
    ask(ledger, command('activity.withdraw', { activityId: ride.id }))
    const voucher = ledger.vouchers[id]
    expect(voucher && returnTerms(voucher, ledger, NOON)).toMatchObject({ repays: 100 })
  })
})
