/**
 * A restored backup lacked that a shop was paid, or the whole holder, so that the points had come back by the time that the shop's proof or the
 * holder's phone came; and then the holder went. The shop stays paid, and the audit knows a loss from a voucher that was paid twice.
 */
import { expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { deleteAccount } from '../../mock-api/book/delete-account.ts'
import { readAwaited } from '../../mock-api/storage/awaited.ts'
import { readRecordOf } from '../../mock-api/storage/records.ts'
import { cancelVoucher } from '../../src/actions/cancel-voucher.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { redeemOffer } from '../../src/actions/redeem-offer.ts'
import { enqueue } from '../../src/db/outbox.ts'
import type { AccountId, VoucherId } from '../../src/domain/base/ids.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import { openDetail } from '../../src/domain/ledger/open-record.ts'
import { usePhones } from '../actions/phones.ts'
import { trackedRide } from '../support/builders.ts'
import { freshPhone } from '../support/client.ts'
import { accept } from '../support/commands.ts'
import type { Phone } from '../support/phone.ts'
import { newOffer } from '../support/shop.ts'
import { detailOnPhone, joinShop } from './life.ts'

const phones = usePhones()

const idOf = (phone: Phone) => phone.use().profile.ledgerId as AccountId

async function buy(me: Phone): Promise<{ id: VoucherId; token: string }> {
  const { backend } = phones
  await recordActivity(me.use().context, trackedRide(backend.now() - DAY_MS))
  await me.sync()
  const id = await redeemOffer(me.use().context, await newOffer(backend, { validDays: 3 }))
  await me.sync()
  return { id, token: (await detailOnPhone(me, id))?.voucher?.token ?? '' }
}

/** Of a till that obeys its screen, told at once. */
async function acceptAt(shop: Phone, token: string): Promise<string> {
  const command = accept(phones.backend, token)
  await enqueue(shop.use().db, command)
  await shop.sync()
  return command.id
}

const outcomeOf = async (shop: Phone, id: string) =>
  (await shop.use().db.entries.where('id').equals(id).first())?.outcome

const postedAt = async (accountId: AccountId, id: string) =>
  (await readRecordOf(phones.backend.db, accountId, id))?.postedAt ?? Number.NaN

it('by its own proof, however often a backup without it is put back, and also where the shop’s words are gone', async () => {
  const { backend } = phones
  const [shop, me] = [await joinShop(phones), await phones.signedIn()]
  const { id: voucherId, token } = await buy(me)
  const holder = idOf(me)
  let backup = await backend.snapshot()
  const acceptedAt = backend.now()
  const acceptance = await acceptAt(shop, token)
  expect(await outcomeOf(shop, acceptance)).toBe('accepted')
  await backend.restoreAsSaid(backup)
  backend.now.advance(30 * DAY_MS)
  for (let i = 0; i < 2; i++) await backend.sweep()
  await deleteAccount(backend.deps, holder)
  backup = await backend.snapshot()
  for (let restored = 0; restored < 2; restored++) {
    if (restored > 0) await backend.restoreAsSaid(backup)
    backend.now.advance(HOUR_MS)
    // The branch has gone on: what its other device then proves is decided anew.
    await acceptAt(await joinShop(phones), (await buy(await phones.signedIn())).token)
    await shop.use().sync()
    const returnedAt = await postedAt(holder, `voucher.return:${voucherId}`)
    expect(returnedAt).toBeLessThan(await postedAt(idOf(shop), acceptance))
    const proven = await readRecordOf(backend.db, idOf(shop), acceptance)
    expect(openDetail(proven?.detail)?.provenAt).toBe(acceptedAt)
    expect(await readAwaited(backend.db, holder)).toMatchObject([{ voucherId, commandId: acceptance }])
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  }
  await deleteAccount(backend.deps, idOf(shop))
  expect(await audit(backend.db)).not.toHaveProperty('fault')
})

it('by a signature alone, of a holder whom the backup lacked and whose phone then says that the points had come back', async () => {
  const { backend } = phones
  const [shop, number] = [await joinShop(phones), freshPhone()]
  const backup = await backend.snapshot()
  backend.now.advance(HOUR_MS)
  const me = await phones.signedIn(number)
  const { id: voucherId, token } = await buy(me)
  await cancelVoucher(me.use().context, voucherId)
  await me.sync()
  backend.now.advance(73 * HOUR_MS)
  await backend.sweep()
  await me.use().sync()
  await backend.restoreAsSaid(backup)
  const acceptance = await acceptAt(shop, token)
  backend.now.advance(73 * HOUR_MS)
  await shop.use().sync()
  expect(await outcomeOf(shop, acceptance)).toBe('accepted')
  await me.use().signIn(number)
  await me.use().sync()
  expect(await postedAt(idOf(me), `voucher.return:${voucherId}`)).toBeLessThan(
    await postedAt(idOf(shop), acceptance),
  )
  await deleteAccount(backend.deps, idOf(me))
  expect(await readAwaited(backend.db, idOf(me))).toMatchObject([{ voucherId, commandId: acceptance }])
  expect(await audit(backend.db)).not.toHaveProperty('fault')
  await deleteAccount(backend.deps, idOf(shop))
  expect(await audit(backend.db)).not.toHaveProperty('fault')
})
