/** Booked pick-ups, and what was weighed at one: live, from the phone alone. */
import { liveQuery, type Observable } from 'dexie'
import { openDetail } from '../domain/ledger/open-record.ts'
import { pickupOfReference } from '../domain/taking-part/pickup.ts'
import type { LedgerDb } from './database.ts'
import type { EntryRow } from './tables.ts'

/** Newest first. */
export function livePickups(db: LedgerDb): Observable<EntryRow[]> {
  return liveQuery(async () => {
    const entries = await recycling(db)
    return entries.filter(({ kind }) => kind === 'pickup.book').reverse()
  })
}

/** Acts that the service reported of this pick-up, in order. */
export function liveWeights(db: LedgerDb, pickupId: string): Observable<EntryRow[]> {
  return liveQuery(async () => {
    const reports = (await recycling(db)).filter(({ kind }) => kind === 'activity.report')
    const rows = await db.journal.bulkGet(reports.map(({ seq }) => seq))
    return reports.filter((_, place) => {
      const reference = openDetail(rows[place]?.detail)?.report?.reference
      return reference !== undefined && pickupOfReference(reference) === pickupId
    })
  })
}

function recycling(db: LedgerDb): Promise<EntryRow[]> {
  return db.entries
    .where('[group+seq]')
    .between(['recycle', 0], ['recycle', Number.POSITIVE_INFINITY])
    .toArray()
}
