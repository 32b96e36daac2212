/** The outbox as the exchange sees it: what to send next, and what it cannot send. */

import type { Instant } from '../domain/base/time.ts'
import type { LedgerDb } from './database.ts'
import type { OutboxRow } from './tables.ts'

export interface Batch {
  readonly rows: readonly OutboxRow[]
  readonly texts: readonly string[]
}

/**
 * The next commands to send, in the order of making, at most `max` and `maxBytes`, behind `after` where it is given. Marks them as handed to
 * the network in the same transaction: from then on an undo has to be a command of its own.
 */
export async function takeBatch(
  db: LedgerDb,
  limits: { max: number; maxBytes: number; now: Instant; after?: number },
): Promise<Batch> {
  return db.transaction('rw', db.outbox, async () => {
    const candidates = await queuedRows(db, limits)
    const rows: OutboxRow[] = []
    let bytes = 0
    for (const row of candidates) {
      bytes += utf8Length(row.text) + 3 // quotes and comma; escapes are counted by the margin of the limit
      if (rows.length > 0 && bytes > limits.maxBytes) break
      rows.push(row)
    }
    const unsent = rows.filter((row) => row.firstSentAt === undefined)
    for (const row of unsent) row.firstSentAt = limits.now
    await db.outbox.bulkPut(unsent)
    return { rows, texts: rows.map((row) => row.text) }
  })
}

async function queuedRows(
  { outbox }: LedgerDb,
  { max, after }: { max: number; after?: number },
): Promise<OutboxRow[]> {
  if (after === undefined) return outbox.where('state').equals('queued').limit(max).toArray() // the index orders equal states by n
  return (await outbox.where('n').above(after).limit(max).toArray()).filter(({ state }) => state === 'queued')
}

/** Only what was sent: a row that another answer has settled or changed since is not this one's to defer. */
export async function defer(db: LedgerDb, { n, text }: OutboxRow, problem: string): Promise<void> {
  await db.transaction('rw', db.outbox, async () => {
    const row = await db.outbox.get(n)
    if (row?.state === 'queued' && row.text === text)
      await db.outbox.put({ ...row, state: 'deferred', problem })
  })
}

/** What the backend could not know yet: it may by now. */
export async function requeueWaiting(db: LedgerDb): Promise<void> {
  await db.outbox.where('state').equals('waiting').modify({ state: 'queued' })
}

function utf8Length(text: string): number {
  let length = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit > 0x7f) length += unit > 0x7ff ? 2 : 1
  }
  return length
}
