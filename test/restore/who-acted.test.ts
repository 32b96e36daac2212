/** Who acted stays, when a proven tail is decided again behind another history: the till's device, and the office's record by which an operator did it. */
import { expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { decideDispute } from '../../mock-api/book/decide-dispute.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { redeemOffer } from '../../src/actions/redeem-offer.ts'
import { enqueue } from '../../src/db/outbox.ts'
import type { AccountId, CommandId, VoucherId } from '../../src/domain/base/ids.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import { usePhones } from '../actions/phones.ts'
import { claim, trackedRide } from '../support/builders.ts'
import { freshPhone } from '../support/client.ts'
import { accept, newCommandId } from '../support/commands.ts'
import type { Phone } from '../support/phone.ts'
import { newOffer } from '../support/shop.ts'
import { detailOnPhone } from './life.ts'

const phones = usePhones()
const ACT = '00000000-0000-4000-8000-00000000ac7e'

async function acceptAt(shop: Phone, token: string): Promise<string> {
  const command = accept(phones.backend, token)
  await enqueue(shop.use().db, command)
  await shop.sync()
  return command.id
}

async function buy(me: Phone, offer: Parameters<typeof redeemOffer>[1]) {
  const id = await redeemOffer(me.use().context, offer)
  await me.sync()
  return { id, token: (await detailOnPhone(me, id))?.voucher?.token ?? '' }
}

it('in the journal of the shop and in that of the holder', async () => {
  const { backend } = phones
  const number = freshPhone()
  const one = await phones.open()
  await one.joinTill(backend, { name: '一号台' })
  const two = await phones.open()
  await two.joinTill(backend, { name: '二号台' })
  const me = await phones.signedIn(number)
  await recordActivity(me.context, trackedRide(backend.now() - DAY_MS))
  await me.sync()
  const offer = await newOffer(backend)
  const early = await buy(me, offer)
  for (const shop of [one, two]) await shop.use().sync()
  const backup = await backend.snapshot()
  backend.now.advance(HOUR_MS)
  const voucher = await buy(me, offer)
  const accepted = await acceptAt(one, voucher.token)
  await me.use().sync()
  const body = { voucherId: voucher.id as VoucherId, note: '不是我用的' }
  const dispute = {
    ...{ id: newCommandId(backend) as CommandId, kind: 'voucher.dispute' as const, at: backend.now(), body },
  }
  await enqueue(me.use().db, dispute)
  await me.sync()
  const key = { accountId: me.profile.ledgerId as AccountId, voucherId: voucher.id }
  await decideDispute(backend.deps, key, { verdict: 'upheld', note: '店里没有记录', act: ACT })
  await me.use().sync()
  await one.use().sync()
  const saidBefore = await detailOnPhone(one, accepted)
  expect(saidBefore?.by).toMatchObject({ actor: 'till', till: { name: '一号台' } })

  await backend.restoreAsSaid(backup)
  // Both histories go on elsewhere before those who know more are heard; the shop's by a forged voucher that it refuses.
  await acceptAt(two, `${early.token.slice(0, -6)}AAAAAA`)
  const other = await phones.signedIn(number)
  await recordActivity(
    other.use().context,
    claim({ code: 'no-cutlery', quantity: { value: 1, unit: 'count' } }),
  )
  await other.sync()
  for (const phone of [me, one, me, one]) await phone.use().sync()

  expect(await detailOnPhone(one, accepted)).toMatchObject({
    by: saidBefore?.by,
    provenAt: expect.any(Number),
  })
  expect(await detailOnPhone(me, `dispute.decide:${voucher.id}`)).toMatchObject({
    by: { actor: 'operator', act: ACT },
    provenAt: expect.any(Number),
  })
  expect(await detailOnPhone(one, `voucher.refund:${voucher.id}`)).toMatchObject({
    by: { actor: 'operator', act: ACT },
    provenAt: expect.any(Number),
  })
  expect(await audit(backend.db)).not.toHaveProperty('fault')
})
