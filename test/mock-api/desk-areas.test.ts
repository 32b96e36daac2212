/** The desk's other areas over HTTP: what waits, content packs, events and warnings, scores of nominations, reviews, services, and weeks that are over. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { sampleProvider } from '../../mock-api/demo/sample-providers.ts'
import { loadCity } from '../../src/content/registry.ts'
import { addDays, DAY_MS, dayOf, zonedTime } from '../../src/domain/base/time.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { type Client, call, signIn } from '../support/client.ts'
import { appeal, cleanPlate, feedback, nominate } from '../support/commands.ts'
import { ENGINES } from '../support/database.ts'
import { operatorWith, type TestOperator } from '../support/operator.ts'
import { recordsOf } from '../support/shop.ts'

const MARKS = { effect: 4, repeatable: 4, participation: 3, evidence: 4 }

describe.each(ENGINES)('the desk on %s', (engine) => {
  let backend: Backend
  let clerk: TestOperator
  let one: TestOperator
  let other: TestOperator
  beforeAll(async () => {
    backend = await startBackend({ db: engine, providers: true })
    clerk = await operatorWith(backend, ['catalog'])
    one = await operatorWith(backend, ['reviewer'])
    other = await operatorWith(backend, ['reviewer'])
  })
  afterAll(async () => {
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    await backend.close()
  })
  const get = async (path: string) => {
    const response = await call(backend, { method: 'GET', path: `/api/v1${path}` })
    return (await response.json()) as never
  }
  const read = async <T>(by: TestOperator, path: string) => (await (await by.call('GET', path)).json()) as T

  describe('content packs', () => {
    const newer = async (given: object = {}) => ({ ...(await loadCity('zibo')), revision: 7, ...given })
    const served = () =>
      get('/cities/zibo/content') as Promise<{
        version: string
        revision?: number
        document: { titleEn: string }
      }>

    it('reach phones once they are published, and make way for the one before when they are taken back', async () => {
      const before = await served()
      const pack = await newer({
        document: { ...(await loadCity('zibo')).document, titleEn: 'As corrected' },
      })
      expect((await clerk.call('POST', '/content/zibo', { pack })).status).toBe(204)
      expect(await served()).toMatchObject({ revision: 7, document: { titleEn: 'As corrected' } })
      const key = { version: pack.version, revision: 7 }
      expect(await read(clerk, '/content')).toMatchObject({
        rows: [{ city: 'zibo', ...key, isServed: true }],
      })
      expect((await clerk.call('POST', '/content/zibo/take-back', key)).status).toBe(204)
      expect(await served()).toEqual(before)
      expect(await read(clerk, '/content')).toMatchObject({
        rows: [{ isServed: false, takenBackAt: backend.now() }],
      })
      // Phones may still have it, and would not take another under its name.
      expect((await clerk.call('POST', '/content/zibo', { pack })).status).toBe(400)
      expect((await clerk.call('POST', '/content/zibo', { pack: { ...pack, revision: 8 } })).status).toBe(204)
    })

    it.each([
      [
        'of another city',
        { city: { id: 'jinan', nameZh: '济南', nameEn: 'Jinan', adcode: '370100' } },
        'city.id',
      ],
      ['that is older', { version: '2020-01-01' }, 'version'],
      ['of tomorrow', { version: addDays(dayOf(Date.parse('2027-06-01')), 1) }, 'version'],
      ['with a member that nobody knows', { extra: 1 }, 'extra'],
      ['with a measure twice', { measures: [] }, undefined],
    ])('%s is refused at its place', async (_, given, place) => {
      const pack = await newer(given)
      const broken =
        place === undefined
          ? {
              ...pack,
              measures: [(await loadCity('zibo')).measures[0], (await loadCity('zibo')).measures[0]],
            }
          : pack
      const response = await clerk.call('POST', '/content/zibo', { pack: broken })
      const { detail } = (await response.json()) as { detail: string }
      expect([response.status, detail]).toEqual([400, expect.stringContaining(`pack.${place ?? 'id'}`)])
    })

    it('are published by those who may in that city', async () => {
      const ofJinan = await operatorWith(backend, [{ role: 'catalog', city: 'jinan' }])
      expect(
        (await ofJinan.call('POST', '/content/zibo', { pack: await newer({ revision: 9 }) })).status,
      ).toBe(403)
      expect((await one.call('POST', '/content/zibo', { pack: await newer({ revision: 9 }) })).status).toBe(
        403,
      )
    })
  })

  describe('a warning', () => {
    const draft = () => ({
      status: 'Exercise',
      msgType: 'Alert',
      info: [
        {
          language: 'zh-CN',
          category: ['Met'],
          event: '高温',
          responseType: ['Prepare'],
          urgency: 'Expected',
          severity: 'Severe',
          certainty: 'Likely',
          effective: zonedTime(backend.now()),
          onset: zonedTime(backend.now()),
          expires: zonedTime(backend.now() + DAY_MS),
          senderName: '淄博演练台',
          headline: '高温橙色预警演练',
          description: '最高气温三十九度。',
          instruction: '多喝水\n少出门',
          area: [{ areaDesc: '淄博', geocode: [{ valueName: 'GB/T 2260', value: '370300' }] }],
        },
      ],
    })
    const alerts = async () =>
      ((await get('/cities/zibo/alerts')) as { alert: { identifier: string }[] }).alert

    it('can be seen as CAP and as the phone shows it before anybody else sees it', async () => {
      const count = (await alerts()).length
      const seen = (await (await clerk.call('POST', '/alerts/preview', draft())).json()) as {
        xml: string
        alert: object
      }
      expect(seen.xml).toContain('<headline>高温橙色预警演练</headline>')
      expect(seen.alert).toMatchObject({ status: 'Exercise', info: [{ headline: '高温橙色预警演练' }] })
      expect(await alerts()).toHaveLength(count)
    })

    it('is published once, by those who may in its city, and stands in the desk’s list', async () => {
      const act = '0b7d0000-0000-4000-8000-00000000000a'
      const ofJinan = await operatorWith(backend, [{ role: 'catalog', city: 'jinan' }])
      expect((await ofJinan.call('POST', '/alerts', draft())).status).toBe(403)
      const first = (await (await clerk.call('POST', '/alerts', draft(), act)).json()) as {
        identifier: string
      }
      backend.now.advance(1000)
      const again = await clerk.call('POST', '/alerts', draft(), act)
      // Another draft by now: its times have moved. The same id with other words is refused.
      expect(again.status).toBe(400)
      expect((await alerts()).filter(({ identifier }) => identifier === first.identifier)).toHaveLength(1)
      expect(await read(clerk, '/alerts')).toMatchObject({ rows: [{ identifier: first.identifier }] })
    })
  })

  it('lists events also when they are withdrawn, and asks for the role in their city', async () => {
    const day = addDays(dayOf(backend.now()), 3)
    const event = {
      eventId: 'desk-day',
      city: 'zibo',
      fromDay: day,
      toDay: day,
      points: 5,
      sample: false,
      titleZh: '清洁日',
      titleEn: 'A day',
    }
    const ofJinan = await operatorWith(backend, [{ role: 'catalog', city: 'jinan' }])
    expect((await ofJinan.call('POST', '/events', event)).status).toBe(403)
    const { id } = (await (await clerk.call('POST', '/events', event)).json()) as { id: string }
    expect((await ofJinan.call('POST', `/events/${id}/withdraw`, {})).status).toBe(403)
    expect((await clerk.call('POST', `/events/${id}/withdraw`, {})).status).toBe(200)
    const { rows } = await read<{ rows: { id: string }[] }>(clerk, '/events')
    expect(rows.find((row) => row.id === id)).toMatchObject({ titleZh: '清洁日', withdrawn: {} })
    expect((await clerk.call('POST', '/events', { ...event, id })).status).toBe(400)
  })

  describe('a nomination', () => {
    const score = (
      by: TestOperator,
      me: Client,
      voiceId: string,
      scores: object = MARKS,
      given: object = {},
    ) => by.call('POST', `/nominations/${me.accountId}/${voiceId}/scores`, { isFree: true, scores, ...given })
    const nominated = async () => {
      const me = await signIn(backend)
      const said = nominate(backend)
      await me.sync([said])
      return { me, voiceId: said.id }
    }

    it('has its answer once two have scored it, with the marks, in the inbox of whoever nominated', async () => {
      const { me, voiceId } = await nominated()
      expect(await (await score(one, me, voiceId)).json()).toEqual({ count: 1 })
      expect((await recordsOf(me)).map(({ body }) => body.kind)).not.toContain('voice.answer')
      expect((await score(one, me, voiceId)).status).toBe(409)
      expect(await (await score(other, me, voiceId, { ...MARKS, evidence: 3 })).json()).toEqual({
        count: 2,
        state: 'selected',
      })
      const answer = (await recordsOf(me)).find(({ body }) => body.kind === 'voice.answer')
      expect(answer?.detail).toMatchObject({
        about: voiceId,
        voiceState: 'selected',
        note: expect.stringContaining('减排成效 4.0'),
      })
      const third = await operatorWith(backend, ['reviewer'])
      expect((await score(third, me, voiceId)).status).toBe(409)
    })

    it('below three and a half on average is declined', async () => {
      const { me, voiceId } = await nominated()
      await score(one, me, voiceId, { ...MARKS, effect: 1 })
      expect(await (await score(other, me, voiceId, { ...MARKS, effect: 2 })).json()).toMatchObject({
        state: 'declined',
      })
    })

    it('is scored by nobody from the browser of whoever nominated, and by nobody who has to do with it', async () => {
      const { me, voiceId } = await nominated()
      const own = await call(backend, {
        method: 'POST',
        path: `/api/v1/ops/nominations/${me.accountId}/${voiceId}/scores`,
        body: { isFree: true, scores: MARKS },
        headers: { cookie: `${one.cookie}; ${me.cookie}` },
      })
      expect(own.status).toBe(403)
      expect((await score(one, me, voiceId, MARKS, { isFree: false })).status).toBe(400)
      for (const scores of [{ ...MARKS, effect: 6 }, { ...MARKS, effect: 0 }, { effect: 3 }])
        expect((await score(one, me, voiceId, scores)).status).toBe(400)
    })

    it('gets no last answer from one person alone, and its scores go with the account', async () => {
      const { me, voiceId } = await nominated()
      const path = `/voices/${me.accountId}/${voiceId}`
      expect((await one.call('POST', path, { state: 'selected' })).status).toBe(400)
      expect((await one.call('POST', path, { state: 'in_progress' })).status).toBe(200)
      await score(one, me, voiceId)
      const { voices } = await read<{ voices: { voiceId: string }[] }>(one, '/voices?kind=case.nominate')
      expect(voices.find((each) => each.voiceId === voiceId)).toMatchObject({ scored: 1, isScoredByMe: true })
      await me.call('DELETE', `/api/v1/accounts/${me.accountId}`)
      expect(
        await backend.db.query('select voice_id from voice_scores where account_id = $1', [me.accountId]),
      ).toEqual([])
    })
  })

  describe('reviewers of a city', () => {
    it('see and answer what is of their city alone, and their name stands in the office’s journal, not in the citizen’s', async () => {
      const me = await signIn(backend, { city: 'qingdao' })
      const act = cleanPlate(backend, { startedAt: backend.now() - 50 * DAY_MS })
      const said = feedback(backend)
      await me.sync([act, said, appeal(backend, act.id)])
      const [ofQingdao, ofJinan] = [
        await operatorWith(backend, [{ role: 'reviewer', city: 'qingdao' }]),
        await operatorWith(backend, [{ role: 'reviewer', city: 'jinan' }]),
      ]
      const path = `/cases/${me.accountId}/appealed`
      const cases = async (by: TestOperator) =>
        (await read<{ cases: { accountId: string }[] }>(by, '/cases')).cases.filter(
          (each) => each.accountId === me.accountId,
        )
      expect(await cases(ofQingdao)).toMatchObject([{ city: 'qingdao', acts: 1 }])
      expect(await cases(ofJinan)).toEqual([])
      expect((await ofJinan.call('GET', path)).status).toBe(403)
      expect((await ofJinan.call('POST', path, { decision: 'grant' })).status).toBe(403)
      expect(
        (await ofJinan.call('POST', `/voices/${me.accountId}/${said.id}`, { state: 'answered' })).status,
      ).toBe(403)
      expect(await read(ofQingdao, '/waiting')).toMatchObject({ appeals: 1 })
      const decided = await ofQingdao.call('POST', path, { decision: 'grant', note: '看过了' })
      expect(await decided.json()).toEqual({ decided: 1, left: 0 })
      const answer = (await recordsOf(me)).find(({ body }) => body.kind === 'review.decide')
      expect(answer?.detail).toMatchObject({
        about: act.id,
        note: '看过了',
        by: { actor: 'operator', act: expect.any(String) },
      })
      expect(JSON.stringify(answer)).not.toContain(ofQingdao.operatorId)
      expect((await ofQingdao.call('POST', path, { decision: 'grant' })).status).toBe(404)
    })
  })

  it('wants two for a new service or key, and one for ending a key', async () => {
    const [admin, approver] = [
      await operatorWith(backend, ['admin']),
      await operatorWith(backend, ['approver']),
    ]
    const sample = sampleProvider('bike')?.provider
    const changed = { ...sample, nameEn: 'Renamed bikes' }
    // A consent names the day of the words: of one that no calendar has, nobody could ever link.
    const never = await admin.call('PUT', '/providers/bike', {
      provider: { ...changed, terms: '2026-02-30' },
    })
    expect([never.status, await never.json()]).toMatchObject([
      400,
      { detail: expect.stringContaining('terms') },
    ])
    const made = await admin.call('PUT', '/providers/bike', { provider: changed })
    const { proposalId } = (await made.json()) as { proposalId: string }
    const names = async () =>
      ((await get('/providers')) as { providers: { id: string; nameEn: string; keys: { kid: string }[] }[] })
        .providers
    expect((await names()).find(({ id }) => id === 'bike')?.nameEn).toBe(sample?.nameEn)
    const { digest } = await read<{ digest: string }>(approver, `/proposals/${proposalId}`)
    expect(
      (await approver.call('POST', `/proposals/${proposalId}`, { verdict: 'approve', digest })).status,
    ).toBe(200)
    const bike = (await names()).find(({ id }) => id === 'bike')
    expect(bike?.nameEn).toBe('Renamed bikes')
    const kid = bike?.keys[0]?.kid ?? ''
    expect((await clerk.call('DELETE', `/providers/bike/keys/${kid}`)).status).toBe(403)
    expect((await admin.call('DELETE', `/providers/bike/keys/${kid}`)).status).toBe(204)
  })

  it('counts weeks that are over by city, and tells no figure of fewer than five people', async () => {
    const six = []
    for (let count = 0; count < 6; count++) six.push(await signIn(backend, { city: 'binzhou' }))
    for (const me of six) await me.sync([cleanPlate(backend)])
    const alone = await signIn(backend, { city: 'weifang' })
    await alone.sync([cleanPlate(backend)])
    backend.now.advance(8 * DAY_MS)
    const auditor = await operatorWith(backend, ['auditor'])
    type Weeks = { weeks: { city: string; figures?: { people: number; acts: number; points: number } }[] }
    const { weeks } = await read<Weeks>(auditor, '/weeks')
    const told = (city: string) =>
      weeks.filter((each) => each.city === city).flatMap(({ figures }) => figures ?? [])
    expect(told('binzhou')).toEqual([{ people: 6, acts: 6, grams: 6 * 72, points: 6 * 72, vouchers: 0 }])
    expect(told('weifang')).toEqual([])
    // Counted once: what is posted later belongs to a later week.
    await six[0]?.sync([cleanPlate(backend)])
    expect(await read<Weeks>(auditor, '/weeks')).toEqual({ weeks })
    expect((await call(backend, { method: 'GET', path: '/api/v1/ops/weeks' })).status).toBe(401)
  })
})
