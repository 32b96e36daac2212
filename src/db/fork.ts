/**
 * A fork: the backend's history ends before our cursor or differs at it (a restored backup). Where it merely ends, this phone hands in what
 * follows. Otherwise its history is pulled into `stage` first; then, in one transaction, it replaces the journal, and our own commands that it
 * lacks go back to the front of the outbox.
 */

import type { Instant } from '../domain/base/time.ts'
import { openBody, openDetail } from '../domain/ledger/open-record.ts'
import type { RecordBody } from '../domain/ledger/record.ts'
import { type ChainLink, type Cursor, START } from '../proof/chain.ts'
import type { LedgerDb } from './database.ts'
import { LEDGER_TABLES, parseLink, rebuildInside, toRow } from './journal.ts'
import { type ForkNotice, readMeta, writeMeta } from './meta.ts'
import { requeueAnswered } from './outbox-settle.ts'
import { cutReadMark } from './read-mark.ts'
import type { GroupOf } from './rows.ts'
import type { JournalRow, OutboxRow } from './tables.ts'

export async function beginStage(db: LedgerDb): Promise<void> {
  await db.stage.clear()
}

export async function stagePage(db: LedgerDb, links: readonly ChainLink[]): Promise<void> {
  await db.stage.bulkPut(links.map((link) => toRow(link, parseLink(link).body)))
}

/** The last record that journal and stage have in common. Two chains that agree at a record agree before it, so half is asked each time. */
export async function commonCursor(db: LedgerDb): Promise<Cursor> {
  let common = START
  const last = await db.stage.orderBy('seq').last()
  for (let low = 1, high = last?.seq ?? 0; low <= high; ) {
    const middle = Math.floor((low + high) / 2)
    const [ours, theirs] = [await db.journal.get(middle), await db.stage.get(middle)]
    if (ours && theirs && ours.hash === theirs.hash) {
      common = { seq: middle, hash: ours.hash }
      low = middle + 1
    } else high = middle - 1
  }
  return common
}

/** Whether our journal goes through this point: then what the backend has is the beginning of what we have. */
export async function standsAt(db: LedgerDb, { seq, hash }: Cursor): Promise<boolean> {
  if (seq === 0) return hash === START.hash
  return (await db.journal.get(seq))?.hash === hash
}

/** The backend took over all that it had lost: the journal stays as it is, and the person is told. */
export async function noteTaken(db: LedgerDb, taken: { records: number; now: Instant }): Promise<void> {
  await db.transaction('rw', db.outbox, db.photos, db.meta, async () => {
    await requeueAnswered(db)
    await askPhotosAgain(db)
    await writeNotice(db, { at: taken.now, restored: taken.records, requeued: 0, lost: 0 })
  })
}

/** Not read yet, the one before is told with it. */
async function writeNotice(db: LedgerDb, notice: Required<ForkNotice>): Promise<void> {
  const before = await readMeta(db, 'forkNotice')
  await writeMeta(db, 'forkNotice', {
    at: notice.at,
    restored: notice.restored + (before?.restored ?? 0),
    requeued: notice.requeued + (before?.requeued ?? 0),
    lost: notice.lost + (before?.lost ?? 0),
  })
}

/** The backend may have forgotten those as well; sending one again changes nothing. */
async function askPhotosAgain(db: LedgerDb): Promise<void> {
  await db.photos.where('state').notEqual('waiting').modify({ state: 'waiting' })
}

/**
 * Puts the staged history in place of the journal. `moved` when another tab was first (the journal is no longer the one that forked).
 * Returns how many commands were queued again.
 */
