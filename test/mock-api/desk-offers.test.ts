/** Offers at the desk over HTTP: what a clerk may do alone, what wants a second person, what is refused at which field, and what people see of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { DAY_MS } from '../../src/domain/base/time.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { call } from '../support/client.ts'
import { redeem } from '../support/commands.ts'
import { ENGINES } from '../support/database.ts'
import { operatorWith, type TestOperator } from '../support/operator.ts'
import { richClient } from '../support/shop.ts'

describe.each(ENGINES)('offers at the desk on %s', (engine) => {
  let backend: Backend
  let clerk: TestOperator
  let approver: TestOperator
  beforeAll(async () => {
    backend = await startBackend({ db: engine })
    clerk = await operatorWith(backend, ['catalog'])
    approver = await operatorWith(backend, ['approver'])
  })
  afterAll(async () => {
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    await backend.close()
  })

  let made = 0
  const draft = (given: object = {}) => ({
    id: `desk-offer-${++made}`,
    base: 0,
    category: 'food',
    titleZh: '杂粮饼一个',
    titleEn: 'One whole-grain cake',
    termsZh: '到店出示。',
    termsEn: 'Show it at the counter.',
    merchantId: 'sample-cafe',
    cities: ['jinan'],
    pricePoints: 50,
    valueFen: 50,
    perPersonMax: 2,
    validDays: 30,
    endsAt: backend.now() + 30 * DAY_MS,
    stock: { pieces: 20, budgetFen: 1000 },
    ...given,
  })
  const told = async (id: string) => {
    const response = await call(backend, { method: 'GET', path: '/api/v1/offers' })
    const { offers } = (await response.json()) as {
      offers: { offer: { id: string; version: number; endsAt: number; pricePoints: number }; stock: object }[]
    }
    return offers.find(({ offer }) => offer.id === id)
  }
  const answered = async (response: Response) => [response.status, await response.json()] as const
  const approve = async (proposalId: string) => {
    const read = await approver.call('GET', `/proposals/${proposalId}`)
    const { digest } = (await read.json()) as { digest: string }
    return approver.call('POST', `/proposals/${proposalId}`, { verdict: 'approve', digest })
  }

  it('are published at once where they are small, and can be bought', async () => {
    const offer = draft()
    expect(await answered(await clerk.call('POST', '/offers', offer))).toEqual([200, {}])
    expect(await told(offer.id)).toMatchObject({
      offer: { id: offer.id, version: 1 },
      stock: { total: 20, remaining: 20, budgetFen: 1000, spentFen: 0 },
    })
    const me = await richClient(backend)
    const { receipts } = await me.sync([redeem(backend, { id: offer.id, points: 50 })])
    expect(receipts[0]?.outcome).toBe('accepted')
    expect(await told(offer.id)).toMatchObject({ stock: { remaining: 19, spentFen: 50 } })
  })

  it('above twenty yuan a piece wait for another person, and are there once that one has read exactly this', async () => {
    const offer = draft({ valueFen: 2001, pricePoints: 2001, stock: { pieces: 2, budgetFen: 4002 } })
    const [status, { proposalId }] = await answered(await clerk.call('POST', '/offers', offer))
    expect([status, await told(offer.id)]).toEqual([200, undefined])
    expect(
      (await clerk.call('POST', `/proposals/${proposalId}`, { verdict: 'approve', digest: '0'.repeat(64) }))
        .status,
    ).toBe(403)
    expect((await approve(proposalId)).status).toBe(200)
    expect(await told(offer.id)).toMatchObject({ offer: { version: 1 }, stock: { total: 2 } })
  })

  it('with a budget that one person should not give away wait as well', async () => {
    const offer = draft({ stock: { pieces: 5000, budgetFen: 100_001 } })
    const [, { proposalId }] = await answered(await clerk.call('POST', '/offers', offer))
    expect(proposalId).toEqual(expect.any(String))
    expect(await told(offer.id)).toBeUndefined()
  })

  it.each([
    ['a negative price', { pricePoints: -5 }, 'pricePoints'],
    ['no price', { pricePoints: 0 }, 'pricePoints'],
    ['no stock', { stock: { pieces: 0, budgetFen: 100 } }, 'stock.pieces'],
    ['no money for one piece', { stock: { pieces: 1, budgetFen: 49 } }, 'stock'],
    ['an end before it begins', { endsAt: 1 }, 'endsAt'],
    ['no city', { cities: [] }, 'cities'],
    ['a title with an invisible sign', { titleZh: '饼\u202e' }, 'titleZh'],
    ['a name with spaces', { id: 'two words' }, 'id'],
    ['a shop that nobody knows', { merchantId: 'no-shop' }, 'merchantId'],
    ['a name that is taken', { id: 'coffee-medium' }, 'id'],
    ['a member that nobody knows', { sample: false }, 'sample'],
  ])('with %s are refused at their field', async (_, given, field) => {
    const response = await clerk.call('POST', '/offers', draft(given))
    const { detail } = (await response.json()) as { detail: string }
    expect([response.status, detail.split(':')[0]]).toEqual([400, field])
  })

  it('change by a new version upon the one that the clerk saw; the value of a piece and the shop stay', async () => {
    const offer = draft()
    await clerk.call('POST', '/offers', offer)
    const { stock: _stock, ...words } = offer
    const next = { ...words, base: 1, pricePoints: 60 }
    expect((await clerk.call('POST', '/offers', next)).status).toBe(200)
    expect(await told(offer.id)).toMatchObject({
      offer: { version: 2, pricePoints: 60 },
      stock: { total: 20 },
    })
    for (const [given, field] of [
      [{ pricePoints: 70 }, 'base'],
      [{ base: 2, valueFen: 60 }, 'valueFen'],
      [{ base: 2, merchantId: 'sample-grocer' }, 'merchantId'],
    ] as const) {
      const [status, { detail }] = await answered(await clerk.call('POST', '/offers', { ...next, ...given }))
      expect([status, detail.split(':')[0]]).toEqual([400, field])
    }
    const versions = await clerk.call('GET', `/offers/${offer.id}`)
    expect(await versions.json()).toMatchObject({ versions: [{ version: 2 }, { version: 1 }] })
  })

  it('said again with the same id are published once', async () => {
    const offer = draft()
    const act = '0b7d0000-0000-4000-8000-000000000001'
    await clerk.call('POST', '/offers', offer, act)
    const again = await clerk.call('POST', '/offers', offer, act)
    expect([again.status, (await told(offer.id))?.offer.version]).toEqual([200, 1])
  })

  it('get more stock by two people, once, and never less', async () => {
    const offer = draft()
    await clerk.call('POST', '/offers', offer)
    const path = `/offers/${offer.id}/stock`
    expect((await clerk.call('POST', path, { pieces: 0, budgetFen: 0 })).status).toBe(400)
    expect((await clerk.call('POST', path, { pieces: -1, budgetFen: 0 })).status).toBe(400)
    const [, { proposalId }] = await answered(await clerk.call('POST', path, { pieces: 10, budgetFen: 500 }))
    expect(await told(offer.id)).toMatchObject({ stock: { total: 20 } })
    await approve(proposalId)
    await approve(proposalId)
    await backend.sweep()
    expect(await told(offer.id)).toMatchObject({ stock: { total: 30, remaining: 30, budgetFen: 1500 } })
  })

  it('end earlier from a day that is announced, and not later than they would', async () => {
    const offer = draft()
    await clerk.call('POST', '/offers', offer)
    const path = `/offers/${offer.id}/stop`
    for (const stopsAt of [backend.now() - DAY_MS, offer.endsAt])
      expect((await clerk.call('POST', path, { base: 1, stopsAt })).status).toBe(400)
    const stopsAt = backend.now() + DAY_MS
    expect((await clerk.call('POST', path, { base: 1, stopsAt })).status).toBe(200)
    expect(await told(offer.id)).toMatchObject({ offer: { version: 2, endsAt: stopsAt } })
  })

  it('are for those who have the role in each of its cities', async () => {
    const ofJinan = await operatorWith(backend, [{ role: 'catalog', city: 'jinan' }])
    expect((await ofJinan.call('POST', '/offers', draft({ cities: ['jinan', 'zibo'] }))).status).toBe(403)
    expect((await ofJinan.call('POST', '/offers', draft())).status).toBe(200)
    const reader = await operatorWith(backend, ['auditor'])
    expect((await reader.call('GET', '/offers')).status).toBe(200)
    expect((await reader.call('POST', '/offers', draft())).status).toBe(403)
    expect((await call(backend, { method: 'GET', path: '/api/v1/ops/offers' })).status).toBe(401)
  })
})
