/** A branch's daily statements, as its journal holds them: what was posted that day, less refunds, and whether it was paid. */

import { liveQuery, type Observable } from 'dexie'
import type { Day } from '../domain/base/time.ts'
import { openDetail } from '../domain/ledger/open-record.ts'
import type { LedgerDb } from './database.ts'
import type { EntryRow } from './tables.ts'

export interface StatementRow {
  readonly id: string
  readonly seq: number
  readonly day: Day
  readonly fen: number
  readonly refundFen: number
  readonly count: number
  readonly isPaid: boolean
}

/** The latest first. */
export function liveStatements(db: LedgerDb, most: number): Observable<StatementRow[]> {
  return liveQuery(() => readStatements(db, most))
}

async function readStatements(db: LedgerDb, most: number): Promise<StatementRow[]> {
  const entries = await db.entries
    .where('[group+seq]')
    .between(['steps', 0], ['steps', Number.POSITIVE_INFINITY])
    .reverse()
    .filter(({ kind }) => kind === 'statement.close')
    .limit(most)
    .toArray()
  const rows = await db.journal.bulkGet(entries.map(({ seq }) => seq))
  return entries.flatMap((entry, i) => statementOf(entry, rows[i]?.detail))
}

function statementOf({ id, seq, later }: EntryRow, detail: string | undefined): StatementRow[] {
  const told = openDetail(detail)?.statementOf
  if (!told) return []
  const { day, fen, refundFen, count } = told
  return [{ id, seq, day, fen, refundFen, count, isPaid: later === 'paid' }]
}
