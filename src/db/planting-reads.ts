/** Days of planting signed up for: live, from the phone alone. */
import { liveQuery, type Observable } from 'dexie'
import type { LedgerDb } from './database.ts'
import type { EntryRow } from './tables.ts'

/** Newest first. */
export function liveSignUps(db: LedgerDb): Observable<EntryRow[]> {
  return liveQuery(async () => {
    const entries = await db.entries
      .where('[group+seq]')
      .between(['learn', 0], ['learn', Number.POSITIVE_INFINITY])
      .toArray()
    return entries.filter(({ kind }) => kind === 'planting.join').reverse()
  })
}
