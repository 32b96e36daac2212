/** What crosses accounts: driven by one, followed by the other, finished when a crash came in between, and understood by two versions at a time. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { deleteAccount } from '../../mock-api/book/delete-account.ts'
import { sweep } from '../../mock-api/book/sweep.ts'
import { type CrossingRow, insertCrossing, readAwaitedCrossings } from '../../mock-api/storage/crossings.ts'
import type { Db, Param, Queryable } from '../../mock-api/storage/db.ts'
import { migrate } from '../../mock-api/storage/migrate.ts'
import {
  insertSettlement,
  nameCrossing,
  readCrossing,
  takeOverOf,
} from '../../mock-api/storage/settlements-of-before.ts'
import type { AccountId, MerchantId } from '../../src/domain/base/ids.ts'
import { MINUTE_MS } from '../../src/domain/base/time.ts'
import { settleIdOf } from '../../src/domain/ledger/steps.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { START } from '../../src/proof/chain.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import type { Client } from '../support/client.ts'
import { accept } from '../support/commands.ts'
import { type CountingDb, countingDb } from '../support/counting-db.ts'
import { ENGINES, openTestDb } from '../support/database.ts'
import { balancesOf, buy, newOffer, reasonsOf, recordsOf, richClient } from '../support/shop.ts'
import { migrations } from '../support/sql-texts.ts'
import { joinTill, type Till } from '../support/till.ts'

/** As a process of the version before sees the database: it reads and writes settlements, and knows nothing of crossings. */
function asBefore(db: Db): Db {
  const blind = (target: Queryable): Queryable => ({
    async query<T extends object>(text: string, params?: readonly Param[]) {
      return /\bcrossings\b/.test(text) ? [] : target.query<T>(text, params)
    },
    several: (statements, isLast) => target.several(statements, isLast),
    script: (text) => target.script(text),
  })
  return { ...db, ...blind(db), transaction: (work) => db.transaction((tx) => work(blind(tx))) }
}

