/** What becomes of the outbox by an answer: rows whose record is stored go, the others remember what they were told. */

import { openDetail } from '../domain/ledger/open-record.ts'
import type { LedgerDb } from './database.ts'
import type { ParsedRecord } from './derive.ts'
import { readRowsNear } from './outbox-rows.ts'
import type { OutboxRow } from './tables.ts'

export interface PageReceipt {
  readonly id: string
  readonly seq?: number
  readonly outcome: string
  readonly differs?: true
}

interface Page {
  readonly after: { readonly seq: number }
  /** Of the whole history, as the backend has it now. */
  readonly lastSeq: number
  readonly records: readonly ParsedRecord[]
  readonly receipts: readonly PageReceipt[]
  /** Rows that the page answers, by their numbers in order. */
  readonly sent?: readonly number[]
}

/** Within the transaction that stored the page's records. A record of another text settles nothing. */
export async function settle(db: LedgerDb, page: Page): Promise<void> {
  const texts = new Map(page.records.map(({ body, detail }) => [body.id, detail?.command]))
  const receipts = new Map(page.receipts.map((receipt) => [receipt.id, receipt]))
  const rows = await rowsOf(db, new Set([...texts.keys(), ...receipts.keys()]), page.sent)
  const stored: number[] = []
  const changed: OutboxRow[] = []
  for (const row of rows) {
    const receipt = receipts.get(row.id)
    const text = texts.get(row.id)
    if (receipt?.differs || (text !== undefined && text !== row.text))
      changed.push({ ...row, state: 'deferred', problem: 'id_reused' })
    else if (texts.has(row.id)) stored.push(row.n)
    else if (receipt?.outcome === 'deferred')
      changed.push({ ...row, state: 'deferred', problem: 'unknown_command' })
    else if (receipt?.outcome === 'waiting') changed.push({ ...row, state: 'waiting' })
    else if (receipt?.seq !== undefined) changed.push({ ...row, state: 'answered', seq: receipt.seq })
  }
  await db.outbox.bulkDelete(stored)
  await db.outbox.bulkPut(changed)
  await settleAnswered(db, { passed: page.after.seq + page.records.length, lastSeq: page.lastSeq })
}

/** Those that were sent are read by their numbers: each id that is looked for in the index costs a browser as much as all of them. */
async function rowsOf(
  db: LedgerDb,
  ids: ReadonlySet<string>,
  sent: readonly number[] = [],
): Promise<OutboxRow[]> {
  const near = (await readRowsNear(db, sent)).filter(({ id }) => ids.has(id))
  const found = new Set(near.map(({ id }) => id))
  const others = [...ids].filter((id) => !found.has(id))
  return others.length === 0 ? near : [...near, ...(await db.outbox.where('id').anyOf(others).toArray())]
}

/**
 * Answered rows that the journal has passed, or that lie beyond its end: a history that goes no further holds no record to wait for. The record
 * may stand there already, since another tab stored it; if it does not, the answer was of a history that is gone (a page cut short, a restored
 * backup), and the row is asked for again. Asked once too often, because this page was told before that answer, it is answered as before.
 */
async function settleAnswered(
  db: LedgerDb,
  { passed, lastSeq }: { passed: number; lastSeq: number },
): Promise<void> {
  const isAtEnd = passed >= lastSeq
  const rows = await db.outbox.where('state').equals('answered').toArray()
  for (const row of rows) {
    if ((row.seq ?? 0) > passed && !isAtEnd) continue
    const record = await db.journal.where('id').equals(row.id).first()
    const { seq: _, ...rest } = row
    if (!record) await db.outbox.put({ ...rest, state: 'queued' })
    else if (openDetail(record.detail)?.command === row.text) await db.outbox.delete(row.n)
    else await db.outbox.put({ ...rest, state: 'deferred', problem: 'id_reused' })
  }
}

/** All of them: the history that they were answered by is no more. */
export async function requeueAnswered(db: LedgerDb): Promise<void> {
  const rows = await db.outbox.where('state').equals('answered').toArray()
  await db.outbox.bulkPut(rows.map(({ seq: _, ...row }): OutboxRow => ({ ...row, state: 'queued' })))
}
