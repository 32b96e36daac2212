/** When it was, in a sentence: 今天 昨天 周三 上周五 11月28日, 早上 8点半, yesterday, last Friday, this morning, at 8:30. On Shandong's calendar. */
import {
  addDays,
  DAY_MS,
  type Day,
  dayOf,
  daysBetween,
  HOUR_MS,
  type Instant,
  isRealDay,
  MINUTE_MS,
  startOfDay,
  weekOfDay,
} from '../domain/base/time.ts'

interface SaidTime {
  /** Null where nothing was said: the form follows the clock. */
  readonly at: Instant | null
  readonly day: Day | null
  /** `future`: still to come. `time`: said, and no day that can be told; neither is taken for now. */
  readonly doubt?: 'future' | 'time'
  /** The words of the day, for what follows in the sentence: 昨天. */
  readonly dayWords: string
  /** The sentence with spaces where the time stood. */
  readonly rest: string
}

const WEEKDAYS_ZH = '一二三四五六日'
const WEEKDAYS_EN = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const MONTHS_EN = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH_EN =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
const ENGLISH_DAY = new RegExp(
  `\\b(?:on )?(?:(?<before>${MONTH_EN})\\.? (?<day>\\d{1,2})(?:st|nd|rd|th)?(?! ?[a-z]*(?:time|stop|station|km|kilomet|mile|min|hour|meal|bag))|(?<of>\\d{1,2})(?:st|nd|rd|th)? (?:of )?(?<after>${MONTH_EN}))\\b`,
  'i',
)
const HAN_HOURS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二']

/** Days before today, the longer words first. */
const DAYS_AGO: readonly (readonly [RegExp, number])[] = [
  [/大前天|three days ago/i, 3],
  [/前天|前日|前晚|(?:the )?day before yesterday|two days ago/i, 2],
  [/昨天|昨日|昨儿|昨(?=早|晚)|\byesterday\b|\blast (?=night)/i, 1],
  [
    /今天|今日|今儿|今(?=早|晚)|刚才|刚刚|\btoday\b|\bthis (?=morning|noon|afternoon|evening)|\b(?=tonight)/i,
    0,
  ],
  [/明天|明日|明(?=早|晚)|后天|大后天|\btomorrow\b/i, -1],
]

/** The hour at which each part of the day is put, as long as nobody names one; and from which hour on 3点 is 15:00. */
type Part = readonly [RegExp, number, boolean]
const PARTS: readonly Part[] = [
  [/凌晨/, 5, false],
  [/早上|早晨|清晨|一早|(?<=今|昨|明)早|\bmorning\b/i, 8, false],
  [/上午/, 10, false],
  [/中午|\bnoon\b/i, 12, true],
  [/下午|\bafternoon\b/i, 15, true],
  [/傍晚/, 18, true],
  [/晚上|夜里|夜晚|(?<=今|昨|明|前)晚|\bevening\b|\btonight\b|\bnight\b/i, 20, true],
]

/** Told in a way that names no day: what stands behind it (上个月3号) is none of this month. */
const UNCLEAR =
  /上上?个?月(?!台)|下个?月(?!台)|[去前明后]年|前几天|前些天|前阵子|那天|有一天|半个月前|(?:\d{1,3}|[一两二三四五六七八九十几]) ?(?:个月|年)[以之]?前|[上下](?:个|一)?(?:周|星期|礼拜)(?![一二三四五六日天末])|\b(?:last|next) (?:week|weekend|month|year)\b|\b(?:a|an|few|\d{1,3}) (?:months?|years?) ago\b|\bthe other day\b/i

/** 两小时前, 半小时前, 一个半小时前, 20分钟前, 2 hours ago. */
const HOURS_AGO =
  /(\d{1,2}(?:\.\d)?|[半一两二三四五六七八九十]) ?(个半|个)? ?(小时|钟头|分钟)[以之]?前|\b(\d{1,2}(?:\.\d)?) (hours?|minutes?|mins?) ago\b/i

/** As long as the sentence, so that places in it stay where they are. */
export function blank(text: string, { index, length }: Found): string {
  return text.slice(0, index) + ' '.repeat(length) + text.slice(index + length)
}

/** @param text folded, as `foldWidth` does. Never throws. */
export function readTime(text: string, now: Instant): SaidTime {
  const unclear = UNCLEAR.exec(text)
  if (unclear) {
    const found = { index: unclear.index, length: unclear[0].length }
    return { at: null, day: null, doubt: 'time', dayWords: unclear[0].trim(), rest: blank(text, found) }
  }
  const ago = momentAgo(text, now)
  if (ago) return { at: ago.at, day: dayOf(ago.at), dayWords: '', rest: blank(text, ago) }
  const said = readDay(text, now)
  const part = firstOf(PARTS, text)
  const clock = readClock(said.rest, part !== undefined)
  if (said.isNone || clock === NO_TIME)
    return { at: null, day: null, doubt: 'time', dayWords: said.dayWords, rest: said.rest }
  const rest = [part, clock].reduce((left, found) => (found ? blank(left, found) : left), said.rest)
  const { dayWords } = said
  const today = dayOf(now)
  if (said.day === null && !part && !clock) return { at: null, day: null, dayWords, rest }
  const day = said.day ?? today
  const at = startOf(day, { part, clock, now })
  // 早上, said before eight, has not been later than now; a clock that names what is to come has not been yet.
  const isAhead = at !== null && at > now
  if (day > today || (isAhead && clock !== undefined))
    return { at: isAhead ? null : at, day: null, doubt: 'future', dayWords, rest }
  return { at: isAhead ? null : at, day, dayWords, rest }
}