describe.each(ENGINES)('a crossing on %s', (engine) => {
  let backend: Backend
  let older: Backend
  let db: CountingDb
  let closeDb: () => Promise<void>
  let shop: Till
  let me: Client
  beforeAll(async () => {
    const opened = await openTestDb(engine)
    closeDb = opened.close
    db = countingDb(opened.db)
    backend = await startBackend({ db })
    older = await startBackend({ db: asBefore(db), now: backend.now, samples: false })
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
  const crossingOf = async (voucher: { id: string }) => {
    const key = { accountId: me.accountId as AccountId, crossingId: settleIdOf(voucher.id) }
    const [row] = await db.query<CrossingRow & { followerRecord: string }>(
      `select state, step, reason, follower_id as "followerId", follower_record as "followerRecord"
         from crossings where account_id = $1 and crossing_id = $2`,
      [key.accountId, key.crossingId],
    )
    return row
  }
  const settlementOf = async (voucher: { id: string }) => {
    const [row] = await db.query<{ state: string }>(
      'select state from settlements where account_id = $1 and voucher_id = $2',
      [me.accountId, voucher.id],
    )
    return row?.state
  }
  /** The shop's exchange with either process. */
  async function syncWith(process: Backend, command: object) {
    const { accountId } = shop
    const path = `/api/v1/tills/${accountId}/sync`
    const commands = [canonicalJson(command)]
    const body = JSON.stringify({ accountId, cursor: START, sentAt: backend.now(), commands })
    const request = { method: 'POST', headers: await shop.headers('POST', path), body }
    return process.fetch(new Request(`http://localhost:4173${path}`, request))
  }
  const outcomeOf = async (process: Backend, command: object) => {
    const response = await syncWith(process, command)
    expect(response.status).toBe(200)
    return ((await response.json()) as { receipts: { outcome: string }[] }).receipts[0]?.outcome
  }
  /** The holder's side is settled; the process ends before the shop's record. */
  async function crashBetween(process: Backend, command: object): Promise<void> {
    db.transactionsLeft = 1
    const { status } = await syncWith(process, command)
    db.transactionsLeft = Number.POSITIVE_INFINITY
    expect(status).toBe(500)
  }
  const timesInShop = async (id: string) =>
    (await recordsOf(shop)).filter(({ body }) => body.id === id && body.outcome === 'accepted').length

  it('is written with its driver’s record, and done with its follower’s', async () => {
    const voucher = await bought()
    const command = accept(backend, voucher.token)
    await crashBetween(backend, command)
    expect(await crossingOf(voucher)).toEqual({
      state: 'open',
      step: canonicalJson(command),
      reason: null,
      followerId: shop.accountId,
      followerRecord: command.id,
    })
    expect(await outcomeOf(backend, command)).toBe('accepted')
    expect(await crossingOf(voucher)).toMatchObject({ state: 'done', step: null, reason: null })
  })

  it('that a crash left open is finished by the sweeper, once', async () => {
    const voucher = await bought()
    const before = await balancesOf(backend, shop)
    const command = accept(backend, voucher.token)
    await crashBetween(backend, command)
    await backend.sweep()
    expect(await crossingOf(voucher)).toMatchObject({ state: 'open' }) // whoever drove it may be at it still
    backend.now.advance(2 * MINUTE_MS)
    for (let i = 0; i < 2; i++) await backend.sweep()
    expect(await crossingOf(voucher)).toMatchObject({ state: 'done', step: null, reason: null })
    expect(await timesInShop(command.id)).toBe(1)
    expect((await balancesOf(backend, shop)).available).toBe(before.available + 50)
  })

  it('whose sweeper crashed after the follower’s record is done by the next sweep', async () => {
    const voucher = await bought()
    const command = accept(backend, voucher.token)
    await crashBetween(backend, command)
    backend.now.advance(2 * MINUTE_MS)
    db.dieAt = /^update settlements set state = 'posted'/
    await backend.sweep()
    db.dieAt = undefined
    expect(await crossingOf(voucher)).toMatchObject({ state: 'open' })
    expect(await audit(db)).not.toHaveProperty('fault')
    await backend.sweep()
    expect(await crossingOf(voucher)).toMatchObject({ state: 'done', step: null })
    expect(await timesInShop(command.id)).toBe(1)
  })

  it('that its follower does not take stays open, and the log and the audit say so', async () => {
    const before = await backend.snapshot()
    const voucher = await bought()
    const command = accept(backend, voucher.token)
    await crashBetween(backend, command)
    // As when the key of its voucher was revoked in between.
    await db.query('update crossings set step = $2 where account_id = $1', [
      me.accountId,
      canonicalJson({ ...command, body: { ...command.body, token: 'x.y.z' } }),
    ])
    backend.now.advance(2 * MINUTE_MS)
    const told: string[] = []
    await sweep({ ...backend.deps, log: (level, event) => void told.push(`${level} ${event}`) })
    expect(told).toEqual(['error sweep'])
    expect(await crossingOf(voucher)).toMatchObject({ state: 'open' })
    expect((await audit(db)).fault).toMatch(/crossing voucher.settle:.*: its follower refused it/)
    await backend.restore(before)
  })

  it('to an account that is gone is done for that reason, and the audit says what stays in between', async () => {
    backend.now.advance(MINUTE_MS)
    const before = (await audit(db)).inTransit ?? { crossings: 0, points: 0, fen: 0 }
    const merchantId = 'sample-bike' as MerchantId
    const gone = await joinTill(backend, { merchantId })
    const offer = await newOffer(backend, { merchantId })
    const voucher = await buy(backend, me, offer)
    db.transactionsLeft = 1
    expect((await gone.syncRaw([accept(backend, voucher.token)])).status).toBe(500)
    db.transactionsLeft = Number.POSITIVE_INFINITY
    await deleteAccount(backend.deps, gone.accountId)
    backend.now.advance(2 * MINUTE_MS)
    await backend.sweep()
    expect(await crossingOf(voucher)).toMatchObject({ state: 'done', step: null, reason: 'gone' })
    const result = await audit(db)
    expect(result).not.toHaveProperty('fault')
    expect(result.inTransit).toEqual({
      ...before,
      crossings: before.crossings + 1,
      points: before.points + 50,
    })
  })

  describe('in a roll-out', () => {
    it('driven by the version before: a second till is told so here, and the same one is answered as before', async () => {
      const voucher = await bought()
      const command = accept(backend, voucher.token)
      expect(await outcomeOf(older, command)).toBe('accepted')
      expect(await crossingOf(voucher)).toBeUndefined()
      expect(await audit(db)).not.toHaveProperty('fault')
      expect(await outcomeOf(backend, command)).toBe('accepted')
      const second = accept(backend, voucher.token)
      expect(await outcomeOf(backend, second)).toBe('refused')
      expect(reasonsOf(await recordsOf(shop), second.id)).toEqual(['voucher_already_accepted'])
    })

    it.each(['asked again', 'swept'])(
      'left open by the version before is taken over and finished here when it is %s',
      async (how) => {
        const voucher = await bought()
        const command = accept(backend, voucher.token)
        await crashBetween(older, command)
        expect(await crossingOf(voucher)).toBeUndefined()
        backend.now.advance(2 * MINUTE_MS)
        if (how === 'swept') await backend.sweep()
        else expect(await outcomeOf(backend, command)).toBe('accepted')
        expect(await crossingOf(voucher)).toMatchObject({ state: 'done', step: null })
        expect(await settlementOf(voucher)).toBe('posted')
        expect(await timesInShop(command.id)).toBe(1)
      },
    )

    it('left open here is answered as accepted by the version before, and is finished here afterwards', async () => {
      const voucher = await bought()
      const command = accept(backend, voucher.token)
      await crashBetween(backend, command)
      expect(await outcomeOf(older, command)).toBe('accepted')
      expect(await outcomeOf(older, accept(backend, voucher.token))).toBe('refused')
      expect(await settlementOf(voucher)).toBe('posted')
      backend.now.advance(2 * MINUTE_MS)
      await backend.sweep()
      expect(await crossingOf(voucher)).toMatchObject({ state: 'done', step: null })
      expect(await timesInShop(command.id)).toBe(1)
    })

    it('that came back without a name has the one that either version gave it first', async () => {
      const row: CrossingRow = {
        accountId: accept(backend, '').id as string as AccountId,
        crossingId: settleIdOf(accept(backend, '').id),
        kind: 'settle',
        ...{ followerId: null, followerRecord: null, step: null, sent: null },
        ...{ state: 'open', reason: null },
        at: backend.now(),
      }
      await db.transaction(async (tx) => {
        await insertCrossing(tx, row)
        await insertSettlement(tx, row)
      })
      expect(await readAwaitedCrossings(db, row.accountId)).toEqual([row])
      const names = ['first', 'second'].map((followerRecord) => ({
        followerId: accept(backend, '').id as string as AccountId,
        followerRecord,
      }))
      await nameCrossing(asBefore(db), row, names[0]!)
      expect(await readCrossing(db, row)).toMatchObject({ ...names[0], state: 'done' })
      await nameCrossing(db, row, names[1]!)
      expect(await readCrossing(db, row)).toMatchObject({ ...names[0], state: 'done' })
      await takeOverOf(db, row.accountId)
      expect(await readAwaitedCrossings(db, row.accountId)).toEqual([])
      for (const table of ['crossings', 'settlements'])
        await db.query(`delete from ${table} where account_id = $1`, [row.accountId])
    })
  })
})

it.each(ENGINES)('settlements of before are crossings after the migration, on %s', async (engine) => {
  const { db, close } = await openTestDb(engine)
  const names = migrations.map(({ name }) => name.split('/').at(-1) ?? '').sort()
  const before = names.filter((name) => name < '017')
  expect(before).not.toEqual(names)
  await migrate(db, 1, before)
  const id = (last: number) => `00000000-0000-4000-8000-00000000000${last}`
  await db.query(
    `insert into settlements (account_id, voucher_id, merchant_account_id, command_id, command_text, state, settled_at)
     values ($1, 'a', $2, 'A', '{"id":"A"}', 'claimed', 5), ($1, 'b', $2, 'B', null, 'posted', 6),
            ($1, 'c', $2, 'C', null, 'awaited', 7), ($1, 'd', null, null, null, 'awaited', 8)`,
    [id(1), id(2)],
  )
  await migrate(db, 2)
  const rows = await db.query('select * from crossings order by at')
  const crossing = (letter: string, at: number) => ({
    ...{ account_id: id(1), crossing_id: `voucher.settle:${letter}`, kind: 'settle', follower_id: id(2) },
    ...{ follower_record: letter.toUpperCase(), step: null, sent: null },
    ...{ state: 'open', reason: null, at },
  })
  expect(rows).toEqual([
    { ...crossing('a', 5), step: '{"id":"A"}' },
    { ...crossing('b', 6), state: 'done' },
    crossing('c', 7),
    { ...crossing('d', 8), follower_id: null, follower_record: null },
  ])
  await close()
})
