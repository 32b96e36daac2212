/** What the pages of a period are made of: its address, its words, its table, the lines of its picture. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvOf } from '../../../src/actions/export-csv.ts'
import { SD_DEMO_V2 } from '../../../src/domain/methodology/packs/index.ts'
import type { ActDay, ActPart } from '../../../src/domain/taking-part/act-days.ts'
import { type Period, periodWith } from '../../../src/domain/taking-part/period.ts'
import { periodFigures } from '../../../src/domain/taking-part/period-figures.ts'
import { amountIn, unitOf } from '../../../src/views/period/amounts.ts'
import { addressOf, readAddress } from '../../../src/views/period/period-address.ts'
import { periodBars, tableOf } from '../../../src/views/period/period-chart.ts'
import { periodWords } from '../../../src/views/period/period-words.ts'
import { linesOf, pictureWords } from '../../../src/views/period/picture/picture-words.ts'
import { wrapText } from '../../../src/views/period/picture/wrap-text.ts'

const TODAY = '2026-11-29'
const november = periodWith('month', TODAY)
const october = periodWith('month', '2026-10-01')
const NOTHING_PENDING = { acts: 0, grams: 0, withdrawals: 0 }

const part = (given: Partial<ActPart> = {}): ActPart => ({
  code: 'bike',
  group: 'travel',
  trust: 'import',
  pack: 'sd-demo 2',
  acts: 1,
  grams: 1200,
  metres: 1000,
  ...given,
})
const day = (name: string, parts: readonly ActPart[] = [part()], inReview = 0): ActDay => ({
  day: name,
  parts,
  inReview,
})
const wordsOf = (
  days: readonly ActDay[],
  period: Period,
  { pending = NOTHING_PENDING, language = 'zh-CN' as 'zh-CN' | 'en' } = {},
) =>
  periodWords({
    period,
    figures: periodFigures(days, period),
    pending,
    today: TODAY,
    language,
    inForce: SD_DEMO_V2,
    packs: undefined,
  })

describe('the address of a period', () => {
  it('leads to the same period for ever', () => {
    for (const period of [
      november,
      periodWith('week', '2026-01-01'),
      periodWith('year', '2024-02-29'),
      { kind: 'own' as const, from: '2026-11-03', to: '2026-11-09' },
    ])
      expect(readAddress(addressOf(period), TODAY)).toMatchObject({ period, isUnclear: false })
    expect(readAddress(addressOf(november, { step: 'week', split: 'trust' }), TODAY)).toMatchObject({
      step: 'week',
      split: 'trust',
    })
  })

  it('without anything is the present month', () => {
    expect(readAddress({}, TODAY)).toMatchObject({
      period: november,
      isUnclear: false,
      step: 'day',
      split: 'kind',
    })
  })

  it.each([
    { by: 'decade' },
    { by: 'month', on: '2026-13' },
    { by: 'month', on: ['2026-11', '2026-10'] },
    { by: 'year', on: '2027' },
    { by: 'week', on: 'monday' },
    { by: 'own', from: '2026-11-09', to: '2026-11-03' },
    { by: 'own' },
    { on: '0001-01' },
  ])('that cannot be read says so and shows the present month: %o', (query) => {
    expect(readAddress(query, TODAY)).toMatchObject({ period: november, isUnclear: true })
  })

  it('asks for no more bars than fit: days of a year become its months', () => {
    expect(readAddress({ by: 'year', on: '2026', per: 'day' }, TODAY).step).toBe('month')
  })
})

describe('the words of a period', () => {
  it('of a first month say that there is nothing to compare with, and no percent', () => {
    const words = wordsOf([day('2026-10-03')], october)
    expect(words.before).toBe('上月没有记录')
    expect(words.compared).toBe('')
    expect(Object.values(words).flat().join(' ')).not.toContain('%')
  })

  it('of a month that is over say how much more or less, in the unit of the figure beside it', () => {
    const days = [day('2026-09-03', [part({ grams: 400 })]), day('2026-10-03')]
    expect(wordsOf(days, october)).toMatchObject({
      amount: { value: '1.2', unit: 'kg' },
      before: '上月（2026年9月）0.4\u00a0kg，1 次',
      compared: '多 0.8\u00a0kg',
      until: '',
    })
    expect(wordsOf(days, october, { language: 'en' })).toMatchObject({
      before: 'Month before (September 2026): 0.4\u00a0kg, 1 act',
      compared: '0.8\u00a0kg more',
    })
  })

  it('of a month that is not over stand beside the whole one before it without a verdict', () => {
    const words = wordsOf([day('2026-10-03'), day('2026-11-03')], november)
    expect(words.until).toBe('截至 11月29日')
    expect(words.compared).toBe('')
    expect(words.uncompared).toContain('先不比多少')
  })

  it('name apart what waits, and never add it', () => {
    const words = wordsOf([day('2026-11-03', [part()], 2)], november, {
      pending: { acts: 3, grams: 1500, withdrawals: 1 },
    })
    expect(words.amount).toEqual({ value: '1.2', unit: 'kg' })
    expect(words.waiting).toEqual([
      '另有 3 条待核算，约 1.5\u00a0kg，不算在内',
      '2 条在复核，不算在内',
      '1 条撤回还没办完，办完会减去',
    ])
  })

  it('name each pack that assessed what counts, and that it is a sample', () => {
    const days = [day('2026-11-03', [part({ pack: 'sd-demo 1' }), part()])]
    expect(wordsOf(days, november).methodology).toBe('方法学：山东示例方法学包 SD-demo v1、v2（示例）')
    expect(wordsOf([], november).methodology).toBe('方法学：山东示例方法学包 SD-demo v2（示例）')
  })

  it('keep figures beside each other in one unit', () => {
    const unit = unitOf(1_500_000)
    expect([1_500_000, 250_000, 0].map((grams) => amountIn(grams, unit, 'en'))).toEqual([
      '1.5\u00a0t',
      '0.25\u00a0t',
      '0\u00a0t',
    ])
    expect(amountIn(999, unitOf(999), 'en')).toBe('999\u00a0g')
  })
})

describe('the chart of a period', () => {
  const days = ['walk', 'bike', 'bus', 'metro', 'ebike'].map((code, index) =>
    day(`2026-11-0${index + 1}`, [part({ code, grams: 1000 - index })]),
  )

  it('has a bar for each day, the three commonest acts and the rest, and names under some of them', () => {
    const { kinds, bars } = periodBars(days, {
      period: november,
      step: 'day',
      split: 'kind',
      language: 'zh-CN',
    })
    expect(kinds).toEqual(['步行', '骑行', '公交', '其他'])
    expect(bars).toHaveLength(30)
    expect(bars[4]?.values).toEqual([0, 0, 0, 996])
    expect(bars.filter(({ mark }) => mark).map(({ mark }) => mark)).toEqual([
      '11/1',
      '11/7',
      '11/13',
      '11/19',
      '11/25',
    ])
  })

  it('has a table whose rows add up to the whole, ready for a spreadsheet', () => {
    const shown = { period: november, step: 'week', split: 'trust', language: 'zh-CN' } as const
    const [head, ...rows] = tableOf(periodBars(days, shown), shown)
    expect(head).toEqual(['哪周', '导入的轨迹 (g)', '合计（克）'])
    expect(rows.reduce((sum, row) => sum + Number(row.at(-1)), 0)).toBe(4990)
    expect(csvOf([head ?? [], ...rows]).split('\r\n')[1]).toBe('11月1日,1000,1000')
  })
})

describe('the picture', () => {
  const days = [day('2026-10-03'), day('2026-11-03', [part({ grams: 12_400, acts: 7 })])]
  const said = (language: 'zh-CN' | 'en', name?: string) =>
    linesOf(
      pictureWords({
        words: wordsOf(days, november, { language }),
        figures: periodFigures(days, november),
        pack: SD_DEMO_V2,
        language,
        name,
      }),
      language,
    )

  it('says in both languages what is confirmed, estimated, compared and by which sample', () => {
    expect(said('zh-CN')).toEqual([
      '我的2026年11月 · 截至 11月29日',
      '12.4\u00a0kg 减碳量 CO₂e，按方法学估算',
      '已核算：7 次行动',
      '≈ 少烧 5.6 升汽油（只作对比）',
      '按什么凭证算的：导入的轨迹 100%',
      '上月（2026年10月）1.2\u00a0kg，1 次',
      '方法学：山东示例方法学包 SD-demo v2（示例）',
      '估算的减碳量，不是碳信用，也不是钱。',
    ])
    expect(said('en')).toHaveLength(8)
    expect(said('en').join(' ')).toMatch(
      /Confirmed: 7 acts .*5\.6 l of petrol \(comparison only\).*\(sample\)/,
    )
  })

  it('tells nobody’s name until it is switched on', () => {
    expect(said('zh-CN').join()).not.toContain('小青')
    expect(said('zh-CN', '小青')[0]).toMatch(/^小青的2026年11月/)
  })
})

describe('the lines of the picture', () => {
  /** A Chinese character is twice as wide as a Latin one. */
  const widthOf = (text: string) =>
    [...text].reduce((sum, char) => sum + (/[\u2e80-\uffef]/.test(char) ? 2 : 1), 0)
  const lines = (text: string, width: number) => wrapText(text, width, widthOf)

  it('break between Chinese characters, never before a comma, and keep a number with its unit', () => {
    expect(lines('只算已核算的，不算别的', 12)).toEqual(['只算已核算', '的，不算别的'])
    expect(lines('共减碳 12.4\u00a0kg，多', 10)).toEqual(['共减碳', '12.4\u00a0kg，', '多'])
    expect(lines('estimated by the methodology', 12)).toEqual(['estimated by', 'the', 'methodology'])
  })

  it('break a word that is wider than the line rather than cutting it off', () => {
    expect(lines('Supercalifragilistic', 8)).toEqual(['Supercal', 'ifragili', 'stic'])
  })

  it('hold every character of the text, and none is wider than it may be', () => {
    const text = fc
      .array(fc.constantFrom('减', '碳', '，', '（', '）', 'a', 'B', '7', '.', ' ', '%', '·'), {
        maxLength: 60,
      })
      .map((chars) => chars.join(''))
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 40 }), (words, width) => {
        const broken = lines(words, width)
        expect(broken.join('').replaceAll(' ', '')).toBe(words.replaceAll(' ', ''))
        for (const line of broken) expect(widthOf(line)).toBeLessThanOrEqual(width)
      }),
    )
  })
})
