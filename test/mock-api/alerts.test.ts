/** Warnings: what everybody reads as JSON and as CAP's XML, and what an operator publishes, replaces and calls off. */
import { DOMParser, type Element } from '@xmldom/xmldom'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleAlerts } from '../../mock-api/demo/sample-alerts.ts'
import { capXml } from '../../mock-api/feeds/cap-xml.ts'
import { insertAlert } from '../../mock-api/storage/alerts.ts'
import {
  ALERTS_MAX,
  type AlertDraft,
  type AlertsAnswer,
  alertSchema,
  alertsAnswerSchema,
} from '../../src/contract/alert.ts'
import { CITY_IDS, type CityId } from '../../src/domain/base/city.ts'
import { DAY_MS, HOUR_MS, startOfDay, zonedTime } from '../../src/domain/base/time.ts'
import { type Alert, hazardOf, judgeAlerts, referenceTo } from '../../src/domain/taking-part/alert.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { capFaults } from '../support/cap-schema.ts'
import { call } from '../support/client.ts'
import { ENGINES } from '../support/database.ts'
import { deskHeaders } from '../support/operator.ts'

const CAP_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d$/

function parsed(text: string): Element {
  const root = new DOMParser().parseFromString(text, 'text/xml').documentElement
  if (!root) throw new Error('no element')
  return root
}

const textsOf = (root: Element, name: string) =>
  [...root.getElementsByTagName(name)].map((each) => each.textContent ?? '')

describe('the XML of an alert', () => {
  const days = ['2026-01-15', '2026-05-20', '2026-08-08', '2026-11-21']
  const samples = days.flatMap((day) => sampleAlerts(startOfDay(day) + 12 * HOUR_MS))

  it('is valid by the schema of CAP 1.2, for every sample of the year', async () => {
    expect(samples.length).toBeGreaterThan(20)
    expect(await capFaults(samples.map(capXml))).toEqual([])
    for (const alert of samples) {
      const root = parsed(capXml(alert))
      expect(root.localName).toBe('alert')
      for (const name of ['sent', 'effective', 'onset', 'expires'])
        for (const time of textsOf(root, name)) expect(time).toMatch(CAP_TIME)
      for (const name of ['identifier', 'sender']) expect(textsOf(root, name)[0]).not.toMatch(/[\s,<&]/)
    }
  })

  it('is judged by a check that sees a wrong order, a lack, a stranger and a wrong namespace', async () => {
    const good = capXml(samples[0] as Alert)
    const wrong: readonly [RegExp, string][] = [
      [/(<sender>.*<\/sender>\n)(<sent>.*<\/sent>\n)/, '$2$1'],
      [/<scope>.*<\/scope>/, ''],
      [/<note>/, '<remark/><note>'],
      [/<certainty>.*<\/certainty>/, ''],
      [/cap:1.2/, 'cap:1.1'],
    ]
    for (const [pattern, instead] of wrong) {
      expect(good).toMatch(pattern)
      expect(await capFaults([good.replace(pattern, instead)]), String(pattern)).not.toEqual([])
    }
  })

  it('leaves out what no XML can carry', async () => {
    const [first] = samples as [Alert]
    const text = capXml({
      ...first,
      info: first.info.map((info) => ({ ...info, headline: '风\u000b力\ud800\uffff' })),
    })
    expect(textsOf(parsed(text), 'headline')).toEqual(['风力', '风力'])
    expect(await capFaults([text])).toEqual([])
  })

  it('brings every text back as it was, however it is written', () => {
    const [first] = samples as [Alert]
    const headline = '5 < 7 & "雨" > \'雪\' ]]> &amp;'
    const alert = { ...first, info: first.info.map((info) => ({ ...info, headline })) }
    expect(textsOf(parsed(capXml(alert)), 'headline')).toEqual([headline, headline])
  })
})

