/**
 * Trips recorded on this phone, and their fixes: of their ledger, never sent, gone with it. A fix is acknowledged once it is written; the same one
 * written twice, by whichever tab, is one.
 */
import { Dexie, liveQuery, type Observable } from 'dexie'
import type { Instant } from '../domain/base/time.ts'
import {
  isOpen,
  type LiveTrip,
  newTrip,
  TRACK_KEPT_MS,
  type TripChange,
  type TripFix,
} from '../domain/evidence/live-trip.ts'
import type { LedgerDb } from './database.ts'
import { assertOpen } from './outbox.ts'
import type { TripPointRow } from './tables.ts'

/** A coordinate is kept in millionths of a degree, a tenth of a metre: far below any receiver's error, and half the bytes. */
const PER_DEGREE = 1e6

/** The trip that is under way here, or a new one. */
export function beginTrip(db: LedgerDb, startedAt: Instant): Promise<LiveTrip> {
  return db.transaction('rw', db.trips, db.meta, async () => {
    await assertOpen(db)
    const open = (await db.trips.toArray()).find(isOpen)
    if (open) return open
    const trip = newTrip(startedAt)
    await db.trips.put(trip)
    return trip
  })
}

/** The trip as it is then; undefined where it is not there, or the change does not apply: nothing was written. */
export function changeTrip(
  db: LedgerDb,
  startedAt: Instant,
  change: TripChange,
): Promise<LiveTrip | undefined> {
  return db.transaction('rw', db.trips, db.meta, async () => {
    await assertOpen(db)
    const trip = await db.trips.get(startedAt)
    const next = trip && change(trip)
    if (next) await db.trips.put(next)
    return next
  })
}

/** False where the trip is not recording any more: another tab has paused or ended it, and what came since belongs to nobody. */
export function addFixes(db: LedgerDb, startedAt: Instant, fixes: readonly TripFix[]): Promise<boolean> {
  return db.transaction('rw', db.trips, db.tripPoints, db.meta, async () => {
    await assertOpen(db)
    if ((await db.trips.get(startedAt))?.state !== 'recording') return false
    await db.tripPoints.bulkPut(fixes.map((fix) => rowOf(startedAt, fix)))
    return true
  })
}

/** Those written after `after`. */
export async function readFixes(db: LedgerDb, startedAt: Instant, after: Instant = 0): Promise<TripFix[]> {
  const rows = db.tripPoints.where('[trip+at]')
  return (await rows.between([startedAt, after], [startedAt, Dexie.maxKey], false).toArray()).map(fixOf)
}

export function liveFixesAfter(
  db: LedgerDb,
  startedAt: Instant,
  after: () => Instant,
): Observable<TripFix[]> {
  return liveQuery(() => readFixes(db, startedAt, after()))
}

export function liveTrips(db: LedgerDb): Observable<LiveTrip[]> {
  return liveQuery(() => db.trips.toArray())
}

/** With all its places. */
export function dropTrip(db: LedgerDb, startedAt: Instant): Promise<void> {
  return db.transaction('rw', db.trips, db.tripPoints, async () => {
    await db.trips.delete(startedAt)
    await db.tripPoints
      .where('[trip+at]')
      .between([startedAt, Dexie.minKey], [startedAt, Dexie.maxKey])
      .delete()
  })
}

/** What was claimed and has been kept long enough. */
export async function sweepTrips(db: LedgerDb, now: Instant): Promise<void> {
  const trips = await db.trips.where('state').equals('claimed').toArray()
  for (const { startedAt, claimedAt = 0 } of trips)
    if (now - claimedAt > TRACK_KEPT_MS) await dropTrip(db, startedAt)
}

/** As it was before it was dropped. */
export function putTripBack(db: LedgerDb, trip: LiveTrip, fixes: readonly TripFix[]): Promise<void> {
  return db.transaction('rw', db.trips, db.tripPoints, db.meta, async () => {
    await assertOpen(db)
    await copyTrips(
      db,
      [trip],
      fixes.map((fix) => rowOf(trip.startedAt, fix)),
    )
  })
}

/** A guest's go on in the account, the one under way too. Within the transaction that copies the rest. */
export async function copyTrips(
  to: LedgerDb,
  from: readonly LiveTrip[],
  points: readonly TripPointRow[],
): Promise<void> {
  await to.trips.bulkPut([...from])
  await to.tripPoints.bulkPut([...points])
}

function rowOf(trip: Instant, { at, lat, lon, accuracyMetres }: TripFix): TripPointRow {
  return {
    trip,
    at,
    fix: [lat, lon].map((degrees) => Math.round(degrees * PER_DEGREE)).concat(Math.round(accuracyMetres)),
  }
}

function fixOf({ at, fix: [lat = 0, lon = 0, accuracyMetres = 0] }: TripPointRow): TripFix {
  return { at, lat: lat / PER_DEGREE, lon: lon / PER_DEGREE, accuracyMetres }
}
