/** Storing what the backend posted: one transaction per page, the records and all that follows from them together or not at all. */

import type { Instant } from '../domain/base/time.ts'
import type { Ledger } from '../domain/ledger/ledger.ts'
import { emptyLedger, post } from '../domain/ledger/ledger.ts'
import { openBody, openDetail } from '../domain/ledger/open-record.ts'
import type { RecordBody } from '../domain/ledger/record.ts'
import type { ChainLink, Cursor } from '../proof/chain.ts'
import type { LedgerDb } from './database.ts'
import { deriveRows, type ParsedRecord } from './derive.ts'
import { DERIVED_VERSION, isStale } from './derived-version.ts'
import { readCursor, readMeta, writeMeta } from './meta.ts'
import { type PageReceipt, settle } from './outbox-settle.ts'
import type { PartRead } from './pieces.ts'
import type { GroupOf } from './rows.ts'
import type { JournalRow } from './tables.ts'
import { writeLedger } from './write-ledger.ts'

/** A page that was checked: chain, signature and balances hold. */
export interface CheckedPage {
  readonly after: Cursor
  readonly links: readonly ChainLink[]
  readonly records: readonly ParsedRecord[]
  /** The fold up to the page's last record. */
  readonly ledger: Ledger
  /** The days of a part, as they were looked up. */
  readonly before?: PartRead['before']
  readonly receipts: readonly PageReceipt[]
  /** Rows of the outbox that it answers, by their numbers in order. */
  readonly sent?: readonly number[]
  readonly head: { readonly jws: string; readonly at: Instant }
  readonly lastSeq: number
  readonly hasMore: boolean
  readonly clockOffset: number
  readonly now: Instant
}

export function parseLink(link: ChainLink): ParsedRecord {
  return {
    body: openBody(link.body),
    detail: openDetail(link.detail),
  }
}

export function toRow(link: ChainLink, body: RecordBody): JournalRow {
  const { seq, hash, detail, salt } = link
  return {
    seq,
    id: body.id,
    body: link.body,
    hash,
    ...(detail === undefined ? {} : { detail }),
    ...(salt === undefined ? {} : { salt }),
  }
}

export const LEDGER_TABLES = [
  'journal',
  'outbox',
  'entries',
  'vouchers',
  'months',
  'days',
  'pieces',
  'meta',
  'stage',
] as const

/**
 * Stores the page and settles the outbox by it. `moved` when the cursor is no longer where the page begins: another tab was first, and
 * nothing was changed.
 */
export async function storePage(
  db: LedgerDb,
  page: CheckedPage,
  groupOf: GroupOf,
): Promise<'stored' | 'moved'> {
  return db.transaction('rw', LEDGER_TABLES as unknown as string[], async () => {
    const cursor = await readCursor(db)
    if (cursor.seq !== page.after.seq || cursor.hash !== page.after.hash) return 'moved'
    if (await isStale(db)) return 'moved' // another build made the rows its own way while the page was under way
    if (page.links.length > 0) {
      await db.journal.bulkAdd(
        page.links.map((link, i) => toRow(link, (page.records[i] as ParsedRecord).body)),
      )
      await deriveRows(db, page.records, groupOf)
      const last = page.links[page.links.length - 1] as ChainLink
      await writeMeta(db, 'cursor', { seq: last.seq, hash: last.hash })
      await writeLedger(db, page.ledger, page.before)
    }
    await settle(db, page)
    await writeMeta(db, 'head', { jws: page.head.jws, at: page.head.at })
    await writeMeta(db, 'clockOffset', page.clockOffset)
    await writeMeta(db, 'derivedVersion', DERIVED_VERSION)
    const restore = await readMeta(db, 'restore')
    await writeMeta(db, 'restore', {
      isComplete: restore?.isComplete === true || !page.hasMore,
      lastSeq: page.lastSeq,
    })
    if (!page.hasMore) await writeMeta(db, 'lastSyncedAt', page.now)
    return 'stored'
  })
}

/** Records a chunk when all is made anew: bounds the memory of a rebuild over 100,000 records. */
const REBUILD_CHUNK = 2000

/** Makes every derived row anew from the journal, in one transaction. `onProgress` tells records done of all. */
export async function rebuild(
  db: LedgerDb,
  groupOf: GroupOf,
  onProgress?: (done: number, of: number) => void,
): Promise<void> {
  // Dexie tells an async function by its syntax: an arrow that merely returns a promise would commit too early.
  await db.transaction('rw', LEDGER_TABLES as unknown as string[], async () =>
    rebuildInside(db, groupOf, onProgress),
  )
}

/** Makes them anew only if another build made them; of two tabs that begin at once, one does it. */
export async function refresh(db: LedgerDb, groupOf: GroupOf): Promise<void> {
  await db.transaction('rw', LEDGER_TABLES as unknown as string[], async () => {
    if (await isStale(db)) await rebuildInside(db, groupOf)
  })
}

export async function rebuildInside(
  db: LedgerDb,
  groupOf: GroupOf,
  onProgress?: (done: number, of: number) => void,
): Promise<void> {
  // One after the other: Dexie loses sight of the transaction after a Promise.all followed by other awaits.
  for (const table of [db.entries, db.vouchers, db.months, db.days]) await table.clear()
  const of = await db.journal.count()
  const ledger = emptyLedger()
  for (let done = 0; done < of; ) {
    const rows = await db.journal.where('seq').above(done).limit(REBUILD_CHUNK).toArray()
    const records = rows.map(parseLink)
    for (const { body, detail } of records) post(ledger, body, detail)
    await deriveRows(db, records, groupOf)
    done = (rows[rows.length - 1] as JournalRow).seq
    onProgress?.(done, of)
  }
  await writeLedger(db, ledger)
  await writeMeta(db, 'derivedVersion', DERIVED_VERSION)
}
