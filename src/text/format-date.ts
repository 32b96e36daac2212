/** Days, months and times as a person reads them. Pure: the language is an argument, and so is the present moment. */
import { dayOf, daysBetween, type Instant, startOfDay } from '../domain/base/time.ts'
import type { Language } from './language.ts'

const timeZone = 'Asia/Shanghai'
/** Making an Intl object costs about a thousand times as much as using it, and a list makes one per row. */
const dateFormats = new Map<string, Intl.DateTimeFormat>()

function date(at: Instant, language: Language, options: Intl.DateTimeFormatOptions): string {
  const key = `${language} ${JSON.stringify(options)}`
  let format = dateFormats.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(language, { timeZone, ...options })
    dateFormats.set(key, format)
  }
  return format.format(at)
}

/** 17:20 */
export function formatTime(at: Instant, language: Language): string {
  return date(at, language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}

/** 11月16日, with the year when it is not the present one. */
export function formatDate(at: Instant, now: Instant, language: Language): string {
  const isThisYear = dayOf(at).slice(0, 4) === dayOf(now).slice(0, 4)
  const month = language === 'en' ? 'short' : 'long'
  return date(at, language, { month, day: 'numeric', ...(isThisYear ? {} : { year: 'numeric' }) })
}

/** 2026年11月16日, for a statement or a document. */
export function formatFullDate(at: Instant, language: Language): string {
  return date(at, language, { dateStyle: 'long' })
}

/** 2026年11月; with `now`, the year only when it is not the present one. */
export function formatMonth(month: string, language: Language, now?: Instant): string {
  const isThisYear = now !== undefined && month.slice(0, 4) === dayOf(now).slice(0, 4)
  const first = startOfDay(`${month}-01`)
  if (!isThisYear) return date(first, language, { month: 'long', year: 'numeric' })
  // Alone, a long Chinese month would be 十一月.
  return date(first, language, { month: language === 'en' ? 'long' : 'short' })
}

/** 今天, 昨天, 前天, 明天; further away, the date. */
export function formatRelativeDay(at: Instant, now: Instant, language: Language): string {
  const days = daysBetween(dayOf(now), dayOf(at))
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day')
  if (Math.abs(days) > (language === 'en' ? 1 : 2)) return formatDate(at, now, language)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** 昨天 18:40 */
export function formatWhen(at: Instant, now: Instant, language: Language): string {
  return `${formatRelativeDay(at, now, language)} ${formatTime(at, language)}`
}

/** Whole days in Shandong's calendar until that moment's day; 0 is today, negative is past. */
export function daysUntil(at: Instant, now: Instant): number {
  return daysBetween(dayOf(now), dayOf(at))
}
