/**
 * A fork: the backend's history ends before our cursor or differs at it (a restored backup). Its history is pulled into `stage` first;
 * then, in one transaction, it replaces the journal, and our own commands that it lacks go back to the front of the outbox.
 */
import type { RecordDetail } from '../domain/record.ts'
import type { Instant } from '../domain/time.ts'
import { type ChainLink, type Cursor, START } from '../proof/chain.ts'
import type { JournalRow, LedgerDb, OutboxRow } from './database.ts'
import { LEDGER_TABLES, parseLink, rebuildInside, toRow } from './journal.ts'
import { writeMeta } from './meta.ts'
import type { GroupOf } from './rows.ts'

export async function beginStage(db: LedgerDb): Promise<void> {
  await db.stage.clear()
}

export async function stageCursor(db: LedgerDb): Promise<Cursor> {
  const last = await db.stage.orderBy('seq').last()
  return last ? { seq: last.seq, hash: last.hash } : START
}

export async function stagePage(db: LedgerDb, links: readonly ChainLink[]): Promise<void> {
  await db.stage.bulkPut(links.map((link) => toRow(link, parseLink(link).body)))
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
    const lost = await lostCommands(db, staged, new Set(waiting.map((row) => row.id)))
    // Answered rows wait for a record that no longer comes; what the backend does have is settled.
    await db.outbox.bulkDelete(waiting.filter((row) => staged.has(row.id)).map((row) => row.n))
    await db.outbox.bulkPut(
      waiting
        .filter((row) => row.state === 'answered' && !staged.has(row.id))
        .map(({ seq: _, ...row }) => ({ ...row, state: 'queued' })),
    )
    // What was recorded first is asked for first.
    const front = Math.min(1, waiting[0]?.n ?? 1) - lost.length
    await db.outbox.bulkAdd(
      lost.map((row, i): OutboxRow => ({ ...row, n: front + i, state: 'queued', firstSentAt: forked.now })),
    )
    // The backend may have forgotten those as well; sending one again changes nothing.
    await db.photos.where('state').notEqual('waiting').modify({ state: 'waiting' })
    await replaceJournal(db)
    await rebuildInside(db, groupOf)
    const cursor = await stageCursorOfJournal(db)
    await writeMeta(db, 'cursor', cursor)
    await writeMeta(db, 'head', forked.head)
    await writeMeta(db, 'restore', { isComplete: true, lastSeq: cursor.seq })
    await writeMeta(db, 'forkNotice', { at: forked.now, requeued: lost.length })
    return lost.length
  })
}

async function lostCommands(
  db: LedgerDb,
  staged: Set<string>,
  waiting: Set<string>,
): Promise<{ id: string; text: string }[]> {
  const lost: { id: string; text: string }[] = []
  await db.journal.orderBy('seq').each((row) => {
    if (staged.has(row.id) || waiting.has(row.id) || row.detail === undefined) return
    const { command } = JSON.parse(row.detail) as RecordDetail
    if (command !== undefined) lost.push({ id: row.id, text: command })
  })
  return lost
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

async function stageCursorOfJournal(db: LedgerDb): Promise<Cursor> {
  const last = await db.journal.orderBy('seq').last()
  return last ? { seq: last.seq, hash: last.hash } : START
}
