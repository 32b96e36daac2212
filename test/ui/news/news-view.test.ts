/** The inbox and the dot on the way to it, as a person sees them. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LedgerDb } from '../../../src/db/database.ts'
import { writeKept } from '../../../src/db/kept.ts'
import { readMeta, writeMeta } from '../../../src/db/meta.ts'
import type { EntryRow } from '../../../src/db/tables.ts'
import { DAY_MS, HOUR_MS } from '../../../src/domain/base/time.ts'
import { type NewsRecord, newsOfRecord } from '../../../src/domain/kinds/news.ts'
import { newsOfAlerts, newsOfContent } from '../../../src/domain/kinds/news-of-city.ts'
import { newsOfLots, newsOfVouchers } from '../../../src/domain/kinds/news-of-ends.ts'
import { emptyLedger } from '../../../src/domain/ledger/ledger-state.ts'
import { router } from '../../../src/router.ts'
import { useServices } from '../../../src/stores/services.ts'
import { language } from '../../../src/text/language.ts'
import NewsDot from '../../../src/views/news/NewsDot.vue'
import NewsView from '../../../src/views/news/NewsView.vue'
import { now, openWorld, type World } from '../me/world.ts'

let world: World
beforeEach(() => {
  language.value = 'zh-CN'
})
afterEach(() => world?.close())

const text = () => world.page.text().replaceAll('\u00a0', ' ')
const db = () => world.device.db as LedgerDb

const row = (seq: number, kind: EntryRow['kind'], more: Partial<EntryRow>): EntryRow => ({
  seq,
  id: `id-${seq}`,
  kind,
  group: 'steps',
  outcome: 'accepted',
  postedAt: now() - HOUR_MS,
  points: 0,
  grams: 0,
  ...more,
})

/** An act and what became of it, a voice and its answer, an old end of points. */
const ENTRIES = (): EntryRow[] => [
  row(1, 'activity.record', {
    id: 'act',
    group: 'travel',
    code: 'bike',
    claimed: { value: 3200, unit: 'metre' },
    outcome: 'review',
  }),
  row(2, 'feedback.send', { id: 'said', group: 'learn', titleZh: '想要一个站', titleEn: '想要一个站' }),
  row(3, 'lot.expire', { about: '2024-10', points: -1240, postedAt: now() - 40 * DAY_MS }),
  row(4, 'voice.answer', { group: 'learn', about: 'said', voiceState: 'adopted' }),
  row(5, 'review.decide', { about: 'act', points: 36 }),
]

describe('the inbox', () => {
  test('without news says what will come here', async () => {
    world = await openWorld(NewsView, { path: '/news' })
    await world.settle(() => text().includes('还没有消息'))
    expect(text()).toContain('本市有预警时，会出现在这里')
    expect(text()).not.toContain('半年以前')
  })

  test('says of each piece what has come, of what, and leads to its page; unread ones by a word', async () => {
    world = await openWorld(NewsView, { path: '/news', isAccount: true })
    await writeMeta(db(), 'readUpTo', 3)
    await db().entries.bulkAdd(ENTRIES())
    await world.settle(() => world.page.findAll('main a, .list a').length === 3 && text().includes('3.2 km'))
    const rows = world.page.findAll('.list a').map((each) => each.text().replaceAll('\u00a0', ' '))
    expect(rows[0]).toMatch(/^新复核有结果了.*骑行 3\.2 km · \+36 分已核算$/)
    expect(rows[1]).toMatch(/^新你的话有答复了.*想要一个站已采纳$/)
    expect(rows[2]).toMatch(/^一批积分到期了.*2024年10月的积分 · −1,240 分$/)
    const paths = world.page.findAll('.list a').map((each) => each.attributes('href'))
    expect(paths).toEqual(['/ledger/act', '/ledger/said', '/ledger/id-3'])
  })

  test('is read by having been looked at for a moment, and the marks stay as long as one looks', async () => {
    const pokes: string[] = []
    const exchange = async () => void pokes.push('poke')
    world = await openWorld(NewsView, { path: '/news', isAccount: true, exchange })
    await db().entries.bulkAdd(ENTRIES())
    await world.settle(() => text().includes('新复核有结果了'))
    const before = pokes.length
    expect(await readMeta(db(), 'readUpTo')).toBeUndefined()
    await world.settle(() => pokes.length > before)
    expect(await readMeta(db(), 'readUpTo')).toBe(5)
    expect(text()).toContain('新复核有结果了')
    await world.reload()
    await world.settle(() => text().includes('复核有结果了'))
    expect(text()).not.toContain('新复核有结果了')
  })

  test('puts what ends soon first, and hands it to the calendar', async () => {
    world = await openWorld(NewsView, { path: '/news', isAccount: true })
    const { days: _, ...head } = emptyLedger()
    const lots = [{ month: '2024-11', available: 1240 }]
    await writeMeta(db(), 'ledger', { ...head, lots } as never)
    await db().entries.bulkAdd(ENTRIES())
    await world.settle(() => text().includes('到期') && text().includes('快到期'))
    expect(world.page.findAll('h2').map((each) => each.text())[0]).toBe('快到期')
    const [first] = world.page.findAll('.list a')
    expect(first?.attributes('href')).toBe('/rewards')
    expect(first?.text()).toMatch(/1,240 分还有 \d+ 天到期/)
    let name = ''
    const click = HTMLAnchorElement.prototype.click
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      name = this.download
    }
    URL.createObjectURL = () => 'blob:calendar'
    await world.page
      .findAll('button')
      .find((each) => each.text().includes('加到日历'))
      ?.trigger('click')
    HTMLAnchorElement.prototype.click = click
    expect(name).toMatch(/^lots-2026-11-30-(30|7)\.ics$/)
  })

  test('is told of a plan’s new version once there was another before it', async () => {
    world = await openWorld(NewsView, { path: '/news' })
    await world.settle(() => text().includes('还没有消息'))
    let known: { weifang?: object } | undefined
    await world.settle(() => {
      void readMeta(db(), 'knownContent').then((value) => {
        known = value as typeof known
      })
      return known?.weifang !== undefined
    })
    expect(known?.weifang).toMatchObject({ isFirst: true })
    await writeMeta(db(), 'knownContent', { weifang: { version: '2020-01-01.001', since: 1 } })
    await world.settle(() => text().includes('城市内容更新了'))
    expect(world.page.get('.list a').attributes('href')).toBe('/city/weifang')
  })

  test('asks for notifications by a tap only, and says so where the browser cannot', async () => {
    world = await openWorld(NewsView, { path: '/news' })
    await world.settle(() => text().includes('提醒'))
    expect(text()).toMatch(/这个浏览器不能弹提醒|打开提醒|不是 https/)
  })
})

