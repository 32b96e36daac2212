/** A warning as it stands in the desk's form, and as CAP wants it: one block a language, the English one where its headline is filled in. */

import { cities, cityById } from '../../../content/registry.ts'
import { type AlertDraft, alertDraftSchema } from '../../../contract/alert.ts'
import type { CityId } from '../../../domain/base/city.ts'
import { zonedTime } from '../../../domain/base/time.ts'
import {
  type Alert,
  type AlertInfo,
  COLOUR_PARAMETER,
  colourOf,
  concerns,
  DIVISION_CODE,
  HAZARD_CODE,
  type Hazard,
  hazardOf,
  infoIn,
  referenceTo,
  type Severity,
  timeOf,
  type WarningColour,
} from '../../../domain/taking-part/alert.ts'
import { readForm } from '../../form-faults.ts'
import { localTime, timeIn } from '../../local-time.ts'

export interface AlertForm {
  status: 'Actual' | 'Exercise' | 'Test'
  msgType: 'Alert' | 'Update' | 'Cancel'
  /** The alert that an update or a cancellation is about: sender, identifier and time with commas. */
  references: string
  hazard: Hazard | ''
  colour: WarningColour | ''
  severity: Severity
  urgency: 'Immediate' | 'Expected' | 'Future'
  certainty: 'Observed' | 'Likely' | 'Possible'
  cities: CityId[]
  /** In Shandong’s time, as the browser’s field writes it: `2026-11-29T18:00`. */
  effective: string
  expires: string
  senderZh: string
  senderEn: string
  eventZh: string
  eventEn: string
  headlineZh: string
  headlineEn: string
  descriptionZh: string
  descriptionEn: string
  instructionZh: string
  instructionEn: string
  contact: string
}

export function emptyAlertForm(): AlertForm {
  return {
    ...{ status: 'Exercise', msgType: 'Alert', references: '', hazard: '', colour: '' },
    ...{
      severity: 'Moderate',
      urgency: 'Expected',
      certainty: 'Likely',
      cities: [],
      effective: '',
      expires: '',
    },
    ...{ senderZh: '', senderEn: '', eventZh: '', eventEn: '', headlineZh: '', headlineEn: '' },
    ...{ descriptionZh: '', descriptionEn: '', instructionZh: '', instructionEn: '', contact: '' },
  }
}

/** What follows upon one that is out: its own words, to be corrected or called off. */
export function alertFormUpon(alert: Alert): AlertForm {
  const [zh, en] = [infoOf(alert, 'zh-CN'), infoOf(alert, 'en-US')]
  const { severity, effective, expires, contact = '' } = zh
  const { status } = alert
  return {
    ...emptyAlertForm(),
    ...{ status, msgType: 'Update', references: referenceTo(alert), severity, contact },
    hazard: hazardOf(zh) ?? '',
    colour: colourOf(zh) ?? '',
    cities: cities.filter(({ adcode }) => concerns(alert, adcode)).map(({ id }) => id),
    ...{ effective: localTime(timeOf(effective)), expires: localTime(timeOf(expires)) },
    ...{ senderZh: zh.senderName, eventZh: zh.event, headlineZh: zh.headline },
    ...{ descriptionZh: zh.description, instructionZh: zh.instruction },
    ...(en.language === 'zh-CN'
      ? {}
      : {
          ...{ senderEn: en.senderName, eventEn: en.event, headlineEn: en.headline },
          ...{ descriptionEn: en.description, instructionEn: en.instruction },
        }),
  }
}

function infoOf(alert: Alert, language: 'zh-CN' | 'en-US'): AlertInfo {
  return infoIn(alert, language) as AlertInfo
}

const FIELD_OF: Readonly<Record<string, string>> = {
  language: 'headline',
  event: 'event',
  headline: 'headline',
  description: 'description',
  instruction: 'instruction',
  senderName: 'sender',
}
const PLAIN_FIELDS: Readonly<Record<string, keyof AlertForm>> = {
  area: 'cities',
  effective: 'effective',
  onset: 'effective',
  expires: 'expires',
  contact: 'contact',
  severity: 'severity',
}

/** `info.1.headline` → `headlineEn`. */
export function fieldOfAlert(member: string): keyof AlertForm | '' {
  const [first = '', block, within = ''] = member.split('.')
  if (first !== 'info') return first in emptyAlertForm() ? (first as keyof AlertForm) : ''
  // What is wrong with a block as a whole is the order of its times, or that it is not there.
  if (within === '') return block === undefined ? 'headlineZh' : 'expires'
  const spoken = FIELD_OF[within]
  return spoken
    ? (`${spoken}${block === '1' ? 'En' : 'Zh'}` as keyof AlertForm)
    : (PLAIN_FIELDS[within] ?? '')
}

export function readAlertForm(
  form: AlertForm,
): { readonly draft: AlertDraft } | { readonly faults: ReadonlySet<string> } {
  const { status, msgType, references } = form
  const hasEnglish = form.headlineEn.trim() !== ''
  const read = readForm(alertDraftSchema, {
    ...{ status, msgType },
    ...(msgType === 'Alert' ? {} : { references }),
    info: [blockOf(form, 'Zh'), ...(hasEnglish ? [blockOf(form, 'En')] : [])],
  })
  return 'value' in read ? { draft: read.value } : { faults: new Set([...read.faults].map(fieldOfAlert)) }
}

function blockOf(form: AlertForm, ending: 'Zh' | 'En') {
  const { hazard, colour, severity, urgency, certainty, contact } = form
  const effective = capTimeIn(form.effective)
  return {
    language: ending === 'Zh' ? 'zh-CN' : 'en-US',
    category: ['Met'],
    event: form[`event${ending}`],
    responseType: [form.msgType === 'Cancel' ? 'AllClear' : 'Prepare'],
    ...{ urgency, severity, certainty, effective, onset: effective, expires: capTimeIn(form.expires) },
    ...(hazard ? { eventCode: [{ valueName: HAZARD_CODE, value: hazard }] } : {}),
    ...(colour ? { parameter: [{ valueName: COLOUR_PARAMETER, value: colour }] } : {}),
    senderName: form[`sender${ending}`],
    headline: form[`headline${ending}`],
    description: form[`description${ending}`],
    instruction: form[`instruction${ending}`],
    ...(contact.trim() ? { contact } : {}),
    area: form.cities.map((id) => areaOf(id, ending)),
  }
}

function areaOf(id: CityId, ending: 'Zh' | 'En') {
  const { nameZh, nameEn, adcode } = cityById(id)
  return {
    areaDesc: ending === 'Zh' ? nameZh : nameEn,
    geocode: [{ valueName: DIVISION_CODE, value: adcode }],
  }
}

/** Empty where no time that exists stands there. */
function capTimeIn(local: string): string {
  const at = timeIn(local)
  return at === undefined ? '' : zonedTime(at)
}
