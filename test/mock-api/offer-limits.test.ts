/** What one person may have of all offers together, in a week and in a year; ends that were announced; and what older apps are told. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import type { VoucherId } from '../../src/domain/base/ids.ts'
import { DAY_MS, HOUR_MS, startOfDay } from '../../src/domain/base/time.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { type Client, call } from '../support/client.ts'
import { cancel, redeem } from '../support/commands.ts'
import { earnFor, newOffer, reasonsOf, recordsOf, richClient } from '../support/shop.ts'

/** A Monday noon. */
const MONDAY = startOfDay('2026-11-23') + 12 * HOUR_MS

describe('an offer', () => {
  let backend: Backend
  beforeAll(async () => {
    backend = await startBackend({ now: MONDAY })
  })
  afterAll(async () => {
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    await backend.close()
  })

  async function asks(me: Client, offer: Awaited<ReturnType<typeof newOffer>>) {
    const command = redeem(backend, { id: offer.id, points: offer.pricePoints })
    const { receipts } = await me.sync([command])
    if (receipts[0]?.outcome === 'accepted') return command.id
    const record = (await recordsOf(me)).find(({ body }) => body.id === command.id)
    return record?.detail.reasons?.[0]
  }

  it('is had up to a sum a week, whichever offers it is made of; returned ones leave room; Monday begins anew', async () => {
    const me = await richClient(backend)
    const [one, two] = [
      await newOffer(backend, { perWeekFen: 100 }),
      await newOffer(backend, { perWeekFen: 100 }),
    ]
    const first = await asks(me, one)
    await asks(me, two)
    expect(await asks(me, one)).toEqual({ code: 'week_value_limit', numbers: { limit: 100, used: 100 } })
    await me.sync([cancel(backend, first as VoucherId)])
    expect(await asks(me, one), 'its points are still held').toMatchObject({ code: 'week_value_limit' })
    backend.now.advance(73 * HOUR_MS)
    await backend.sweep()
    expect(await asks(me, one)).toEqual(expect.any(String))
    backend.now.advance(4 * DAY_MS)
    expect(await asks(me, two)).toEqual(expect.any(String))
  })

  it('is had up to a sum a year', async () => {
    const me = await richClient(backend)
    const offer = await newOffer(backend, { perYearFen: 100, pricePoints: 20, valueFen: 40 })
    await asks(me, offer)
    await earnFor(backend, me, 1)
    await asks(me, offer)
    backend.now.advance(10 * DAY_MS)
    expect(await asks(me, offer)).toEqual({ code: 'year_value_limit', numbers: { limit: 100, used: 80 } })
    backend.now.advance(40 * DAY_MS)
    expect(await asks(me, offer), 'another year').toEqual(expect.any(String))
  })

  it('ends on the day that was announced', async () => {
    const me = await richClient(backend)
    const offer = await newOffer(backend, { stopsAt: backend.now() + DAY_MS })
    expect(await asks(me, offer)).toEqual(expect.any(String))
    backend.now.advance(DAY_MS)
    const late = redeem(backend, { id: offer.id, points: offer.pricePoints })
    await me.sync([late])
    expect(reasonsOf(await recordsOf(me), late.id)).toEqual(['offer_ended'])
  })

  it('tells apps that read to the letter nothing new, and no draw', async () => {
    const stopsAt = backend.now() + DAY_MS
    const offer = await newOffer(backend, { perWeekFen: 100, restocksAt: stopsAt, stopsAt })
    const draw = { opensAt: backend.now(), closesAt: stopsAt, pieces: 1, commitment: '0'.repeat(64) }
    const drawn = await newOffer(backend, { release: 'draw', draw })
    const told = async (query: string) => {
      const answer = await call(backend, { method: 'GET', path: `/api/v1/offers${query}` })
      const { offers } = (await answer.json()) as { offers: { offer: { id: string; endsAt: number } }[] }
      return new Map(offers.map((row) => [row.offer.id, row.offer]))
    }
    const [old, now] = [await told(''), await told('?wire=2')]
    const { perWeekFen: _, restocksAt: __, stopsAt: ___, ...before } = offer
    expect(old.get(offer.id)).toEqual({ ...before, endsAt: stopsAt })
    expect(now.get(offer.id)).toEqual(offer)
    expect([old.has(drawn.id), now.has(drawn.id)]).toEqual([false, true])
  })
})
