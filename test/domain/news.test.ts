/** What is news: by which records, what about to end, which warnings; and that reading is one number that only grows. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commandSchema } from '../../src/contract/command.ts'
import { addDays, DAY_MS, startOfDay } from '../../src/domain/base/time.ts'
import {
  isUnread,
  marksAfter,
  type News,
  type NewsRecord,
  newestFirst,
  newsOfRecord,
} from '../../src/domain/kinds/news.ts'
import { newsOfAlerts, newsOfContent } from '../../src/domain/kinds/news-of-city.ts'
import { newsOfLots, newsOfVouchers } from '../../src/domain/kinds/news-of-ends.ts'
import type { Alert } from '../../src/domain/taking-part/alert.ts'

const NOBODY: ReadonlySet<string> = new Set()
const record = (kind: string, more: Partial<NewsRecord> = {}): NewsRecord => ({
  seq: 7,
  id: `${kind}:x`,
  kind,
  postedAt: 1000,
  about: 'act',
  ...more,
})
const topicOf = (kind: string) => newsOfRecord(record(kind), NOBODY)?.topic

describe('a record is news', () => {
  it.each([
    ['review.decide', 'review'],
    ['voice.answer', 'answer'],
    ['voucher.return', 'voucherReturned'],
    ['voucher.expire', 'voucherExpired'],
    ['lot.expire', 'lotExpired'],
  ])('where somebody else made it: %s', (kind, topic) => {
    expect(topicOf(kind)).toBe(topic)
  })

  it('never where it answers a tap of one’s own', () => {
    const kinds = commandSchema.options.map(({ entries }) => entries.kind.literal)
    expect(kinds.length).toBeGreaterThan(9)
    expect(kinds.filter((kind) => topicOf(kind) !== undefined)).toEqual([])
  })

  it('not where it is the beginning, was done before one’s eyes, or only a newer build knows it', () => {
    expect(['account.open', 'voucher.settle', 'voucher.gift', 'toString'].map(topicOf)).toEqual(
      Array(4).fill(undefined),
    )
  })

  it('and says so where the person had asked for it', () => {
    expect(newsOfRecord(record('review.decide'), new Set(['act']))?.topic).toBe('appeal')
    expect(newsOfRecord(record('review.decide'), new Set(['other']))?.topic).toBe('review')
    expect(newsOfRecord(record('voice.answer'), new Set(['act']))?.topic).toBe('answer')
  })

  it('leads to what it is about, or to itself', () => {
    const pathOf = (kind: string, more?: Partial<NewsRecord>) =>
      newsOfRecord(record(kind, more), NOBODY)?.path
    expect(pathOf('review.decide')).toBe('/ledger/act')
    expect(pathOf('voucher.return')).toBe('/vouchers/act')
    expect(pathOf('lot.expire', { about: '2024-11' })).toBe('/ledger/lot.expire:x')
    const { about: _, ...bare } = record('voucher.expire')
    expect(newsOfRecord(bare, NOBODY)?.path).toBe('/ledger/voucher.expire:x')
  })
})

describe('what is about to end', () => {
  const lastDay = '2026-11-30'
  const lots = [
    { month: '2024-11', available: 1240 },
    { month: '2025-03', available: 9 },
  ]
  const lotIds = (day: string, hour = 12) =>
    newsOfLots(lots, startOfDay(day) + hour * 3_600_000).map(({ id }) => id)

  it.each([
    ['2026-08-31', []],
    ['2026-09-01', ['lots:2026-11-30:90']],
    ['2026-10-30', ['lots:2026-11-30:90']],
    ['2026-10-31', ['lots:2026-11-30:30']],
    ['2026-11-22', ['lots:2026-11-30:30']],
    ['2026-11-23', ['lots:2026-11-30:7']],
    ['2026-11-30', ['lots:2026-11-30:7']],
    ['2026-12-01', []],
  ])('are points, told 90, 30 and 7 days before, to the day in Shandong: on %s', (day, ids) => {
    expect(lotIds(day, 0)).toEqual(ids)
    expect(lotIds(day, 23.99)).toEqual(ids)
  })

  it('says how many points, until when, and leads to where they are spent', () => {
    expect(newsOfLots(lots, startOfDay('2026-11-25'))).toEqual([
      {
        id: 'lots:2026-11-30:7',
        topic: 'lotEnds',
        at: startOfDay('2026-11-23'),
        path: '/rewards',
        lastDay,
        points: 1240,
      },
    ])
    expect(newsOfLots([{ month: '2024-11', available: 0 }], startOfDay('2026-11-25'))).toEqual([])
  })

  const voucher = { id: 'v', issuedAt: startOfDay('2026-06-01'), expiresAt: startOfDay('2026-12-01') }
  const voucherIds = (now: number, issuedAt = voucher.issuedAt) =>
    newsOfVouchers([{ ...voucher, issuedAt }], now).map(({ id }) => id)

  it('are vouchers, up to their last moment', () => {
    expect(voucherIds(startOfDay('2026-11-01'))).toEqual(['voucher:v:30'])
    expect(voucherIds(voucher.expiresAt - 1)).toEqual(['voucher:v:7'])
    expect(voucherIds(voucher.expiresAt)).toEqual([])
  })

  it('are none that were had after the notice would have come', () => {
    expect(voucherIds(startOfDay('2026-11-20'), startOfDay('2026-11-15'))).toEqual([])
    expect(voucherIds(startOfDay('2026-11-24'), startOfDay('2026-11-15'))).toEqual(['voucher:v:7'])
    expect(voucherIds(startOfDay('2026-11-26'), startOfDay('2026-11-25'))).toEqual([])
  })

  it('are one piece at a time, whatever day it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: -40, max: 10 }), fc.integer({ min: 0, max: DAY_MS - 1 }), (days, ms) => {
        const now = startOfDay(addDays(lastDay, days)) + ms
        const all = [...newsOfLots(lots, now), ...newsOfVouchers([voucher], now)]
        expect(all.length).toBeLessThanOrEqual(2)
        for (const { at } of all) expect(at).toBeLessThanOrEqual(now)
      }),
    )
  })
})

describe('the city', () => {
  const NOW = Date.parse('2026-11-29T12:00:00+08:00')
  const info = {
    effective: '2026-11-29T06:00:00+08:00',
    expires: '2026-11-30T06:00:00+08:00',
    severity: 'Moderate',
  }
  const alert = (identifier: string, more: object = {}) =>
    ({
      identifier,
      sender: 's',
      sent: '2026-11-29T05:00:00+08:00',
      status: 'Exercise',
      msgType: 'Alert',
      info: [info],
      ...more,
    }) as unknown as Alert

  it('has news as long as a warning holds: an update is a new piece, an end is none', () => {
    const first = alert('a')
    const ids = (alerts: readonly Alert[], now = NOW) =>
      newsOfAlerts(alerts, 'weifang', now).map(({ id }) => id)
    expect(newsOfAlerts([first], 'weifang', NOW)).toMatchObject([
      { id: 'alert:a', at: Date.parse(info.effective), path: '/city/weifang/alerts', about: 'a' },
    ])
    const references = 's,a,2026-11-29T05:00:00+08:00'
    expect(ids([first, alert('b', { msgType: 'Update', references })])).toEqual(['alert:b'])
    expect(ids([first, alert('c', { msgType: 'Cancel', references })])).toEqual([])
    expect(ids([first], NOW + DAY_MS)).toEqual([])
    expect(ids([first], NOW - DAY_MS)).toEqual([])
  })

  it('has news for thirty days when its plan’s version is not the first that this phone saw', () => {
    const known = { version: '2026-11-29.001', since: NOW }
    expect(newsOfContent(known, 'zibo', NOW)).toEqual([
      { id: 'content:zibo:2026-11-29.001', topic: 'content', at: NOW, path: '/city/zibo' },
    ])
    expect(newsOfContent({ ...known, isFirst: true }, 'zibo', NOW)).toEqual([])
    expect(newsOfContent(known, 'zibo', NOW + 31 * DAY_MS)).toEqual([])
    expect(newsOfContent(undefined, 'zibo', NOW)).toEqual([])
  })
})

describe('reading', () => {
  const anyNews = fc
    .uniqueArray(fc.record({ n: fc.nat(50), isRecord: fc.boolean() }), { selector: ({ n }) => n })
    .map((all) =>
      all.map(
        ({ n, isRecord }): News => ({
          id: `n${n}`,
          topic: isRecord ? 'review' : 'alert',
          at: n,
          path: '/news',
          ...(isRecord ? { seq: n + 1 } : {}),
        }),
      ),
    )

  it('leaves nothing unread of what was looked at, and no piece comes twice', () => {
    fc.assert(
      fc.property(anyNews, anyNews, (seen, later) => {
        const marks = marksAfter(seen, { upTo: 0 })
        expect(seen.filter((each) => isUnread(each, marks))).toEqual([])
        const again = marksAfter([...seen, ...later], marks)
        expect([...seen, ...later].filter((each) => isUnread(each, again))).toEqual([])
      }),
    )
  })

  it('only goes on: the number of the account is the same in whatever order phones tell theirs', () => {
    fc.assert(
      fc.property(fc.array(anyNews, { maxLength: 5 }), fc.array(anyNews, { maxLength: 5 }), (one, other) => {
        const upTo = (looks: readonly (readonly News[])[], from = 0) =>
          looks.reduce((number, news) => marksAfter(news, { upTo: number }).upTo, from)
        expect(upTo(other, upTo(one))).toBe(Math.max(upTo(one), upTo(other)))
        expect(upTo(one, upTo(other))).toBe(upTo(other, upTo(one)))
      }),
    )
  })

  it('forgets what is no news any more, so that it never grows', () => {
    const alert: News = { id: 'alert:a', topic: 'alert', at: 1, path: '/city/zibo/alerts' }
    expect(marksAfter([], marksAfter([alert], { upTo: 4 }))).toEqual({ upTo: 4, ids: new Set() })
  })

  it('begins with the newest', () => {
    const at = (id: string, time: number, seq?: number): News => ({
      id,
      topic: 'review',
      at: time,
      path: '/news',
      ...(seq === undefined ? {} : { seq }),
    })
    const sorted = newestFirst([at('a', 1), at('b', 3, 4), at('c', 3, 9), at('d', 2)])
    expect(sorted.map(({ id }) => id)).toEqual(['c', 'b', 'd', 'a'])
  })
})