describe('the exercises of the demo', () => {
  it('follow the seasons, and each one says that it is none', () => {
    const hazards = (day: string) => [
      ...new Set(sampleAlerts(startOfDay(day) + HOUR_MS).map(({ info }) => info[0] && hazardOf(info[0]))),
    ]
    expect(hazards('2026-01-15')).toEqual(['cold'])
    expect(hazards('2026-08-08').sort()).toEqual(['flood', 'heat', 'typhoon'])
    for (const alert of sampleAlerts(startOfDay('2026-08-08'))) {
      expect(alert.status).toBe('Exercise')
      expect(alert.note).toBeDefined()
      expect(alert.info.map(({ headline }) => headline)).toEqual([
        expect.stringContaining('演练示例'),
        expect.stringContaining('Exercise, sample'),
      ])
    }
  })

  it('leave some cities one that holds at every hour of the year, one of them replaced, one called off', () => {
    for (let at = startOfDay('2026-01-01'); at < startOfDay('2027-01-01'); at += 7 * HOUR_MS) {
      const judged = judgeAlerts(sampleAlerts(at), at)
      const valid = judged.filter(({ state }) => state === 'valid')
      expect(valid.length, zonedTime(at)).toBeGreaterThanOrEqual(3)
      expect(new Set(valid.map(({ alert }) => alert.info[0]?.area[0]?.areaDesc)).size).toBe(valid.length)
      expect(judged.some(({ state }) => state === 'cancelled')).toBe(true)
      expect(judged.some(({ state }) => state === 'replaced')).toBe(true)
    }
  })

  it('are the same however often they are asked for, and keep the schema', () => {
    const at = startOfDay('2026-11-21') + 9 * HOUR_MS
    expect(sampleAlerts(at)).toEqual(sampleAlerts(at + 60_000))
    for (const alert of sampleAlerts(at)) expect(v.parse(alertSchema, alert)).toEqual(alert)
  })
})

