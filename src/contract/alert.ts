/** Warnings as they cross the wire: CAP 1.2 with its own element names, repeated elements as lists under their name. Strict both ways. */
import * as v from 'valibot'
import { isPlainName } from '../domain/base/plain-text.ts'
import { isRealTime } from '../domain/base/time.ts'
import {
  ALERT_CATEGORIES,
  ALERT_LANGUAGES,
  ALERT_STATUSES,
  ALERT_TYPES,
  type Alert,
  CERTAINTIES,
  DIVISION_CODE,
  RESPONSE_TYPES,
  referencesOf,
  SEVERITIES,
  timeOf,
  URGENCIES,
} from '../domain/taking-part/alert.ts'
import { NAME_MESSAGE, nameOf, textOf } from './plain-text.ts'

/** A warning is read on a phone in the rain: what is longer is not read. */
const LINE_MAX = 160
const TEXT_MAX = 2000
const LIST_MAX = 20
/** All that a city may have had in a month of storms. */
export const ALERTS_MAX = 100

const list = <Item extends v.GenericSchema>(item: Item, min = 0) =>
  v.pipe(v.array(item), v.minLength(min), v.maxLength(LIST_MAX))
/** "MUST NOT include spaces, commas or restricted characters (< and &)", section 3.2.1; no slash, because it stands in an address. */
const name = v.pipe(
  v.string(),
  v.regex(/^[^\s,<&/?#%]{1,100}$/),
  v.check((value) => isPlainName(value), NAME_MESSAGE),
)
/** Section 3.3.2: no Z, and a real date. */
const time = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d$/),
  v.check((value) => isRealTime(value), 'a time that exists'),
)
const namedValue = v.strictObject({ valueName: nameOf(LINE_MAX), value: nameOf(LINE_MAX) })
const reference = /^[^\s,<&]{1,100},[^\s,<&]{1,100},(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d)$/

function isReference(text: string): boolean {
  const sent = reference.exec(text)?.[1]
  return sent !== undefined && isRealTime(sent)
}

const areaSchema = v.strictObject({
  areaDesc: nameOf(LINE_MAX),
  geocode: v.pipe(
    list(namedValue, 1),
    v.check((codes) => {
      const divisions = codes.filter(({ valueName }) => valueName === DIVISION_CODE)
      return divisions.length > 0 && divisions.every(({ value }) => /^[1-9]\d{5}$/.test(value))
    }, `a ${DIVISION_CODE} code of six digits`),
  ),
})

const alertInfoSchema = v.pipe(
  v.strictObject({
    language: v.picklist(ALERT_LANGUAGES),
    category: list(v.picklist(ALERT_CATEGORIES), 1),
    event: nameOf(LINE_MAX),
    responseType: list(v.picklist(RESPONSE_TYPES), 1),
    urgency: v.picklist(URGENCIES),
    severity: v.picklist(SEVERITIES),
    certainty: v.picklist(CERTAINTIES),
    eventCode: v.exactOptional(list(namedValue)),
    effective: time,
    onset: time,
    expires: time,
    senderName: nameOf(LINE_MAX),
    headline: nameOf(LINE_MAX),
    description: textOf(TEXT_MAX),
    instruction: textOf(TEXT_MAX),
    web: v.exactOptional(v.pipe(nameOf(310), v.url(), v.regex(/^https?:\/\/[^\s<>"]{1,300}$/))),
    contact: v.exactOptional(nameOf(LINE_MAX)),
    parameter: v.exactOptional(list(namedValue)),
    area: list(areaSchema, 1),
  }),
  v.check(({ effective, expires }) => timeOf(effective) < timeOf(expires), 'expires after it is effective'),
)

/** Chinese always, English where it is there; the two speak of the same time and severity, or one reader would be told less. */
const info = v.pipe(
  v.array(alertInfoSchema),
  v.minLength(1),
  v.maxLength(ALERT_LANGUAGES.length),
  v.check((blocks) => blocks[0]?.language === 'zh-CN', 'zh-CN first'),
  v.check(
    (blocks) => new Set(blocks.map(({ language }) => language)).size === blocks.length,
    'each language once',
  ),
  v.check(
    (blocks) =>
      new Set(blocks.map(({ severity, effective, expires }) => `${severity} ${effective} ${expires}`))
        .size === 1,
    'the same severity and times in each language',
  ),
)

const references = v.pipe(
  v.string(),
  v.maxLength(TEXT_MAX),
  v.check((value) => isPlainName(value) && value.split(' ').every(isReference), 'sender,identifier,sent'),
)

const envelope = {
  status: v.picklist(ALERT_STATUSES),
  msgType: v.picklist(ALERT_TYPES),
  note: v.exactOptional(textOf(TEXT_MAX)),
  references: v.exactOptional(references),
}

/** Only what takes another's place names others, and it must. */
const namesOthers = ({ msgType, references }: { msgType: Alert['msgType']; references?: string }) =>
  msgType === 'Alert' ? references === undefined : referencesOf(references ? { references } : {}).length > 0
const REFERENCES_MESSAGE = 'references for Update and Cancel, none for Alert'

export const alertSchema = v.pipe(
  v.strictObject({
    identifier: name,
    sender: name,
    sent: time,
    ...envelope,
    scope: v.literal('Public'),
    info,
  }),
  v.check((each) => namesOthers(each), REFERENCES_MESSAGE),
)

export const alertsAnswerSchema = v.strictObject({
  alert: v.pipe(v.array(alertSchema), v.maxLength(ALERTS_MAX)),
})

/** What an operator writes; the backend adds who, when and the identifier. A Cancel without `info` takes it from what it cancels. */
export const alertDraftSchema = v.pipe(
  v.strictObject({ ...envelope, info: v.exactOptional(info) }),
  v.check((each) => namesOthers(each), REFERENCES_MESSAGE),
  v.check(({ msgType, info: blocks }) => msgType === 'Cancel' || blocks !== undefined, 'info'),
)

export type AlertsAnswer = v.InferOutput<typeof alertsAnswerSchema>
export type AlertDraft = v.InferOutput<typeof alertDraftSchema>
