/** A holder deletes the account while a till without a network takes the voucher: whoever obeyed the screen is paid, once, and nobody's name is kept for it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { deleteAccount } from '../../mock-api/book/delete-account.ts'
import { readLeftOf } from '../../mock-api/storage/left-vouchers.ts'
import type { VoucherId } from '../../src/domain/base/ids.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/base/time.ts'
import type { CommandOf } from '../../src/domain/ledger/command.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import type { Client } from '../support/client.ts'
import { accept, cancel, newCommandId } from '../support/commands.ts'
import { type CountingDb, countingDb } from '../support/counting-db.ts'
import { ENGINES, openTestDb } from '../support/database.ts'
import { buy, detailOf, newOffer, reasonsOf, recordsOf, richClient } from '../support/shop.ts'
import { joinTill, type Till } from '../support/till.ts'

const WINDOW_MS = 72 * HOUR_MS

describe.each(ENGINES)('what a deleted account leaves at the shops, on %s', (engine) => {
  let backend: Backend
  let db: CountingDb
  let closeDb: () => Promise<void>
  let manager: Till
  let till: Till
  let me: Client
  beforeAll(async () => {
    const opened = await openTestDb(engine)
    closeDb = opened.close
    db = countingDb(opened.db)
    backend = await startBackend({ db })
    manager = await joinTill(backend, { role: 'manager', name: '店长' })
    till = await joinTill(backend, { name: '二号台' })
  })
  beforeEach(async () => {
    me = await richClient(backend)
  })
  afterAll(async () => {
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    await closeDb()
  })

  const bought = async (given: Parameters<typeof newOffer>[1] = {}, total = 1) =>
    buy(backend, me, await newOffer(backend, { validDays: 30, ...given }, { total }))
  const byNumber = (code: string): CommandOf<'voucher.accept'> => ({
    ...{ id: newCommandId(backend), kind: 'voucher.accept', at: backend.now() },
    body: { code, acceptedAt: backend.now() },
  })
  const leave = async () => {
    expect((await me.call('DELETE', `/api/v1/accounts/${me.accountId}`)).status).toBe(200)
  }
  const answer = async (command: CommandOf<'voucher.accept'>, at = till) => {
    const [receipt] = (await at.sync([command])).receipts
    return [receipt?.outcome, ...reasonsOf(await recordsOf(at), command.id)]
  }
  const piecesOf = async (offerId: string) => {
    const [row] = await db.query<{ left: number; fen: number }>(
      `select sum(remaining)::bigint as "left", sum(left_fen)::bigint as fen from offer_stock where offer_id = $1`,
      [offerId],
    )
    return row
  }

  it.each(['code', 'number'])(
    'is paid by %s where it was shown before it could be known, once',
    async (how) => {
      const voucher = await bought({ valueFen: 70 })
      const number = voucher.detail.voucher?.code ?? ''
      const command = how === 'code' ? accept(backend, voucher.token) : byNumber(number)
      await leave()
      backend.now.advance(WINDOW_MS - HOUR_MS)
      await backend.sweep()
      expect(await answer(command)).toEqual(['accepted'])
      const { acceptance } = detailOf(await recordsOf(till), command.id)
      expect(acceptance).toMatchObject({ code: number, token: voucher.token, valueFen: 70, pricePoints: 50 })
      expect(await answer(command)).toEqual(['accepted'])
      expect(await answer(accept(backend, voucher.token), manager)).toEqual([
        'refused',
        'voucher_already_accepted',
      ])
      expect(await audit(db)).not.toHaveProperty('fault')
      backend.now.advance(2 * DAY_MS)
      await backend.sweep()
      // It was handed out: the piece stays used, and nothing of the voucher is kept beside the shop's own record.
      expect(await piecesOf(voucher.detail.voucher?.offerId ?? '')).toMatchObject({ left: 0, fen: 0 })
      expect(await readLeftOf(db, me.accountId)).toEqual([])
      expect(await audit(db)).not.toHaveProperty('fault')
    },
  )

  it('is taken back by the shop, and the book stays whole though nobody is left to have the points', async () => {
    const voucher = await bought()
    await leave()
    const command = accept(backend, voucher.token)
    expect(await answer(command)).toEqual(['accepted'])
    const body = { acceptanceId: command.id, note: '退货' }
    const refund = { id: newCommandId(backend), kind: 'voucher.refund' as const, at: backend.now(), body }
    expect((await manager.sync([refund])).receipts[0]?.outcome).toBe('accepted')
    expect(await audit(db)).not.toHaveProperty('fault')
  })

  it('comes too late after the window or after its end, and then the offer can be had by somebody else', async () => {
    const voucher = await bought()
    const ending = await bought({ validDays: 1 })
    await leave()
    backend.now.advance(2 * DAY_MS)
    expect(await answer(accept(backend, ending.token))).toEqual(['refused', 'voucher_late'])
    backend.now.advance(DAY_MS + MINUTE_MS)
    const late = accept(backend, voucher.token, backend.now() - 2 * DAY_MS)
    expect(await answer(late)).toEqual(['refused', 'voucher_late'])
    expect(await piecesOf(voucher.detail.voucher?.offerId ?? '')).toMatchObject({ left: 0 })
    backend.now.advance(3 * DAY_MS)
    await backend.sweep()
    await backend.sweep()
    expect(await piecesOf(voucher.detail.voucher?.offerId ?? '')).toMatchObject({ left: 1, fen: 50 })
    expect(await answer(accept(backend, voucher.token))).toEqual(['refused', 'voucher_ended'])
    expect(await audit(db)).not.toHaveProperty('fault')
  })

  it('keeps the hour that was promised for what had been given back before', async () => {
    const voucher = await bought()
    await me.sync([cancel(backend, voucher.id as VoucherId)])
    backend.now.advance(2 * DAY_MS)
    await leave()
    backend.now.advance(DAY_MS + 1)
    expect(await answer(accept(backend, voucher.token))).toEqual(['refused', 'voucher_late'])
  })

  it('is none where it was used before: the second shop is told so, and nothing is kept', async () => {
    const voucher = await bought()
    expect(await answer(accept(backend, voucher.token), manager)).toEqual(['accepted'])
    await leave()
    expect(await readLeftOf(db, me.accountId)).toEqual([])
    expect(await answer(accept(backend, voucher.token))).toEqual(['refused', 'voucher_already_accepted'])
  })

  it.each(['code', 'number'])(
    'is paid by %s where a crash came between the two journals and the account went in between',
    async (how) => {
      const voucher = await bought()
      const number = voucher.detail.voucher?.code ?? ''
      const command = how === 'code' ? accept(backend, voucher.token) : byNumber(number)
      db.transactionsLeft = 1
      expect((await till.syncRaw([command])).status).toBe(500)
      db.transactionsLeft = Number.POSITIVE_INFINITY
      await leave()
      backend.now.advance(2 * MINUTE_MS)
      await backend.sweep()
      expect(await answer(command)).toEqual(['accepted'])
      expect(detailOf(await recordsOf(till), command.id).by).toMatchObject({
        actor: 'till',
        till: { id: till.joined.tillId, name: '二号台' },
      })
      expect(await audit(db)).not.toHaveProperty('fault')
    },
  )

  it('holds what the voucher says of itself and no word of the person', async () => {
    const voucher = await bought()
    await leave()
    const [kept] = await readLeftOf(db, me.accountId)
    expect(Object.keys(kept ?? {}).sort()).toEqual(
      ['accountId', 'code', 'expiresAt', 'merchantId', 'returnsAt', 'token', 'voucherId'].sort(),
    )
    expect(kept).toMatchObject({ voucherId: voucher.id, returnsAt: backend.now() + WINDOW_MS })
    const claims = JSON.parse(Buffer.from(kept?.token.split('.')[1] ?? '', 'base64url').toString()) as object
    expect(Object.keys(claims).sort()).toEqual(
      ['exp', 'fen', 'iat', 'jti', 'merchant', 'n', 'offer', 'points', 'sub', 'version'].sort(),
    )
  })

  it('is seen as it is when the account is deleted, also where it goes on at the same moment', async () => {
    const voucher = await bought()
    const command = accept(backend, voucher.token)
    const [, outcome] = await Promise.all([deleteAccount(backend.deps, me.accountId), answer(command)])
    expect(outcome).toEqual(['accepted'])
    expect(await audit(db)).not.toHaveProperty('fault')
  })
})

describe('after a restored backup', () => {
  it('what was open in an account that the backup still has is paid, and what it does not know is paid by its signature', async () => {
    const backend = await startBackend()
    const till = await joinTill(backend)
    const known = await richClient(backend)
    const voucher = await buy(backend, known, await newOffer(backend, { validDays: 30 }))
    const offer = await newOffer(backend, { validDays: 30 })
    const backup = await backend.snapshot()
    backend.now.advance(HOUR_MS)
    const unknown = await richClient(backend)
    const younger = await buy(backend, unknown, offer)
    for (const { accountId } of [known, unknown]) await deleteAccount(backend.deps, accountId)
    await backend.restoreAsSaid(backup)
    const commands = [voucher, younger].map(({ token }) => accept(backend, token))
    expect((await till.sync(commands, { wire: 2 })).receipts.map(({ outcome }) => outcome)).toEqual([
      'accepted',
      'accepted',
    ])
    const again = [voucher, younger].map(({ token }) => accept(backend, token))
    expect((await till.sync(again, { wire: 2 })).receipts.map(({ outcome }) => outcome)).toEqual([
      'refused',
      'refused',
    ])
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    backend.now.advance(4 * DAY_MS)
    await backend.sweep()
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    await backend.close()
  })
})
