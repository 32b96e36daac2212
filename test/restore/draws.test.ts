/** Draws across a restored backup: entries, leaves and results come back with the phones that have them, and each counts once. */
import { expect, it } from 'vitest'
import { keyOf as rowKeyOf } from '../../mock-api/base/secret.ts'
import { audit } from '../../mock-api/book/audit.ts'
import { sweepDraws } from '../../mock-api/book/draws.ts'
import { publishOffer } from '../../mock-api/demo/seed.ts'
import type { Db } from '../../mock-api/storage/db.ts'
import { readEntryIds } from '../../mock-api/storage/draw-entries.ts'
import { moveDraw, readDraw } from '../../mock-api/storage/draws.ts'
import { enterDraw, leaveDraw } from '../../src/actions/enter-draw.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { type DrawAnswer, drawAnswerSchema } from '../../src/contract/draws.ts'
import { readTolerantly } from '../../src/contract/tolerant.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import { checkDraw } from '../../src/proof/draw.ts'
import { usePhones } from '../actions/phones.ts'
import { claim, trackedRide } from '../support/builders.ts'
import { call, freshPhone } from '../support/client.ts'
import { newOffer } from '../support/shop.ts'
import { points } from './life.ts'

const phones = usePhones()

/** Longer than accounts are held after a restore. */
const OPEN_MS = 9 * DAY_MS

async function life() {
  const { backend } = phones
  const number = freshPhone()
  const me = await phones.signedIn(number)
  await recordActivity(me.context, trackedRide(backend.now() - DAY_MS))
  await me.sync()
  const opensAt = backend.now()
  const draw = { opensAt, closesAt: opensAt + OPEN_MS, pieces: 1, commitment: '0'.repeat(64) }
  const offer = await newOffer(backend, { release: 'draw', draw }, { total: 1 })
  return { backend, me, number, offer, before: await points(me) }
}

const keyOf = ({ id: offerId, version }: Offer) => ({ offerId, version })

async function comesOut(closesAt: number): Promise<void> {
  const { backend } = phones
  backend.now.advance(Math.max(0, closesAt - backend.now()) + HOUR_MS)
  for (let i = 0; i < 4; i++) {
    await backend.sweep()
    backend.now.advance(HOUR_MS)
  }
  expect(await audit(backend.db)).not.toHaveProperty('fault')
}

it.each(['word for word', 'as of then'])(
  'an entry that the backup lacks is in the draw again, %s',
  async (how) => {
    const { backend, me, number, offer } = await life()
    const backup = await backend.snapshot()
    const id = await enterDraw(me.use().context, offer)
    await me.sync()
    await backend.restoreAsSaid(backup)
    if (how === 'as of then') {
      const other = await phones.signedIn(number)
      const elsewhere = claim({ code: 'no-cutlery', quantity: { value: 1, unit: 'count' } })
      await recordActivity(other.use().context, elsewhere)
      await other.sync()
    }
    await me.use().sync()
    expect(await readEntryIds(backend.db, keyOf(offer))).toEqual([id])
    expect((await readDraw(backend.db, keyOf(offer)))?.entries).toBe(1)
    await comesOut(offer.draw?.closesAt ?? 0)
    await me.use().sync()
    expect(await me.use().db.vouchers.toArray()).toMatchObject([{ offerId: offer.id, state: 'active' }])
  },
)

it('an entry that was left in the part that the backup lacks stays out', async () => {
  const { backend, me, offer, before } = await life()
  const id = await enterDraw(me.use().context, offer)
  await me.sync()
  const backup = await backend.snapshot()
  await leaveDraw(me.use().context, id)
  await me.sync()
  await backend.restoreAsSaid(backup)
  await me.use().sync()
  expect(await readEntryIds(backend.db, keyOf(offer))).toEqual([])
  await comesOut(offer.draw?.closesAt ?? 0)
  await me.use().sync()
  expect(await points(me)).toEqual(before)
})

it.each(['word for word', 'as of then'])('a result that the backup lacks is told once, %s', async (how) => {
  const { backend, me, number, offer, before } = await life()
  await enterDraw(me.use().context, offer)
  await me.sync()
  const backup = await backend.snapshot()
  await comesOut(offer.draw?.closesAt ?? 0)
  await me.use().sync()
  const [won] = await me.db.vouchers.toArray()
  await backend.restoreAsSaid(backup)
  if (how === 'as of then') {
    const other = await phones.signedIn(number)
    const elsewhere = claim({ code: 'no-cutlery', quantity: { value: 1, unit: 'count' } })
    await recordActivity(other.use().context, elsewhere)
    await other.sync()
  }
  await me.use().sync()
  backend.now.advance(8 * DAY_MS)
  await comesOut(offer.draw?.closesAt ?? 0)
  await me.use().sync()
  const vouchers = await me.use().db.vouchers.toArray()
  expect(vouchers.map(({ id, code, token }) => ({ id, code, token }))).toEqual([
    { id: won?.id, code: won?.code, token: won?.token },
  ])
  expect((await points(me)).held).toBe(before.held + offer.pricePoints)
})

