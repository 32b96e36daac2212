/** A shop's money: counted by the day, paid once, given back once, and disputed by whoever held the voucher. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { decideDispute } from '../../mock-api/book/decide-dispute.ts'
import { deleteAccount } from '../../mock-api/book/delete-account.ts'
import { payOut } from '../../mock-api/book/pay-out.ts'
import { openSponsor } from '../../mock-api/book/sponsor.ts'
import { readRecordOf } from '../../mock-api/storage/records.ts'
import { openState } from '../../mock-api/storage/state.ts'
import type { AccountId, CommandId, VoucherId } from '../../src/domain/base/ids.ts'
import { DAY_MS, dayOf } from '../../src/domain/base/time.ts'
import type { Command, CommandKind, CommandOf } from '../../src/domain/ledger/command.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import { statementId } from '../../src/domain/offers/takings.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import type { Client } from '../support/client.ts'
import { accept, newCommandId, redeem } from '../support/commands.ts'
import { ENGINES, openTestDb } from '../support/database.ts'
import { balancesOf, buy, detailOf, newOffer, reasonsOf, recordsOf, richClient } from '../support/shop.ts'
import { joinTill, type Till } from '../support/till.ts'

describe.each(ENGINES)('the money of a shop on %s', (engine) => {
  let backend: Backend
  let closeDb: () => Promise<void>
  let shop: Till
  let till: Till
  let me: Client
  beforeAll(async () => {
    const opened = await openTestDb(engine)
    closeDb = opened.close
    backend = await startBackend({ db: opened.db })
    shop = await joinTill(backend, { role: 'manager', name: '店长' })
    till = await joinTill(backend, { name: '一号台' })
  })
  beforeEach(async () => {
    me = await richClient(backend)
  })
  afterAll(async () => {
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    await closeDb()
  })

  const ask = <Kind extends CommandKind>(kind: Kind, body: CommandOf<Kind>['body']) =>
    ({ id: newCommandId(backend), kind, at: backend.now(), body }) as CommandOf<Kind>
  const answer = async (client: Pick<Client, 'sync'>, command: Command) => {
    const [receipt] = (await client.sync([command])).receipts
    return { outcome: receipt?.outcome, reasons: reasonsOf(await recordsOf(client), command.id) }
  }
  const accepted = async (given: Partial<Offer> = {}) => {
    const voucher = await buy(backend, me, await newOffer(backend, given))
    const command = accept(backend, voucher.token)
    expect((await answer(till, command)).outcome).toBe('accepted')
    return { voucher, acceptanceId: command.id as CommandId }
  }
  const refund = (acceptanceId: CommandId) => ask('voucher.refund', { acceptanceId, note: '退货' })
  const dispute = (id: string) => ask('voucher.dispute', { voucherId: id as VoucherId, note: '不是我用的' })
  const fenOf = async (accountId: AccountId) => {
    const [row] = await backend.db.query<{ state: string }>(
      'select state from accounts where account_id = $1',
      [accountId],
    )
    const { balances } = openState(row?.state ?? '{}').ledger
    return Object.fromEntries(Object.entries(balances).filter(([key]) => key.startsWith('fen:')))
  }
  /** Closes the day that was, and answers its statement's id. */
  const closeDay = async () => {
    const day = dayOf(backend.now())
    backend.now.advance(DAY_MS)
    await backend.sweep()
    return statementId(shop.accountId, day)
  }
  const paid = async (statement: string) => {
    try {
      return await payOut(backend.deps, statement)
    } catch (error) {
      return (error as { fault: string }).fault
    }
  }
  const recordIds = async (client: Pick<Client, 'sync'>) =>
    (await recordsOf(client)).map(({ body }) => body.id)

  it('is earned by the offer’s version, stated at the end of the day, and paid once', async () => {
    await closeDay()
    const before = await fenOf(shop.accountId)
    await accepted({ valueFen: 80 })
    await accepted({ valueFen: 30 })
    const statement = await closeDay()
    const detail = detailOf(await recordsOf(shop), statement)
    expect(detail.statementOf).toMatchObject({ fen: 110, refundFen: 0, count: 2 })
    expect(await fenOf(shop.accountId)).toMatchObject({ 'fen:held': (before['fen:held'] ?? 0) + 110 })
    expect(await Promise.all([paid(statement), paid(statement)])).toEqual([110, 110])
    expect(await paid(statement)).toBe(110)
    const after = await fenOf(shop.accountId)
    expect(after['fen:paid']).toBe((before['fen:paid'] ?? 0) + 110)
    expect(after['fen:held'] ?? 0).toBe(before['fen:held'] ?? 0)
    expect(after['fen:transit'] ?? 0).toBe((before['fen:transit'] ?? 0) - 110)
    expect((await recordIds(shop)).filter((id) => id === `payout.receive:${statement}`)).toHaveLength(1)
  })

  it('of a day without sales is no statement, and nothing unknown is paid', async () => {
    await closeDay()
    const statement = await closeDay()
    expect(await recordIds(shop)).not.toContain(statement)
    expect(await paid(statement)).toBe('nothing_waits')
    expect(await paid('statement.close:nobody:2026-11-29')).toBe('nothing_waits')
    expect(await paid(statementId(me.accountId, dayOf(backend.now())))).toBe('nothing_waits')
  })

  it('goes back with the points when the shop refunds, once, and the offer can be had again', async () => {
    const offer = await newOffer(backend, { perPersonMax: 1, valueFen: 70 }, { total: 1 })
    const voucher = await buy(backend, me, offer)
    const command = accept(backend, voucher.token)
    await shop.sync([command])
    const before = (await fenOf(shop.accountId))['fen:available'] ?? 0
    const acceptanceId = command.id as CommandId
    const [first, second] = [refund(acceptanceId), refund(acceptanceId)]
    expect((await answer(shop, first)).outcome).toBe('accepted')
    expect(await answer(shop, second)).toEqual({ outcome: 'refused', reasons: ['refund_exists'] })
    expect((await answer(shop, first)).outcome).toBe('accepted')
    expect(await balancesOf(backend, me)).toEqual({ available: 216, held: 0 })
    expect((await fenOf(shop.accountId))['fen:available'] ?? 0).toBe(before - 70)
    const back = (await recordsOf(me)).at(-1)
    expect(back?.body).toMatchObject({ id: `voucher.refunded:${voucher.id}`, kind: 'voucher.refunded' })
    // The lot that they came from.
    expect(back?.body.transfers).toEqual([
      {
        asset: 'points',
        debit: 'merchant',
        credit: 'available',
        amount: 50,
        lot: dayOf(backend.now()).slice(0, 7),
      },
    ])
    await buy(backend, me, offer)
  })

  it('is not given back for what was never accepted here, by a batch twice, or after thirty days', async () => {
    expect(await answer(shop, refund(newCommandId(backend) as CommandId))).toEqual({
      outcome: 'refused',
      reasons: ['acceptance_unknown'],
    })
    const { acceptanceId } = await accepted()
    const twice = [refund(acceptanceId), refund(acceptanceId)]
    const { receipts } = await shop.sync(twice)
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['accepted', 'refused'])
    const late = await accepted()
    backend.now.advance(30 * DAY_MS + 1)
    expect(await answer(shop, refund(late.acceptanceId))).toEqual({
      outcome: 'refused',
      reasons: ['refund_late'],
    })
    for (const other of [me, till])
      expect(await answer(other, refund(late.acceptanceId))).toMatchObject({
        reasons: ['kind_not_for_account'],
      })
  })

  it('that was stated before it was given back is owed, and the next statement nets it', async () => {
    await closeDay()
    const { acceptanceId } = await accepted({ valueFen: 90 })
    await closeDay()
    await answer(shop, refund(acceptanceId))
    expect(await fenOf(shop.accountId)).toMatchObject({ 'fen:owed': -90 })
    await accepted({ valueFen: 100 })
    const statement = await closeDay()
    expect(detailOf(await recordsOf(shop), statement).statementOf).toMatchObject({
      fen: 100,
      refundFen: 90,
    })
    expect(await fenOf(shop.accountId)).not.toHaveProperty('fen:owed')
    expect(await paid(statement)).toBe(10)
  })

  it('tells the holder when and at which till it was earned', async () => {
    const { voucher } = await accepted()
    const { settled } = detailOf(await recordsOf(me), `voucher.settle:${voucher.id}`)
    // Never before it was issued, which a token says in whole seconds.
    const at = Math.ceil(backend.now() / 1000) * 1000
    expect(settled).toMatchObject({ at, till: '一号台' })
  })

  it('is disputed once, within a week of the settlement, and by nobody else', async () => {
    const open = await buy(backend, me, await newOffer(backend))
    expect(await answer(me, dispute(open.id))).toMatchObject({ reasons: ['voucher_not_used'] })
    const { voucher } = await accepted()
    const late = await accepted()
    expect((await answer(me, dispute(voucher.id))).outcome).toBe('accepted')
    expect(await answer(me, dispute(voucher.id))).toMatchObject({ reasons: ['dispute_exists'] })
    const other = await richClient(backend)
    expect(await answer(other, dispute(voucher.id))).toMatchObject({ reasons: ['dispute_late'] })
    backend.now.advance(7 * DAY_MS + 1)
    expect(await answer(me, dispute(late.voucher.id))).toMatchObject({ reasons: ['dispute_late'] })
  })

  it('goes back when an operator upholds a dispute, also long after; a second decision is answered with the first', async () => {
    const { voucher } = await accepted()
    await answer(me, dispute(voucher.id))
    backend.now.advance(40 * DAY_MS)
    const key = { accountId: me.accountId, voucherId: voucher.id }
    const decide = (verdict: 'upheld' | 'dismissed') =>
      decideDispute(backend.deps, key, { verdict, note: '店里没有记录' })
    expect(await decide('upheld')).toEqual({ verdict: 'upheld', bearer: 'shop' })
    expect(await decide('dismissed')).toEqual({ verdict: 'upheld', bearer: 'shop' })
    const ids = await recordIds(me)
    expect(ids).toContain(`dispute.decide:${voucher.id}`)
    expect(ids.filter((id) => id === `voucher.refunded:${voucher.id}`)).toHaveLength(1)
    expect(await recordIds(shop)).toContain(`voucher.refund:${voucher.id}`)
    expect(await balancesOf(backend, me)).toEqual({ available: 216, held: 0 })
  })

  it('goes back once when the shop refunds while a dispute runs, and not at all when it is dismissed', async () => {
    const { voucher, acceptanceId } = await accepted()
    await answer(me, dispute(voucher.id))
    const key = { accountId: me.accountId, voucherId: voucher.id }
    const [, verdict] = await Promise.all([
      answer(shop, refund(acceptanceId)),
      decideDispute(backend.deps, key, { verdict: 'upheld', note: '两边同时' }),
    ])
    expect(verdict).toEqual({ verdict: 'upheld', bearer: 'shop' })
    await backend.sweep()
    expect(
      (await recordsOf(shop)).filter(
        ({ body, detail }) => body.outcome === 'accepted' && detail.refund?.voucherId === voucher.id,
      ),
    ).toHaveLength(1)
    expect(await balancesOf(backend, me)).toEqual({ available: 216, held: 0 })
    const other = await accepted()
    await answer(me, dispute(other.voucher.id))
    const dismissed = { accountId: me.accountId, voucherId: other.voucher.id }
    await decideDispute(backend.deps, dismissed, { verdict: 'dismissed', note: '有签收' })
    await backend.sweep()
    expect(await balancesOf(backend, me)).toEqual({ available: 166, held: 0 })
    await expect(
      decideDispute(
        backend.deps,
        { ...key, voucherId: newCommandId(backend) },
        { verdict: 'upheld', note: '' },
      ),
    ).rejects.toMatchObject({ fault: 'nothing_waits' })
  })

  it('of a dispute upheld against a branch that is gone is given back by the sponsor, who owes it from then on', async () => {
    const merchantId = 'sample-bike' as Offer['merchantId']
    const gone = await joinTill(backend, { merchantId })
    const vouchers = []
    for (const valueFen of [60, 40]) {
      const voucher = await buy(backend, me, await newOffer(backend, { merchantId, valueFen }))
      const command = accept(backend, voucher.token)
      expect((await answer(gone, command)).outcome).toBe('accepted')
      await answer(me, dispute(voucher.id))
      vouchers.push({ ...voucher, acceptanceId: command.id })
    }
    await deleteAccount(backend.deps, gone.accountId)
    const key = (voucherId: string) => ({ accountId: me.accountId, voucherId })
    const decided = (voucherId: string) =>
      decideDispute(backend.deps, key(voucherId), { verdict: 'upheld', note: '门店已注销', act: 'an-act' })
    const [first, second] = vouchers as [(typeof vouchers)[0], (typeof vouchers)[0]]
    expect(await decided(first.id)).toEqual({ verdict: 'upheld', bearer: 'sponsor' })
    expect(await decided(first.id)).toEqual({ verdict: 'upheld', bearer: 'sponsor' })
    expect(await balancesOf(backend, me)).toEqual({ available: 166, held: 0 })
    const sponsor = await openSponsor(backend.deps)
    expect(await fenOf(sponsor)).toMatchObject({ 'fen:owed': -60 })
    const record = await readRecordOf(backend.db, sponsor, `voucher.refund:${first.id}`)
    expect(JSON.parse(record?.detail ?? '')).toMatchObject({
      about: first.id,
      by: { actor: 'operator', act: 'an-act' },
      settled: { account: gone.accountId, command: first.acceptanceId },
    })
    expect(await audit(backend.db)).toMatchObject({ borneFen: 60 })
    // A crash between the verdict and the rest: the sweeper finishes it, and what was given up before there was a bearer.
    expect((await decided(second.id)).bearer).toBe('sponsor')
    await backend.db.query(`update disputes set refund = 'due' where account_id = $1`, [me.accountId])
    await backend.sweep()
    await backend.sweep()
    expect(await balancesOf(backend, me)).toEqual({ available: 216, held: 0 })
    expect(await fenOf(sponsor)).toMatchObject({ 'fen:owed': -100 })
    expect(
      await backend.db.query('select refund from disputes where account_id = $1', [me.accountId]),
    ).toEqual([{ refund: 'gone' }, { refund: 'gone' }])
    const result = await audit(backend.db)
    expect(result).not.toHaveProperty('fault')
    expect(result.borneFen).toBe(100)
  })

  it('reaches who receives a donation, whose journal says so', async () => {
    const offer = await newOffer(backend, {
      category: 'donation',
      merchantId: 'sample-forest' as Offer['merchantId'],
      valueFen: 40,
    })
    const forest = await joinTill(backend, { merchantId: 'sample-forest' })
    const command = redeem(backend, { id: offer.id, version: offer.version, points: offer.pricePoints })
    expect((await answer(me, command)).outcome).toBe('accepted')
    const [received] = (await recordsOf(forest)).filter(
      ({ body }) => body.id === `donation.receive:${command.id}`,
    )
    expect(received?.body.transfers).toEqual([
      { asset: 'points', debit: 'merchant', credit: 'available', amount: 50 },
      { asset: 'fen', debit: 'issuance', credit: 'available', amount: 40 },
    ])
    expect(received?.detail.donation).toMatchObject({ offerId: offer.id, valueFen: 40 })
    expect(JSON.stringify(received)).not.toContain(me.accountId)
    expect(detailOf(await recordsOf(me), command.id).settled).toEqual({
      account: forest.accountId,
      command: `donation.receive:${command.id}`,
    })
  })

  it('opens an account for who receives a donation before anybody came for it', async () => {
    const offer = await newOffer(backend, {
      category: 'donation',
      merchantId: 'new-forest' as Offer['merchantId'],
      valueFen: 40,
    })
    await buy(backend, me, offer)
    const rows = await backend.db.query<{ kind: string; seq: number }>(
      "select kind, next_seq as seq from accounts where merchant_id = 'new-forest'",
    )
    expect(rows).toEqual([{ kind: 'merchant', seq: 2 }])
  })

  it('is earned by a number that was read aloud, however it was typed', async () => {
    const voucher = await buy(backend, me, await newOffer(backend))
    const number = voucher.detail.voucher?.code ?? ''
    const typed = `  ${number.toLowerCase().replaceAll(' ', '-').replaceAll('0', 'o').replaceAll('1', 'l')} `
    const byNumber = (code: string) => ask('voucher.accept', { code, acceptedAt: backend.now() })
    expect(await answer(shop, byNumber('0000 0000 00'))).toEqual({
      outcome: 'refused',
      reasons: ['voucher_unknown'],
    })
    const grocer = await joinTill(backend, { merchantId: 'sample-grocer' })
    expect(await answer(grocer, byNumber(typed))).toMatchObject({ reasons: ['voucher_unknown'] })
    const command = byNumber(typed)
    expect((await answer(shop, command)).outcome).toBe('accepted')
    expect(detailOf(await recordsOf(shop), command.id).acceptance).toMatchObject({
      code: number,
      token: voucher.token,
    })
    const again = byNumber(number)
    expect(await answer(shop, again)).toMatchObject({ reasons: ['voucher_already_accepted'] })
    // Where and when it was taken first.
    expect(detailOf(await recordsOf(shop), again.id).settled).toMatchObject({ command: command.id })
  })

  it('of a branch that gave back before it went is not given back once more by the sponsor', async () => {
    const merchantId = 'sample-grocer' as Offer['merchantId']
    const gone = await joinTill(backend, { merchantId, role: 'manager' })
    const voucher = await buy(backend, me, await newOffer(backend, { merchantId }))
    const command = accept(backend, voucher.token)
    await answer(gone, command)
    await answer(me, dispute(voucher.id))
    expect((await answer(gone, refund(command.id as CommandId))).outcome).toBe('accepted')
    await deleteAccount(backend.deps, gone.accountId)
    const key = { accountId: me.accountId, voucherId: voucher.id }
    await decideDispute(backend.deps, key, { verdict: 'upheld', note: '' })
    expect(await balancesOf(backend, me)).toEqual({ available: 216, held: 0 })
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })
})
