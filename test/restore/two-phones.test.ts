/** Two phones of one person after a restored backup: who comes second finds a history that has gone on, and loses nothing by it. */
import { describe, expect, it, vi } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { sweepClaims } from '../../mock-api/book/stock.ts'
import { readStockSums } from '../../mock-api/storage/offers.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { redeemOffer } from '../../src/actions/redeem-offer.ts'
import { undoActivity } from '../../src/actions/undo-activity.ts'
import { readMeta } from '../../src/db/meta.ts'
import { DAY_MS } from '../../src/domain/base/time.ts'
import { usePhones } from '../actions/phones.ts'
import { claim, trackedRide } from '../support/builders.ts'
import { freshPhone, signIn } from '../support/client.ts'
import { redeem } from '../support/commands.ts'
import type { Phone } from '../support/phone.ts'
import { copyOfDevice, expectRebuildEqual, journalOfBackend } from '../support/same-ledger.ts'
import { earnFor, newOffer } from '../support/shop.ts'
import { detailOnPhone, live, points } from './life.ts'

const phones = usePhones()
const bag = () => claim({ code: 'own-bag', quantity: { value: 1, unit: 'count' } })

async function expectOne(...all: Phone[]): Promise<void> {
  const [first] = all as [Phone]
  const journal = await journalOfBackend(phones.backend, first.profile.ledgerId)
  for (const phone of all) {
    phone.use()
    expect((await copyOfDevice(phone.db)).journal).toEqual(journal)
    expect(await phone.db.outbox.count()).toBe(0)
    await expectRebuildEqual(phone.db)
  }
  expect(await audit(phones.backend.db)).not.toHaveProperty('fault')
}

describe('two phones after a restored backup', () => {
  it('the one that knows less comes first, the other continues: both are taken over word for word', async () => {
    const { backend } = phones
    const number = freshPhone()
    const phone = await phones.signedIn(number)
    const other = await phones.signedIn(number)
    const backup = await backend.snapshot()
    await recordActivity(phone.use().context, bag())
    await phone.sync()
    await other.sync()
    await live(backend, phone)
    const before = await copyOfDevice(phone.use().db)
    await backend.restoreAsSaid(backup)
    await other.sync()
    await phone.sync()
    expect(await copyOfDevice(phone.use().db)).toEqual(before)
    await other.sync()
    await expectOne(phone, other)
  })

  it('the second, whose records another has overtaken, has them decided as of their time', async () => {
    const { backend } = phones
    const number = freshPhone()
    const phone = await phones.signedIn(number)
    await recordActivity(phone.context, bag())
    await phone.sync()
    const backup = await backend.snapshot()
    const life = await live(backend, phone)
    const before = await points(phone)
    const token = (await detailOnPhone(phone, life.voucherId))?.voucher?.token
    await backend.restoreAsSaid(backup)
    // Somebody else on the same account goes on from the old state, and ten days pass before the phone is heard of.
    const other = await phones.signedIn(number)
    await recordActivity(
      other.use().context,
      claim({ code: 'no-cutlery', quantity: { value: 1, unit: 'count' } }),
    )
    await other.sync()
    backend.now.advance(10 * DAY_MS)
    await backend.sweep()
    await phone.use().sync()
    expect(await points(phone)).toEqual({ available: before.available + 10, held: before.held })
    const outcomeOf = async (id: string) => (await phone.db.entries.where('id').equals(id).first())?.outcome
    expect(await outcomeOf(life.oldRide)).toBe('accepted')
    expect(await outcomeOf(life.refused)).toBe('refused')
    expect(await detailOnPhone(phone, life.voucherId)).toMatchObject({
      voucher: { token },
      provenAt: expect.any(Number),
    })
    expect(await phone.db.entries.where('id').equals(life.granted).first()).toMatchObject({
      later: 'accepted',
    })
    expect(await readMeta(phone.db, 'forkNotice')).toMatchObject({ requeued: 0, lost: 0 })
    await other.use().sync()
    await expectOne(phone, other)
  })

  it('a piece that a sweeper lets go while a proven voucher is being written is taken again', async () => {
    const { backend } = phones
    const number = freshPhone()
    const phone = await phones.signedIn(number)
    await recordActivity(phone.context, trackedRide(backend.now() - DAY_MS))
    await phone.sync()
    const offer = await newOffer(backend, { pricePoints: 50 }, { total: 3 })
    const backup = await backend.snapshot()
    const voucherId = await redeemOffer(phone.context, offer)
    await phone.sync()
    await backend.restoreAsSaid(backup)
    const other = await phones.signedIn(number)
    await recordActivity(other.use().context, bag())
    await other.sync()
    const { transaction } = backend.db
    let sweeps = 0
    const spy = vi.spyOn(backend.db, 'transaction').mockImplementation(async (work) => {
      const open = await backend.db.query("select claim_id from offer_claims where state = 'claimed'")
      if (open.length > 0 && sweeps++ === 0) {
        backend.now.advance(DAY_MS)
        await sweepClaims(backend.deps)
      }
      return transaction.call(backend.db, work)
    })
    await phone.use().sync()
    spy.mockRestore()
    expect(sweeps).toBeGreaterThan(0)
    expect((await phone.db.vouchers.get(voucherId))?.state).toBe('active')
    expect((await readStockSums(backend.db, [offer.id])).get(offer.id)?.remaining).toBe(2)
    await other.use().sync()
    await expectOne(phone, other)
  })

  it('a proven voucher counts beyond stock, and its person is told nothing else', async () => {
    const { backend } = phones
    const number = freshPhone()
    const phone = await phones.signedIn(number)
    await recordActivity(phone.context, trackedRide(backend.now() - DAY_MS))
    await phone.sync()
    const offer = await newOffer(backend, { pricePoints: 50 }, { total: 1 })
    const backup = await backend.snapshot()
    const voucherId = await redeemOffer(phone.context, offer)
    await phone.sync()
    await backend.restoreAsSaid(backup)
    const somebody = await signIn(backend)
    await earnFor(backend, somebody, 1)
    const bought = await somebody.sync([redeem(backend, { id: offer.id, points: 50 })])
    expect(bought.receipts[0]?.outcome).toBe('accepted')
    await phone.use().sync()
    expect((await phone.db.vouchers.get(voucherId))?.state).toBe('active')
    expect((await readStockSums(backend.db, [offer.id])).get(offer.id)?.remaining).toBe(0)
    expect(await audit(backend.db)).toMatchObject({ beyondStock: 1 })
    await expectOne(phone)
  })

  it('an act that was taken back in the lost part stays taken back', async () => {
    const { backend } = phones
    const number = freshPhone()
    const phone = await phones.signedIn(number)
    const act = await recordActivity(phone.context, bag())
    await phone.sync()
    const backup = await backend.snapshot()
    await undoActivity(phone.context, act)
    await phone.sync()
    await backend.restoreAsSaid(backup)
    const other = await phones.signedIn(number)
    await recordActivity(
      other.use().context,
      claim({ code: 'no-cutlery', quantity: { value: 1, unit: 'count' } }),
    )
    await other.sync()
    await phone.use().sync()
    expect((await phone.db.entries.where('id').equals(act).first())?.later).toBe('withdrawn')
    await expectOne(phone)
  })
})
