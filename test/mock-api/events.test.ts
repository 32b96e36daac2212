/** Events: their dates for everybody, codes for nobody but the sign, and what a check-in becomes. */
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { putOccurrence } from '../../mock-api/storage/occurrences.ts'
import { occurrenceSchema, occurrencesAnswerSchema } from '../../src/contract/events.ts'
import { CITY_IDS, type CityId } from '../../src/domain/base/city.ts'
import { addDays, DAY_MS, dayOf } from '../../src/domain/base/time.ts'
import type { Occurrence } from '../../src/domain/taking-part/occurrence.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { START } from '../../src/proof/chain.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { call, signIn } from '../support/client.ts'
import { checkIn, redeem } from '../support/commands.ts'
import { ENGINES } from '../support/database.ts'
import { deskHeaders } from '../support/operator.ts'
import { balancesOf } from '../support/shop.ts'

describe.each(ENGINES)('events on %s', (engine) => {
  let backend: Backend
  beforeAll(async () => {
    backend = await startBackend({ db: engine })
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
  const publish = async (body: object, given?: Record<string, string>) =>
    call(backend, {
      method: 'POST',
      path: '/api/v1/ops/events',
      headers: given ?? (await deskHeaders(backend)),
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
    expect((await publish(draft(), { authorization: 'Bearer a token' })).status).toBe(401)
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
      { code: 'Green' },
      { code: 'Spring\u000b27' },
      { code: 'Spring\u202e27' },
      { titleZh: '地球日\u000b市集' },
      { titleEn: 'Earth\u202eDay' },
      { titleZh: '地球日\ud801' },
      { placeZh: '广\u200b场', placeEn: 'Square' },
      { placeZh: '广场', placeEn: 'Sq\nuare' },
      { fromDay: '2027-04-31', toDay: '2027-04-31' },
      { placeZh: '广场' },
      { city: 'beijing' },
      { eventId: 'Earth Day' },
      { titleEn: '' },
    ])
      expect((await publish(draft(more))).status, JSON.stringify(more)).toBe(400)
  })

  it('of one kind on one day stand beside each other, and one that is sent again is one', async () => {
    const morning = draft({ eventId: 'bike-fair', titleEn: 'Sample: in the morning', code: 'MORNING1' })
    const evening = draft({ eventId: 'bike-fair', titleEn: 'Sample: in the evening' })
    const ids: string[] = []
    for (const body of [morning, evening, morning, evening])
      ids.push(v.parse(occurrenceSchema, await (await publish(body)).json()).id)
    expect(new Set(ids).size).toBe(2)
    expect(ids.slice(2)).toEqual(ids.slice(0, 2))
    const told = (await feed('zibo')).filter(({ eventId }) => eventId === 'bike-fair')
    expect(told.map(({ titleEn }) => titleEn).sort()).toEqual([
      'Sample: in the evening',
      'Sample: in the morning',
    ])
  })

  it('keep opening by a short code that was published before codes had six letters', async () => {
    const me = await signIn(backend)
    const event = {
      ...v.parse(occurrenceSchema, await (await publish(draft({ eventId: 'short' }))).json()),
      id: 'short-code',
      fromDay: today(),
      hasCheckIn: true,
    } as Occurrence
    await putOccurrence(backend.db, { event, text: canonicalJson(event), code: 'TREE' })
    expect((await me.sync([checkIn(backend, 'short-code', 'tree')])).receipts[0]?.outcome).toBe('accepted')
  })

  describe('that is withdrawn', () => {
    const withdraw = async (id: string, body: object = {}, given?: Record<string, string>) =>
      call(backend, {
        method: 'POST',
        path: `/api/v1/ops/events/${id}/withdraw`,
        headers: given ?? (await deskHeaders(backend)),
        body,
      })
    const told = async (id: string, query: string) => {
      const text = await (await get(`/cities/zibo/events${query}`)).text()
      return v.parse(occurrencesAnswerSchema, JSON.parse(text)).occurrences.find((each) => each.id === id)
    }

    it('is told as such to apps that can read it, and to older ones no longer', async () => {
      const { id } = v.parse(
        occurrenceSchema,
        await (await publish(draft({ eventId: 'rained-off', code: 'RAIN-42' }))).json(),
      )
      expect((await withdraw(id, {}, { authorization: 'Bearer a token' })).status).toBe(401)
      expect((await withdraw(id, { noteZh: '下雨' })).status).toBe(400)
      expect((await withdraw('nothing')).status).toBe(404)
      const words = { noteZh: '大雨，改期另告', noteEn: 'Heavy rain; a new date will follow' }
      expect((await withdraw(id, words)).status).toBe(200)
      const withdrawn = { at: backend.now(), ...words }
      expect(await told(id, '?wire=2')).toMatchObject({ hasCheckIn: true, withdrawn })
      expect(await told(id, '')).toBeUndefined()
      backend.now.advance(60_000)
      await withdraw(id)
      expect((await told(id, '?wire=2'))?.withdrawn).toEqual(withdrawn)
      expect((await publish(draft({ id, code: 'RAIN-42' }))).status).toBe(400)
    })

    it('takes no check-in and says why, whatever the code; who was there before keeps what they have', async () => {
      const [early, late] = [await signIn(backend), await signIn(backend)]
      const body = draft({ eventId: 'cut-short', fromDay: today(), code: 'SHORT-99' })
      const event = v.parse(occurrenceSchema, await (await publish(body)).json())
      expect((await early.sync([checkIn(backend, event.id, 'SHORT-99')])).receipts[0]?.outcome).toBe(
        'accepted',
      )
      await withdraw(event.id)
      for (const code of ['SHORT-99', 'WRONG-11']) {
        const answer = await late.sync([checkIn(backend, event.id, code)])
        const record = answer.records.at(-1)
        expect(JSON.parse(record?.detail ?? '{}').reasons).toEqual([{ code: 'event_withdrawn' }])
      }
      expect(await balancesOf(backend, early)).toMatchObject({ available: event.points })
    })
  })

  it('that a demo left behind are told to nobody once it is off, and open to nobody', async () => {
    const me = await signIn(backend)
    const event = (await openToday('qingdao')) as Occurrence
    const code = await codeOf(event.id)
    const serious = await startBackend({
      db: backend.db,
      samples: false,
      now: backend.now,
      config: { demo: false },
    })
    const ask = async (path: string) =>
      (await call(serious, { method: 'GET', path: `/api/v1${path}` })).text()
    for (const city of CITY_IDS) {
      for (const feedName of ['events?wire=2', 'alerts', 'stations'])
        expect(await ask(`/cities/${city}/${feedName}`), feedName).not.toMatch(/示例|[Ss]ample|"Exercise"/)
    }
    expect(JSON.parse(await ask('/offers'))).toMatchObject({ offers: [] })
    const commands = [
      checkIn(serious, event.id, code),
      redeem(serious, { id: 'tree-share', version: 2, points: 55 }),
    ].map((each) => canonicalJson(each))
    const sent = await call(serious, {
      method: 'POST',
      path: '/api/v1/sync',
      headers: { cookie: me.cookie },
      body: { accountId: me.accountId, cursor: START, sentAt: backend.now(), commands },
    })
    const { receipts } = (await sent.json()) as { receipts: { outcome: string }[] }
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['refused', 'refused'])
  })

  it('tells of one for a month after it is over', async () => {
    const event = v.parse(occurrenceSchema, await (await publish(draft({ eventId: 'once' }))).json())
    backend.now.advance(32 * DAY_MS)
    expect(await feed('zibo')).toContainEqual(event)
    backend.now.advance(DAY_MS)
    expect(await feed('zibo')).not.toContainEqual(event)
  })
})
