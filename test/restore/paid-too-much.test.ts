/**
 * A shop's day was closed and paid, and after a restored backup it is closed once more, over less: what was paid stays what was paid, on both sides, and
 * what it was paid too much is its debt, until its next statement.
 */
import { expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { payOut } from '../../mock-api/book/pay-out.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { redeemOffer } from '../../src/actions/redeem-offer.ts'
import { enqueue } from '../../src/db/outbox.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import { balanceOf } from '../../src/domain/ledger/transfer.ts'
import { STATEMENT_PREFIX } from '../../src/domain/offers/takings.ts'
import { usePhones } from '../actions/phones.ts'
import { trackedRide } from '../support/builders.ts'
import { accept } from '../support/commands.ts'
import type { Phone } from '../support/phone.ts'
import { newOffer } from '../support/shop.ts'
import { readLedger } from '../support/whole-ledger.ts'
import { detailOnPhone, joinShop } from './life.ts'

const phones = usePhones()

/** Somebody who has bought something worth 50 fen. */
async function customer(): Promise<string> {
  const { backend } = phones
  backend.now.advance(2 * HOUR_MS)
  const phone = await phones.signedIn()
  await recordActivity(phone.use().context, trackedRide(backend.now() - DAY_MS))
  await phone.sync()
  const id = await redeemOffer(phone.use().context, await newOffer(backend, { valueFen: 50 }))
  await phone.sync()
  return (await detailOnPhone(phone, id))?.voucher?.token ?? ''
}

async function takeAt(shop: Phone, token: string): Promise<void> {
  await enqueue(shop.use().db, accept(phones.backend, token))
  await shop.sync()
}

async function endTheDay(): Promise<void> {
  phones.backend.now.advance(DAY_MS)
  await phones.backend.sweep()
}

/** In their order. */
async function statements(shop: Phone): Promise<string[]> {
  const rows = await phones.backend.db.query<{ id: string }>(
    `select command_id as id from records where account_id = $1 and command_id like '${STATEMENT_PREFIX}%' order by seq`,
    [shop.profile.ledgerId],
  )
  return rows.map(({ id }) => id)
}

async function fenOf(shop: Phone): Promise<{ held: number; paid: number; owed: number }> {
  await shop.use().sync()
  const { balances } = await readLedger(shop.use().db)
  const [held = 0, paid = 0, owed = 0] = (['held', 'paid', 'owed'] as const).map((each) =>
    balanceOf(balances, 'fen', each),
  )
  return { held, paid, owed: Math.abs(owed) }
}

it('of three vouchers, each is paid once', async () => {
  const { backend } = phones
  const { deps } = backend
  const [manager, till] = [await joinShop(phones), await joinShop(phones)]
  const [early, first, second] = [await customer(), await customer(), await customer()]
  await takeAt(manager, early)
  await endTheDay()
  await takeAt(manager, first)
  await till.use().sync()
  const backup = await backend.snapshot()

  // A second on the same day, which is closed over both, and paid; the day before is not yet.
  await takeAt(manager, second)
  await endTheDay()
  const [before, day = ''] = await statements(manager)
  expect(await payOut(deps, day)).toBe(100)
  expect(await fenOf(manager)).toEqual({ held: 50, paid: 100, owed: 0 })

  // Once more, and the second is told when the day is closed.
  await backend.restore(backup)
  await backend.sweep()
  expect(await statements(till)).toEqual([before, day])
  expect(await fenOf(till)).toEqual({ held: 100, paid: 0, owed: 0 })
  expect(await fenOf(manager)).toEqual({ held: 50, paid: 100, owed: 50 })
  expect(await audit(backend.db)).not.toHaveProperty('fault')

  // Of the second nothing is to be paid any more.
  await endTheDay()
  const [, , last = ''] = await statements(manager)
  await expect(payOut(deps, last)).rejects.toMatchObject({ fault: 'nothing_waits' })
  for (let times = 0; times < 2; times++) expect(await payOut(deps, before ?? '')).toBe(50)
  expect(await fenOf(manager)).toEqual({ held: 0, paid: 150, owed: 0 })
  expect(await audit(backend.db)).not.toHaveProperty('fault')
})
