/** From a piece of news to what its row says. Pure: names, records and the moment are handed in. */
import type { FaceState } from '../../components/entry/entry-face.ts'
import { cityById } from '../../content/registry.ts'
import type { CityId } from '../../domain/base/city.ts'
import { startOfDay } from '../../domain/base/time.ts'
import type { News } from '../../domain/kinds/news.ts'
import { type Alert, infoIn } from '../../domain/taking-part/alert.ts'
import type { EntryRow } from '../../stores/entry-details.ts'
import { alertText } from '../../text/city/alerts/alerts.ts'
import { formatChange, formatPoints } from '../../text/format.ts'
import { daysUntil, formatDate, formatMonth } from '../../text/format-date.ts'
import { ledgerText } from '../../text/ledger/ledger.ts'
import { newsText } from '../../text/news/news.ts'
import { shortName } from '../city/alerts/use-alerts.ts'
import type { FaceContext } from '../ledger/kinds/face.ts'
import { aboutTitle } from '../ledger/kinds/titles.ts'

export interface NewsContext extends FaceContext {
  readonly city: CityId | undefined
  readonly record: (seq: number) => EntryRow | undefined
  readonly alert: (identifier: string) => Alert | undefined
  /** The version of the city's plan: a day. */
  readonly planVersion: string | undefined
}

export interface NewsWords {
  readonly title: string
  readonly line: string
  readonly state?: FaceState
  /** What is to stand in the calendar on the last day. */
  readonly calendar?: string
}

export function newsWords(news: News, context: NewsContext): NewsWords {
  const t = newsText[context.language]
  switch (news.topic) {
    case 'lotEnds': {
      const points = formatPoints(news.points ?? 0, context.language)
      const title = t.lotEnds(points, daysLeft(news, context))
      return { title, line: lastDayWords(news, context), calendar: t.calendarOf.lotEnds(points) }
    }
    case 'voucherEnds': {
      const name = aboutTitle(news.about, context)
      const line = joined([name, lastDayWords(news, context)])
      return { title: t.voucherEnds(daysLeft(news, context)), line, calendar: t.calendarOf.voucherEnds(name) }
    }
    case 'offerBack': {
      const name = context.offerTitle(news.about ?? '') ?? ''
      return { title: t.offerBack, line: name }
    }
    case 'alert':
      return alertWords(news, context)
    case 'content': {
      const at = context.planVersion === undefined ? undefined : startOfDay(context.planVersion)
      const version = at === undefined ? '' : t.version(formatDate(at, context.now, context.language))
      return { title: t.topics.content, line: joined([cityName(context), version]) }
    }
    default:
      return recordWords(news, news.topic, context)
  }
}

type RecordTopic = Exclude<News['topic'], 'lotEnds' | 'voucherEnds' | 'offerBack' | 'alert' | 'content'>

function recordWords(news: News, topic: RecordTopic, context: NewsContext): NewsWords {
  const { language } = context
  const t = newsText[language]
  const record = news.seq === undefined ? undefined : context.record(news.seq)
  const isLot = topic === 'lotExpired'
  const what = isLot
    ? ledgerText[language].lotOf(formatMonth(news.about ?? '', language))
    : aboutTitle(news.about, context)
  const points = record && record.points !== 0 ? t.change(formatChange(record.points, language)) : ''
  const returns =
    record?.returnsAt === undefined ? '' : t.returnsOn(formatDate(record.returnsAt, context.now, language))
  const state = record && stateOf(record, topic)
  return { title: t.topics[topic], line: joined([what, points, returns]), ...(state ? { state } : {}) }
}

function stateOf(record: EntryRow, topic: RecordTopic): FaceState | undefined {
  if (topic === 'review' || topic === 'appeal') return record.outcome
  return topic === 'answer' ? record.voiceState : undefined
}

function alertWords({ about = '' }: News, context: NewsContext): NewsWords {
  const words = alertText[context.language]
  const alert = context.alert(about)
  const info = alert && infoIn(alert, context.language === 'en' ? 'en-US' : 'zh-CN')
  const name = info ? shortName(info, words) : ''
  const title = alert && alert.status !== 'Actual' ? `${words.status[alert.status]} · ${name}` : name
  return { title, line: cityName(context) }
}

function cityName({ city, language }: NewsContext): string {
  if (city === undefined) return ''
  const { nameZh, nameEn } = cityById(city)
  return language === 'en' ? nameEn : nameZh
}

function daysLeft({ lastDay = '' }: News, { now }: NewsContext): number {
  return Math.max(0, daysUntil(startOfDay(lastDay), now))
}

function lastDayWords({ lastDay = '' }: News, { now, language }: NewsContext): string {
  return newsText[language].lastDay(formatDate(startOfDay(lastDay), now, language))
}

function joined(parts: readonly string[]): string {
  return parts.filter(Boolean).join(' · ')
}