interface Found {
  readonly index: number
  readonly length: number
}

function momentAgo(text: string, now: Instant): (Found & { at: Instant }) | undefined {
  const found = HOURS_AGO.exec(text)
  if (!found) return undefined
  const [all, han = '', more = '', word = '', digits, english = ''] = found
  const count = Number(digits ?? han) || (han === '半' ? 0.5 : han === '两' ? 2 : HAN_HOURS.indexOf(han))
  const unit = /^(?:分|min)/i.test(word || english) ? MINUTE_MS : HOUR_MS
  return { index: found.index, length: all.length, at: now - (count + (more === '个半' ? 0.5 : 0)) * unit }
}

/** A day alone leaves the time of day as it is now; today alone says nothing that the form does not assume. */
function startOf(
  day: Day,
  said: {
    part: (Found & { row: Part }) | undefined
    clock: (Found & { ms: number }) | undefined
    now: Instant
  },
): Instant | null {
  const { part, clock, now } = said
  const today = dayOf(now)
  if (clock) return startOfDay(day) + clock.ms + (part?.row[2] && clock.ms < 12 * HOUR_MS ? 12 * HOUR_MS : 0)
  if (part) return startOfDay(day) + part.row[1] * HOUR_MS
  return day === today ? null : now - daysBetween(day, today) * DAY_MS
}

interface SaidDay {
  readonly day: Day | null
  /** A day was said that no calendar has: 2月30日. */
  readonly isNone?: true
  readonly dayWords: string
  readonly rest: string
}

function readDay(text: string, now: Instant): SaidDay {
  const today = dayOf(now)
  const found = relativeDay(text, today) ?? weekday(text, today) ?? calendarDay(text, today)
  if (!found) return { day: null, dayWords: '', rest: text }
  const { index, length, day } = found
  const said = { day, dayWords: text.slice(index, index + length).trim(), rest: blank(text, found) }
  return day === null ? { ...said, isNone: true } : said
}

interface DayFound extends Found {
  /** Null where there is no such day. */
  readonly day: Day | null
}

function relativeDay(text: string, today: Day): DayFound | undefined {
  const ago = /(?:(\d{1,3})|([一两二三四五六七])) ?天前|\b(\d{1,3}) days? ago\b/i.exec(text)
  if (ago) {
    const days = ago[2] === '两' ? 2 : ago[2] ? WEEKDAYS_ZH.indexOf(ago[2]) + 1 : Number(ago[1] ?? ago[3])
    return { index: ago.index, length: ago[0].length, day: addDays(today, -days) }
  }
  const weeks =
    /(?:(\d{1,2})|([一两二三四五六七])) ?个?(?:周|星期|礼拜)[以之]?前|\b(?:(\d{1,2}) weeks?|a week) ago\b/i.exec(
      text,
    )
  if (weeks) {
    const [all, digits, han, english] = weeks
    const count = han === '两' ? 2 : han ? WEEKDAYS_ZH.indexOf(han) + 1 : Number(digits ?? english ?? 1)
    return { index: weeks.index, length: all.length, day: addDays(today, -7 * count) }
  }
  const said = firstOf(DAYS_AGO, text)
  return said && { index: said.index, length: said.length, day: addDays(today, -said.row[1]) }
}

/** 周三 is the latest one that has begun; 上周三 that of the week before this one, whatever today is. */
function weekday(text: string, today: Day): DayFound | undefined {
  const zh = /(上上|上个?|下个?|这个?|本)?(?:周|星期|礼拜)([一二三四五六日天末])/.exec(text)
  const en = new RegExp(`\\b(?:on |last |next |this )?(${WEEKDAYS_EN.join('|')})\\b`, 'i').exec(text)
  const monday = weekOfDay(today)
  const none = /(?:星期|礼拜)[七八九十\d]/.exec(text)
  if (none) return { index: none.index, length: none[0].length, day: null }
  if (zh) {
    const [all, which = '', name = ''] = zh
    const index = name === '末' ? 5 : name === '天' ? 6 : WEEKDAYS_ZH.indexOf(name)
    const weeks = which === '上上' ? 2 : which.startsWith('上') ? 1 : which.startsWith('下') ? -1 : 0
    const day = addDays(monday, index - 7 * weeks)
    return { index: zh.index, length: all.length, day: which === '' && day > today ? addDays(day, -7) : day }
  }
  if (!en) return undefined
  const day = addDays(monday, WEEKDAYS_EN.indexOf((en[1] ?? '').toLowerCase()))
  if (/^next/i.test(en[0])) return { index: en.index, length: en[0].length, day: addDays(day, 7) }
  const isBefore = day > today || (day === today && /^last/i.test(en[0]))
  return { index: en.index, length: en[0].length, day: isBefore ? addDays(day, -7) : day }
}

