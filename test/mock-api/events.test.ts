/** Events: their dates for everybody, codes for nobody but the sign, and what a check-in becomes. */
import '../support/patience.ts'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { occurrenceSchema, occurrencesAnswerSchema } from '../../src/contract/events.ts'
import { CITY_IDS, type CityId } from '../../src/domain/city.ts'
import type { Occurrence } from '../../src/domain/occurrence.ts'
import { addDays, DAY_MS, dayOf } from '../../src/domain/time.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { call, signIn } from '../support/client.ts'
import { checkIn } from '../support/commands.ts'
import { ENGINES } from '../support/database.ts'
import { balancesOf } from '../support/shop.ts'

const OPS_TOKEN = 'a token only for tests'

describe.each(ENGINES)('events on %s', (engine) => {
  let backend: Backend
  beforeAll(async () => {
    backend = await startBackend({ db: engine, config: { opsToken: OPS_TOKEN } })
  })
  afterAll(async () => {
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    await backend.close()
  })

  const get = (path: string, headers: Record<string, string> = {}, from?: string) =>
    call(backend, { method: 'GET', path: `/api/v1${path}`, headers }, from)
  const feed = async (city: CityId) =>
    v.parse(occurrencesAnswerSchema, await (await get(`/cities/${city}/events`)).json()).occurrences
  const codeOf = async (id: string) =>
    ((await (await get(`/demo/events/${id}/code`)).json()) as { code: string }).code
  const publish = (body: object, token = OPS_TOKEN) =>
    call(backend, {
      method: 'POST',
      path: '/api/v1/ops/events',
      headers: { authorization: `Bearer ${token}` },
      body,
    })
  const today = () => dayOf(backend.now())
  const openToday = async (city: CityId) =>
    (await feed(city)).find(
      ({ fromDay, toDay, hasCheckIn }) => hasCheckIn && fromDay <= today() && today() <= toDay,
    )
  const draft = (more: object = {}) => ({
    eventId: 'earth-day',
    city: 'zibo',
    titleZh: '示例：地球日集市',
    titleEn: 'Sample: Earth Day market',
    fromDay: addDays(today(), 1),
    toDay: addDays(today(), 2),
    points: 50,
    sample: true,
    ...more,
  })

  it('gives every city one that is open on any day, marked as a sample, and one to come', async () => {
    for (let week = 0; week < 3; week++) {
      for (const city of CITY_IDS) {
        const events = await feed(city)
        expect(await openToday(city)).toMatchObject({
          sample: true,
          titleZh: expect.stringContaining('示例'),
        })
        expect(events.some(({ fromDay }) => fromDay > today())).toBe(true)
        expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
        expect(events.map(({ fromDay }) => fromDay)).toEqual(events.map(({ fromDay }) => fromDay).sort())
      }
      backend.now.advance(5 * DAY_MS)
    }
  })

  it('answers 304 to who knows them, and lets nobody read a code but at the demo’s own machine', async () => {
    const response = await get('/cities/weifang/events')
    const text = await response.text()
    const open = (await openToday('weifang')) as Occurrence
    expect(text).not.toContain(await codeOf(open.id))
    expect(
      (await get('/cities/weifang/events', { 'if-none-match': response.headers.get('etag') ?? '' })).status,
    ).toBe(304)
    expect((await get(`/demo/events/${open.id}/code`, {}, '203.0.113.7')).status).toBe(404)
    expect((await get('/demo/events/nothing/code')).status).toBe(404)
    expect((await get('/demo/events/%00/code')).status).toBe(404)
    const serious = await startBackend({ db: backend.db, samples: false, config: { demo: false } })
    const asked = await call(serious, { method: 'GET', path: `/api/v1/demo/events/${open.id}/code` })
    expect(asked.status).toBe(404)
  })

  it('has points for a check-in with the code, once, and says why not to any other', async () => {
    const me = await signIn(backend)
    const event = (await openToday('jinan')) as Occurrence
    const code = await codeOf(event.id)
    const wrong = await me.sync([checkIn(backend, event.id, 'ZZZZ')])
    expect(wrong.receipts[0]?.outcome).toBe('refused')
    const spoken = `${code.slice(0, 3).toLowerCase()} ${code.slice(3)}`
    const right = await me.sync([checkIn(backend, event.id, spoken)])
    expect(right.receipts[0]?.outcome).toBe('accepted')
    expect(await balancesOf(backend, me)).toMatchObject({ available: event.points })
    const again = await me.sync([checkIn(backend, event.id, code)])
    expect(again.receipts[0]?.outcome).toBe('refused')
  })

  it('are published by operators, and moved by publishing them again', async () => {
    expect((await publish(draft(), 'not the token')).status).toBe(401)
    const event = v.parse(occurrenceSchema, await (await publish(draft({ code: 'Green-7' }))).json())
    expect(event).toMatchObject({ hasCheckIn: true, points: 50 })
    expect(await feed('zibo')).toContainEqual(event)
    const moved = { ...draft({ code: 'Green-7', id: event.id }), toDay: addDays(today(), 3) }
    await publish(moved)
    expect((await feed('zibo')).filter(({ id }) => id === event.id)).toEqual([
      { ...event, toDay: moved.toDay },
    ])
    const plain = v.parse(occurrenceSchema, await (await publish(draft({ eventId: 'water-day' }))).json())
    expect(plain.hasCheckIn).toBe(false)
  })

  it('takes no draft with a day that does not exist, in a wrong order, too long, too dear, or half translated', async () => {
    for (const more of [
      { toDay: '2026-02-30' },
      { fromDay: addDays(today(), 3) },
      { toDay: addDays(today(), 60) },
      { points: 501 },
      { points: 0.5 },
      { code: '- -' },
      { placeZh: '广场' },
      { city: 'beijing' },
      { eventId: 'Earth Day' },
      { titleEn: '' },
    ])
      expect((await publish(draft(more))).status, JSON.stringify(more)).toBe(400)
  })

  it('tells of one for a month after it is over', async () => {
    const event = v.parse(occurrenceSchema, await (await publish(draft({ eventId: 'once' }))).json())
    backend.now.advance(32 * DAY_MS)
    expect(await feed('zibo')).toContainEqual(event)
    backend.now.advance(DAY_MS)
    expect(await feed('zibo')).not.toContainEqual(event)
  })
})