/** What is published of it works out, whoever came back when. */
async function expectWorksOut(offer: Offer): Promise<DrawAnswer> {
  const { backend } = phones
  const answer = await call(backend, { method: 'GET', path: `/api/v1/draws/${offer.id}/${offer.version}` })
  const told = readTolerantly(drawAnswerSchema, await answer.json()) as DrawAnswer
  const { rooted, result, offerId, offerVersion, commitment, pieces } = told
  if (!rooted || !result) throw new Error('it has not come out')
  const published = { offerId, offerVersion, ...rooted, ...result }
  const keys = await backend.deps.keyring.publicKeys()
  const found = await checkDraw(published, { commitment, pieces }, keys)
  for (const [question, holds] of Object.entries(found)) expect(holds, question).not.toBe(false)
  expect(told.count).toBe(result.entries.length)
  return told
}

it('an entry that comes back after the list was sealed is told that it lost, and the list stays as it was', async () => {
  const { backend, me, offer, before } = await life()
  const you = await phones.signedIn()
  await recordActivity(you.context, claim({ code: 'clean-plate', quantity: { value: 3, unit: 'count' } }))
  await you.sync()
  const backup = await backend.snapshot()
  const late = await enterDraw(me.use().context, offer)
  await me.sync()
  await backend.restore(backup)
  const mine = await enterDraw(you.use().context, offer)
  await you.sync()
  backend.now.advance(OPEN_MS + HOUR_MS)
  await backend.sweep()
  expect((await readDraw(backend.db, keyOf(offer)))?.state).toBe('rooted')
  await me.use().sync()
  await comesOut(0)
  const { result } = await expectWorksOut(offer)
  expect([result?.entries, result?.winners]).toEqual([[mine], [mine]])
  await me.use().sync()
  expect(await points(me)).toEqual(before)
  const told = await me.use().db.entries.where('id').equals(`draw.lost:${late}`).first()
  expect(told?.kind).toBe('draw.lost')
})

/** Nobody was in when it came out, and one whom the backup lacked is not back yet. */
async function lifeWithoutEntries() {
  const one = await life()
  const { backend, me, offer } = one
  const backup = await backend.snapshot()
  const late = await enterDraw(me.use().context, offer)
  await me.sync()
  await backend.restore(backup)
  backend.now.advance(OPEN_MS + HOUR_MS)
  return { ...one, late }
}

async function expectLost({ me, offer, before, late }: Awaited<ReturnType<typeof lifeWithoutEntries>>) {
  const { backend } = phones
  await comesOut(0)
  await me.use().sync()
  const told = await me.use().db.entries.where('id').equals(`draw.lost:${late}`).first()
  expect(told?.kind).toBe('draw.lost')
  expect(await points(me)).toEqual(before)
  expect(await readDraw(backend.db, keyOf(offer))).toMatchObject({ state: 'done', root: null, entries: 0 })
}

it('an entry that comes back after its draw came out without any is told that it lost', async () => {
  const one = await lifeWithoutEntries()
  await comesOut(0)
  expect((await readDraw(one.backend.db, keyOf(one.offer)))?.state).toBe('done')
  await one.me.use().sync()
  await expectLost(one)
})

it('an entry that comes back while its draw closes without any is told that it lost', async () => {
  const one = await lifeWithoutEntries()
  await moveDraw(one.backend.db, keyOf(one.offer), { from: 'open', to: 'closing' }) // and the process is gone
  await one.me.use().sync()
  await expectLost(one)
})

it('an entry that comes back in the moment in which its draw is done is told that it lost', async () => {
  const one = await lifeWithoutEntries()
  const { backend, me, offer } = one
  const { db } = backend
  let isBack = false
  const meanwhile: Db = {
    ...db,
    script: (text) => db.script(text),
    transaction: (work) => db.transaction(work),
    async query(text, params) {
      const isOfThis = params?.[0] === rowKeyOf('offer', offer.id) && params.includes('done')
      if (!isBack && isOfThis && text.includes('update draws set state')) {
        isBack = true
        await me.use().sync()
      }
      return db.query(text, params)
    },
  }
  for (let sweeps = 0; sweeps < 3; sweeps++) await sweepDraws({ ...backend.deps, db: meanwhile })
  expect(isBack).toBe(true)
  await expectLost(one)
})

it('a leaving that comes back after the list was sealed changes nothing in it, and gives no piece', async () => {
  const { backend, me, offer, before } = await life()
  const id = await enterDraw(me.use().context, offer)
  await me.sync()
  const backup = await backend.snapshot()
  await leaveDraw(me.use().context, id)
  await me.sync()
  await backend.restore(backup)
  backend.now.advance(OPEN_MS + HOUR_MS)
  await backend.sweep()
  await me.use().sync()
  await comesOut(0)
  const { result } = await expectWorksOut(offer)
  expect(result?.entries).toEqual([id])
  await me.use().sync()
  expect(await points(me)).toEqual(before)
  expect(await me.use().db.vouchers.count()).toBe(0)
})

it('an entry in a draw that the backup does not know counts once it is laid out again, and can be left', async () => {
  const { backend, me, offer, before } = await life()
  const rest = await backend.snapshot()
  const without = ['offers', 'draws', 'draw_entries', 'offer_stock', 'offer_numbers']
  const backup = new Map([...rest].map(([table, rows]) => [table, without.includes(table) ? [] : rows]))
  const id = await enterDraw(me.use().context, offer)
  await me.sync()
  await backend.restoreAsSaid(backup)
  await me.use().sync()
  await publishOffer(backend.deps, offer, { total: 1, budgetFen: offer.valueFen })
  expect((await readDraw(backend.db, keyOf(offer)))?.entries).toBe(1)
  await leaveDraw(me.use().context, id)
  await me.sync()
  expect((await readDraw(backend.db, keyOf(offer)))?.entries).toBe(0)
  expect(await points(me)).toEqual(before)
})
