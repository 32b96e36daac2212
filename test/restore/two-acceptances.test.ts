/**
 * Two devices of a shop accept one voucher in two histories, each after a backup that lacked the other, and journals of both come back after a
 * third: in whichever order, the shop is paid once, the second acceptance is told so, and the points are spent once.
 */
import { expect, it, vi } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { decideReview } from '../../mock-api/book/decide-review.ts'
import type { Db } from '../../mock-api/storage/db.ts'
import { appealActivity } from '../../src/actions/appeal-activity.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { redeemOffer } from '../../src/actions/redeem-offer.ts'
import { enqueue } from '../../src/db/outbox.ts'
import type { AccountId, ActivityId } from '../../src/domain/base/ids.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import { usePhones } from '../actions/phones.ts'
import { claim, trackedRide } from '../support/builders.ts'
import { accept } from '../support/commands.ts'
import type { Phone } from '../support/phone.ts'
import { newOffer } from '../support/shop.ts'
import { detailOnPhone, joinShop, points } from './life.ts'

const phones = usePhones()

it.each([
  ['manager', 'holder', 'till'],
  ['manager', 'till', 'holder'],
  ['holder', 'manager', 'till'],
  ['holder', 'till', 'manager'],
  ['till', 'manager', 'holder'],
  ['till', 'holder', 'manager'],
] as const)('%s, %s, %s come back in this order', (...order) => comeBack(order))

it('also where the holder’s history has gone on, so that nothing of it is taken word for word', () =>
  comeBack(['manager', 'holder', 'till'], { hasGoneOn: true }))

it('also where a crash leaves the second’s name on what the first was paid by', () =>
  comeBack(['holder', 'manager', 'till'], { crashes: true }))

it('also where the one that the holder’s journal names was refused by the shop in the time of the first, and the shop’s history has gone on', async () => {
  const { backend } = phones
  const [manager, lost, other] = [await joinShop(phones), await joinShop(phones), await joinShop(phones)]
  const holder = await phones.signedIn()
  const { token, price, left } = await buy(holder, DAY_MS)
  const neighbour = await phones.signedIn()
  const { token: elsewhere } = await buy(neighbour, 2 * DAY_MS)
  const backup = await backend.snapshot()
  const [first, second] = [accept(backend, token), accept(backend, token)]

  // In one history the second is taken, and the holder hears of it; in the next it is refused.
  await enqueue(lost.use().db, second)
  await lost.sync()
  await holder.use().sync()
  await backend.restore(backup)
  for (const command of [first, second]) {
    await enqueue(manager.use().db, command)
    await manager.sync()
  }
  expect(await outcomesOf(manager, [first, second])).toEqual(['accepted', 'refused'])
  await backend.restoreAsSaid(backup)
  await neighbour.use().sync()
  const another = accept(backend, elsewhere)
  await enqueue(other.use().db, another)
  await other.sync()
  expect(await outcomesOf(other, [another])).toEqual(['accepted'])
  for (const phone of [holder, manager]) await phone.use().sync()
  backend.now.advance(4 * DAY_MS)
  await backend.sweep()
  for (const phone of [holder, manager, other]) await phone.use().sync()

  expect(await outcomesOf(manager, [first, second])).toEqual(['accepted', 'refused'])
  expect(await points(manager)).toEqual({ available: 2 * price, held: 0 })
  expect(await points(holder)).toEqual({ available: left, held: 0 })
  expect(await audit(backend.db)).not.toHaveProperty('fault')
})

/** With the points of a ride of so long ago: two people's at one time would be one. */
async function buy(phone: Phone, ageMs: number): Promise<{ token: string; price: number; left: number }> {
  const { backend } = phones
  await recordActivity(phone.use().context, trackedRide(backend.now() - ageMs))
  await phone.sync()
  const offer = await newOffer(backend)
  const voucherId = await redeemOffer(phone.use().context, offer)
  await phone.sync()
  const token = (await detailOnPhone(phone, voucherId))?.voucher?.token ?? ''
  return { token, price: offer.pricePoints, left: (await points(phone)).available }
}

async function outcomesOf(shop: Phone, commands: readonly { readonly id: string }[]) {
  const entries = await shop.use().db.entries.toArray()
  return commands.map((command) => entries.find(({ id }) => id === command.id)?.outcome)
}

/** Where the crossing that names the second acceptance would be given the name of the first. */
function crashAtTheName(db: Db) {
  const query = db.query.bind(db)
  return vi
    .spyOn(db, 'query')
    .mockImplementation((text, params) =>
      /^update crossings set follower_id .* follower_record = \$5$/s.test(text)
        ? Promise.reject(new Error('the process ends here'))
        : query(text, params),
    )
}

async function comeBack(
  order: readonly ('manager' | 'holder' | 'till')[],
  { hasGoneOn = false, crashes = false } = {},
): Promise<void> {
  const { backend } = phones
  const [manager, lost, till] = [await joinShop(phones), await joinShop(phones), await joinShop(phones)]
  const holder = await phones.signedIn()
  await recordActivity(holder.use().context, trackedRide(backend.now() - DAY_MS))
  await holder.sync()
  const activityId = (await recordActivity(
    holder.use().context,
    claim({ startedAt: backend.now() - 50 * DAY_MS }),
  )) as ActivityId
  await appealActivity(holder.use().context, { activityId, note: '手机坏了三周' })
  const offer = await newOffer(backend)
  const voucherId = await redeemOffer(holder.use().context, offer)
  await holder.sync()
  const { available: left } = await points(holder)
  const token = (await detailOnPhone(holder, voucherId))?.voucher?.token ?? ''
  const backup = await backend.snapshot()
  const acceptances = [accept(backend, token), accept(backend, token)] as const

  // In one history the manager's is first.
  await enqueue(manager.use().db, acceptances[0])
  await manager.sync()
  // In the next, another till's; its record is only lost with that till, the command waits on a second one.
  await backend.restore(backup)
  backend.now.advance(HOUR_MS)
  for (const device of [lost, till]) await enqueue(device.use().db, acceptances[1])
  await lost.use().sync()
  await holder.use().sync()
  expect(await holder.use().db.vouchers.get(voucherId)).toMatchObject({ state: 'used' })
  await backend.restoreAsSaid(backup)

  backend.now.advance(HOUR_MS)
  // By the desk, so that the holder's phones have not been heard yet.
  if (hasGoneOn)
    await decideReview(backend.deps, holder.profile.ledgerId as AccountId, {
      activityId,
      verdict: { decision: 'grant', rewardGrams: 80, points: 80, note: '看过了' },
    })
  const people = { manager, holder, till }
  const crash = crashes ? crashAtTheName(backend.db) : undefined
  for (const name of order) await people[name].use().sync()
  crash?.mockRestore()
  // Who was heard before the others waits for them as long as they may come.
  backend.now.advance(4 * DAY_MS)
  await backend.sweep()
  for (const name of [...order, ...order]) await people[name].use().sync()

  const outcomes = await outcomesOf(manager, acceptances)
  expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1)
  expect(await points(manager)).toEqual({ available: offer.pricePoints, held: 0 })
  expect(await points(holder)).toEqual({ available: left + (hasGoneOn ? 80 : 0), held: 0 })
  expect(await till.use().db.outbox.count()).toBe(0)
  expect(await audit(backend.db)).not.toHaveProperty('fault')
}
