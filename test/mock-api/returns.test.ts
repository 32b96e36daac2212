/** A voucher that is given back gives its piece and its money back to the offer, once: nobody empties an offer by changing their mind. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { giveBack } from '../../mock-api/book/stock.ts'
import { readClaim } from '../../mock-api/storage/offer-claims.ts'
import { readStockSums } from '../../mock-api/storage/offers.ts'
import type { VoucherId } from '../../src/domain/base/ids.ts'
import { HOUR_MS, MINUTE_MS } from '../../src/domain/base/time.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import type { Client } from '../support/client.ts'
import { accept, cancel, redeem } from '../support/commands.ts'
import { type CountingDb, countingDb } from '../support/counting-db.ts'
import { ENGINES, openTestDb } from '../support/database.ts'
import { buy, newOffer, reasonsOf, recordsOf, richClient } from '../support/shop.ts'
import { joinTill } from '../support/till.ts'

describe.each(ENGINES)('returns on %s', (engine) => {
  let backend: Backend
  let db: CountingDb
  let closeDb: () => Promise<void>
  beforeAll(async () => {
    const opened = await openTestDb(engine)
    db = countingDb(opened.db)
    closeDb = opened.close
    backend = await startBackend({ db })
  })
  afterAll(async () => {
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    await closeDb()
  })

  const left = async (offer: Offer) => {
    const sum = (await readStockSums(db, [offer.id])).get(offer.id)
    return sum && [sum.remaining, sum.budgetFen - sum.spentFen]
  }
  const stateOf = async (me: Client, offer: Offer, claimId: string) =>
    (await readClaim(db, { offerId: offer.id, accountId: me.accountId, claimId }))?.state

  async function cancelled(me: Client, offer: Offer): Promise<string> {
    const { id } = await buy(backend, me, offer)
    await me.sync([cancel(backend, id as VoucherId)])
    return id
  }
  async function windowOver(): Promise<void> {
    backend.now.advance(73 * HOUR_MS)
    await backend.sweep()
  }

  it('bought and cancelled again and again, an offer of two pieces is there for the next', async () => {
    const me = await richClient(backend)
    const offer = await newOffer(backend, { perPersonMax: 1 }, { total: 2 })
    for (let i = 0; i < 3; i++) {
      const id = await cancelled(me, offer)
      expect(await left(offer)).toEqual([1, 50]) // still set aside: a shop may have accepted it
      await windowOver()
      expect([await left(offer), await stateOf(me, offer, id)]).toEqual([[2, 100], 'returned'])
    }
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    const you = await richClient(backend)
    await buy(backend, you, offer)
    expect(await left(offer)).toEqual([1, 50])
  })

  it('until it is back, the limit per person holds', async () => {
    const me = await richClient(backend)
    const offer = await newOffer(backend, { perPersonMax: 1 })
    await cancelled(me, offer)
    const again = redeem(backend, { id: offer.id, points: 50 })
    await me.sync([again])
    expect(reasonsOf(await recordsOf(me), again.id)).toEqual(['person_limit'])
  })

  it('counts once, however often it is finished', async () => {
    const me = await richClient(backend)
    const offer = await newOffer(backend, {}, { total: 3 })
    const voucherId = await cancelled(me, offer)
    await windowOver()
    for (const offerId of [offer.id, null])
      await giveBack(backend.deps, { accountId: me.accountId, voucherId, offerId })
    await backend.sweep()
    expect(await left(offer)).toEqual([3, 150])
  })

  it.each([
    ['before the piece', /set state = 'returned'/],
    ['between the piece and its note', /update stock_returns set state = 'done'/],
  ])('is finished by the sweeper after a crash %s', async (_when, dieAt) => {
    const me = await richClient(backend)
    const offer = await newOffer(backend, {}, { total: 3 })
    const voucherId = await cancelled(me, offer)
    db.dieAt = dieAt
    await windowOver().catch(() => undefined)
    db.dieAt = undefined
    expect(await audit(backend.db)).not.toHaveProperty('fault') // on its way
    backend.now.advance(2 * MINUTE_MS)
    await backend.sweep()
    expect([await left(offer), await stateOf(me, offer, voucherId)]).toEqual([[3, 150], 'returned'])
  })

  it('also of vouchers that were returned before there was a way back, whose offer only the claim knows', async () => {
    const me = await richClient(backend)
    const offer = await newOffer(backend, {}, { total: 3 })
    const voucherId = await cancelled(me, offer)
    await windowOver()
    // As the migration finds it.
    await db.query(`update offer_claims set state = 'confirmed' where claim_id = $1`, [voucherId])
    await db.query(
      'update offer_stock set remaining = remaining - 1, left_fen = left_fen - 50 where offer_id = $1 and bucket = $2',
      [
        offer.id,
        (await readClaim(db, { offerId: offer.id, accountId: me.accountId, claimId: voucherId }))?.bucket ??
          0,
      ],
    )
    expect((await audit(backend.db)).fault).toMatch(/its piece was not/)
    await db.query(`update stock_returns set state = 'open', offer_id = null where account_id = $1`, [
      me.accountId,
    ])
    backend.now.advance(2 * MINUTE_MS)
    await backend.sweep()
    expect(await left(offer)).toEqual([3, 150])
  })

  it('a voucher that a shop accepted in time gives nothing back', async () => {
    const me = await richClient(backend)
    const offer = await newOffer(backend, {}, { total: 3 })
    const { id, token } = await buy(backend, me, offer)
    const shop = await joinTill(backend)
    await shop.sync([accept(backend, token)])
    await me.sync([cancel(backend, id as VoucherId)])
    await windowOver()
    expect([await left(offer), await stateOf(me, offer, id)]).toEqual([[2, 100], 'confirmed'])
  })
})
