/**
 * Every entry of the ledger as CSV, oldest first, in pieces, so that 100,000 of them never stand in memory as one string.
 * Columns and their words come from the caller. UTF-8 with a byte order mark, or Excel takes Chinese for Latin letters.
 */

import type { LedgerDb } from '../db/database.ts'
import type { EntryRow } from '../db/tables.ts'
import { csvLine } from '../domain/base/csv.ts'

export interface CsvColumn {
  readonly header: string
  /** Numbers are written as they are; text is made safe for spreadsheets; undefined is an empty cell. */
  readonly value: (entry: EntryRow) => string | number | undefined
}

const BOM = '\uFEFF'
const CHUNK = 2000

export async function* exportCsv(
  db: LedgerDb,
  columns: readonly CsvColumn[],
  onProgress?: (done: number, of: number) => void,
): AsyncGenerator<string> {
  const of = await db.entries.count()
  yield BOM + csvLine(columns.map(({ header }) => header))
  for (let after = 0, done = 0; ; ) {
    const rows = await db.entries.where('seq').above(after).limit(CHUNK).toArray()
    const last = rows.at(-1)
    if (!last) break
    yield rows.map((row) => csvLine(columns.map(({ value }) => value(row)))).join('')
    after = last.seq
    done += rows.length
    onProgress?.(done, of)
  }
}

/** A small table as one text. */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return BOM + rows.map(csvLine).join('')
}
