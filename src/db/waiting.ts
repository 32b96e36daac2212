/** What would be lost with this ledger: asked for and not posted yet, photos on their way, words that were begun. And the end of the ledger here. */
import { liveQuery, type Observable } from 'dexie'
import { openCommand } from '../domain/ledger/open-record.ts'
import type { LedgerDb } from './database.ts'
import { rowOfKind } from './kind-rows.ts'
import { readMeta, writeMeta } from './meta.ts'
import { LEFT } from './outbox.ts'
import { photosToSend } from './photos.ts'

export interface Waiting {
  readonly acts: number
  /** Words to the city. */
  readonly voices: number
  /** Everything else that was asked for: vouchers, answers, check-ins, withdrawals. */
  readonly requests: number
  /** Also one whose upload is under way: until it is answered, it waits. */
  readonly photos: number
  /** Recorded on this phone and not logged yet. */
  readonly trips: number
  /** Begun on a form and not sent. */
  readonly drafts: number
}

export function sumOf({ acts, voices, requests, photos, trips, drafts }: Waiting): number {
  return acts + voices + requests + photos + trips + drafts
}

export function readWaiting(db: LedgerDb): Promise<Waiting> {
  return db.transaction('r', [db.outbox, db.photos, db.entries, db.trips, db.meta], async () => {
    const waiting = { acts: 0, voices: 0, requests: 0, photos: 0, trips: 0, drafts: 0 }
    for (const { text } of await db.outbox.toArray()) waiting[partOf(text)]++
    waiting.photos = (await photosToSend(db)).length
    waiting.trips = await db.trips.where('state').notEqual('claimed').count()
    waiting.drafts = (await readMeta(db, 'voiceDrafts'))?.length ?? 0
    return waiting
  })
}

function partOf(text: string): 'acts' | 'voices' | 'requests' {
  return rowOfKind(openCommand(text).kind).waitsAs ?? 'requests'
}

export function liveWaiting(db: LedgerDb): Observable<Waiting> {
  return liveQuery(() => readWaiting(db))
}

/**
 * Closes the ledger for ever, in one transaction with the look at what waits: nothing can be recorded between the two, in no tab. What
 * waits keeps it open, unless it is `discarded`; it is answered then.
 */
export function closeToLeave(
  db: LedgerDb,
  { discards }: { discards: boolean },
): Promise<Waiting | undefined> {
  return db.transaction('rw', [db.outbox, db.photos, db.entries, db.trips, db.meta], async () => {
    const waiting = await readWaiting(db)
    if (!discards && sumOf(waiting) > 0) return waiting
    await writeMeta(db, 'closed', LEFT)
    return undefined
  })
}

/** Whoever signs in again goes on in it. One that was adopted stays closed. */
export function openAgain(db: LedgerDb): Promise<void> {
  return db.transaction('rw', db.meta, async () => {
    if ((await readMeta(db, 'closed')) === LEFT) await db.meta.delete('closed')
  })
}
