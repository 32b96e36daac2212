/** The outbox: what this device still asks for. A row is there from the tap until its record is stored, across crashes and upgrades. */
import type { Command } from '../domain/command.ts'
import type { Instant } from '../domain/time.ts'
import { canonicalJson } from '../proof/canonical.ts'
import type { LedgerDb, OutboxRow } from './database.ts'
import { readMeta, writeMeta } from './meta.ts'

/** A phone that was offline for years may hold this many; beyond it, something is wrong and the person is told to export. */
export const OUTBOX_MAX = 100_000

/** The guest ledger was adopted while this tab looked at it: open the current one and try again. */
export class LedgerClosedError extends Error {
  override readonly name = 'LedgerClosedError'
}

/** Writes the command, once, in its canonical text. This is the whole of recording: one row, one transaction. */
export async function enqueue(db: LedgerDb, command: Command): Promise<void> {
  const text = canonicalJson(command)
  await db.transaction('rw', db.outbox, db.meta, async () => {
    if (await readMeta(db, 'closed')) throw new LedgerClosedError()
    await db.outbox.add({ id: command.id, text, state: 'queued' })
  })
}

/** Closes the outbox for ever and tells what it holds: whatever is recorded later goes to another ledger. */
export async function closeOutbox(db: LedgerDb, accountId: string): Promise<OutboxRow[]> {
  return db.transaction('rw', db.outbox, db.meta, async () => {
    await writeMeta(db, 'closed', accountId)
    return db.outbox.orderBy('n').toArray()
  })
}

export interface Batch {
  readonly rows: readonly OutboxRow[]
  readonly texts: readonly string[]
}

/**
 * The next commands to send, in the order of making, at most `max` and `maxBytes`. Marks them as handed to the network in the same
 * transaction: from then on an undo has to be a command of its own.
 */
export async function takeBatch(
  db: LedgerDb,
  limits: { max: number; maxBytes: number; now: Instant },
): Promise<Batch> {
  return db.transaction('rw', db.outbox, async () => {
    const candidates = await db.outbox.where('state').equals('queued').limit(limits.max).toArray() // the index orders equal states by n
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

/** Takes back what was never handed to the network. False when it may have left: then ask with a command. */
export async function forgetUnsent(db: LedgerDb, id: string): Promise<boolean> {
  return db.transaction('rw', db.outbox, async () => {
    const row = await db.outbox.where('id').equals(id).first()
    if (!row || row.firstSentAt !== undefined) return false
    await db.outbox.delete(row.n)
    return true
  })
}

export async function defer(db: LedgerDb, id: string, problem: string): Promise<void> {
  await db.outbox.where('id').equals(id).modify({ state: 'deferred', problem })
}

/** A newer app or backend may read what was deferred: try it again. */
export async function requeueDeferred(db: LedgerDb): Promise<number> {
  return db.outbox.where('state').equals('deferred').modify({ state: 'queued' })
}

function utf8Length(text: string): number {
  let length = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit > 0x7f) length += unit > 0x7ff ? 2 : 1
  }
  return length
}
