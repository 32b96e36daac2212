import { describe, expect, test } from 'vitest'
import type { CommandId } from '../../../src/domain/base/ids.ts'
import type { ActivityClaim } from '../../../src/domain/evidence/activity.ts'
import type { Command } from '../../../src/domain/ledger/command.ts'
import { groupOfCode } from '../../../src/domain/methodology/which-pack.ts'
import type { MonthRow } from '../../../src/stores/entry-details.ts'
import type { WaitingEntry } from '../../../src/stores/ledger.ts'
import { ledgerText } from '../../../src/text/ledger/ledger.ts'
import { chartOf } from '../../../src/views/ledger/chart-of.ts'
import { countOf, flatten, waitingUnder } from '../../../src/views/ledger/ledger-items.ts'
import { paperTitle, seqsOf, sumsOf } from '../../../src/views/ledger/statement.ts'

const month = (name: string, firstSeq: number, counts: Record<string, number> = {}): MonthRow => ({
  month: name,
  firstSeq,
  counts,
  pointsIn: 0,
  pointsOut: 0,
})

const waiting = (id: string, command: Partial<Command>): WaitingEntry => ({
  id: id as CommandId,
  command: { id: id as CommandId, at: 0, ...command } as Command,
  decision: { outcome: 'accepted', reasons: [], transfers: [] },
  state: 'queued',
  isSent: false,
  isOut: false,
})

const act = (code: string) =>
  ({
    kind: 'activity.record',
    body: { code, city: 'weifang', startedAt: 0, evidence: { trust: 'manual' } } as ActivityClaim,
  }) as const

describe('the flat list', () => {
  const months = [month('2026-09', 1), month('2026-10', 4), month('2026-11', 6)]

  test('puts a heading before each month and what waits before everything', () => {
    expect(flatten([7, 6, 5, 4, 3, 2, 1], months, [waiting('a', act('bike'))])).toEqual([
      'head:waiting',
      'waiting:a',
      'month:2026-11',
      7,
      6,
      'month:2026-10',
      5,
      4,
      'month:2026-09',
      3,
      2,
      1,
    ])
  })

  test('under a filter, months without entries have no heading', () => {
    expect(flatten([7, 2], months, [])).toEqual(['month:2026-11', 7, 'month:2026-09', 2])
  })

  test('is empty when nothing is there', () => {
    expect(flatten([], [], [])).toEqual([])
  })

  test('100,000 entries are flattened within a blink', () => {
    const seqs = Array.from({ length: 100_000 }, (_, i) => 100_000 - i)
    const many = Array.from({ length: 80 }, (_, i) =>
      month(`20${20 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`, 1 + i * 1250),
    )
    const items = flatten(seqs, many, [])
    expect(items).toHaveLength(100_080)
    expect(items[0]).toBe('month:2026-08')
    expect(items.at(-1)).toBe(1)
  })
})

test('waiting entries stand under the filter of their kind', () => {
  const all = [
    waiting('bike', act('bike')),
    waiting('bag', act('own-bag')),
    waiting('redeem', {
      kind: 'voucher.redeem',
      body: { offerId: 'x', offerVersion: 1, pricePoints: 1 } as never,
    }),
    waiting('withdraw', { kind: 'activity.withdraw', body: { activityId: 'bike' as CommandId } }),
  ]
  const under = (filter: Parameters<typeof waitingUnder>[0]) =>
    waitingUnder(filter, all, groupOfCode).map(({ id }) => id as string)
  expect(under('all')).toHaveLength(4)
  expect(under('waiting')).toHaveLength(4)
  expect(under('travel')).toEqual(['bike'])
  expect(under('life')).toEqual(['bag'])
  expect(under('voucher')).toEqual(['redeem'])
  expect(under('power')).toEqual([])
})

test('a month is counted by filter', () => {
  const row = month('2026-11', 1, { travel: 3, life: 2, steps: 1 })
  expect([countOf(row, 'all'), countOf(row, 'travel'), countOf(row, 'power')]).toEqual([6, 3, 0])
})

describe('the chart', () => {
  const months = ['2026-10', '2026-11']
  const day = (on: string, grams: Record<string, number>) => ({ day: on, acts: 1, grams })

  test('names the three commonest acts and puts the rest together', () => {
    const days = [
      day('2026-10-31', { bike: 500, bus: 200 }),
      day('2026-11-01', { bike: 100, walk: 90, 'own-bag': 5, 'clean-plate': 50 }),
      day('2026-09-30', { bike: 9999 }),
    ]
    const chart = chartOf(days, months)
    expect(chart.codes).toEqual(['bike', 'bus', 'walk'])
    expect(chart.hasOthers).toBe(true)
    expect(chart.bars).toEqual([
      { month: '2026-10', values: [500, 200, 0, 0] },
      { month: '2026-11', values: [100, 0, 90, 55] },
    ])
  })

  test('a fourth alone keeps its name', () => {
    const chart = chartOf([day('2026-11-01', { bike: 4, bus: 3, walk: 2, metro: 1 })], months)
    expect(chart.codes).toEqual(['bike', 'bus', 'walk', 'metro'])
    expect(chart.hasOthers).toBe(false)
  })
})

describe('the statement', () => {
  const months = [month('2026-11', 6), month('2026-09', 1), month('2026-10', 4)]

  test('lists the run of records of its months', () => {
    expect(seqsOf(months, { from: '2026-10', to: '2026-10' }, 9)).toEqual([4, 5])
    expect(seqsOf(months, { from: '2026-10', to: '2026-11' }, 9)).toEqual([4, 5, 6, 7, 8, 9])
    expect(seqsOf(months, { from: '2026-08', to: '2026-08' }, 9)).toEqual([])
  })

  test('sums what came in, what went out, and grams', () => {
    const entry = (points: number, grams: number) => ({ points, grams }) as never
    expect(sumsOf([entry(100, 100), entry(-800, 0), entry(-6, -6)])).toEqual({ in: 100, out: 806, grams: 94 })
  })

  test('calls a complaint a complaint, and does not print its words', () => {
    const words = { titleZh: '我家楼下总有人乱扔', titleEn: 'Litter below my window' }
    const context = {
      language: 'zh-CN',
      now: 0,
      target: () => words,
      offerTitle: () => undefined,
      offerOfVoucher: () => undefined,
    }
    for (const kind of ['feedback.send', 'case.nominate', 'voice.answer'])
      expect(paperTitle({ kind, about: 'x', ...words } as never, context as never)).not.toContain('乱扔')
    expect(paperTitle({ kind: 'feedback.send', ...words } as never, context as never)).toBe(
      ledgerText['zh-CN'].kinds.feedback,
    )
  })
})
