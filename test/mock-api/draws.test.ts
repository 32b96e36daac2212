/** A draw from its first entry to the last journal that is told, with the process dying wherever it can. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { claimEntry, resolveEntry } from '../../mock-api/book/draw-entries.ts'
import { type EntryRowOfDraw, readEntry } from '../../mock-api/storage/draw-entries.ts'
import { type DrawAnswer, drawAnswerSchema } from '../../src/contract/draws.ts'
import { readTolerantly } from '../../src/contract/tolerant.ts'
import type { CommandId } from '../../src/domain/base/ids.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/base/time.ts'
import type { EntryId } from '../../src/domain/offers/draw.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import { checkDraw } from '../../src/proof/draw.ts'
import { rootBy } from '../../src/proof/merkle.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { type BreakingDb, breakingDb } from '../support/breaking-db.ts'
import { type Client, call } from '../support/client.ts'
import { enterDraw, leaveDraw, redeem } from '../support/commands.ts'
import { ENGINES, openTestDb } from '../support/database.ts'
import { balancesOf, newOffer, reasonsOf, recordsOf, richClient } from '../support/shop.ts'

const OPEN_MS = 2 * DAY_MS

describe.each(ENGINES)('a draw on %s', (engine) => {
  let backend: Backend
  let db: BreakingDb
  let closeDb: () => Promise<void>
  beforeAll(async () => {
    const opened = await openTestDb(engine)
    db = breakingDb(opened.db)
    closeDb = opened.close
    backend = await startBackend({ db })
  })
  afterAll(async () => {
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    await closeDb()
  })

  function newDraw(pieces: number, given: Partial<Offer> = {}): Promise<Offer> {
    const opensAt = backend.now()
    const draw = { opensAt, closesAt: opensAt + OPEN_MS, pieces, commitment: '0'.repeat(64) }
    return newOffer(backend, { release: 'draw', draw, perPersonMax: 1, ...given }, { total: pieces })
  }
  async function enter(me: Client, offer: Offer): Promise<CommandId> {
    const command = enterDraw(backend, offer)
    const { receipts } = await me.sync([command])
    expect(receipts[0]?.outcome).toBe('accepted')
    return command.id
  }
  async function told(offer: Offer): Promise<DrawAnswer> {
    const answer = await call(backend, { method: 'GET', path: `/api/v1/draws/${offer.id}/${offer.version}` })
    expect(answer.status).toBe(200)
    return readTolerantly(drawAnswerSchema, await answer.json()) as DrawAnswer
  }
  /** Each step of the close takes a sweep. */
  async function comesOut(): Promise<void> {
    backend.now.advance(OPEN_MS + HOUR_MS)
    for (let i = 0; i < 3; i++) {
      await backend.sweep()
      backend.now.advance(HOUR_MS)
    }
    await backend.sweep()
  }
  const checked = async (offer: Offer, own: { id: CommandId; hasWon: boolean }) => {
    const { rooted, result, offerId, offerVersion, commitment, pieces } = await told(offer)
    if (!rooted || !result) throw new Error('it has not come out')
    const published = { offerId, offerVersion, ...rooted, ...result }
    const check = await checkDraw(
      published,
      { mine: own, commitment, pieces },
      await backend.deps.keyring.publicKeys(),
    )
    return Object.values(check).every((holds) => holds === true)
  }

  it('gives its pieces by an order that each entrant finds right, and everybody else their points back', async () => {
    const offer = await newDraw(2)
    const people = await Promise.all([1, 2, 3, 4, 5].map(() => richClient(backend)))
    const entries = new Map<Client, CommandId>()
    for (const me of people) entries.set(me, await enter(me, offer))
    expect(await balancesOf(backend, people[0] as Client)).toEqual({ available: 166, held: 50 })
    expect(await told(offer)).toMatchObject({ state: 'open', count: 5 })
    expect((await told(offer)).result).toBeUndefined()

    backend.now.advance(OPEN_MS + HOUR_MS)
    await backend.sweep()
    const closed = await told(offer)
    expect(closed).toMatchObject({ state: 'closed', count: 5 })
    expect([closed.rooted === undefined, closed.result]).toEqual([false, undefined])
    await backend.sweep()
    expect((await told(offer)).result, 'the secret waits until the root was told').toBeUndefined()
    backend.now.advance(HOUR_MS)
    await backend.sweep()
    await backend.sweep()

    const { result, rooted } = await told(offer)
    expect(rooted).toEqual(closed.rooted)
    expect(result?.entries).toEqual([...entries.values()].sort())
    expect(result?.winners).toHaveLength(2)
    for (const [me, id] of entries) {
      const hasWon = result?.winners.includes(id) ?? false
      const records = await recordsOf(me)
      const last = records.at(-1)
      expect(last?.body.kind).toBe(hasWon ? 'draw.won' : 'draw.lost')
      expect(await balancesOf(backend, me)).toEqual(
        hasWon ? { available: 166, held: 50 } : { available: 216, held: 0 },
      )
      const { drawn, about } = last?.detail ?? {}
      expect(about).toBe(id)
      expect(drawn && (await rootBy(id, drawn))).toBe(rooted?.root)
      expect(await checked(offer, { id, hasWon })).toBe(true)
      expect(await checked(offer, { id, hasWon: !hasWon })).toBe(false)
      if (hasWon) expect(last?.detail.voucher).toMatchObject({ offerId: offer.id, pricePoints: 50 })
    }
  })

  it('is entered once, at its price, in its time, by who can pay; and its pieces cannot be bought', async () => {
    const me = await richClient(backend)
    const offer = await newDraw(1)
    await enter(me, offer)
    const refused = async (command: ReturnType<typeof enterDraw> | ReturnType<typeof redeem>) => {
      await me.sync([command])
      return reasonsOf(await recordsOf(me), command.id)
    }
    expect(await refused(enterDraw(backend, offer))).toEqual(['draw_entered'])
    expect(await refused(redeem(backend, { id: offer.id, points: 50 }))).toEqual(['draw_only'])
    const other = await newDraw(1)
    expect(await refused(enterDraw(backend, { ...other, pricePoints: 40 }))).toEqual(['price_changed'])
    const dear = await newDraw(1, { pricePoints: 500 })
    expect(await refused(enterDraw(backend, dear))).toEqual(['points_not_enough'])
    backend.now.advance(OPEN_MS)
    expect(await refused(enterDraw(backend, other))).toEqual(['draw_not_open'])
  })

  it('can be left until its close, and not after', async () => {
    const me = await richClient(backend)
    const offer = await newDraw(1)
    const first = await enter(me, offer)
    await me.sync([leaveDraw(backend, first)])
    expect([await balancesOf(backend, me), (await told(offer)).count]).toEqual([
      { available: 216, held: 0 },
      0,
    ])
    const second = await enter(me, offer)
    backend.now.advance(OPEN_MS)
    const late = leaveDraw(backend, second)
    await me.sync([late])
    expect(reasonsOf(await recordsOf(me), late.id)).toEqual(['draw_not_open'])
    await comesOut()
    expect((await told(offer)).result).toMatchObject({ entries: [second], winners: [second] })
  })

  it('takes nobody else’s entry for another’s', async () => {
    const [me, you] = [await richClient(backend), await richClient(backend)]
    const offer = await newDraw(1)
    const id = await enter(me, offer)
    const copied = { ...enterDraw(backend, offer), id }
    await you.sync([copied])
    expect(reasonsOf(await recordsOf(you), id)).toEqual(['command_elsewhere'])
    expect([(await told(offer)).count, (await balancesOf(backend, you)).available]).toEqual([1, 216])
  })

  it('lets a claim go once, though the request and the sweeper both find that nothing came of it', async () => {
    const [me, offer] = [await richClient(backend), await newDraw(1)]
    const claim = { offerId: offer.id, version: offer.version, accountId: me.accountId }
    const entry = { ...claim, entryId: enterDraw(backend, offer).id as string as EntryId }
    expect(await claimEntry(backend.deps, entry)).toBeUndefined()
    expect((await told(offer)).count).toBe(1)
    const row = (await readEntry(db, entry)) as EntryRowOfDraw
    for (let times = 0; times < 2; times++) await resolveEntry(backend.deps, row)
    expect((await told(offer)).count).toBe(0)
    await enter(me, offer)
    await resolveEntry(backend.deps, row)
    expect((await told(offer)).count).toBe(1)
  })

  it('ends without anybody in it', async () => {
    const offer = await newDraw(1)
    await comesOut()
    const { state, count, result } = await told(offer)
    expect([state, count, result]).toEqual(['drawn', 0, undefined])
  })

  it('has no terms that contradict each other', async () => {
    const at = backend.now()
    const terms = { opensAt: at, closesAt: at - 1, pieces: 1, commitment: '0'.repeat(64) }
    await expect(newOffer(backend, { release: 'draw', draw: terms })).rejects.toThrow('closesAt')
    await expect(newOffer(backend, { release: 'draw' })).rejects.toThrow('draw')
    await expect(newOffer(backend, { draw: { ...terms, closesAt: at + 1 } })).rejects.toThrow('draw')
  })

  it('counts an entry once, and tells it once, wherever the database goes away', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let n = 1; ; n += 1) {
        const me = await richClient(backend)
        const offer = await newDraw(1)
        const command = enterDraw(backend, offer)
        db.breakAt(n, when)
        const broke = await me.syncRaw([command]).then(
          (answer) => !answer.ok,
          () => true,
        )
        const statements = db.mend()
        const { receipts } = await me.sync([command])
        expect(receipts[0]?.outcome, `${when} ${n}`).toBe('accepted')
        backend.now.advance(5 * MINUTE_MS)
        await backend.sweep()
        expect([(await told(offer)).count, (await balancesOf(backend, me)).held]).toEqual([1, 50])
        if (!broke && statements < n) break
      }
    }
  })

  it('comes out the same, once, wherever the database goes away', async () => {
    await comesOut() // what the others left open
    const people = await Promise.all([1, 2, 3].map(() => richClient(backend)))
    for (let n = 1; ; n += 7) {
      const offer = await newDraw(1, { pricePoints: 1, valueFen: 1, perPersonMax: 1 })
      const ids: string[] = []
      for (const me of people) ids.push(await enter(me, offer))
      backend.now.advance(OPEN_MS + HOUR_MS)
      db.breakAt(n, n % 2 === 0 ? 'before' : 'after')
      for (let i = 0; i < 4; i++) {
        await backend.sweep().catch(() => undefined)
        backend.now.advance(HOUR_MS)
      }
      const statements = db.mend()
      for (let i = 0; i < 4; i++) await backend.sweep()
      const { result } = await told(offer)
      expect(result?.entries, `at ${n}`).toEqual([...ids].sort())
      const kinds = []
      for (const [place, me] of people.entries()) {
        const about = (await recordsOf(me)).filter(({ detail }) => detail.about === ids[place])
        expect(about, `at ${n}`).toHaveLength(1)
        kinds.push(about[0]?.body.kind)
      }
      expect(kinds.sort(), `at ${n}`).toEqual(['draw.lost', 'draw.lost', 'draw.won'])
      if (statements < n) break
    }
  })
})
