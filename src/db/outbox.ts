/** The outbox: what this device still asks for. A row is there from the tap until its record is stored, across crashes and upgrades. */

import type { Instant } from '../domain/base/time.ts'
import type { Command } from '../domain/ledger/command.ts'
import { canonicalJson } from '../proof/canonical.ts'
import type { LedgerDb } from './database.ts'
import { LedgerClosedError, LedgerLeftError } from './ledger-closed.ts'
import { readMeta, writeMeta } from './meta.ts'
import { isQuotaError } from './quota-error.ts'
import type { OutboxRow } from './tables.ts'

/** In place of an account's id: closed by signing out. */
export const LEFT = 'left'

/** Writes the command, once, in its canonical text. This is the whole of recording: one row, one transaction. */
export async function enqueue(db: LedgerDb, command: Command): Promise<void> {
  await db.transaction('rw', db.outbox, db.meta, async () => {
    await assertOpen(db)
    const text = canonicalJson(await withSync(db, command))
    await db.outbox.add({ id: command.id, text, state: 'queued' })
  })
}

/** In the transaction that writes: nothing is put into a ledger that is about to go, by whichever way it comes. */
export async function assertOpen(db: LedgerDb): Promise<void> {
  await db.guard.assertOurs()
  const closed = await readMeta(db, 'closed')
  if (closed === LEFT) throw new LedgerLeftError()
  if (closed) throw new LedgerClosedError()
}

/** The backend's time that this ledger last heard: the command was made after it, whatever the phone's clock says. */
async function withSync(db: LedgerDb, command: Command): Promise<Command> {
  const { clock } = command
  if (!clock) return command
  const head = await readMeta(db, 'head')
  return head === undefined ? command : { ...command, clock: { ...clock, syncedAt: head.at } }
}

/** Closes the outbox for ever and tells what it holds: whatever is recorded later goes to another ledger. */
export async function closeOutbox(db: LedgerDb, accountId: string): Promise<OutboxRow[]> {
  return db.transaction('rw', db.outbox, db.meta, async () => {
    await writeMeta(db, 'closed', accountId)
    return db.outbox.orderBy('n').toArray()
  })
}

/** Takes back what never left the phone, neither by the network nor in a file. False when it may have left: then ask with a command. */
export async function forgetUnsent(db: LedgerDb, id: string): Promise<boolean> {
  return db.transaction('rw', db.outbox, db.photos, async () => {
    const row = await db.outbox.where('id').equals(id).first()
    if (!row || row.firstSentAt !== undefined || row.handedOutAt !== undefined) return false
    await db.outbox.delete(row.n)
    await db.photos.delete(id)
    return true
  })
}

/**
 * The outbox for a file. Marks its rows as handed out in the transaction that reads them: the file may be restored on another phone and sent
 * from there, so that an undo has to be a command of its own from then on. A full phone takes no marks, and is helped by the file.
 */
export async function handOut(db: LedgerDb, now: Instant): Promise<OutboxRow[]> {
  try {
    return await db.transaction('rw', db.outbox, async () => {
      await db.outbox.filter((row) => row.handedOutAt === undefined).modify({ handedOutAt: now })
      return db.outbox.orderBy('n').toArray()
    })
  } catch (error) {
    if (!isQuotaError(error)) throw error
    return db.outbox.orderBy('n').toArray()
  }
}

/** A newer app or backend may read what was deferred: try it again. */
export async function requeueDeferred(db: LedgerDb): Promise<number> {
  return db.outbox.where('state').equals('deferred').modify({ state: 'queued' })
}

/** What an older app had to defer is tried once by each newer one. On a full phone by a later page: the exchange begins all the same, and says what is wrong. */
export async function requeueAfterUpgrade(db: LedgerDb, appVersion: string): Promise<void> {
  if ((await readMeta(db, 'deferredTriedBy')) === appVersion) return
  try {
    await db.transaction('rw', db.outbox, db.meta, async () => {
      await requeueDeferred(db)
      await writeMeta(db, 'deferredTriedBy', appVersion)
    })
  } catch (error) {
    if (!isQuotaError(error)) throw error
  }
}
