/** A warning in the words of the Common Alerting Protocol 1.2 (OASIS), as far as this programme uses it, and which of them still holds. */
import type { Instant } from '../base/time.ts'

/** Closed lists of CAP 1.2, section 3.2, each in the order of the standard. */
export const ALERT_STATUSES = ['Actual', 'Exercise', 'Test'] as const
export const ALERT_TYPES = ['Alert', 'Update', 'Cancel'] as const
export const ALERT_CATEGORIES = [
  'Geo',
  'Met',
  'Safety',
  'Security',
  'Rescue',
  'Fire',
  'Health',
  'Env',
  'Transport',
  'Infra',
  'CBRNE',
  'Other',
] as const
export const RESPONSE_TYPES = [
  'Shelter',
  'Evacuate',
  'Prepare',
  'Execute',
  'Avoid',
  'Monitor',
  'Assess',
  'AllClear',
  'None',
] as const
export const URGENCIES = ['Immediate', 'Expected', 'Future', 'Past', 'Unknown'] as const
export const SEVERITIES = ['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'] as const
export const CERTAINTIES = ['Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown'] as const
/** As the app writes them; CAP leaves the tags open. */
export const ALERT_LANGUAGES = ['zh-CN', 'en-US'] as const

export type AlertLanguage = (typeof ALERT_LANGUAGES)[number]
export type Severity = (typeof SEVERITIES)[number]

/** What the app has a guide for. It travels as the event code under this name. */
export const HAZARDS = ['heat', 'flood', 'typhoon', 'cold'] as const
export type Hazard = (typeof HAZARDS)[number]
export const HAZARD_CODE = 'greentrace:hazard'

/** The colour by which warnings are known in China, where the sender gives one. It travels as a parameter under this name. */
export const WARNING_COLOURS = ['blue', 'yellow', 'orange', 'red'] as const
export type WarningColour = (typeof WARNING_COLOURS)[number]
export const COLOUR_PARAMETER = 'greentrace:colour'

/** Division codes of China, six digits: whole province `370000`, city `370700`, county `370724`. */
export const DIVISION_CODE = 'GB/T 2260'

export interface NamedValue {
  readonly valueName: string
  readonly value: string
}

export interface AlertArea {
  readonly areaDesc: string
  readonly geocode: readonly NamedValue[]
}

/** One language of an alert. Elements that CAP lets repeat are lists. Times are CAP's: `2026-11-21T10:00:00+08:00`. */
export interface AlertInfo {
  readonly language: AlertLanguage
  readonly category: readonly (typeof ALERT_CATEGORIES)[number][]
  readonly event: string
  readonly responseType: readonly (typeof RESPONSE_TYPES)[number][]
  readonly urgency: (typeof URGENCIES)[number]
  readonly severity: Severity
  readonly certainty: (typeof CERTAINTIES)[number]
  readonly eventCode?: readonly NamedValue[]
  readonly effective: string
  readonly onset: string
  readonly expires: string
  readonly senderName: string
  readonly headline: string
  readonly description: string
  /** One step a line. */
  readonly instruction: string
  readonly web?: string
  readonly contact?: string
  readonly parameter?: readonly NamedValue[]
  readonly area: readonly AlertArea[]
}

export interface Alert {
  readonly identifier: string
  readonly sender: string
  readonly sent: string
  readonly status: (typeof ALERT_STATUSES)[number]
  readonly msgType: (typeof ALERT_TYPES)[number]
  readonly scope: 'Public'
  /** For exercises: what is practised, and that nothing is real. */
  readonly note?: string
  /** `sender,identifier,sent` of each alert that this one takes the place of, parted by spaces. */
  readonly references?: string
  readonly info: readonly AlertInfo[]
}

/** `coming`: told, but in force only later. `replaced`: an update stands in its place. */
type AlertState = 'valid' | 'coming' | 'expired' | 'replaced' | 'cancelled'

export interface JudgedAlert {
  readonly alert: Alert
  readonly state: AlertState
}

interface AlertReference {
  readonly sender: string
  readonly identifier: string
  readonly sent: string
}

export function referencesOf(alert: Pick<Alert, 'references'>): AlertReference[] {
  return (alert.references ?? '')
    .split(/\s+/)
    .filter((each) => each !== '')
    .map((each) => {
      const [sender = '', identifier = '', sent = ''] = each.split(',')
      return { sender, identifier, sent }
    })
}

/** As another alert refers to this one. */
export function referenceTo({ sender, identifier, sent }: AlertReference): string {
  return `${sender},${identifier},${sent}`
}

/**
 * What each alert is at that moment, the gravest first and then the newest; cancellations themselves are not listed. Whatever came was
 * sent: a phone whose clock is slow must not take a cancellation for one of the future. Only its own kind ends an alert: an exercise says
 * nothing of what is real.
 */
export function judgeAlerts(alerts: readonly Alert[], now: Instant): JudgedAlert[] {
  const ended = new Map<string, 'replaced' | 'cancelled'>()
  for (const alert of alerts) {
    if (alert.msgType === 'Alert') continue
    const how = alert.msgType === 'Cancel' ? 'cancelled' : 'replaced'
    for (const { sender, identifier } of referencesOf(alert)) {
      const key = `${alert.status},${sender},${identifier}`
      // Said to be cancelled by one and replaced by another: it does not hold, and the graver word of the two would mislead.
      if (ended.get(key) !== 'cancelled') ended.set(key, how)
    }
  }
  return alerts
    .filter((alert) => alert.msgType !== 'Cancel')
    .map((alert) => ({
      alert,
      state: ended.get(`${alert.status},${alert.sender},${alert.identifier}`) ?? stateByTime(alert, now),
    }))
    .sort(
      (a, b) => severityRank(a.alert) - severityRank(b.alert) || timeOf(b.alert.sent) - timeOf(a.alert.sent),
    )
}

function stateByTime(alert: Alert, now: Instant): AlertState {
  const [info] = alert.info
  if (!info || timeOf(info.expires) <= now) return 'expired'
  return timeOf(info.effective) <= now ? 'valid' : 'coming'
}

function severityRank(alert: Alert): number {
  return SEVERITIES.indexOf(alert.info[0]?.severity ?? 'Unknown')
}

/** The block in the asked language, or the first one. */
export function infoIn(alert: Alert, language: AlertLanguage): AlertInfo | undefined {
  return alert.info.find((info) => info.language === language) ?? alert.info[0]
}

export function hazardOf(info: AlertInfo): Hazard | undefined {
  const code = info.eventCode?.find(({ valueName }) => valueName === HAZARD_CODE)?.value
  return HAZARDS.find((hazard) => hazard === code)
}

export function colourOf(info: AlertInfo): WarningColour | undefined {
  const name = info.parameter?.find(({ valueName }) => valueName === COLOUR_PARAMETER)?.value
  return WARNING_COLOURS.find((colour) => colour === name)
}

/** Whether the alert speaks of that division or a part of it, or of a larger one around it. `adcode` is the city's, six digits. */
export function concerns(alert: Alert, adcode: string): boolean {
  const city = withoutZeros(adcode)
  return alert.info.some((info) =>
    info.area.some((area) =>
      area.geocode
        .filter(({ valueName }) => valueName === DIVISION_CODE)
        .map(({ value }) => withoutZeros(value))
        .some((code) => code.startsWith(city) || city.startsWith(code)),
    ),
  )
}

/** `370700` is `3707`: each pair of digits is a level. */
function withoutZeros(code: string): string {
  return code.replace(/(00)+$/, '')
}

/** A time of CAP as an instant. */
export function timeOf(capTime: string): Instant {
  return Date.parse(capTime)
}
