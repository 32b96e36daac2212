/** What a period and its pieces are called. Pure: the language is an argument. */
import { type Day, monthOfDay, startOfDay, yearOfDay } from '../../domain/base/time.ts'
import type { Period, Span, Step } from '../../domain/taking-part/period.ts'
import { formatMonthShort } from '../format.ts'
import { formatMonth } from '../format-date.ts'
import type { Language } from '../language.ts'

const timeZone = 'Asia/Shanghai'

/** 2026年11月3日至9日; a single day alone. Intl would write a Chinese span as 2026/11/3 – 2026/11/9. */
function spanName({ from, to }: Span, language: Language): string {
  const format = new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'long' })
  const first = format.format(startOfDay(from))
  if (from === to) return first
  if (language === 'en') return format.formatRange(startOfDay(from), startOfDay(to))
  const isOneYear = yearOfDay(from) === yearOfDay(to)
  const end = monthOfDay(from) === monthOfDay(to) ? `${Number(to.slice(8))}日` : dayName(to, language)
  return `${first}至${isOneYear ? end : format.format(startOfDay(to))}`
}

/** 2026年11月, 2026年, 2026年11月23日至29日. */
export function periodName(period: Period, language: Language): string {
  if (period.kind === 'month') return formatMonth(monthOfDay(period.from), language)
  if (period.kind === 'year') return yearName(yearOfDay(period.from), language)
  return spanName(period, language)
}

function yearName(year: string, language: Language): string {
  return language === 'en' ? year : `${year}年`
}

/** 11月3日, Nov 3: without the year, which the period's own name has. */
export function dayName(day: Day, language: Language): string {
  return new Intl.DateTimeFormat(language, {
    timeZone,
    month: language === 'en' ? 'short' : 'long',
    day: 'numeric',
  }).format(startOfDay(day))
}

/** Of a piece of a chart, for its table: with the year where the chart crosses one. */
export function stepName(span: Span, options: { step: Step; of: Span; language: Language }): string {
  const { step, of, language } = options
  const isOneYear = yearOfDay(of.from) === yearOfDay(of.to)
  if (step === 'month')
    return isOneYear
      ? formatMonthShort(monthOfDay(span.from), language)
      : formatMonth(monthOfDay(span.from), language)
  const name = (day: Day) => (isOneYear ? dayName(day, language) : spanName({ from: day, to: day }, language))
  return span.from === span.to ? name(span.from) : `${name(span.from)}–${name(span.to)}`
}

/** Under its bar: as short as can be. */
export function stepMark({ from }: Span, step: Step, language: Language): string {
  if (step === 'month') return formatMonthShort(monthOfDay(from), language)
  return `${Number(from.slice(5, 7))}/${Number(from.slice(8))}`
}