export async function adoptStage(
  db: LedgerDb,
  forked: { cursor: Cursor; head: { jws: string; at: Instant }; now: Instant },
  groupOf: GroupOf,
): Promise<number | 'moved'> {
  return db.transaction('rw', [...LEDGER_TABLES, 'photos'], async () => {
    const last = await db.journal.orderBy('seq').last()
    if (last?.seq !== forked.cursor.seq || last.hash !== forked.cursor.hash) return 'moved'
    const staged = new Set((await db.stage.orderBy('id').keys()) as string[])
    const waiting = await db.outbox.toArray()
    const { seq: common } = await commonCursor(db)
    const old = await whatBecameOf(db, common, { staged, waiting: new Set(waiting.map((row) => row.id)) })
    await settleByStage(db, waiting, staged)
    // What was recorded first is asked for first.
    const front = Math.min(1, waiting[0]?.n ?? 1) - old.lost.length
    await db.outbox.bulkAdd(
      old.lost.map(
        // Which of them a guest had made, nobody knows any more; said of all, it costs nothing, and none earns in two accounts.
        (row, i): OutboxRow => ({
          ...row,
          n: front + i,
          state: 'queued',
          firstSentAt: forked.now,
          fromGuest: true,
        }),
      ),
    )
    await askPhotosAgain(db)
    await cutReadMark(db, common)
    await replaceJournal(db)
    await rebuildInside(db, groupOf)
    const cursor = await cursorOfJournal(db)
    await writeMeta(db, 'cursor', cursor)
    await writeMeta(db, 'head', forked.head)
    await writeMeta(db, 'restore', { isComplete: true, lastSeq: cursor.seq })
    const requeued = old.lost.length
    await writeNotice(db, { at: forked.now, restored: old.kept, requeued, lost: old.gone })
    return requeued
  })
}

/** Answered rows wait for a record that no longer comes; what the backend does have, in this very text, is settled. */
async function settleByStage(
  db: LedgerDb,
  waiting: readonly OutboxRow[],
  staged: ReadonlySet<string>,
): Promise<void> {
  for (const row of waiting) {
    if (!staged.has(row.id)) {
      const { seq: _, ...rest } = row
      if (row.state === 'answered') await db.outbox.put({ ...rest, state: 'queued' })
      continue
    }
    const record = await db.stage.where('id').equals(row.id).first()
    const { command } = openDetail(record?.detail) ?? {}
    if (command === row.text) await db.outbox.delete(row.n)
    else await db.outbox.put({ ...row, state: 'deferred', problem: 'id_reused' })
  }
}

/** Steps that nobody makes again: with them, what a person or a shop decided is gone. Ends and returns fall due by themselves. */
const DECISIONS: readonly RecordBody['kind'][] = ['review.decide', 'voice.answer', 'voucher.settle']

/**
 * Of our records after the last common one, which the fork has put in question: how many stand there as they did, which can be asked for again, and how many are gone or
 * were decided otherwise.
 */
async function whatBecameOf(
  db: LedgerDb,
  common: number,
  { staged, waiting }: { staged: ReadonlySet<string>; waiting: ReadonlySet<string> },
): Promise<{ kept: number; lost: { id: string; text: string }[]; gone: number }> {
  const found = { kept: 0, lost: [] as { id: string; text: string }[], gone: 0 }
  for (const row of await db.journal.where('seq').above(common).toArray()) {
    const body = openBody(row.body)
    const theirs = staged.has(row.id) ? await db.stage.where('id').equals(row.id).first() : undefined
    const { command } = openDetail(row.detail) ?? {}
    if (theirs) {
      if (openBody(theirs.body).outcome === body.outcome) found.kept++
      else found.gone++
    } else if (waiting.has(row.id)) continue
    else if (command !== undefined) found.lost.push({ id: row.id, text: command })
    else if (DECISIONS.includes(body.kind)) found.gone++
  }
  return found
}

async function replaceJournal(db: LedgerDb): Promise<void> {
  await db.journal.clear()
  for (let after = 0; ; ) {
    const rows: JournalRow[] = await db.stage.where('seq').above(after).limit(2000).toArray()
    if (rows.length === 0) break
    await db.journal.bulkAdd(rows)
    after = (rows[rows.length - 1] as JournalRow).seq
  }
  await db.stage.clear()
}

async function cursorOfJournal(db: LedgerDb): Promise<Cursor> {
  const last = await db.journal.orderBy('seq').last()
  return last ? { seq: last.seq, hash: last.hash } : START
}
