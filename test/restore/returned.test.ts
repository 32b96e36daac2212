/** A voucher that was given back in the part that a restored backup has lost: its piece and its points are back once, whichever way the records come. */
import { expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { readStockSums } from '../../mock-api/storage/offers.ts'
import { cancelVoucher } from '../../src/actions/cancel-voucher.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { redeemOffer } from '../../src/actions/redeem-offer.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/base/time.ts'
import { usePhones } from '../actions/phones.ts'
import { claim, trackedRide } from '../support/builders.ts'
import { freshPhone } from '../support/client.ts'
import { newOffer } from '../support/shop.ts'
import { points } from './life.ts'

const phones = usePhones()

it.each([
  ['word for word', 0],
  ['as of then', 10],
])('comes back %s', async (how, earnedElsewhere) => {
  const { backend } = phones
  const number = freshPhone()
  const me = await phones.signedIn(number)
  await recordActivity(me.context, trackedRide(backend.now() - DAY_MS))
  await me.sync()
  const offer = await newOffer(backend, {}, { total: 2 })
  const left = async () => (await readStockSums(backend.db, [offer.id])).get(offer.id)?.remaining
  const windowOver = async () => {
    backend.now.advance(73 * HOUR_MS)
    await backend.sweep()
    backend.now.advance(2 * MINUTE_MS)
    await backend.sweep()
    await me.use().sync()
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  }
  const backup = await backend.snapshot()
  const voucherId = await redeemOffer(me.use().context, offer)
  await me.sync()
  await cancelVoucher(me.context, voucherId)
  await me.sync()
  await windowOver()
  expect(await left()).toBe(2)
  const { available } = await points(me)
  await backend.restoreAsSaid(backup)
  if (how === 'as of then') {
    const other = await phones.signedIn(number)
    const elsewhere = claim({ code: 'no-cutlery', quantity: { value: 1, unit: 'count' } })
    await recordActivity(other.use().context, elsewhere)
    await other.sync()
  }
  await me.use().sync()
  expect(await audit(backend.db)).not.toHaveProperty('fault')
  await windowOver()
  expect(await left()).toBe(2)
  expect(await points(me)).toEqual({ available: available + earnedElsewhere, held: 0 })
})
