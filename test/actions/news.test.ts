/** News on the phones of a person: what others decided comes to each, what was read on one is read on the other, and nobody is told twice. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { sendFeedback } from '../../src/actions/send-feedback.ts'
import { writeFact } from '../../src/db/device.ts'
import { markRead, noteContent, readNews, takeUnnoticed } from '../../src/db/news.ts'
import { isUnread } from '../../src/domain/kinds/news.ts'
import { tellNews } from '../../src/pwa/notices.ts'
import { syncAll } from '../../src/pwa/sync-all.ts'
import { NOON, trackedRide } from '../support/builders.ts'
import { call, freshPhone } from '../support/client.ts'
import { deskHeaders } from '../support/operator.ts'
import type { Phone } from '../support/phone.ts'
import { usePhones } from './phones.ts'

const phones = usePhones()
const now = () => phones.backend.now()

async function feedbackFrom(phone: Phone): Promise<string> {
  phone.use()
  const id = await sendFeedback(phone.context, { city: 'weifang', topic: 'idea', text: '想要一个站' })
  await phone.sync()
  return id
}

async function answered(phone: Phone, id: string): Promise<void> {
  const response = await call(phones.backend, {
    method: 'POST',
    path: `/api/v1/ops/voices/${phone.profile.ledgerId}/${id}`,
    headers: await deskHeaders(phones.backend),
    body: { state: 'in_progress', note: '收到了' },
  })
  expect(response.status).toBe(200)
}

const inbox = (phone: Phone) => readNews(phone.use().db, now())
async function unread(phone: Phone): Promise<string[]> {
  const { news, marks } = await inbox(phone)
  return news.filter((each) => isUnread(each, marks)).map(({ topic, path }) => `${topic} ${path}`)
}
async function look(phone: Phone): Promise<void> {
  const { news } = await inbox(phone)
  await markRead(phone.use().db, news)
}

describe('what an operator decides', () => {
  it('comes to both phones, and once it was read on one it is read on the other', async () => {
    const number = freshPhone()
    const one = await phones.signedIn(number)
    const id = await feedbackFrom(one)
    phones.backend.now.advance(120_000)
    const other = await phones.signedIn(number)
    await other.sync()
    expect(await unread(one)).toEqual([])
    await answered(one, id)
    await one.sync()
    await other.sync()
    expect(await unread(one)).toEqual([`answer /ledger/${id}`])
    expect(await unread(other)).toEqual(await unread(one))
    await look(other)
    expect(await unread(other)).toEqual([])
    expect(await unread(one)).toHaveLength(1)
    await other.sync()
    await one.sync()
    expect(await unread(one)).toEqual([])
    expect((await inbox(one)).news).toHaveLength(1)
  })

  it('is read without a network, and told with the next exchange; a phone that read less takes nothing back', async () => {
    const number = freshPhone()
    const one = await phones.signedIn(number)
    const [first, second] = [await feedbackFrom(one), await feedbackFrom(one)]
    await answered(one, first)
    phones.backend.now.advance(120_000)
    const behind = await phones.signedIn(number)
    await behind.sync()
    await look(behind) // offline from here: the first answer alone
    await answered(one, second)
    await one.sync()
    await look(one)
    await one.sync()
    await behind.sync()
    expect(await unread(behind)).toEqual([])
    await one.sync()
    expect(await unread(one)).toEqual([])
    const marks = async (phone: Phone) => (await inbox(phone)).marks.upTo
    expect(await marks(behind)).toBe(await marks(one))
  })

  it('is none of one’s own taps, however many, and whatever became of them', async () => {
    const phone = await phones.signedIn()
    await recordActivity(phone.context, trackedRide(NOON - 3600_000))
    await recordActivity(phone.context, trackedRide(NOON - 90 * 86_400_000))
    await feedbackFrom(phone)
    expect(await phone.db.entries.count()).toBe(3)
    expect((await inbox(phone)).news).toEqual([])
  })
})

describe('a backend of before', () => {
  it('is never told what it could not read, and a process of it beside a new one costs one question more', async () => {
    let isOld = true
    const heard: unknown[] = []
    const phone = await phones.signedIn(undefined, {
      async send(request) {
        if (!isOld || !request.url.endsWith('/sync')) return phones.backend.fetch(request)
        const body = (await request.clone().json()) as { seen?: unknown }
        heard.push(body.seen)
        if (body.seen !== undefined)
          return Response.json({ type: 'x', title: 'x', status: 400, code: 'malformed' }, { status: 400 })
        const response = await phones.backend.fetch(request)
        const { seen: _, ...answer } = (await response.json()) as { seen?: number }
        return Response.json(answer)
      },
    })
    const id = await feedbackFrom(phone)
    await answered(phone, id)
    await phone.sync()
    await look(phone)
    expect(await phone.sync()).toEqual({ state: 'done' })
    expect(heard.filter((each) => each !== undefined)).toEqual([])
    isOld = false // upgraded: it tells its number, and is told ours with the next exchange
    await phone.sync()
    isOld = true
    expect(await phone.sync()).toEqual({ state: 'done' })
    expect(heard.filter((each) => each !== undefined)).toEqual([2])
    isOld = false
    await phone.sync()
    await phone.sync()
    const [row] = await phones.backend.db.query<{ seen: number }>(
      'select seen_seq as seen from accounts where account_id = $1',
      [phone.profile.ledgerId],
    )
    expect(row?.seen).toBe(2)
    expect(await phone.db.outbox.count()).toBe(0)
  })
})

describe('what a guest has read', () => {
  it('comes along into the account', async () => {
    const phone = await phones.open()
    const alert = { id: 'alert:a', topic: 'alert', at: 1, path: '/city/weifang/alerts' } as const
    await markRead(phone.use().db, [alert])
    await noteContent(phone.db, 'weifang', { version: '2026-11-20.001', now: now() })
    await phone.signIn(freshPhone())
    const { marks, knownContent } = await inbox(phone)
    expect([...marks.ids]).toEqual(['alert:a'])
    expect(knownContent).toMatchObject({ weifang: { version: '2026-11-20.001', isFirst: true } })
    await noteContent(phone.use().db, 'weifang', { version: '2026-11-20.002', now: now() })
    await noteContent(phone.db, 'weifang', { version: '2026-11-20.001', now: now() })
    expect((await inbox(phone)).knownContent).toEqual({
      weifang: { version: '2026-11-20.002', since: now() },
    })
  })
})

describe('a notification', () => {
  beforeEach(() => vi.stubGlobal('Notification', { permission: 'granted' }))
  afterEach(() => vi.unstubAllGlobals())

  const shown: { title: string; options: NotificationOptions }[] = []
  const registration = {
    showNotification: async (title: string, options: NotificationOptions) =>
      void shown.push({ title, options }),
  } as unknown as ServiceWorkerRegistration

  async function background(phone: Phone): Promise<void> {
    shown.length = 0
    const { device, transport } = phone.use()
    await syncAll({
      device,
      transport,
      lock: (_name, work) => work(),
      now,
      pins: undefined,
      asksAll: true,
      onSynced: (db, ledgerId) => tellNews(registration, { device, db, ledgerId, now: now() }),
    })
  }

  it('tells of each piece once, names its kind alone, and leads to its page', async () => {
    const phone = await phones.signedIn()
    const id = await feedbackFrom(phone)
    await answered(phone, id)
    await background(phone)
    expect(shown).toEqual([]) // nobody has asked for any
    await writeFact(phone.device, 'notices', { isOn: true, language: 'zh-CN' })
    await background(phone)
    expect(shown).toMatchObject([
      { title: '绿迹', options: { body: '有一条新消息：有答复了', data: { path: `/ledger/${id}` } } },
    ])
    expect(JSON.stringify(shown)).not.toContain('收到了')
    await background(phone)
    expect(shown).toEqual([])
    await answered(phone, id)
    await phone.sync()
    await takeUnnoticed(phone.use().db, now()) // it came while the page was looked at
    await background(phone)
    expect(shown).toEqual([])
  })

  it('is not shown of what was read on another phone, nor where the browser forbids it', async () => {
    const phone = await phones.signedIn()
    const id = await feedbackFrom(phone)
    await writeFact(phone.device, 'notices', { isOn: true, language: 'en' })
    await answered(phone, id)
    await phone.sync()
    await look(phone)
    await background(phone)
    expect(shown).toEqual([])
    await answered(phone, id)
    vi.stubGlobal('Notification', { permission: 'denied' })
    await background(phone)
    expect(shown).toEqual([])
  })
})