describe.each(ENGINES)('the feed on %s', (engine) => {
  let backend: Backend
  beforeAll(async () => {
    backend = await startBackend({ db: engine })
  })
  afterAll(() => backend.close())

  const get = (path: string, headers: Record<string, string> = {}) =>
    call(backend, { method: 'GET', path: `/api/v1${path}`, headers })
  const feed = async (city: CityId): Promise<AlertsAnswer> =>
    v.parse(alertsAnswerSchema, await (await get(`/cities/${city}/alerts`)).json())
  const validIn = async (city: CityId) =>
    judgeAlerts((await feed(city)).alert, backend.now())
      .filter(({ state }) => state === 'valid')
      .map(({ alert }) => alert.identifier)
  const publish = async (body: unknown, given?: Record<string, string>) =>
    call(backend, {
      method: 'POST',
      path: '/api/v1/ops/alerts',
      headers: given ?? (await deskHeaders(backend)),
      body,
    })

  const draft = (): AlertDraft => {
    const [sample] = sampleAlerts(backend.now()) as [Alert]
    const from = zonedTime(backend.now())
    const expires = zonedTime(backend.now() + 6 * HOUR_MS)
    const area = [{ areaDesc: '临朐县', geocode: [{ valueName: 'GB/T 2260', value: '370724' }] }]
    return v.parse(v.looseObject({}), {
      status: 'Exercise',
      msgType: 'Alert',
      note: '演练',
      info: sample.info.map((info) => ({
        ...info,
        effective: from,
        onset: from,
        expires,
        severity: 'Extreme',
        area,
      })),
    }) as unknown as AlertDraft
  }

  it('answers each city with its own, and 304 to who knows them', async () => {
    for (const city of CITY_IDS) {
      const response = await get(`/cities/${city}/alerts`)
      expect(response.headers.get('vary')).toContain('Accept')
      const etag = response.headers.get('etag') ?? ''
      expect((await get(`/cities/${city}/alerts`, { 'if-none-match': etag })).status).toBe(304)
    }
    expect((await feed('zibo')).alert).toEqual([])
    expect((await feed('weifang')).alert.map(({ info }) => info[0]?.area[0]?.areaDesc)).toEqual(
      expect.arrayContaining(['潍坊市']),
    )
    expect((await get('/cities/atlantis/alerts')).status).toBe(404)
  })

  it('answers in CAP’s XML to who asks for it, and by the address of each', async () => {
    const accept = { accept: 'application/cap+xml' }
    const leading = await get('/cities/weifang/alerts', accept)
    expect(leading.headers.get('content-type')).toBe('application/cap+xml; charset=utf-8')
    expect(leading.headers.get('vary')).toContain('Accept')
    expect(textsOf(parsed(await leading.text()), 'identifier')).toEqual(await validIn('weifang'))
    const first = (await feed('weifang')).alert[0] as Alert
    expect(leading.headers.get('link')).toContain(`</api/v1/alerts/${first.identifier}.xml>; rel="item"`)
    for (const [path, headers] of [
      [`/alerts/${first.identifier}.xml`, {}],
      [`/alerts/${first.identifier}`, accept],
    ] as const) {
      const response = await get(path, headers)
      expect(response.headers.get('content-type')).toBe('application/cap+xml; charset=utf-8')
      expect(await response.text()).toBe(capXml(first))
      const etag = response.headers.get('etag') ?? ''
      expect((await get(path, { ...headers, 'if-none-match': etag })).status).toBe(304)
    }
    expect(await (await get(`/alerts/${first.identifier}`)).json()).toEqual(first)
    expect((await get('/alerts/nothing.xml')).status).toBe(404)
    expect((await get('/cities/zibo/alerts', accept)).status).toBe(404)
  })

  it('finds nothing under a name that no alert can have', async () => {
    expect((await get('/alerts/%00')).status).toBe(404)
    expect((await get('/alerts/a%00b.xml')).status).toBe(404)
  })

  it('takes no address that XML could not carry', async () => {
    const { info = [], ...envelope } = draft()
    const at = (web: string) => publish({ ...envelope, info: info.map((each) => ({ ...each, web })) })
    expect((await at('https://example.com/a\u0001b')).status).toBe(400)
    expect((await at('https://example.com/?a=1&b=2')).status).toBe(200)
  })

  it('keeps a city’s warning however many others are told of', async () => {
    const mine = v.parse(alertSchema, await (await publish(draft())).json())
    backend.now.advance(1000)
    const area = [{ areaDesc: '青岛市', geocode: [{ valueName: 'GB/T 2260', value: '370200' }] }]
    const { info = [], ...envelope } = draft()
    const theirs = { ...envelope, info: info.map((each) => ({ ...each, area })) }
    for (let i = 0; i < ALERTS_MAX; i++) expect((await publish(theirs)).status).toBe(200)
    expect(await validIn('weifang')).toContain(mine.identifier)
    expect((await feed('qingdao')).alert).toHaveLength(ALERTS_MAX)
  })

  it('is published, replaced and called off by operators only', async () => {
    expect((await publish(draft(), { authorization: 'Bearer a token' })).status).toBe(401)
    const response = await publish(draft())
    expect(response.status).toBe(200)
    const alert = v.parse(alertSchema, await response.json())
    expect((await validIn('weifang'))[0]).toBe(alert.identifier)
    expect(await validIn('jinan')).not.toContain(alert.identifier)

    backend.now.advance(HOUR_MS)
    const references = referenceTo(alert)
    const update = v.parse(
      alertSchema,
      await (await publish({ ...draft(), msgType: 'Update', references })).json(),
    )
    expect(await validIn('weifang')).toContain(update.identifier)
    expect(await validIn('weifang')).not.toContain(alert.identifier)

    backend.now.advance(HOUR_MS)
    const off = { status: 'Exercise', msgType: 'Cancel', references: referenceTo(update) }
    const cancel = v.parse(alertSchema, await (await publish(off)).json())
    expect(cancel.info.map(({ responseType }) => responseType)).toEqual([['AllClear'], ['AllClear']])
    expect(await validIn('weifang')).not.toContain(update.identifier)

    const told = async () => (await feed('weifang')).alert.map(({ identifier }) => identifier)
    const all = [alert, update, cancel].map(({ identifier }) => identifier)
    backend.now.advance(7 * DAY_MS)
    expect(await told()).toEqual(expect.arrayContaining(all))
    backend.now.advance(DAY_MS)
    expect((await told()).filter((each) => all.includes(each))).toEqual([])
  })

  it('calls off an exercise of the day as well', async () => {
    const first = (await feed('jinan')).alert[0] as Alert
    const off = { status: 'Exercise', msgType: 'Cancel', references: referenceTo(first) }
    expect((await publish(off)).status).toBe(200)
    expect(await validIn('jinan')).toEqual([])
  })

  it('is not called off by an exercise, and says which one is meant', async () => {
    const real = { ...draft(), status: 'Actual', note: undefined }
    const alert = v.parse(alertSchema, await (await publish(real)).json()) as Alert
    for (const msgType of ['Cancel', 'Update']) {
      const drill = { ...draft(), msgType, references: referenceTo(alert) }
      const refused = await publish(drill)
      expect(refused.status, msgType).toBe(400)
      expect(((await refused.json()) as { detail: string }).detail).toContain(alert.identifier)
    }
    expect(await validIn('weifang')).toContain(alert.identifier)
    const off = { status: 'Actual', msgType: 'Cancel', references: referenceTo(alert) }
    expect((await publish(off)).status).toBe(200)
    expect(await validIn('weifang')).not.toContain(alert.identifier)
  })

  it('is told with real times and plain words also where it was stored before either was asked for', async () => {
    const [zh] = draft().info ?? []
    const old = {
      ...(sampleAlerts(backend.now())[0] as Alert),
      identifier: 'of-before',
      info: [
        {
          ...zh,
          headline: '大风\u000b\u202e',
          instruction: '关窗\ud800\n收衣',
          expires: '2027-02-30T12:00:00+08:00',
        },
      ],
    } as unknown as Alert
    await insertAlert(backend.db, old, { sentAt: backend.now(), expiresAt: backend.now() + 90 * DAY_MS })
    const [told] = (await feed('weifang')).alert.filter(({ identifier }) => identifier === 'of-before')
    expect(told?.info[0]).toMatchObject({
      headline: '大风',
      instruction: '关窗\n收衣',
      expires: '2027-03-02T12:00:00+08:00',
    })
    const root = parsed(await (await get('/alerts/of-before.xml')).text())
    expect(textsOf(root, 'instruction')).toEqual(['关窗\n收衣'])
  })

  it('takes no draft that would mislead', async () => {
    const good = draft()
    const [zh, en] = good.info ?? []
    const wrong: readonly [string, unknown][] = [
      ['names nobody', { ...good, msgType: 'Cancel' }],
      [
        'names a stranger',
        { ...good, msgType: 'Update', references: 'a@b,nobody,2026-11-21T10:00:00+08:00' },
      ],
      ['names others as a first alert', { ...good, references: 'a@b,c,2026-11-21T10:00:00+08:00' }],
      ['is for some only', { ...good, scope: 'Restricted' }],
      ['has no text', { ...good, info: [] }],
      ['has no Chinese', { ...good, info: [en] }],
      ['says it twice', { ...good, info: [zh, zh] }],
      ['is milder in English', { ...good, info: [zh, { ...en, severity: 'Minor' }] }],
      ['ends before it begins', { ...good, info: [{ ...zh, expires: zh?.effective }] }],
      [
        'was over before it was sent',
        {
          ...good,
          info: [{ ...zh, effective: '2026-01-01T10:00:00+08:00', expires: '2026-01-02T10:00:00+08:00' }],
        },
      ],
      ['has a time with Z', { ...good, info: [{ ...zh, expires: '2026-12-21T10:00:00Z' }] }],
      ['has a day that does not exist', { ...good, info: [{ ...zh, expires: '2026-13-41T10:00:00+08:00' }] }],
      ['is nowhere', { ...good, info: [{ ...zh, area: [{ areaDesc: '某地', geocode: [] }] }] }],
      ['leads to a script', { ...good, info: [{ ...zh, web: 'javascript:alert(1)' }] }],
      ['holds what XML cannot', { ...good, info: [{ ...zh, headline: 'a\u0000b' }] }],
      ['holds half a character', { ...good, info: [{ ...zh, instruction: '关窗\ud83c' }] }],
      ['rings a bell', { ...good, note: '演练\u0007' }],
      ['turns its reader round', { ...good, info: [{ ...zh, senderName: '市\u202e气象台' }] }],
      ['turns a sentence round', { ...good, info: [{ ...zh, instruction: '关窗\u202e出门' }] }],
      [
        'hides in its area',
        { ...good, info: [{ ...zh, area: [{ ...zh?.area[0], areaDesc: '潍\u200b坊' }] }] },
      ],
      ['ends on the 31st of September', { ...good, info: [{ ...zh, expires: '2027-09-31T10:00:00+08:00' }] }],
      [
        'ends on a leap day of no leap year',
        { ...good, info: [{ ...zh, expires: '2027-02-29T10:00:00+08:00' }] },
      ],
      ['ends at hour 24', { ...good, info: [{ ...zh, expires: '2027-02-28T24:00:00+08:00' }] }],
      ['ends in a leap second', { ...good, info: [{ ...zh, expires: '2026-12-31T23:59:60+08:00' }] }],
      ['ends in no zone', { ...good, info: [{ ...zh, expires: '2027-02-28T10:00:00+19:00' }] }],
      [
        'names a time that never was',
        { ...good, msgType: 'Update', references: 'a@b,c,2026-02-30T10:00:00+08:00' },
      ],
    ]
    for (const [what, body] of wrong) expect((await publish(body)).status, what).toBe(400)
  })

  it('has no exercises where there is no demo', async () => {
    const plain = await startBackend({ db: backend.db, samples: false, config: { demo: false } })
    const answer = await call(plain, { method: 'GET', path: '/api/v1/cities/binzhou/alerts' })
    expect(await answer.json()).toEqual({ alert: [] })
    const asked = await call(plain, { method: 'POST', path: '/api/v1/ops/alerts', body: draft() })
    expect(asked.status).toBe(401)
  })
})
