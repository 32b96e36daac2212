/** Points for vouchers: what the ledger grants and the stock holds, once, until it is used, cancelled or expired. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import type { OffersAnswer } from '../../src/contract/catalog.ts'
import type { VoucherId } from '../../src/domain/base/ids.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import { voucherCode } from '../../src/domain/offers/voucher.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { START } from '../../src/proof/chain.ts'
import { readVoucher } from '../../src/proof/voucher-token.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { type Client, call, freshPhone, signIn } from '../support/client.ts'
import { cancel, redeem } from '../support/commands.ts'
import { ENGINES } from '../support/database.ts'
import { balancesOf, buy, detailOf, newOffer, reasonsOf, recordsOf, richClient } from '../support/shop.ts'

describe.each(ENGINES)('vouchers on %s', (engine) => {
  let backend: Backend
  beforeAll(async () => {
    backend = await startBackend({ db: engine })
  })
  afterAll(async () => {
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    await backend.close()
  })

  const catalog = async () =>
    (await (await call(backend, { method: 'GET', path: '/api/v1/offers' })).json()) as OffersAnswer
  const stockOf = async (id: string) => (await catalog()).offers.find(({ offer }) => offer.id === id)?.stock
  const refusalOf = async (me: Client, wish: { id: string; version?: number; points: number }) => {
    const command = redeem(backend, wish)
    await me.sync([command])
    return reasonsOf(await recordsOf(me), command.id)
  }

  it('holds the price and signs a token that a shop can check', async () => {
    const me = await richClient(backend)
    const offer = await newOffer(backend)
    const { id, token, detail } = await buy(backend, me, offer)
    expect(await balancesOf(backend, me)).toEqual({ available: 166, held: 50 })
    expect(detail.voucher?.code).toMatch(/^[0-9A-Z]{4}( [0-9A-Z]{4}){4}$/)
    expect(detail.voucher?.code, 'nobody chooses it by choosing an id').not.toBe(voucherCode(id as VoucherId))
    expect(await readVoucher(token, await backend.deps.keyring.publicKeys())).toMatchObject({
      jti: id,
      sub: me.accountId,
      merchant: 'sample-cafe',
      points: 50,
      token: 2,
      fen: offer.valueFen,
      iat: backend.now(),
      exp: detail.voucher?.expiresAt,
    })
    expect(await stockOf(offer.id)).toEqual({ total: 100, remaining: 99, budgetFen: 5000, spentFen: 50 })
  })

  it('numbers the offers of a merchant in order of publication, once and for all versions', async () => {
    const merchantId = 'numbers-shop' as never
    const me = await richClient(backend)
    const [a, b] = [await newOffer(backend, { merchantId }), await newOffer(backend, { merchantId })]
    const newerA = await newOffer(backend, { merchantId, id: a.id, version: 2 })
    const elsewhere = await newOffer(backend, { merchantId: 'another-numbers-shop' as never })
    const keys = await backend.deps.keyring.publicKeys()
    const numbers: unknown[] = []
    for (const offer of [b, newerA, elsewhere]) {
      const claims = await readVoucher((await buy(backend, me, offer)).token, keys)
      numbers.push(claims?.token === 2 && claims.n)
    }
    expect(numbers).toEqual([2, 1, 1])
  })

  it('signs a token that holds when a new key came while it was decided', async () => {
    const me = await richClient(backend)
    const offer = await newOffer(backend)
    let isFirst = true
    const own = await startBackend({
      db: {
        ...backend.db,
        async transaction(work) {
          if (isFirst) {
            isFirst = false
            backend.now.advance(1)
            await own.deps.keyring.rotate()
          }
          return backend.db.transaction(work)
        },
      },
      now: backend.now,
      samples: false,
    })
    const command = redeem(own, { id: offer.id, points: 50 })
    const body = {
      accountId: me.accountId,
      cursor: START,
      sentAt: own.now(),
      commands: [canonicalJson(command)],
    }
    const headers = { cookie: me.cookie }
    expect((await call(own, { method: 'POST', path: '/api/v1/sync', body, headers })).status).toBe(200)
    const token = detailOf(await recordsOf(me), command.id).voucher?.token ?? ''
    expect(await readVoucher(token, await own.deps.keyring.publicKeys())).toMatchObject({ jti: command.id })
  })

  it('refuses what is not on offer, moved, ended, or not affordable', async () => {
    const me = await richClient(backend)
    const offer = await newOffer(backend)
    const ended = await newOffer(backend, { endsAt: backend.now() })
    const dear = await newOffer(backend, { pricePoints: 5000 })
    expect(await refusalOf(me, { id: 'no-such-offer', points: 1 })).toEqual(['offer_unknown'])
    expect(await refusalOf(me, { id: offer.id, points: 49 })).toEqual(['price_changed'])
    expect(await refusalOf(me, { id: offer.id, version: 2, points: 50 })).toEqual(['price_changed'])
    expect(await refusalOf(me, { id: ended.id, points: 50 })).toEqual(['offer_ended'])
    expect(await refusalOf(me, { id: dear.id, points: 5000 })).toEqual(['points_not_enough'])
    expect(await stockOf(offer.id)).toMatchObject({ remaining: 100 })
  })

  it('keeps the limit per person, in one batch too', async () => {
    const me = await richClient(backend)
    const offer = await newOffer(backend, { perPersonMax: 2 })
    const commands = [1, 2, 3].map(() => redeem(backend, { id: offer.id, points: 50 }))
    const page = await me.sync(commands)
    expect(page.receipts.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'refused'])
    expect(reasonsOf(await recordsOf(me), commands[2]?.id ?? '')).toEqual(['person_limit'])
    expect(await stockOf(offer.id)).toMatchObject({ remaining: 98 })
  })

  it('says sold out, or that the budget is spent', async () => {
    const me = await richClient(backend)
    const one = await newOffer(backend, { perPersonMax: 9 }, { total: 1 })
    await buy(backend, me, one)
    expect(await refusalOf(me, { id: one.id, points: 50 })).toEqual(['offer_sold_out'])
    const poor = await newOffer(backend, { perPersonMax: 9 }, { total: 10, budgetFen: 99 })
    await buy(backend, me, poor)
    expect(await refusalOf(me, { id: poor.id, points: 50 })).toEqual(['offer_budget_spent'])
    expect(await stockOf(poor.id)).toEqual({ total: 10, remaining: 9, budgetFen: 99, spentFen: 50 })
  })

  it('gives five pieces to exactly five of twenty who come at once', async () => {
    const people: Client[] = []
    for (let i = 0; i < 20; i++) people.push(await richClient(backend))
    const offer = await newOffer(backend, {}, { total: 5 })
    const pages = await Promise.all(
      people.map((me) => me.sync([redeem(backend, { id: offer.id, points: 50 })])),
    )
    const outcomes = pages.map(({ receipts }) => receipts[0]?.outcome)
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(5)
    expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(15)
    expect(await stockOf(offer.id)).toMatchObject({ total: 5, remaining: 0 })
  })

  it('sells one voucher for one command sent twice at once', async () => {
    const me = await richClient(backend)
    const offer = await newOffer(backend, {}, { total: 5 })
    const command = redeem(backend, { id: offer.id, points: 50 })
    const pages = await Promise.all([me.sync([command]), me.sync([command]), me.sync([command])])
    for (const page of pages) expect(page.receipts).toEqual([{ id: command.id, outcome: 'accepted', seq: 4 }])
    expect(await stockOf(offer.id)).toMatchObject({ remaining: 4 })
    expect(await balancesOf(backend, me)).toEqual({ available: 166, held: 50 })
  })

  it('settles a donation at once', async () => {
    const me = await richClient(backend)
    const offer = await newOffer(backend, { category: 'donation' })
    await buy(backend, me, offer)
    expect(await balancesOf(backend, me)).toEqual({ available: 166, held: 0 })
  })

  it('returns a cancelled voucher’s points after the settlement window, once', async () => {
    const me = await richClient(backend)
    const { id } = await buy(backend, me, await newOffer(backend))
    await me.sync([cancel(backend, id as VoucherId)])
    expect(await balancesOf(backend, me)).toEqual({ available: 166, held: 50 })
    backend.now.advance(72 * HOUR_MS - 1)
    await backend.sweep()
    expect(await balancesOf(backend, me)).toEqual({ available: 166, held: 50 })
    backend.now.advance(1)
    await backend.sweep()
    await backend.sweep()
    expect(await balancesOf(backend, me)).toEqual({ available: 216, held: 0 })
    const kinds = (await recordsOf(me)).map(({ body }) => body.kind)
    expect(kinds.filter((kind) => kind === 'voucher.return')).toHaveLength(1)
  })

  it('expires a voucher, then returns its points; two sweepers at once do it once', async () => {
    const me = await richClient(backend)
    const { id, detail } = await buy(backend, me, await newOffer(backend, { validDays: 1 }))
    backend.now.set((detail.voucher?.expiresAt ?? 0) - 1)
    await backend.sweep()
    expect((await recordsOf(me)).at(-1)?.body.kind).toBe('voucher.redeem')
    backend.now.advance(1)
    const other = await startBackend({ db: backend.db, now: backend.now, samples: false })
    await Promise.all([backend.sweep(), other.sweep()])
    expect((await recordsOf(me)).at(-1)?.body).toMatchObject({
      kind: 'voucher.expire',
      id: `voucher.expire:${id}`,
    })
    backend.now.advance(3 * DAY_MS)
    await Promise.all([backend.sweep(), other.sweep()])
    const records = await recordsOf(me)
    expect(records.at(-1)?.body).toMatchObject({ kind: 'voucher.return', id: `voucher.return:${id}` })
    expect(records).toHaveLength(6)
    expect(await balancesOf(backend, me)).toEqual({ available: 216, held: 0 })
    const statements = records.length
    await backend.sweep()
    expect(await recordsOf(me)).toHaveLength(statements)
  })

  it('ends what is due before it decides, without waiting for the sweeper', async () => {
    const me = await richClient(backend)
    const offer = await newOffer(backend, { validDays: 1 })
    await buy(backend, me, offer)
    backend.now.advance(10 * DAY_MS)
    const command = redeem(backend, { id: offer.id, points: 50 })
    const page = await me.sync([command])
    const kinds = (await recordsOf(me)).slice(-3).map(({ body }) => body.kind)
    expect(kinds).toEqual(['voucher.expire', 'voucher.return', 'voucher.redeem'])
    expect(page.receipts).toEqual([{ id: command.id, outcome: 'accepted', seq: 7 }])
  })

  it('lets points of two years ago end', async () => {
    const phone = freshPhone()
    await richClient(backend, { phone })
    backend.now.advance(760 * DAY_MS)
    await backend.sweep()
    await backend.sweep()
    const me = await signIn(backend, { phone })
    const records = await recordsOf(me)
    expect(records.at(-1)?.body).toMatchObject({ kind: 'lot.expire', outcome: 'accepted' })
    expect(records).toHaveLength(4)
    expect(await balancesOf(backend, me)).toEqual({ available: 0, held: 0 })
  })
})
