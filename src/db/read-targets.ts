/** Entries by the id of their command: what a later record is about. */
import type { LedgerDb } from './database.ts'
import type { EntryRow } from './rows.ts'

export async function readEntriesById(db: LedgerDb, ids: readonly string[]): Promise<Map<string, EntryRow>> {
  const rows = await db.entries.where('id').anyOf(ids).toArray()
  return new Map(rows.map((row) => [row.id, row]))
}
