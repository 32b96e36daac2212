/** What a clerk gives an offer beside its price, over HTTP: a draw, limits of a person's, a day of restocking; what is refused where, and what stays. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { stopOfferAct } from '../../mock-api/desk/offer-acts.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { call } from '../support/client.ts'
import { enterDraw, redeem } from '../support/commands.ts'
import { ENGINES } from '../support/database.ts'
import { operatorWith, type TestOperator } from '../support/operator.ts'
import { reasonsOf, recordsOf, richClient } from '../support/shop.ts'

describe.each(ENGINES)('an offer with more than a price on %s', (engine) => {
  let backend: Backend
  let clerk: TestOperator
  beforeAll(async () => {
    backend = await startBackend({ db: engine })
  })
  beforeEach(async () => {
    clerk = await operatorWith(backend, ['catalog'])
  })
  afterAll(async () => {
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    await backend.close()
  })

  let made = 0
  const draft = (options?: object, given: object = {}) => ({
    ...{
      id: `with-options-${++made}`,
      base: 0,
      category: 'food',
      merchantId: 'sample-cafe',
      cities: ['jinan'],
    },
    ...{ titleZh: '饼', titleEn: 'Cake', termsZh: '到店出示', termsEn: 'Show it' },
    ...{ pricePoints: 50, valueFen: 50, perPersonMax: 9, validDays: 30, endsAt: backend.now() + 30 * DAY_MS },
    stock: { pieces: 20, budgetFen: 1000 },
    ...(options ? { options } : {}),
    ...given,
  })
  const drawFrom = (opensIn: number, closesIn: number, pieces = 2) => ({
    draw: { opensAt: backend.now() + opensIn, closesAt: backend.now() + closesIn, pieces },
  })
  const publish = (offer: object, actId?: string) => clerk.call('POST', '/offers', offer, actId)
  const said = async (response: Response) => {
    const { detail = '' } = (await response.json()) as { detail?: string }
    return [response.status, detail.split(':')[0]]
  }
  async function told(id: string): Promise<Offer | undefined> {
    const answer = await call(backend, { method: 'GET', path: '/api/v1/offers?wire=2' })
    const { offers } = (await answer.json()) as { offers: { offer: Offer }[] }
    return offers.find(({ offer }) => offer.id === id)?.offer
  }

  it('limits what a person has of all offers in a week', async () => {
    const offer = draft({ perWeekFen: 60, perYearFen: 1000 })
    expect((await publish(offer)).status).toBe(200)
    expect(await told(offer.id)).toMatchObject({ perWeekFen: 60, perYearFen: 1000 })
    const me = await richClient(backend)
    const wish = () => redeem(backend, { id: offer.id, points: 50 })
    const wishes = [wish(), wish()] as const
    const { receipts } = await me.sync([...wishes])
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['accepted', 'refused'])
    expect(reasonsOf(await recordsOf(me), wishes[1].id)).toContain('week_value_limit')
  })

  it('says when more comes, and does not say it any more once that is taken away', async () => {
    const restocksAt = backend.now() + 5 * DAY_MS
    const offer = draft({ restocksAt })
    await publish(offer)
    expect(await told(offer.id)).toMatchObject({ restocksAt })
    const { stock: _stock, ...words } = offer
    await publish({ ...words, base: 1, options: undefined, titleEn: 'Another' })
    expect(await told(offer.id)).toMatchObject({ titleEn: 'Another', restocksAt })
    await publish({ ...words, base: 2, options: {} })
    expect(await told(offer.id)).not.toHaveProperty('restocksAt')
  })

  it('is drawn among those who entered, by a secret that was promised, and nothing about it changes while people are in it', async () => {
    const offer = draft(drawFrom(HOUR_MS, 3 * HOUR_MS))
    const actId = '0b7d0000-0000-4000-8000-0000000000d1'
    expect((await publish(offer, actId)).status).toBe(200)
    expect((await publish(offer, actId)).status).toBe(200) // its answer was lost
    const first = await told(offer.id)
    expect(first).toMatchObject({ version: 1, release: 'draw', draw: { pieces: 2 } })
    expect(first?.draw?.commitment).toMatch(/^(?!0{64})[0-9a-f]{64}$/)

    const { stock: _stock, ...words } = offer
    // Nobody can be in it yet: another word, another draw with a promise of its own.
    expect((await publish({ ...words, base: 1, titleEn: 'Cakes' })).status).toBe(200)
    const second = (await told(offer.id)) as Offer
    expect(second.draw?.commitment).not.toBe(first?.draw?.commitment)

    backend.now.advance(2 * HOUR_MS)
    await clerk.stepUp()
    // Open, and nobody is in it: a slip is still mended.
    expect((await publish({ ...words, base: 2, termsEn: 'Show it there' })).status).toBe(200)
    const third = (await told(offer.id)) as Offer
    const me = await richClient(backend)
    const entry = enterDraw(backend, third)
    const { receipts } = await me.sync([entry])
    expect(receipts[0]?.outcome).toBe('accepted')
    await clerk.stepUp()
    const change = { ...words, base: 3, pricePoints: 60 }
    expect(await said(await publish(change))).toEqual([400, 'options.draw'])
    const stop = () =>
      clerk.call('POST', `/offers/${offer.id}/stop`, { base: 3, stopsAt: backend.now() + DAY_MS })
    expect(await said(await stop())).toEqual([400, 'options.draw'])

    for (let i = 0; i < 5; i++) {
      backend.now.advance(HOUR_MS)
      await backend.sweep()
    }
    await clerk.stepUp()
    expect((await recordsOf(me)).map(({ body }) => body.kind)).toContain('draw.won')
    expect(await said(await publish(change))).toEqual([400, 'options.draw.closesAt']) // over: it needs new days
    expect((await publish({ ...change, options: {} })).status).toBe(200)
    expect(await told(offer.id)).not.toHaveProperty('release')
    const { receipts: bought } = await me.sync([redeem(backend, { id: offer.id, points: 60, version: 4 })])
    expect(bought[0]?.outcome).toBe('accepted')
  })

  it('is not stopped before a draw that has been announced', async () => {
    const offer = draft(drawFrom(DAY_MS, 3 * DAY_MS))
    await publish(offer)
    const stop = (at: number) => clerk.call('POST', `/offers/${offer.id}/stop`, { base: 1, stopsAt: at })
    expect(await said(await stop(backend.now() + 2 * DAY_MS))).toEqual([400, 'stopsAt'])
    expect((await stop(backend.now() + 4 * DAY_MS)).status).toBe(200)
    expect(await told(offer.id)).toMatchObject({ version: 2, release: 'draw' })
  })

  it('with a draw ends earlier once, also when a crash makes the sweeper run it again', async () => {
    const offer = draft(drawFrom(DAY_MS, 3 * DAY_MS))
    await publish(offer)
    const payload = { offerId: offer.id, base: 1, stopsAt: backend.now() + 4 * DAY_MS }
    const done = { actId: 'an-act', operatorId: clerk.operatorId, subject: `offer ${offer.id}`, payload }
    await stopOfferAct.run(backend.deps, done)
    await stopOfferAct.run(backend.deps, done)
    expect(await told(offer.id)).toMatchObject({ version: 2, endsAt: payload.stopsAt })
  })

  it('above twenty yuan waits for a second person, and not longer than its own draw', async () => {
    const approver = await operatorWith(backend, ['approver'])
    const big = { valueFen: 2500, pricePoints: 2500, stock: { pieces: 3, budgetFen: 7500 } }
    const offer = draft(drawFrom(0, DAY_MS), big)
    const { proposalId } = (await (await publish(offer)).json()) as { proposalId: string }
    const { digest } = (await (await approver.call('GET', `/proposals/${proposalId}`)).json()) as {
      digest: string
    }
    backend.now.advance(2 * DAY_MS)
    const later = await operatorWith(backend, ['approver'])
    const answer = await later.call('POST', `/proposals/${proposalId}`, { verdict: 'approve', digest })
    expect([answer.status, await told(offer.id)]).toEqual([409, undefined])
  })

  it.each<[string, () => object, object, string]>([
    ['a draw that closes before it opens', () => drawFrom(2 * HOUR_MS, HOUR_MS), {}, 'options.draw.closesAt'],
    ['a draw that has closed', () => drawFrom(-2 * HOUR_MS, -HOUR_MS), {}, 'options.draw.closesAt'],
    ['a draw after the offer’s end', () => drawFrom(0, 31 * DAY_MS), {}, 'options.draw.closesAt'],
    ['a draw of nothing', () => drawFrom(0, DAY_MS, 0), {}, 'options.draw.pieces'],
    ['a draw of more than there is', () => drawFrom(0, DAY_MS, 21), {}, 'options.draw.pieces'],
    [
      'a draw of more than is paid for',
      () => drawFrom(0, DAY_MS, 11),
      { stock: { pieces: 20, budgetFen: 549 } },
      'options.draw.pieces',
    ],
    ['a draw of a donation', () => drawFrom(0, DAY_MS), { category: 'donation' }, 'options.draw'],
    [
      'a promise of its own',
      () => ({ draw: { ...drawFrom(0, DAY_MS).draw, commitment: '1'.repeat(64) } }),
      {},
      'options.draw.commitment',
    ],
    ['a negative limit', () => ({ perWeekFen: -1 }), {}, 'options.perWeekFen'],
    ['a limit that no piece fits in', () => ({ perWeekFen: 49 }), {}, 'options.perWeekFen'],
    ['a year of less than a week', () => ({ perWeekFen: 100, perYearFen: 99 }), {}, 'options.perYearFen'],
    ['a year that no piece fits in', () => ({ perYearFen: 1 }), {}, 'options.perYearFen'],
    ['restocking in the past', () => ({ restocksAt: backend.now() - 1 }), {}, 'options.restocksAt'],
    [
      'restocking after the end',
      () => ({ restocksAt: backend.now() + 40 * DAY_MS }),
      {},
      'options.restocksAt',
    ],
    ['an option that nobody knows', () => ({ colour: 'red' }), {}, 'options.colour'],
  ])('with %s is refused at that field', async (_, options, given, field) => {
    expect(await said(await publish(draft(options(), given)))).toEqual([400, field])
  })

  it('whose stock has gone down draws no more than is left', async () => {
    const offer = draft(undefined, { stock: { pieces: 3, budgetFen: 150 } })
    await publish(offer)
    const me = await richClient(backend)
    await me.sync([redeem(backend, { id: offer.id, points: 50 })])
    const { stock: _stock, ...words } = offer
    const next = (pieces: number) => publish({ ...words, base: 1, options: drawFrom(0, DAY_MS, pieces) })
    expect(await said(await next(3))).toEqual([400, 'options.draw.pieces'])
    expect((await next(2)).status).toBe(200)
  })
})