/** 2026-11-28, 2026/11/28. */
const WHOLE_DATE = /(?<!\d)(?<year>\d{4,6})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})(?!\d)/
const HAN_DATE =
  /(?:(?<year>\d{2,6}) ?年 ?)?(?:(?<month>\d{1,2}) ?月 ?)?(?<![\d.])(?<day>\d{1,2}) ?(?:日|号(?!线|楼|门|口|出口|院|桥))/
const MONTH_DAYS_MAX = 31

/** 11月28日, 28号, Nov 28, 28 November: the latest that has been; with its year, that very day. */
function calendarDay(text: string, today: Day): DayFound | undefined {
  const found = WHOLE_DATE.exec(text) ?? HAN_DATE.exec(text) ?? ENGLISH_DAY.exec(text)
  if (!found) return undefined
  const { year, month: name, day: number, of, before, after } = found.groups ?? {}
  const english = MONTHS_EN.indexOf((before ?? after ?? '').slice(0, 3).toLowerCase()) + 1
  const month = Number(name) || english
  const day = Number(number ?? of)
  // 99号公交 is a line.
  if (!month && day > MONTH_DAYS_MAX) return undefined
  const at = { index: found.index, length: found[0].length }
  if (year !== undefined) {
    const whole = `${year.length === 2 ? `20${year}` : year}-${two(month)}-${two(day)}`
    return { ...at, day: month && isRealDay(whole) ? whole : null }
  }
  return { ...at, day: latest(month, day, today) }
}

const two = (value: number) => String(value).padStart(2, '0')

/** Without a month, of this one or the one before. */
function latest(said: number, day: number, today: Day): Day | null {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  const months = said
    ? [`${year}-${two(said)}`, `${year - 1}-${two(said)}`]
    : [`${year}-${two(month)}`, month === 1 ? `${year - 1}-12` : `${year}-${two(month - 1)}`]
  const days = months.map((each) => `${each}-${two(day)}`)
  return days.find((each) => isRealDay(each) && each <= today) ?? null
}

/** A clock was said that shows no time: 25点. */
const NO_TIME = 'none'

/** 有一点累 names no time: 一点 needs its part of the day, 半 or 钟. */
function readClock(text: string, hasPart: boolean): (Found & { ms: number }) | typeof NO_TIME | undefined {
  const han = HAN_HOURS.slice(1).toReversed().join('|')
  const zh = new RegExp(
    `(\\d{1,2}|${han}|两) ?[点时](?![\\d一二三四五六七八九]+ ?(?:公里|千米|里|km|站))(半|一刻|三刻|整|钟|[0-5]?\\d分?)?`,
    'i',
  ).exec(text)
  if (zh && (zh[1] !== '一' || hasPart || zh[2])) {
    const hour = zh[1] === '两' ? 2 : Number(zh[1]) || HAN_HOURS.indexOf(zh[1] ?? '')
    return clockAt(zh, hour, minutesOf(zh[2] ?? ''))
  }
  const en = /\b(?:at )?(\d{1,2}):([0-5]\d)(?: ?([ap])\.?m\b)?|\b(?:at )?(\d{1,2}) ?([ap])\.?m\b/i.exec(text)
  if (!en) return undefined
  const half = (en[3] ?? en[5] ?? '').toLowerCase()
  const hour = Number(en[1] ?? en[4])
  if (half && hour > 12) return NO_TIME
  return clockAt(en, half ? (hour % 12) + (half === 'p' ? 12 : 0) : hour, Number(en[2] ?? 0))
}

function clockAt(
  match: RegExpExecArray,
  hour: number,
  minute: number,
): (Found & { ms: number }) | typeof NO_TIME {
  if (hour < 0 || hour > 23) return NO_TIME
  return { index: match.index, length: match[0].length, ms: hour * HOUR_MS + minute * MINUTE_MS }
}

function minutesOf(word: string): number {
  if (word === '半') return 30
  if (word === '一刻') return 15
  if (word === '三刻') return 45
  return Number.parseInt(word, 10) || 0
}

function firstOf<Row extends readonly [RegExp, ...unknown[]]>(
  rows: readonly Row[],
  text: string,
): { index: number; length: number; row: Row } | undefined {
  for (const row of rows) {
    const found = row[0].exec(text)
    if (found) return { index: found.index, length: found[0].length, row }
  }
  return undefined
}
