/** What a shop gives back to a holder who is gone, and what it was paid of such a holder's vouchers: the book says where each point is. */
import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { deleteAccount } from '../../mock-api/book/delete-account.ts'
import { openSponsor } from '../../mock-api/book/sponsor.ts'
import { readRecordOf } from '../../mock-api/storage/records.ts'
import { statementsOf } from '../../mock-api/storage/statements.ts'
import type { AccountId, VoucherId } from '../../src/domain/base/ids.ts'
import { HOUR_MS, MINUTE_MS } from '../../src/domain/base/time.ts'
import type { RecordBody } from '../../src/domain/ledger/record.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import type { Client } from '../support/client.ts'
import { accept, cancel, newCommandId } from '../support/commands.ts'
import { type CountingDb, countingDb } from '../support/counting-db.ts'
import { ENGINES, openTestDb, type Snapshot } from '../support/database.ts'
import { buy, newOffer, richClient } from '../support/shop.ts'
import { joinTill, type Till } from '../support/till.ts'

const PRICE = 35
const MIGRATION = new URL('../../mock-api/storage/migrations/035-refunds-to-nobody.sql', import.meta.url)

describe.each(ENGINES)('what nobody can have, on %s', (engine) => {
  let backend: Backend
  let db: CountingDb
  let closeDb: () => Promise<void>
  let manager: Till
  let me: Client
  let sponsor: AccountId
  beforeAll(async () => {
    const opened = await openTestDb(engine)
    closeDb = opened.close
    db = countingDb(opened.db)
    backend = await startBackend({ db })
    manager = await joinTill(backend, { role: 'manager' })
    sponsor = await openSponsor(backend.deps)
  })
  beforeEach(async () => {
    me = await richClient(backend)
  })
  afterAll(() => closeDb())

  const leave = async () => {
    expect((await me.call('DELETE', `/api/v1/accounts/${me.accountId}`)).status).toBe(200)
  }
  /** Accepted before its holder went, or after; the backend is whole again. */
  const accepted = async (isGone: boolean) => {
    const offer = await newOffer(backend, { pricePoints: PRICE, validDays: 30 }, { total: 1 })
    const voucher = await buy(backend, me, offer)
    if (isGone) await leave()
    const command = accept(backend, voucher.token)
    expect((await manager.sync([command])).receipts[0]?.outcome).toBe('accepted')
    if (!isGone) await leave()
    return { voucherId: voucher.id, acceptanceId: command.id, offerId: offer.id }
  }
  const refund = (acceptanceId: string) => ({
    ...{ id: newCommandId(backend), kind: 'voucher.refund' as const, at: backend.now() },
    body: { acceptanceId: acceptanceId as never, note: '退货' },
  })
  const takenIn = async (voucherId: string) => {
    const record = await readRecordOf(db, sponsor, `voucher.refunded:${voucherId}`)
    return record && (JSON.parse(record.body) as RecordBody).transfers
  }
  const crossing = async (id: string) =>
    (
      await db.query('select state, reason, step from crossings where account_id = $1 and crossing_id = $2', [
        ...[manager.accountId, id],
      ])
    )[0]
  const piecesLeft = async (offerId: string) => {
    const [row] = await db.query<{ left: number }>(
      'select sum(remaining)::bigint as "left" from offer_stock where offer_id = $1',
      [offerId],
    )
    return row?.left
  }
  const TAKEN = [{ asset: 'points', debit: 'merchant', credit: 'issuance', amount: PRICE }]

  it.each([
    ['before its holder went', false],
    ['when its holder had gone', true],
  ])(
    'of a voucher that was accepted %s goes back to who issued it, and the piece to its offer',
    async (_, isGone) => {
      const { voucherId, acceptanceId, offerId } = await accepted(isGone)
      const inTransit = (await audit(db)).inTransit
      const command = refund(acceptanceId)
      expect((await manager.sync([command])).receipts[0]?.outcome).toBe('accepted')
      expect(await takenIn(voucherId)).toEqual(TAKEN)
      expect(await crossing(command.id)).toEqual({ state: 'done', reason: 'sponsor', step: null })
      expect(await piecesLeft(offerId)).toBe(1)
      backend.now.advance(2 * MINUTE_MS)
      await backend.sweep()
      const result = await audit(db)
      expect(result).not.toHaveProperty('fault')
      expect(result.inTransit).toEqual(inTransit)
    },
  )

  it.each([0, 1, 2])(
    'is finished by the sweeper where a crash came after %i transactions of it',
    async (after) => {
      const { voucherId, acceptanceId, offerId } = await accepted(true)
      const command = refund(acceptanceId)
      db.transactionsLeft = 1 + after
      await manager.syncRaw([command])
      db.transactionsLeft = Number.POSITIVE_INFINITY
      backend.now.advance(2 * MINUTE_MS)
      for (let i = 0; i < 2; i++) await backend.sweep()
      expect(await takenIn(voucherId)).toEqual(TAKEN)
      expect(await crossing(command.id)).toMatchObject({ state: 'done', reason: 'sponsor' })
      expect(await piecesLeft(offerId)).toBe(1)
      expect(await audit(db)).not.toHaveProperty('fault')
    },
  )

  it('that was left in between before there was an answer is taken up by the migration', async () => {
    const { voucherId, acceptanceId } = await accepted(true)
    const command = refund(acceptanceId)
    db.transactionsLeft = 1
    await manager.syncRaw([command])
    db.transactionsLeft = Number.POSITIVE_INFINITY
    await db.query(
      `update crossings set state = 'done', reason = 'gone', step = null where account_id = $1 and crossing_id = $2`,
      [manager.accountId, command.id],
    )
    expect((await audit(db)).inTransit).toMatchObject({ crossings: 1, points: PRICE })
    const statements = statementsOf(readFileSync(MIGRATION, 'utf8')).filter((each) =>
      each.startsWith('update'),
    )
    for (const each of statements) await db.query(each)
    backend.now.advance(2 * MINUTE_MS)
    await backend.sweep()
    expect(await takenIn(voucherId)).toEqual(TAKEN)
    const result = await audit(db)
    expect(result).not.toHaveProperty('fault')
    expect(result.inTransit).toBeUndefined()
  })

  describe('is held by the audit', () => {
    let honest: Snapshot
    let holder: AccountId
    let paid: { points: number; paid: number }
    beforeAll(async () => {
      me = await richClient(backend)
      paid = (await audit(db)).closed ?? { points: 0, paid: 0 }
      holder = me.accountId
      const { acceptanceId } = await accepted(true)
      await manager.sync([refund(acceptanceId)])
      me = await richClient(backend)
      holder = me.accountId
      await accepted(true)
      honest = await backend.snapshot()
    })
    afterEach(() => backend.restore(honest))

    it('which says how many points lie in accounts that are gone, and how much shops were paid of them', async () => {
      const result = await audit(db)
      expect(result).not.toHaveProperty('fault')
      expect(result.closed).toEqual({ points: paid.points + 2 * 216, paid: paid.paid + 2 * PRICE })
    })

    const tampered: readonly (readonly [what: string, sql: string, fault: RegExp])[] = [
      [
        'a refund that is called taken in and never was',
        `update crossings set follower_record = 'voucher.refunded:other' where reason = 'sponsor' and $1::uuid is not null`,
        /the sponsor did not follow in the place of one who is gone/,
      ],
      [
        'a refund that the sponsor took from somebody who is there',
        `update crossings set follower_id = account_id where reason = 'sponsor' and $1::uuid is not null`,
        /followed by the sponsor for one who is there/,
      ],
      [
        'a shop that was paid another price',
        'update awaited_settlements set points = points - 5 where account_id = $1',
        /its shop was paid 35 points for 30/,
      ],
      [
        'a shop that was paid for an act as for a voucher',
        `update awaited_settlements set voucher_id = (select command_id from records where account_id = $1 and seq = 1) where account_id = $1`,
        /its shop was paid for what is no voucher/,
      ],
    ]
    it.each([
      ['is there', false],
      ['is gone, and its words with it', true],
    ])(
      'which finds a shop that %s and was paid for a voucher whose points had come back',
      async (_, isShopGone) => {
        me = await richClient(backend)
        const offer = await newOffer(backend, { pricePoints: PRICE, validDays: 30 }, { total: 1 })
        const { id } = await buy(backend, me, offer)
        await me.sync([cancel(backend, id as VoucherId)])
        backend.now.advance(73 * HOUR_MS)
        await backend.sweep()
        backend.now.advance(MINUTE_MS)
        await accepted(true)
        if (isShopGone) await deleteAccount(backend.deps, manager.accountId)
        expect(await audit(db)).not.toHaveProperty('fault')
        await db.query('update awaited_settlements set voucher_id = $2 where account_id = $1', [
          me.accountId,
          id,
        ])
        expect((await audit(db)).fault).toMatch(/its shop was paid, and its points had come back before/)
        await db.query('update awaited_settlements set paid_at = null where account_id = $1', [me.accountId])
        // A row of before says nothing: where the shop's words are gone too, nobody is accused.
        expect((await audit(db)).fault === undefined).toBe(isShopGone)
      },
    )

    it.each(tampered)('which finds %s', async (_what, sql, fault) => {
      await db.query(sql, [holder])
      expect((await audit(db)).fault).toMatch(fault)
    })
  })
})
