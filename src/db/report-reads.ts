/** The newest report of each service, from the journal: what the page of linked services says of them without a network. */
import { liveQuery, type Observable } from 'dexie'
import type { Instant } from '../domain/base/time.ts'
import { openDetail } from '../domain/ledger/open-record.ts'
import type { LedgerDb } from './database.ts'

/** However few reports are among the latest records, no more of them are looked through. */
const RECENT_ROWS_MAX = 1000

export interface LastReport {
  /** Of the act's record. */
  readonly id: string
  readonly postedAt: Instant
}

export function liveLastReports(db: LedgerDb): Observable<ReadonlyMap<string, LastReport>> {
  return liveQuery(async () => {
    const newest = (await db.entries.orderBy('seq').lastKey()) as number | undefined
    const entries = await db.entries
      .where('seq')
      .above((newest ?? 0) - RECENT_ROWS_MAX)
      .filter(({ kind }) => kind === 'activity.report')
      .toArray()
    const rows = await db.journal.bulkGet(entries.map(({ seq }) => seq))
    const last = new Map<string, LastReport>()
    for (const [place, { id, postedAt }] of entries.entries()) {
      const provider = openDetail(rows[place]?.detail)?.report?.provider
      if (provider !== undefined) last.set(provider, { id, postedAt })
    }
    return last
  })
}
