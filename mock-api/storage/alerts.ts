/** Warnings as published. Only added to: an update or a cancellation is a message of its own. */
import type { Alert } from '../../src/domain/alert.ts'
import type { Instant } from '../../src/domain/time.ts'
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
  return rows.map(({ alert }) => JSON.parse(alert) as Alert)
}

export async function readAlert(db: Queryable, identifier: string): Promise<Alert | undefined> {
  const rows = await db.query<{ alert: string }>('select alert from alerts where identifier = $1', [
    identifier,
  ])
  return rows[0] && (JSON.parse(rows[0].alert) as Alert)
}
