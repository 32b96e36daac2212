/** A shop brings back an acceptance that a restored backup has lost, and takes longer for it than a sweeper waits: the holder's side follows all the same. */
import { afterAll, expect, it } from 'vitest'
import { STALE_CLAIM_MS } from '../../mock-api/base/limits.ts'
import { audit } from '../../mock-api/book/audit.ts'
import type { Db } from '../../mock-api/storage/db.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { redeemOffer } from '../../src/actions/redeem-offer.ts'
import { enqueue } from '../../src/db/outbox.ts'
import { DAY_MS } from '../../src/domain/base/time.ts'
import { usePhones } from '../actions/phones.ts'
import { trackedRide } from '../support/builders.ts'
import { accept } from '../support/commands.ts'
import { openTestDb } from '../support/database.ts'
import { newOffer } from '../support/shop.ts'
import { detailOnPhone, points } from './life.ts'

const opened = await openTestDb()
/** Where the holder's side is awaited, before anything else is written. */
let between: (() => Promise<void>) | undefined
let isAwaited = false
const db: Db = {
  ...opened.db,
  query: (text, params) => {
    isAwaited ||= text.startsWith('insert into awaited_settlements')
    return opened.db.query(text, params)
  },
  async transaction(work) {
    const now = isAwaited ? between : undefined
    if (now) between = undefined
    await now?.()
    return opened.db.transaction(work)
  },
}
const phones = usePhones({ db })
afterAll(() => opened.close())

it('is paid once, and the points are spent once', async () => {
  const { backend } = phones
  const shop = await phones.open()
  await shop.joinTill(backend)
  await shop.sync()
  const me = await phones.signedIn()
  await recordActivity(me.context, trackedRide(backend.now() - DAY_MS))
  const offer = await newOffer(backend)
  const id = await redeemOffer(me.context, offer)
  await me.sync()
  const { held } = await points(me)
  expect(held).toBe(offer.pricePoints)
  const backup = await backend.snapshot()
  const accepted = accept(backend, (await detailOnPhone(me, id))?.voucher?.token ?? '')
  await enqueue(shop.use().db, accepted)
  await shop.sync()
  const paid = (await points(shop)).available
  await backend.restore(backup)

  let hasSwept = false
  between = async () => {
    backend.now.advance(STALE_CLAIM_MS + 1)
    await backend.sweep()
    hasSwept = true
  }
  await shop.use().sync()
  expect(hasSwept).toBe(true)
  await me.use().sync()
  backend.now.advance(4 * DAY_MS)
  await backend.sweep()
  for (const phone of [shop, me]) await phone.use().sync()
  expect((await points(shop)).available).toBe(paid)
  expect((await points(me)).held).toBe(0)
  expect(await me.use().db.vouchers.get(id)).toMatchObject({ state: 'used' })
  expect(await audit(backend.db)).not.toHaveProperty('fault')
})
