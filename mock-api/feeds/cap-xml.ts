/** An alert as the XML document of CAP 1.2: elements in the order of the standard's schema, every text escaped. */

import { plainText } from '../../src/domain/base/plain-text.ts'
import type { Alert, AlertArea, AlertInfo, NamedValue } from '../../src/domain/taking-part/alert.ts'

export const CAP_TYPE = 'application/cap+xml'
const NAMESPACE = 'urn:oasis:names:tc:emergency:cap:1.2'

export function capXml(alert: Alert): string {
  const lines = [
    element('identifier', alert.identifier),
    element('sender', alert.sender),
    element('sent', alert.sent),
    element('status', alert.status),
    element('msgType', alert.msgType),
    element('scope', alert.scope),
    element('note', alert.note),
    element('references', alert.references),
    ...alert.info.map(infoXml),
  ]
  return `<?xml version="1.0" encoding="UTF-8"?>\n<alert xmlns="${NAMESPACE}">\n${lines.join('')}</alert>\n`
}

function infoXml(info: AlertInfo): string {
  return block('info', [
    element('language', info.language),
    ...info.category.map((each) => element('category', each)),
    element('event', info.event),
    ...info.responseType.map((each) => element('responseType', each)),
    element('urgency', info.urgency),
    element('severity', info.severity),
    element('certainty', info.certainty),
    ...named('eventCode', info.eventCode),
    element('effective', info.effective),
    element('onset', info.onset),
    element('expires', info.expires),
    element('senderName', info.senderName),
    element('headline', info.headline),
    element('description', info.description),
    element('instruction', info.instruction),
    element('web', info.web),
    element('contact', info.contact),
    ...named('parameter', info.parameter),
    ...info.area.map(areaXml),
  ])
}

function areaXml(area: AlertArea): string {
  return block('area', [element('areaDesc', area.areaDesc), ...named('geocode', area.geocode)])
}

function named(name: string, pairs: readonly NamedValue[] = []): string[] {
  return pairs.map(({ valueName, value }) =>
    block(name, [element('valueName', valueName), element('value', value)]),
  )
}

function block(name: string, inside: readonly string[]): string {
  return `<${name}>\n${inside.join('')}</${name}>\n`
}

/** Empty where there is nothing to say: each of these elements may be left out. */
function element(name: string, value: string | undefined): string {
  return value === undefined ? '' : `<${name}>${escaped(value)}</${name}>\n`
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** What XML cannot carry at all is left out: an alert of before it was refused may be stored with it. */
function escaped(value: string): string {
  return plainText(value).replaceAll(/[&<>]/g, (character) => ESCAPES[character] ?? character)
}
