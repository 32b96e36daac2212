/** Tracks of trips that were logged long enough ago go from the phone. */
import type { LedgerDb } from '../db/database.ts'
import { sweepTrips } from '../db/trips.ts'
import type { Instant } from '../domain/base/time.ts'

/** A ledger that is closed meanwhile, or cannot be read, is swept the next time. */
export async function sweepTracks(db: LedgerDb | undefined, now: Instant): Promise<void> {
  if (db) await sweepTrips(db, now).catch(() => undefined)
}
