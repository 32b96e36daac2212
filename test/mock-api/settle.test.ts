/** A shop accepts a voucher: the first acceptance wins, in both journals, also when it was made offline and told late. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { deleteAccount } from '../../mock-api/book/delete-account.ts'
import { sweep } from '../../mock-api/book/sweep.ts'
import type { MerchantId, VoucherId } from '../../src/domain/base/ids.ts'
import { DAY_MS, dayOf, HOUR_MS, MINUTE_MS } from '../../src/domain/base/time.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import { writeNumber } from '../../src/proof/number-mark.ts'
import { signVoucher } from '../../src/proof/voucher-token.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import type { Client } from '../support/client.ts'
import { accept, cancel, redeem } from '../support/commands.ts'
import { type CountingDb, countingDb } from '../support/counting-db.ts'
import { ENGINES, openTestDb } from '../support/database.ts'
import { balancesOf, buy, detailOf, newOffer, reasonsOf, recordsOf, richClient } from '../support/shop.ts'
import { joinTill, type Till } from '../support/till.ts'

describe.each(ENGINES)('settlement on %s', (engine) => {
  let backend: Backend
  let db: CountingDb
  let closeDb: () => Promise<void>
  let shop: Till
  let me: Client
  beforeAll(async () => {
    const opened = await openTestDb(engine)
    db = countingDb(opened.db)
    closeDb = opened.close
    backend = await startBackend({ db })
    shop = await joinTill(backend)
  })
  beforeEach(async () => {
    me = await richClient(backend)
  })
  afterAll(async () => {
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    await closeDb()
  })

  const bought = async () => buy(backend, me, await newOffer(backend))
  const acceptAt = async (client: Till, token: string, acceptedAt = backend.now()) => {
    const command = accept(backend, token, acceptedAt)
    const page = await client.sync([command])
    const [receipt] = page.receipts
    return { command, receipt, reasons: reasonsOf(await recordsOf(client), command.id) }
  }

  it('moves the points in the holder’s journal and credits the shop', async () => {
    const voucher = await bought()
    const before = await balancesOf(backend, shop)
    const { command, receipt } = await acceptAt(shop, voucher.token)
    expect(receipt?.outcome).toBe('accepted')
    expect(await balancesOf(backend, me)).toEqual({ available: 166, held: 0 })
    expect(await balancesOf(backend, shop)).toEqual({ available: before.available + 50, held: 0 })
    expect((await recordsOf(me)).at(-1)?.body).toMatchObject({
      kind: 'voucher.settle',
      id: `voucher.settle:${voucher.id}`,
    })
    const record = (await recordsOf(shop)).find(({ body }) => body.id === command.id)
    expect(record?.body.transfers).toEqual([
      { asset: 'points', debit: 'merchant', credit: 'available', amount: 50 },
      { asset: 'fen', debit: 'issuance', credit: 'available', amount: 50 },
    ])
    expect(record?.detail).toMatchObject({ about: voucher.id, acceptance: { pricePoints: 50, valueFen: 50 } })
  })

  it('tells the second shop device who came late', async () => {
    const voucher = await bought()
    await acceptAt(shop, voucher.token)
    expect((await acceptAt(shop, voucher.token)).reasons).toEqual(['voucher_already_accepted'])
  })

  it('lets one of two win who accept at once', async () => {
    const voucher = await bought()
    const other = await joinTill(backend)
    const commands = [accept(backend, voucher.token), accept(backend, voucher.token)]
    const pages = await Promise.all([shop.sync([commands[0]!]), other.sync([commands[1]!])])
    expect(pages.map(({ receipts }) => receipts[0]?.outcome).sort()).toEqual(['accepted', 'refused'])
  })

  it('refuses what is forged, another shop’s, or no voucher of this book', async () => {
    const voucher = await bought()
    const tampered = `${voucher.token.slice(0, -4)}AAAA`
    expect((await acceptAt(shop, tampered)).reasons).toEqual(['voucher_forged'])
    expect((await acceptAt(shop, 'x.y.z')).reasons).toEqual(['voucher_forged'])
    const elsewhere = await buy(backend, me, await newOffer(backend, { merchantId: 'sample-bike' as never }))
    expect((await acceptAt(shop, elsewhere.token)).reasons).toEqual(['voucher_not_yours'])
    const key = await backend.deps.keyring.signingKey('vouchers')
    const claims = {
      merchant: 'sample-cafe',
      offer: 'x',
      version: 1,
      points: 5,
      fen: 5,
      n: 1,
      iat: backend.now(),
      exp: backend.now() + MINUTE_MS,
    }
    const unknown = await signVoucher({ ...claims, jti: accept(backend, '').id, sub: me.accountId }, key)
    const nobody = await signVoucher(
      { ...claims, jti: accept(backend, '').id, sub: accept(backend, '').id },
      key,
    )
    // Signed by this book, so that it has forgotten them: put off, and not refused for ever. An older shop reads "deferred".
    for (const token of [unknown, nobody])
      expect((await shop.sync([accept(backend, token)])).receipts[0]?.outcome).toBe('deferred')
  })

  it('after the window a signed voucher that nobody brings back is paid, if need be as a debt, and once', async () => {
    const key = await backend.deps.keyring.signingKey('vouchers')
    const sign = (sub: string, points: number) =>
      signVoucher(
        {
          ...{ jti: accept(backend, '').id, sub, points, merchant: 'sample-cafe', offer: 'x', version: 1 },
          ...{ fen: 5, n: 1, iat: backend.now(), exp: backend.now() + 30 * DAY_MS },
        },
        key,
      )
    const tokens = [await sign(me.accountId, 300), await sign(accept(backend, '').id, 20)]
    const commands = tokens.map((token) => accept(backend, token))
    const again = tokens.map((token) => accept(backend, token))
    const before = await balancesOf(backend, shop)
    expect((await shop.sync(commands)).receipts.map(({ outcome }) => outcome)).toEqual([
      'deferred',
      'deferred',
    ])
    await shop.sync(again)
    backend.now.advance(72 * HOUR_MS)
    expect((await shop.sync(commands)).receipts.map(({ outcome }) => outcome)).toEqual([
      'accepted',
      'accepted',
    ])
    expect((await shop.sync(again)).receipts.map(({ outcome }) => outcome)).toEqual(['refused', 'refused'])
    expect(await balancesOf(backend, shop)).toEqual({ available: before.available + 320, held: 0 })
    expect(await balancesOf(backend, me)).toEqual({ available: 0, held: 0 })
    expect((await recordsOf(me)).at(-1)?.body.transfers).toMatchObject([
      { debit: 'available', credit: 'merchant', amount: 216 },
      { debit: 'owed', credit: 'merchant', amount: 84 },
    ])
  })

  it('a voucher that a shop was paid for while the book had forgotten it is not bought once more by its command', async () => {
    const offer = await newOffer(backend)
    // Signed before the loss; the command that asked for it is still on an old phone, which sends it again.
    const asked = redeem(backend, { id: offer.id, points: 50 })
    const token = await signVoucher(
      {
        ...{ jti: asked.id, sub: me.accountId, points: 50, merchant: 'sample-cafe', offer: offer.id },
        ...{ version: 1, fen: 5, n: 1, iat: backend.now(), exp: backend.now() + 30 * DAY_MS },
      },
      await backend.deps.keyring.signingKey('vouchers'),
    )
    const acceptance = accept(backend, token)
    await shop.sync([acceptance])
    backend.now.advance(72 * HOUR_MS)
    expect((await shop.sync([acceptance])).receipts[0]?.outcome).toBe('accepted')
    await me.sync([asked])
    expect(reasonsOf(await recordsOf(me), asked.id)).toEqual(['voucher_ended'])
    expect(await balancesOf(backend, me)).toEqual({ available: 166, held: 0 })
  })

  it('pays a shop that accepted offline before a cancellation and tells within the window', async () => {
    const voucher = await bought()
    const acceptedAt = backend.now() + HOUR_MS
    backend.now.advance(2 * HOUR_MS)
    await me.sync([cancel(backend, voucher.id as VoucherId)])
    backend.now.advance(70 * HOUR_MS)
    expect((await acceptAt(shop, voucher.token, acceptedAt)).receipt?.outcome).toBe('accepted')
    expect(await balancesOf(backend, me)).toEqual({ available: 166, held: 0 })
    backend.now.advance(10 * DAY_MS)
    await backend.sweep()
    expect(await balancesOf(backend, me)).toEqual({ available: 166, held: 0 })
  })

  it('pays a till that took a voucher after it was given back: without a network it could not know', async () => {
    const voucher = await bought()
    await me.sync([cancel(backend, voucher.id as VoucherId)])
    backend.now.advance(HOUR_MS)
    const { receipt } = await acceptAt(shop, voucher.token)
    expect(receipt?.outcome).toBe('accepted')
    backend.now.advance(80 * HOUR_MS)
    await backend.sweep()
    expect(await balancesOf(backend, me)).toEqual({ available: 166, held: 0 })
    const settled = detailOf(await recordsOf(me), `voucher.settle:${voucher.id}`).settled
    expect(settled).toMatchObject({ account: shop.accountId, at: expect.any(Number) })
  })

  it('refuses an acceptance made after the end, or told after the window', async () => {
    const first = await bought()
    const { expiresAt = 0 } = first.detail.voucher ?? {}
    backend.now.advance(expiresAt - backend.now())
    expect((await acceptAt(shop, first.token)).reasons).toEqual(['voucher_late'])
    expect((await acceptAt(shop, first.token, expiresAt - 1)).receipt?.outcome).toBe('accepted')
    me = await richClient(backend)
    const second = await bought()
    const acceptedAt = backend.now()
    await me.sync([cancel(backend, second.id as VoucherId)])
    backend.now.advance(72 * HOUR_MS)
    expect((await acceptAt(shop, second.token, acceptedAt)).reasons).toEqual(['voucher_late'])
    await backend.sweep()
    expect((await acceptAt(shop, second.token, acceptedAt)).reasons).toEqual(['voucher_late'])
    expect(await balancesOf(backend, me)).toEqual({ available: 216, held: 0 })
  })

  it('moves a time that cannot be into what can: not before the voucher was issued, nor after it was told', async () => {
    const issued = backend.now()
    const [early, late] = [await bought(), await bought()]
    backend.now.advance(HOUR_MS)
    const times = []
    for (const [token, acceptedAt] of [
      [early.token, issued - DAY_MS],
      [late.token, backend.now() + DAY_MS],
    ] as const) {
      const { command } = await acceptAt(shop, token, acceptedAt)
      times.push(detailOf(await recordsOf(shop), command.id).acceptance?.acceptedAt)
    }
    const shownFrom = Math.ceil(issued / 1000) * 1000
    expect(times).toEqual([shownFrom, backend.now()])
  })

  it('finishes what a crash left between the two journals', async () => {
    const voucher = await bought()
    const command = accept(backend, voucher.token)
    const shopBefore = (await shop.sync()).lastSeq
    // The holder's side is settled; the process ends before the shop's record.
    db.transactionsLeft = 1
    const response = await shop.syncRaw([command])
    db.transactionsLeft = Number.POSITIVE_INFINITY
    expect(response.status).toBe(500)
    expect((await recordsOf(me)).at(-1)?.body.kind).toBe('voucher.settle')
    expect((await shop.sync()).lastSeq).toBe(shopBefore)
    backend.now.advance(2 * MINUTE_MS)
    await sweep(backend.deps)
    await sweep(backend.deps)
    expect((await shop.sync()).lastSeq).toBe(shopBefore + 1)
    expect((await shop.sync([command])).receipts).toEqual([
      { id: command.id, outcome: 'accepted', seq: shopBefore + 1 },
    ])
  })

  it('a shop deleted before its record came leaves the holder settled, and the book whole', async () => {
    backend.now.advance(MINUTE_MS)
    const merchantId = 'sample-bike' as Offer['merchantId']
    const gone = await joinTill(backend, { merchantId })
    const voucher = await buy(backend, me, await newOffer(backend, { merchantId }))
    db.transactionsLeft = 1
    expect((await gone.syncRaw([accept(backend, voucher.token)])).status).toBe(500)
    db.transactionsLeft = Number.POSITIVE_INFINITY
    await deleteAccount(backend.deps, gone.accountId)
    backend.now.advance(2 * MINUTE_MS)
    await sweep(backend.deps)
    expect(await audit(db)).not.toHaveProperty('fault')
  })
})

describe('a number that is years old and that nobody knows', () => {
  it.each([60, 400, 700, 1000])(
    'and ended %i days ago is waited for, at most until a voucher could end that bears its day, and not for ever',
    async (days) => {
      const backend = await startBackend()
      const key = backend.deps.secret.numberKey('sample-cafe' as MerchantId)
      const expiresOn = dayOf(backend.now() - days * DAY_MS)
      const code = await writeNumber(key, { bits: 7n, n: 1, expiresOn })
      const { id, kind, at } = accept(backend, '')
      const command = { id, kind, at, body: { code, acceptedAt: at } }
      // A device signs in anew after years; the acceptance is the same one.
      const asked = async () => (await (await joinTill(backend)).sync([command])).receipts[0]?.outcome
      expect(await asked()).toBe('deferred')
      backend.now.advance(1024 * DAY_MS)
      expect(await asked()).toBe('refused')
      await backend.close()
    },
  )
})
