/**
 * The exercises that the demo shows: made from the day alone, so that some cities always have one that holds now, one replaces another, and
 * one is called off. None of them is real: each says so in its status, its headline and its note.
 */

import { cityById } from '../../src/content/registry.ts'
import type { CityId } from '../../src/domain/base/city.ts'
import {
  addDays,
  type Day,
  dayOf,
  HOUR_MS,
  type Instant,
  startOfDay,
  zonedTime,
} from '../../src/domain/base/time.ts'
import {
  type Alert,
  type AlertInfo,
  COLOUR_PARAMETER,
  DIVISION_CODE,
  HAZARD_CODE,
  type Hazard,
  referenceTo,
  type Severity,
  type WarningColour,
} from '../../src/domain/taking-part/alert.ts'
import { HAZARD_WORDS } from './sample-alert-words.ts'

const SENDER = 'exercise@greentrace.example'
const SENDER_NAME = {
  'zh-CN': '绿迹演练（示例，不是气象部门）',
  'en-US': 'Greentrace exercise (sample, not a weather service)',
}
const NOTE = '演练示例，不是真的预警。Exercise with sample data, no real warning.'

/** The four levels of China's public warnings, and CAP's words for them. */
const SEVERITY_OF: Readonly<Record<WarningColour, Severity>> = {
  blue: 'Minor',
  yellow: 'Moderate',
  orange: 'Severe',
  red: 'Extreme',
}
const COLOUR_WORDS: Readonly<Record<WarningColour, { readonly 'zh-CN': string; readonly 'en-US': string }>> =
  {
    blue: { 'zh-CN': '蓝色', 'en-US': 'Blue' },
    yellow: { 'zh-CN': '黄色', 'en-US': 'Yellow' },
    orange: { 'zh-CN': '橙色', 'en-US': 'Orange' },
    red: { 'zh-CN': '红色', 'en-US': 'Red' },
  }

interface Plan {
  readonly city: CityId
  readonly hazard: Hazard
  readonly colour: WarningColour
  /** What becomes of it on its day. */
  readonly turn?: { readonly colour: WarningColour } | 'called off'
}

/** A city without a line has none, as Zibo, so that the demo also shows what a quiet day looks like. */
function plansFor(day: Day): readonly Plan[] {
  const month = Number(day.slice(5, 7))
  if (month >= 10 || month <= 4)
    return [
      { city: 'jinan', hazard: 'cold', colour: 'blue' },
      { city: 'qingdao', hazard: 'cold', colour: 'yellow', turn: 'called off' },
      { city: 'weifang', hazard: 'cold', colour: 'blue', turn: { colour: 'yellow' } },
      { city: 'binzhou', hazard: 'cold', colour: 'orange' },
    ]
  return [
    { city: 'jinan', hazard: 'heat', colour: 'orange' },
    month >= 7
      ? { city: 'qingdao', hazard: 'typhoon', colour: 'yellow' }
      : { city: 'qingdao', hazard: 'heat', colour: 'yellow' },
    { city: 'weifang', hazard: 'flood', colour: 'blue', turn: { colour: 'yellow' } },
    { city: 'binzhou', hazard: 'flood', colour: 'yellow', turn: 'called off' },
  ]
}

/** Those of today and of yesterday that were sent by now, the newest first. */
export function sampleAlerts(now: Instant): Alert[] {
  const today = dayOf(now)
  return [today, addDays(today, -1)]
    .flatMap((day) => plansFor(day).flatMap((plan) => alertsOf(plan, day)))
    .filter(({ sent }) => Date.parse(sent) <= now)
    .sort((a, b) => Date.parse(b.sent) - Date.parse(a.sent))
}

function alertsOf(plan: Plan, day: Day): Alert[] {
  const from = startOfDay(day)
  const until = startOfDay(addDays(day, 1))
  const message = (
    n: number,
    sentAt: Instant,
    more: Pick<Alert, 'msgType' | 'references'> & { colour: WarningColour; from: Instant },
  ): Alert => ({
    identifier: `greentrace-exercise-${plan.hazard}-${plan.city}-${day.replaceAll('-', '')}-${n}`,
    sender: SENDER,
    sent: zonedTime(sentAt),
    status: 'Exercise',
    msgType: more.msgType,
    scope: 'Public',
    note: NOTE,
    ...(more.references === undefined ? {} : { references: more.references }),
    info: infoOf(
      { ...plan, colour: more.colour },
      { from: more.from, until, isOff: more.msgType === 'Cancel' },
    ),
  })
  const first = message(1, from - 7 * HOUR_MS, { msgType: 'Alert', colour: plan.colour, from })
  if (plan.turn === undefined) return [first]
  const references = referenceTo(first)
  if (plan.turn === 'called off')
    return [
      first,
      message(2, from - 2 * HOUR_MS, { msgType: 'Cancel', references, colour: plan.colour, from }),
    ]
  const at = from + 6 * HOUR_MS
  return [first, message(2, at, { msgType: 'Update', references, colour: plan.turn.colour, from: at })]
}

function infoOf(
  { city: id, hazard, colour }: Plan,
  { from, until, isOff }: { from: Instant; until: Instant; isOff: boolean },
): AlertInfo[] {
  const city = cityById(id)
  return (['zh-CN', 'en-US'] as const).map((language) => {
    const words = HAZARD_WORDS[hazard][language]
    const level = COLOUR_WORDS[colour][language]
    const isZh = language === 'zh-CN'
    const place = isZh ? `${city.nameZh}市` : city.nameEn
    const headline = isZh
      ? `【演练示例】${place}${words.event}${level}预警${isOff ? '已解除' : ''}`
      : `[Exercise, sample] ${level} ${words.event} warning for ${place}${isOff ? ' called off' : ''}`
    return {
      language,
      category: ['Met'],
      event: words.event,
      responseType: isOff ? ['AllClear'] : words.responseType,
      urgency: isOff ? 'Past' : 'Expected',
      severity: SEVERITY_OF[colour],
      certainty: 'Likely',
      eventCode: [{ valueName: HAZARD_CODE, value: hazard }],
      effective: zonedTime(from),
      onset: zonedTime(from),
      expires: zonedTime(until),
      senderName: SENDER_NAME[language],
      headline,
      description: isOff ? words.over : words.description,
      instruction: isOff ? words.overInstruction : words.instruction,
      parameter: [{ valueName: COLOUR_PARAMETER, value: colour }],
      area: [{ areaDesc: place, geocode: [{ valueName: DIVISION_CODE, value: city.adcode }] }],
    }
  })
}
