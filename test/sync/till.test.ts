/** A till against the real backend: coming in, working without a network, arriving, being cut off. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { revokeTill } from '../../mock-api/storage/tills.ts'
import { makeTillCode } from '../../mock-api/tills/till-code.ts'
import { refundAcceptance } from '../../src/actions/till/refund-acceptance.ts'
import { liveStatements } from '../../src/db/statements.ts'
import type { AccountId, CommandId, VoucherId } from '../../src/domain/base/ids.ts'
import { addDays, DAY_MS, dayOf, HOUR_MS, startOfDay } from '../../src/domain/base/time.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { NOON } from '../support/builders.ts'
import { call } from '../support/client.ts'
import { cancel } from '../support/commands.ts'
import { balancesOf, buy, newOffer, recordsOf, richClient } from '../support/shop.ts'
import { branchOf } from '../support/till.ts'
import { TillPhone } from '../support/till-phone.ts'

let backend: Backend
const tills: TillPhone[] = []

beforeEach(async () => {
  backend = await startBackend({ now: NOON })
})
afterEach(async () => {
  for (const till of tills.splice(0)) till.close()
  await backend.close()
})

function device(options?: ConstructorParameters<typeof TillPhone>[1]): TillPhone {
  const phone = new TillPhone(backend, options).open()
  tills.push(phone)
  return phone
}

async function tillOf(given: Parameters<TillPhone['join']>[0] = {}): Promise<TillPhone> {
  const till = device()
  await till.join(given)
  expect(await till.sync()).toEqual({ phase: 'idle' })
  return till
}

async function sold() {
  const offer = await newOffer(backend)
  const person = await richClient(backend, { wire: 2 })
  const voucher = await buy(backend, person, offer)
  return { person, voucher, offer }
}

const firstOf = <T>(observed: { subscribe(next: (value: T) => void): { unsubscribe(): void } }) =>
  new Promise<T>((resolve) => {
    const reading = observed.subscribe((value) => {
      resolve(value)
      setTimeout(() => reading.unsubscribe())
    })
  })

describe('coming in', () => {
  it('by a code, a device knows its branch, offers and the list before anybody shows it anything', async () => {
    const till = await tillOf({ role: 'manager', name: '店长' })
    expect(await till.till()).toMatchObject({
      role: 'manager',
      name: '店长',
      place: { merchantId: 'sample-cafe' },
    })
    const { told } = await till.till()
    expect(told?.offers.length).toBeGreaterThan(0)
    expect(told?.numberKey.length).toBe(32)
  })

  it('asks again with the same key when the answer was lost, and is let in; another device is not', async () => {
    const { code } = await makeTillCode(backend.deps, await branchOf(backend), { role: 'till', name: '一号' })
    const till = device()
    till.losesAnswers = 1
    await expect(till.join({ code })).rejects.toMatchObject({ code: 'offline' })
    await till.join({ code })
    expect(await till.sync()).toEqual({ phase: 'idle' })
    await expect(device().join({ code })).rejects.toMatchObject({ code: 'code_wrong' })
  })

  it('with a clock that is wrong by years', async () => {
    const till = device({ clockOff: -3 * 366 * DAY_MS })
    await till.join()
    expect(await till.sync()).toEqual({ phase: 'idle' })
    const { voucher } = await sold()
    await till.sync()
    expect(await till.checks(voucher.token)).toMatchObject({ kind: 'accept' })
  })
})

describe('without a network', () => {
  it('a voucher is accepted, and posted to both sides once there is one', async () => {
    const { person, voucher, offer } = await sold()
    const till = await tillOf()
    till.isCutOff = true
    expect((await till.accepts(voucher.token)).verdict).toMatchObject({
      kind: 'accept',
      offer: { titleZh: offer.titleZh },
    })
    expect(await till.sync()).toMatchObject({ phase: 'offline' })
    till.isCutOff = false
    backend.now.advance(HOUR_MS)
    expect(await till.sync()).toEqual({ phase: 'idle' })
    expect(await till.db.acceptances.toArray()).toMatchObject([{ outcome: 'accepted' }])
    expect(await till.db.outbox.count()).toBe(0)
    expect((await balancesOf(backend, person)).held).toBe(0)
    const settled = (await recordsOf(person)).find(({ body }) => body.kind === 'voucher.settle')
    expect(settled?.detail.about).toBe(voucher.id)
  })

  it('what is cancelled after the till last heard is still paid, and what was cancelled before is not accepted', async () => {
    const { person, voucher, offer } = await sold()
    const other = await buy(backend, person, offer)
    await person.sync([cancel(backend, other.id as VoucherId)])
    const till = await tillOf()
    expect(await till.checks(other.token)).toEqual({ kind: 'ended' })
    till.isCutOff = true
    await person.sync([cancel(backend, voucher.id as VoucherId)])
    backend.now.advance(HOUR_MS)
    expect((await till.accepts(voucher.token)).verdict.kind).toBe('accept')
    backend.now.advance(HOUR_MS)
    till.isCutOff = false
    await till.sync()
    expect(await till.db.acceptances.toArray()).toMatchObject([{ outcome: 'accepted' }])
  })

  it('of two tills that are shown the same code the first to arrive is paid, and the other reads who it was', async () => {
    const { voucher } = await sold()
    const one = await tillOf({ name: '一号' })
    const two = await tillOf({ name: '二号' })
    for (const till of [one, two]) {
      till.isCutOff = true
      expect((await till.accepts(voucher.token)).verdict.kind).toBe('accept')
      till.isCutOff = false
    }
    await two.sync()
    await one.sync()
    expect((await one.db.acceptances.toArray()).map(({ outcome, till }) => [outcome, till]).sort()).toEqual([
      ['accepted', '二号'],
      ['refused', undefined],
    ])
    expect(await one.checks(voucher.token)).toMatchObject({ kind: 'already_accepted', till: '二号' })
  })

  it('answers that are lost change nothing: sent again, it is one acceptance', async () => {
    const { voucher } = await sold()
    const till = await tillOf()
    await till.accepts(voucher.token)
    till.losesAnswers = 1
    expect(await till.sync()).toMatchObject({ phase: 'offline' })
    await till.sync()
    expect(await till.db.acceptances.toArray()).toMatchObject([{ outcome: 'accepted' }])
    expect(await till.db.outbox.count()).toBe(0)
  })
})

describe('the end', () => {
  it('a till that was removed says so at once, and what it had not sent is still on its list', async () => {
    const { voucher } = await sold()
    const manager = await tillOf({ role: 'manager', name: '店长' })
    const till = await tillOf({ name: '二号' })
    await till.accepts(voucher.token)
    const { tillId } = await till.till()
    const api = manager.exchange.api(await manager.till())
    expect((await api.people()).map(({ name }) => name).sort()).toEqual(['二号', '店长'])
    expect(await api.revoke(tillId)).toMatchObject({ tillId, lastSyncAt: expect.any(Number) })
    expect(await till.sync()).toMatchObject({ phase: 'waiting', problem: 'till_revoked' })
    expect((await till.till()).end).toBe('revoked')
    const [left] = await till.db.acceptances.toArray()
    expect(left?.outcome).toBeUndefined()
  })

  it('let in once more, it sends what it had', async () => {
    const { voucher } = await sold()
    const till = await tillOf()
    await till.accepts(voucher.token)
    await till.exchange.api(await till.till()).leave()
    await till.sync()
    expect((await till.till()).end).toBeDefined()
    await till.join({ name: '又来' })
    expect(await till.sync()).toEqual({ phase: 'idle' })
    expect((await till.till()).end).toBeUndefined()
    expect(await till.db.acceptances.toArray()).toMatchObject([{ outcome: 'accepted' }])
  })

  it('whoever copies cookie and secret has no till without the key', async () => {
    const till = await tillOf()
    const { accountId, secret } = await till.till()
    const cookie = [...till.storage.cookies].map((pair) => pair.join('=')).join('; ')
    const answer = await call(backend, {
      method: 'GET',
      path: `/api/v1/tills/${accountId}/status?wire=2`,
      headers: { cookie, 'greentrace-secret': secret },
    })
    expect(answer.status).toBe(401)
  })
})

describe('the books', () => {
  it('the statement of the day is the list of both tills, and what the customers’ journals say was settled', async () => {
    const { person, voucher, offer } = await sold()
    const other = await buy(backend, person, offer)
    const [one, two] = [await tillOf({ name: '一号' }), await tillOf({ name: '二号' })]
    await one.accepts(voucher.token)
    await two.accepts(other.token)
    await one.sync()
    await two.sync()
    backend.now.set(startOfDay(addDays(dayOf(backend.now()), 1)) + HOUR_MS)
    await backend.sweep()
    await one.sync()
    const [statement] = await firstOf(liveStatements(one.db, 10))
    const listed = await one.db.acceptances.toArray()
    expect(statement).toMatchObject({ count: 2, fen: 2 * offer.valueFen, refundFen: 0, isPaid: false })
    expect(listed.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted'])
    expect(listed.reduce((sum, { fen = 0 }) => sum + fen, 0)).toBe(statement?.fen)
    const settled = (await recordsOf(person)).filter(({ body }) => body.kind === 'voucher.settle')
    expect(settled.map(({ detail }) => detail.about).sort()).toEqual([voucher.id, other.id].sort())
  })

  it('a manager refunds by a word why, the points are back, and the list says so; a cashier’s is refused', async () => {
    const { person, voucher } = await sold()
    const { available } = await balancesOf(backend, person)
    const cashier = await tillOf({ name: '二号' })
    const manager = await tillOf({ role: 'manager', name: '店长' })
    const done = await cashier.accepts(voucher.token)
    const acceptanceId = 'id' in done ? done.id : ('' as CommandId)
    await cashier.sync()
    await refundAcceptance(await cashier.context(), { acceptanceId, note: '缺货' })
    await cashier.sync()
    expect(await cashier.db.acceptances.get(acceptanceId)).not.toHaveProperty('refundedAt')
    await refundAcceptance(await manager.context(), { acceptanceId, note: '缺货' })
    await manager.sync()
    await backend.sweep()
    await cashier.sync()
    expect(await cashier.db.acceptances.get(acceptanceId)).toHaveProperty('refundedAt')
    expect((await balancesOf(backend, person)).available).toBeGreaterThan(available)
  })
})

describe('after a backup of yesterday', () => {
  it('what was booked since comes back with the till’s own proof, also what was read aloud and whose holder never comes', async () => {
    const till = await tillOf()
    const { person, voucher, offer } = await sold()
    const before = await backend.snapshot()
    const aloud = await buy(backend, person, offer)
    await till.sync()
    await till.accepts(voucher.token)
    await till.types(aloud.detail.voucher?.code ?? '')
    await till.sync()
    expect((await till.db.acceptances.toArray()).map(({ outcome }) => outcome)).toEqual([
      'accepted',
      'accepted',
    ])
    await backend.restoreAsSaid(before)
    expect(await till.sync()).toEqual({ phase: 'idle' })
    expect(await till.db.outbox.count()).toBe(0)
    expect((await till.db.acceptances.toArray()).map(({ outcome }) => outcome)).toEqual([
      'accepted',
      'accepted',
    ])
    expect(await till.sync()).toEqual({ phase: 'idle' })
    backend.now.advance(8 * DAY_MS)
    await backend.sweep()
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })
})

describe('a device at two branches', () => {
  it('has a key, a ledger and a list for each, and sends what waits at both', async () => {
    const { voucher } = await sold()
    const bike = await newOffer(backend, { merchantId: 'sample-bike' as never })
    const rider = await richClient(backend, { wire: 2 })
    const ride = await buy(backend, rider, bike)
    const till = await tillOf()
    const cafe = await till.till()
    await till.join({ merchantId: 'sample-bike', name: '车行' })
    await till.turnTo(await branchOf(backend, { merchantId: 'sample-bike' }))
    await till.sync()
    const shop = await till.till()
    const keyOf = async ({ keys }: typeof shop) => (await crypto.subtle.exportKey('jwk', keys.publicKey)).x
    expect(await keyOf(shop)).not.toBe(await keyOf(cafe))
    expect(await till.checks(voucher.token)).toMatchObject({ kind: 'other_shop' })
    expect((await till.accepts(ride.token)).verdict.kind).toBe('accept')
    await till.turnTo(cafe.accountId)
    expect(await till.checks(ride.token)).toMatchObject({ kind: 'other_shop' })
    expect((await till.accepts(voucher.token)).verdict.kind).toBe('accept')
    expect(await till.db.acceptances.count()).toBe(1)
    // The app was closed after the last customer.
    await till.wakeWorker()
    expect(await till.db.acceptances.toArray()).toMatchObject([{ outcome: 'accepted' }])
    await till.turnTo(shop.accountId)
    expect(await till.db.acceptances.toArray()).toMatchObject([{ outcome: 'accepted' }])
  })

  it('goes on at the other where one was cut off, and tells whoever called that something was left', async () => {
    const { voucher } = await sold()
    const till = await tillOf()
    const cafe = await till.till()
    await till.accepts(voucher.token)
    till.isCutOff = true
    await expect(till.wakeWorker()).rejects.toMatchObject({ code: 'offline' })
    till.isCutOff = false
    till.isLocked = true
    await expect(till.wakeWorker()).rejects.toThrow('a page is sending')
    till.isLocked = false
    await revokeTill(backend.db, { ...cafe, accountId: cafe.accountId as AccountId }, backend.now())
    await expect(till.wakeWorker()).rejects.toMatchObject({ code: 'till_revoked' })
    // From then on nobody is asked in vain.
    await till.wakeWorker()
    expect(await till.db.acceptances.toArray()).toMatchObject([{ id: expect.any(String) }])
  })
})
