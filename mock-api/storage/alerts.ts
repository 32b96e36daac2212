/** Warnings as published. Only added to: an update or a cancellation is a message of its own. */

import { plainName, plainText } from '../../src/domain/base/plain-text.ts'
import { type Instant, isRealTime, zonedTime } from '../../src/domain/base/time.ts'
import { type Alert, type AlertInfo, timeOf } from '../../src/domain/taking-part/alert.ts'
import type { Queryable } from './db.ts'

export async function insertAlert(
  db: Queryable,
  alert: Alert,
  { sentAt, expiresAt }: { sentAt: Instant; expiresAt: Instant },
): Promise<void> {
  await db.query('insert into alerts (identifier, sent_at, expires_at, alert) values ($1, $2, $3, $4)', [
    alert.identifier,
    sentAt,
    expiresAt,
    JSON.stringify(alert),
  ])
}

/** Those that still held after that moment, the newest first. */
export async function readAlertsSince(db: Queryable, since: Instant): Promise<Alert[]> {
  const rows = await db.query<{ alert: string }>(
    'select alert from alerts where expires_at > $1 order by sent_at desc, identifier',
    [since],
  )
  return rows.map(({ alert }) => readable(JSON.parse(alert) as Alert))
}

/** The newest so many. */
export async function readAllAlerts(db: Queryable, limit: number): Promise<Alert[]> {
  const rows = await db.query<{ alert: string }>(
    'select alert from alerts order by sent_at desc, identifier limit $1',
    [limit],
  )
  return rows.map(({ alert }) => readable(JSON.parse(alert) as Alert))
}

export async function readAlert(db: Queryable, identifier: string): Promise<Alert | undefined> {
  const rows = await db.query<{ alert: string }>('select alert from alerts where identifier = $1', [
    identifier,
  ])
  return rows[0] && readable(JSON.parse(rows[0].alert) as Alert)
}

/** What was stored before texts and times were held to be plain and real is made so: one such alert must not make a city's unreadable. */
function readable(alert: Alert): Alert {
  return {
    ...alert,
    ...(alert.note === undefined ? {} : { note: plainText(alert.note) }),
    info: alert.info.map(readableInfo),
  }
}

const TIMES = ['effective', 'onset', 'expires']
const SENTENCES = ['description', 'instruction']

function readableInfo(info: AlertInfo): AlertInfo {
  return JSON.parse(JSON.stringify(info), (key, value: unknown) => {
    if (typeof value !== 'string') return value
    // As every phone took it that was told of the 30th of February.
    if (TIMES.includes(key)) return isRealTime(value) ? value : zonedTime(timeOf(value))
    return SENTENCES.includes(key) ? plainText(value) : plainName(value)
  }) as AlertInfo
}
