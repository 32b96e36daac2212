/** The number that is read aloud is drawn by the backend, and no two vouchers of a merchant have the same. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { drawNumber, sweepNumbers } from '../../mock-api/book/voucher-number.ts'
import { readOfferNumber } from '../../mock-api/storage/offers.ts'
import type { CommandId, MerchantId, VoucherId } from '../../src/domain/base/ids.ts'
import { addDays, dayOf, MINUTE_MS } from '../../src/domain/base/time.ts'
import { bitsOfVoucher, checkNumber } from '../../src/proof/number-mark.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { type Client, signIn } from '../support/client.ts'
import { accept, redeem } from '../support/commands.ts'
import { type CountingDb, countingDb } from '../support/counting-db.ts'
import { ENGINES, openTestDb } from '../support/database.ts'
import { buy, detailOf, newOffer, recordsOf, richClient } from '../support/shop.ts'
import { joinTill } from '../support/till.ts'

describe.each(ENGINES)('voucher numbers on %s', (engine) => {
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

  const numbersOf = (me: Client) =>
    db.query<{ voucherId: string; state: string }>(
      'select voucher_id as "voucherId", state from voucher_index where account_id = $1',
      [me.accountId],
    )

  it('two people who choose ids with the same end get different numbers', async () => {
    const offer = await newOffer(backend)
    const codes = new Set<string | undefined>()
    for (const first of ['1', '2']) {
      const me = await richClient(backend)
      const id = `${first}0000000-0000-4000-8000-000000000abc` as CommandId
      await me.sync([{ ...redeem(backend, { id: offer.id, points: 50 }), id }])
      codes.add(detailOf(await recordsOf(me), id).voucher?.code)
      expect(await numbersOf(me)).toEqual([{ voucherId: id, state: 'confirmed' }])
    }
    expect(codes.size).toBe(2)
  })

  it('a number says offer and last day to the merchant’s tills, and the bits that they work out of the code', async () => {
    const me = await richClient(backend)
    const offer = await newOffer(backend)
    const { id, detail } = await buy(backend, me, offer)
    const key = backend.deps.secret.numberKey(offer.merchantId)
    const today = dayOf(backend.now())
    expect(await checkNumber(detail.voucher?.code ?? '', { key, today })).toEqual({
      bits: await bitsOfVoucher(key, id as VoucherId),
      n: await readOfferNumber(db, offer),
      expiresOn: addDays(today, offer.validDays),
    })
    const other = backend.deps.secret.numberKey('another' as MerchantId)
    expect(await checkNumber(detail.voucher?.code ?? '', { key: other, today })).toEqual({ fault: 'wrong' })
  })

  it('a number that is taken at the merchant is drawn again, and may be had at another', async () => {
    const [me, neighbour] = [await signIn(backend), await signIn(backend)]
    const { deps } = backend
    const draw = (by: Client, merchant: string, n = 1) =>
      drawNumber(deps, {
        merchantId: merchant as MerchantId,
        accountId: by.accountId,
        voucherId: 'v1' as VoucherId,
        n,
        expiresAt: backend.now(),
      })
    const first = await draw(me, 'a')
    expect(await draw(me, 'a'), 'asked for again').toEqual(first)
    const second = await draw(neighbour, 'a')
    expect(second.code).not.toBe(first.code)
    const check = { key: deps.secret.numberKey('a' as MerchantId), today: dayOf(backend.now()) }
    expect(await checkNumber(second.code, check)).toMatchObject({ n: 1 })
    expect((await draw(me, 'b')).code).not.toBe(first.code)
    expect((await draw(me, 'c', 1024)).code, 'of an offer beyond those that a number can say').toMatch(
      /^\w{4} \w{4} \w\w$/,
    )
    // Nothing came of any of them.
    backend.now.advance(2 * MINUTE_MS)
    await sweepNumbers(backend.deps)
    expect(await numbersOf(me)).toEqual([])
  })

  it('a number whose voucher was issued before a crash is confirmed by the sweeper', async () => {
    const me = await richClient(backend)
    const offer = await newOffer(backend)
    db.dieAt = /update voucher_index set state = 'confirmed'/
    expect((await me.syncRaw([redeem(backend, { id: offer.id, points: 50 })])).status).toBe(500)
    db.dieAt = undefined
    backend.now.advance(2 * MINUTE_MS)
    await backend.sweep()
    expect(await numbersOf(me)).toMatchObject([{ state: 'confirmed' }])
  })

  it('a purchase that is refused leaves no number behind', async () => {
    const me = await richClient(backend)
    const offer = await newOffer(backend, {}, { total: 0 })
    await me.sync([redeem(backend, { id: offer.id, points: 50 })])
    expect(await numbersOf(me)).toEqual([])
  })

  it('the shop reads the number that the person was given', async () => {
    const me = await richClient(backend)
    const { token, detail } = await buy(backend, me, await newOffer(backend))
    const shop = await joinTill(backend)
    const accepted = accept(backend, token)
    await shop.sync([accepted])
    expect(detailOf(await recordsOf(shop), accepted.id).acceptance?.code).toBe(detail.voucher?.code)
  })

  it('the audit names a voucher that bears another number than the one confirmed', async () => {
    const me = await richClient(backend)
    const { id } = await buy(backend, me, await newOffer(backend))
    await db.query(`update voucher_index set voucher_id = 'another' where account_id = $1`, [me.accountId])
    expect((await audit(backend.db)).fault).toMatch(/another number/)
    await db.query('update voucher_index set voucher_id = $2 where account_id = $1', [me.accountId, id])
  })
})
