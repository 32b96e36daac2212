import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { commonText } from '../../../src/text/app/common.ts'
import { useText } from '../../../src/text/define-text.ts'
import {
  formatChange,
  formatDuration,
  formatFen,
  formatGrams,
  formatGramsInWords,
  formatMetres,
  formatMonthShort,
  formatNumber,
  formatPerMille,
  formatPoints,
} from '../../../src/text/format.ts'
import {
  daysUntil,
  formatDate,
  formatMonth,
  formatRelativeDay,
  formatTime,
  formatWhen,
} from '../../../src/text/format-date.ts'
import { language } from '../../../src/text/language.ts'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')
/** 20 November 2026, 09:30 in Shandong. */
const now = Date.parse('2026-11-20T01:30:00Z')
const hour = 3_600_000

describe('amounts', () => {
  test.each([
    [0, '0 g'],
    [356, '356 g'],
    [999, '999 g'],
    [1240, '1.24 kg'],
    [8620, '8.62 kg'],
    [12_440, '12.4 kg'],
    [124_400, '124 kg'],
    [1_240_000, '1.24 t'],
    [-500, '−500 g'],
  ])('%i g reads %s', (grams, text) => expect(plain(formatGrams(grams, 'zh-CN'))).toBe(text))

  test('in words', () => {
    expect(plain(formatGramsInWords(8620, 'zh-CN'))).toBe('8.62 千克')
    expect(plain(formatGramsInWords(356, 'en'))).toBe('356 grams')
  })
  test('points are grouped and changes carry their sign', () => {
    expect(formatPoints(12_480, 'zh-CN')).toBe('12,480')
    expect(formatChange(810, 'en')).toBe('+810')
    expect(formatChange(-2300, 'zh-CN')).toBe('−2,300')
    expect(formatChange(0, 'zh-CN')).toBe('0')
  })
  test.each([
    [1.005, 2, '1.01'],
    [-0.4, 0, '0'],
    [0.000_000_4, 4, '0'],
    [999.995, 2, '1,000'],
    [491.999_99, 4, '492'],
    [-1234.5, 1, '−1,234.5'],
  ])('%d with %i digits reads %s', (value, most, text) => expect(formatNumber(value, 'en', most)).toBe(text))

  test('a number reads as the browser would write it', () => {
    const numbers = fc.double({ min: -1e10, max: 1e10, noNaN: true })
    fc.assert(
      fc.property(numbers, fc.nat({ max: 4 }), fc.constantFrom('zh-CN', 'en'), (value, most, language) => {
        const asBrowser = new Intl.NumberFormat(language, { maximumFractionDigits: most }).format(value)
        expect(formatNumber(value, language, most)).toBe(asBrowser.replace(/^-(?!0$)/, '−').replace('-', ''))
      }),
    )
  })
  test('distance, share, money, duration', () => {
    expect(plain(formatMetres(640, 'zh-CN'))).toBe('640 m')
    expect(plain(formatMetres(8940, 'zh-CN'))).toBe('8.9 km')
    expect(formatPerMille(500, 'en')).toBe('50%')
    expect(plain(formatFen(80, 'zh-CN'))).toBe('0.80 元')
    expect(formatFen(-123_456, 'en')).toBe('−¥1,234.56')
    expect(plain(formatDuration(65 * 60_000, 'zh-CN'))).toBe('1 小时 5 分钟')
    expect(plain(formatDuration(42_000, 'en'))).toBe('42 s')
  })
})

describe('days are those of Shandong', () => {
  test('relative to the present day, whatever the hour', () => {
    expect(formatRelativeDay(now, now, 'zh-CN')).toBe('今天')
    expect(formatRelativeDay(now - 10 * hour, now, 'zh-CN')).toBe('昨天')
    expect(formatRelativeDay(now - 34 * hour, now, 'zh-CN')).toBe('前天')
    expect(formatRelativeDay(now - 10 * hour, now, 'en')).toBe('Yesterday')
    expect(formatRelativeDay(now - 34 * hour, now, 'en')).toBe('Nov 18')
    expect(formatRelativeDay(now - 96 * hour, now, 'zh-CN')).toBe('11月16日')
    expect(formatWhen(now - 15 * hour, now, 'zh-CN')).toBe('昨天 18:30')
  })
  test('midnight in UTC is morning here', () => {
    expect(formatTime(Date.parse('2026-11-20T00:00:00Z'), 'en')).toBe('08:00')
    expect(formatTime(Date.parse('2026-11-19T16:00:00Z'), 'zh-CN')).toBe('00:00')
  })
  test('the year shows when it is another one', () => {
    expect(formatDate(Date.parse('2025-12-31T04:00:00Z'), now, 'zh-CN')).toBe('2025年12月31日')
    expect(formatMonth('2026-11', 'zh-CN')).toBe('2026年11月')
    expect(formatMonth('2026-11', 'zh-CN', now)).toBe('11月')
  })
  test.each(['zh-CN', 'en'] as const)('a short month reads as the calendar of %s says', (language) => {
    for (let month = 1; month <= 12; month++) {
      const first = new Date(2026, month - 1, 15)
      const said = new Intl.DateTimeFormat(language, { month: 'short' }).format(first)
      expect(formatMonthShort(`2026-${String(month).padStart(2, '0')}`, language)).toBe(said)
    }
  })
  test.each(['zh-CN', 'en'] as const)(
    'weekdays begin on Monday, and read as the calendar of %s says',
    (asked) => {
      language.value = asked
      const said = new Intl.DateTimeFormat(asked, { weekday: 'short' })
      // 5 January 2026 was a Monday.
      const week = [5, 6, 7, 8, 9, 10, 11].map((day) => said.format(new Date(2026, 0, day)))
      expect(useText(commonText).value.chart.weekdays).toEqual(week)
      language.value = 'zh-CN'
    },
  )
  test('days until', () => {
    expect(daysUntil(now + 13 * 24 * hour, now)).toBe(13)
    expect(daysUntil(now + hour, now)).toBe(0)
    expect(daysUntil(now - 24 * hour, now)).toBe(-1)
  })
})
