import { describe, expect, test } from 'vitest'
import { codesByUse, pastActs, repeatClaim, usualActs } from '../../../src/components/activity/usual-acts.ts'
import { loadCity } from '../../../src/content/registry.ts'
import { startOfDay } from '../../../src/domain/base/time.ts'
import type { Command } from '../../../src/domain/ledger/command.ts'
import { decide } from '../../../src/domain/ledger/decide.ts'
import { emptyLedger } from '../../../src/domain/ledger/ledger.ts'
import type { Preview } from '../../../src/domain/ledger/projection.ts'
import { SD_DEMO_V1 } from '../../../src/domain/methodology/packs/index.ts'
import { homeStateText } from '../../../src/text/home/home-state.ts'
import { fittingMeasure, nextFixedDay } from '../../../src/views/home/city-fit.ts'
import { monthFigures } from '../../../src/views/home/month.ts'
import { heatDays, streakUntil, tracesOf } from '../../../src/views/home/streak.ts'
import { type SyncFacts, syncLine } from '../../../src/views/home/sync-line.ts'
import { claim, command, NOON } from '../../support/builders.ts'

function preview(made: Command): Preview {
  const decision = decide(made, emptyLedger(), { now: NOON, pack: SD_DEMO_V1, offer: () => undefined })
  return { id: made.id, command: made, decision }
}

describe('the month', () => {
  test('confirmed grams by day, pending ones of this month apart', () => {
    const rows = [
      { day: '2026-11-02', acts: 1, grams: { bike: 128 } },
      { day: '2026-10-31', acts: 1, grams: { bike: 999 } },
    ]
    const now = preview(command('activity.record', claim()))
    const before = preview(command('activity.record', claim({ startedAt: NOON - 21 * 86_400_000 })))
    const figures = monthFigures(rows, { previews: [now, before], expected: emptyLedger(), now: NOON })
    expect(figures).toMatchObject({ month: '2026-11', grams: 128, pendingGrams: 64, daysInMonth: 30 })
    expect(figures.daily).toHaveLength(20)
    expect(figures.daily[1]).toBe(128)
  })
})

describe('the streak', () => {
  const day = (n: number) => ({ day: `2026-11-${n}`, acts: 1, grams: {} })

  test('an honest zero counts, and today may still come', () => {
    const traces = tracesOf([day(17), day(18), day(19)], [])
    expect(streakUntil('2026-11-20', traces)).toBe(3)
    expect(streakUntil('2026-11-21', traces)).toBe(0)
  })

  test('a waiting act counts, a rejected one does not', () => {
    const good = preview(command('activity.record', claim()))
    const bad = preview(command('activity.record', claim({ quantity: { value: 10, unit: 'metre' } })))
    expect(streakUntil('2026-11-20', tracesOf([day(19)], [good]))).toBe(2)
    expect(streakUntil('2026-11-20', tracesOf([day(19)], [bad]))).toBe(1)
  })

  test('five whole weeks, Monday first, what is ahead left open', () => {
    const days = heatDays('2026-11-20', tracesOf([day(19)], []), (grams) => `${grams} g`)
    expect(days).toHaveLength(35)
    expect(days[0]?.day).toBe('2026-10-19')
    expect(days.at(-1)).toMatchObject({ day: '2026-11-22', level: null })
    expect(days.find((one) => one.day === '2026-11-19')).toMatchObject({ level: 1 })
  })
})

describe('usual acts', () => {
  const ride = { code: 'bike', quantity: { value: 3200, unit: 'metre' }, note: '上班' } as const
  const meal = { code: 'clean-plate', quantity: { value: 1, unit: 'count' } } as const

  test('the most frequent first, what cannot be repeated by a tap left out', () => {
    const power = { code: 'power-saving', quantity: { value: 7000, unit: 'watt_hour' } } as const
    const acts = [meal, ride, power, ride, { ...ride, note: '回家' }]
    expect(usualActs(acts, SD_DEMO_V1, 3).map(({ code, note, count }) => [code, note, count])).toEqual([
      ['bike', '上班', 2],
      ['clean-plate', undefined, 1],
      ['bike', '回家', 1],
    ])
    expect(codesByUse(acts)[0]).toBe('bike')
  })

  test('an act that waits and is posted already counts once', () => {
    const waiting = command('activity.record', claim())
    expect(pastActs([waiting], [{ id: waiting.id, code: 'bike' }])).toHaveLength(1)
  })

  test('repeating a ride with a track is on one’s word: the track proved the other ride', () => {
    const claimed = repeatClaim(ride, { pack: SD_DEMO_V1, city: 'zibo', now: NOON })
    expect(claimed).toMatchObject({ evidence: { trust: 'manual' }, city: 'zibo', note: '上班' })
    expect(claimed.startedAt).toBe(NOON - 14 * 60_000)
  })
})

describe('the city', () => {
  test('a measure about what the person does, and the next fixed day', async () => {
    const pack = await loadCity('weifang')
    expect(fittingMeasure(pack, [{ code: 'bike', count: 4 }])).toMatchObject({ code: 'bike', count: 4 })
    expect(fittingMeasure(pack, [])?.count).toBe(0)
    // Weifang's document prints no fixed day; Qingdao's next one is in the coming year.
    expect(nextFixedDay(pack, '2026-11-20')).toBeUndefined()
    expect(nextFixedDay(await loadCity('qingdao'), '2026-11-20')?.at).toBe(startOfDay('2027-03-12'))
  })
})

describe('the line about the exchange', () => {
  const facts: SyncFacts = {
    isGuest: false,
    isOnline: true,
    phase: 'idle',
    count: 0,
    hasSynced: true,
    isDeleted: false,
  }
  const t = homeStateText['zh-CN'].sync
  const rows: [Partial<SyncFacts>, string][] = [
    [{}, '已同步'],
    [{ hasSynced: false }, '还没同步'],
    [{ isOnline: false, count: 2 }, '离线 · 2 条待上传'],
    [{ phase: 'offline', count: 2 }, '服务器没有回应 · 2 条待上传'],
    [{ phase: 'offline', isOnline: false }, '离线，可以照常记'],
    [{ phase: 'waiting', count: 1 }, '稍后再试 · 1 条待上传'],
    [{ phase: 'syncing' }, '正在同步'],
    [{ phase: 'signed_out', count: 3 }, '请重新登录'],
    [{ isGuest: true, count: 2 }, '2 条只在这部手机'],
    [{ isDeleted: true, isOnline: false }, '账户已注销'],
  ]
  test.each(rows)('%o', (given, words) => {
    expect(syncLine({ ...facts, ...given }, t).text).toBe(words)
  })
})
