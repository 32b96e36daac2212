/** Crashes between an offer and an account: what was claimed and not used comes back, and no late append follows a release. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { bucketsFor, claimPiece, resolveClaim, sweepClaims } from '../../mock-api/book/stock.ts'
import { readClaim } from '../../mock-api/storage/offer-claims.ts'
import { readStockSums } from '../../mock-api/storage/offers.ts'
import type { CommandId } from '../../src/domain/base/ids.ts'
import { MINUTE_MS } from '../../src/domain/base/time.ts'
import type { Command } from '../../src/domain/ledger/command.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { START } from '../../src/proof/chain.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import type { Client } from '../support/client.ts'
import { redeem } from '../support/commands.ts'
import { type CountingDb, countingDb } from '../support/counting-db.ts'
import { ENGINES, openTestDb } from '../support/database.ts'
import { balancesOf, newOffer, richClient } from '../support/shop.ts'

describe.each(ENGINES)('stock on %s', (engine) => {
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

  const remaining = async (offer: Offer) => (await readStockSums(db, [offer.id])).get(offer.id)?.remaining
  const claimOf = (me: Client, offer: Offer, claimId: string) =>
    readClaim(db, { offerId: offer.id, accountId: me.accountId, claimId })
  const stateOf = async (me: Client, offer: Offer, id: string) => (await claimOf(me, offer, id))?.state
  const revive = () => {
    db.dieAt = undefined
    db.transactionsLeft = Number.POSITIVE_INFINITY
  }

  const sendTo = (other: Backend, me: Client, command: Command) =>
    other.fetch(
      new Request('http://localhost:4173/api/v1/sync', {
        method: 'POST',
        headers: { cookie: me.cookie },
        body: JSON.stringify({
          accountId: me.accountId,
          cursor: START,
          sentAt: backend.now(),
          commands: [canonicalJson(command)],
        }),
      }),
    )

  it('has no offer whose words nobody can read, and says where they stand', async () => {
    for (const wrong of [
      { titleZh: '咖啡\u000b一杯' },
      { merchantEn: 'Sample\u202eCafé' },
      { termsZh: '到店\ud83d出示' },
      { titleEn: ' ' },
    ]) {
      const publishing = newOffer(backend, wrong)
      await expect(publishing, JSON.stringify(wrong)).rejects.toThrow(`${Object.keys(wrong)[0]}: `)
    }
  })

  it('releases a piece that a crash left claimed, and the command can still buy', async () => {
    const me = await richClient(backend)
    const offer = await newOffer(backend, {}, { total: 3 })
    const command = redeem(backend, { id: offer.id, points: 50 })
    db.transactionsLeft = 1 // the claim, and no more
    expect((await me.syncRaw([command])).status).toBe(500)
    revive()
    expect([await remaining(offer), await stateOf(me, offer, command.id)]).toEqual([2, 'claimed'])
    await sweepClaims(backend.deps)
    expect(await stateOf(me, offer, command.id)).toBe('claimed') // may still be under way
    backend.now.advance(2 * MINUTE_MS)
    await sweepClaims(backend.deps)
    expect([await remaining(offer), await stateOf(me, offer, command.id)]).toEqual([3, 'released'])
    expect((await me.sync([command])).receipts[0]?.outcome).toBe('accepted')
    expect([await remaining(offer), await stateOf(me, offer, command.id)]).toEqual([2, 'confirmed'])
  })

  it('goes on past a claim that cannot be resolved: the others do not wait for it', async () => {
    const offer = await newOffer(backend, {}, { total: 3 })
    const people = [await richClient(backend), await richClient(backend)]
    const ids = people.map(() => crypto.randomUUID() as CommandId)
    for (const [i, { accountId }] of people.entries())
      await claimPiece(backend.deps, { offer, accountId, voucherId: ids[i] as CommandId })
    backend.now.advance(2 * MINUTE_MS)
    const states = () => Promise.all(people.map((each, i) => stateOf(each, offer, ids[i] as string)))
    // Whichever of the two comes first.
    for (const { accountId } of people) await sweepClaims(blindTo(accountId)).catch(() => undefined)
    expect(await states()).toEqual(['released', 'released'])
  })

  /** One account’s rows can be neither read nor written. */
  const blindTo = (accountId: string) => {
    const query: typeof db.query = (text, params = []) =>
      params.includes(accountId) ? Promise.reject(new Error('unreadable')) : db.query(text, params)
    return { ...backend.deps, log: () => undefined, db: { ...db, query } }
  }

  it('confirms a piece whose voucher was issued before the crash', async () => {
    const me = await richClient(backend)
    const offer = await newOffer(backend, {}, { total: 3 })
    const command = redeem(backend, { id: offer.id, points: 50 })
    db.dieAt = /set state = 'confirmed'/
    expect((await me.syncRaw([command])).status).toBe(500)
    revive()
    expect((await me.sync([command])).receipts[0]?.outcome).toBe('accepted')
    expect(await stateOf(me, offer, command.id)).toBe('claimed')
    backend.now.advance(2 * MINUTE_MS)
    await sweepClaims(backend.deps)
    expect([await remaining(offer), await stateOf(me, offer, command.id)]).toEqual([2, 'confirmed'])
  })

  it('lets a slow append fail after a release, decide again and claim again', async () => {
    const me = await richClient(backend)
    const offer = await newOffer(backend, {}, { total: 1 })
    const command = redeem(backend, { id: offer.id, points: 50 })
    // A second process, stopped between its claim and its append while the sweeper of the first comes by.
    let isFirst = true
    const slow = countingDb(db)
    const slowBackend = await startBackend({
      db: {
        ...slow,
        async transaction(work) {
          const isAppend = (await claimOf(me, offer, command.id))?.state === 'claimed'
          if (isAppend && isFirst) {
            isFirst = false
            const claim = await claimOf(me, offer, command.id)
            if (claim) expect(await resolveClaim(backend.deps, claim)).toBe('released')
          }
          return slow.transaction(work)
        },
      },
      now: backend.now,
      samples: false,
    })
    const response = await sendTo(slowBackend, me, command)
    expect(isFirst).toBe(false)
    expect(await response.json()).toMatchObject({ receipts: [{ id: command.id, outcome: 'accepted' }] })
    expect([await remaining(offer), await stateOf(me, offer, command.id)]).toEqual([0, 'confirmed'])
    expect(await balancesOf(backend, me)).toEqual({ available: 166, held: 50 })
  })

  it('gives a piece back at once that was set aside for points that another purchase took first', async () => {
    const me = await richClient(backend)
    const [offer, other] = [
      await newOffer(backend, { pricePoints: 200 }, { total: 1 }),
      await newOffer(backend, { pricePoints: 200 }),
    ]
    const command = redeem(backend, { id: offer.id, points: 200 })
    // A second process, stopped between its claim and its append while the first sells something else.
    let isFirst = true
    const slow = await startBackend({
      db: {
        ...db,
        async transaction(work) {
          if (isFirst && (await stateOf(me, offer, command.id)) === 'claimed') {
            isFirst = false
            await me.sync([redeem(backend, { id: other.id, points: 200 })])
          }
          return db.transaction(work)
        },
      },
      now: backend.now,
      samples: false,
    })
    const response = await sendTo(slow, me, command)
    expect(await response.json()).toMatchObject({ receipts: [{ outcome: 'refused' }] })
    expect([await remaining(offer), await stateOf(me, offer, command.id)]).toEqual([1, 'released'])
    const next = await richClient(backend)
    expect((await next.sync([redeem(backend, { id: offer.id, points: 200 })])).receipts[0]?.outcome).toBe(
      'accepted',
    )
  })

  it('does not release what was claimed anew since it looked', async () => {
    const me = await richClient(backend)
    const offer = await newOffer(backend, {}, { total: 2 })
    const voucherId = redeem(backend, { id: offer.id, points: 50 }).id as CommandId
    const wish = { offer, accountId: me.accountId, voucherId }
    expect(await claimPiece(backend.deps, wish)).toBeUndefined()
    const seen = await claimOf(me, offer, voucherId)
    expect(await claimPiece(backend.deps, wish)).toBeUndefined()
    if (seen) expect(await resolveClaim(backend.deps, seen)).toBe('renewed')
    expect(await remaining(offer)).toBe(1)
    backend.now.advance(2 * MINUTE_MS)
    await backend.sweep()
    expect(await remaining(offer)).toBe(2)
  })

  it('takes a piece for each of two accounts that come with the same command id', async () => {
    const [me, you] = [await richClient(backend), await richClient(backend)]
    const offer = await newOffer(backend, {}, { total: 2 })
    const command = redeem(backend, { id: offer.id, points: 50 })
    expect((await me.sync([command])).receipts[0]?.outcome).toBe('accepted')
    expect((await you.sync([command])).receipts[0]?.outcome).toBe('accepted')
    expect(await remaining(offer)).toBe(0)
    expect([await stateOf(me, offer, command.id), await stateOf(you, offer, command.id)]).toEqual([
      'confirmed',
      'confirmed',
    ])
    const third = await richClient(backend)
    expect((await third.sync([command])).receipts[0]?.outcome).toBe('refused')
  })

  it('spreads pieces and money so that each bucket can pay for its own', () => {
    for (const [total, budgetFen, valueFen] of [
      [5, 250, 50],
      [100, 3333, 50],
      [40, 1999, 50],
      [7, 0, 0],
      [0, 500, 50],
    ] as const) {
      const buckets = bucketsFor({ total, budgetFen, valueFen })
      const sum = (pick: (bucket: (typeof buckets)[number]) => number) =>
        buckets.reduce((all, bucket) => all + pick(bucket), 0)
      expect(sum((bucket) => bucket.total)).toBe(total)
      expect(sum((bucket) => bucket.budgetFen)).toBe(budgetFen)
      const sellable = sum((b) =>
        Math.min(b.total, valueFen === 0 ? b.total : Math.floor(b.budgetFen / valueFen)),
      )
      expect(sellable).toBe(Math.min(total, valueFen === 0 ? total : Math.floor(budgetFen / valueFen)))
    }
  })
})
