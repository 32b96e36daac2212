/** Entries for lists: a run of them at once, and those that later records are about. */

import type { LedgerDb } from './database.ts'
import type { EntryRow } from './tables.ts'

/** A filter with more gaps than this reads its rows one by one: a run would read more than it needs. */
const SPAN_PER_ROW_MAX = 4

/**
 * The entries of these seqs. One request for a run costs a few milliseconds, one for each row many times that: the difference between a list
 * that follows the finger and one that shows grey shapes.
 */
export async function readEntryRun(db: LedgerDb, seqs: readonly number[]): Promise<EntryRow[]> {
  if (seqs.length === 0) return []
  const low = Math.min(...seqs)
  const high = Math.max(...seqs)
  if (high - low + 1 > seqs.length * SPAN_PER_ROW_MAX) {
    const rows = await db.entries.bulkGet([...seqs])
    return rows.filter((row) => row !== undefined)
  }
  const run = await db.entries.where('seq').between(low, high, true, true).toArray()
  if (run.length === seqs.length) return run
  const wanted = new Set(seqs)
  return run.filter(({ seq }) => wanted.has(seq))
}

export async function readEntriesById(db: LedgerDb, ids: readonly string[]): Promise<Map<string, EntryRow>> {
  const rows = await db.entries.where('id').anyOf(ids).toArray()
  return new Map(rows.map((row) => [row.id, row]))
}