describe('the dot', () => {
  test('is there as long as something is unread, and has words', async () => {
    world = await openWorld(NewsDot, { path: '/', isAccount: true })
    const dot = () => world.page.find('.dot')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(dot().exists()).toBe(false)
    await db().entries.bulkAdd(ENTRIES())
    await world.settle(() => dot().exists())
    expect(dot().text()).toContain('有没读的')
    await writeMeta(db(), 'readUpTo', 5)
    await world.settle(() => !dot().exists())
  })

  test('tells of a warning that holds in the person’s city', async () => {
    world = await openWorld(NewsDot, { path: '/' })
    const at = (ms: number) => new Date(now() + ms).toISOString()
    const info = { effective: at(-HOUR_MS), expires: at(HOUR_MS), severity: 'Moderate' }
    const alert = {
      identifier: 'a',
      sender: 's',
      sent: at(-HOUR_MS),
      status: 'Exercise',
      msgType: 'Alert',
      info: [info],
    }
    await writeKept(useServices().device, { key: 'alerts:weifang', value: { alert: [alert] }, at: now() })
    await world.settle(() => world.page.find('.dot').exists())
    await writeMeta(db(), 'readNews', ['alert:a'])
    await world.settle(() => !world.page.find('.dot').exists())
  })
})

test('every piece of news leads to a page that there is', () => {
  const at = Date.parse('2026-11-25T12:00:00+08:00')
  const record = (kind: string, about?: string): NewsRecord => ({
    seq: 1,
    id: `${kind}:1`,
    kind,
    postedAt: at,
    ...(about === undefined ? {} : { about }),
  })
  const kinds = ['review.decide', 'voice.answer', 'voucher.return', 'voucher.expire', 'lot.expire']
  const voucher = { id: 'v', issuedAt: 0, expiresAt: at + DAY_MS }
  const alert = {
    ...{
      identifier: 'a',
      sender: 's',
      sent: '2026-11-25T00:00:00+08:00',
      status: 'Actual',
      msgType: 'Alert',
    },
    info: [{ effective: '2026-11-25T00:00:00+08:00', expires: '2026-11-26T00:00:00+08:00' }],
  }
  const news = [
    ...kinds.flatMap((kind) =>
      [record(kind), record(kind, 'x')].map((each) => newsOfRecord(each, new Set())),
    ),
    ...newsOfLots([{ month: '2024-11', available: 1 }], at),
    ...newsOfVouchers([voucher], at),
    ...newsOfAlerts([alert as never], 'zibo', at),
    ...newsOfContent({ version: '1', since: at }, 'zibo', at),
  ]
  expect(new Set(news.map((each) => each?.topic)).size).toBe(9)
  for (const each of news) {
    const { name } = router.resolve(each?.path ?? '')
    expect(name, each?.path).not.toBe('missing')
  }
})
