/**
 * The account's state on the phone, in pieces: the head in `meta`, and a row for each day that has acts. A page of records reads and writes the
 * head and the days that it concerns, however many acts the account has.
 */

import { type Day, dayOf } from '../domain/base/time.ts'
import { addFound, type Head, headOf, type Pieces, partOf } from '../domain/ledger/ledger-part.ts'
import { emptyLedger, type Ledger } from '../domain/ledger/ledger-state.ts'
import { type Needs, withIdleDays } from '../domain/ledger/needs.ts'
import type { Cursor } from '../proof/chain.ts'
import type { LedgerDb } from './database.ts'
import { readCursor, readMeta } from './meta.ts'

/** A part of the ledger, and its days as they stood when they were looked up. */
export interface PartRead {
  readonly ledger: Ledger
  readonly before: ReadonlyMap<Day, string>
}

export async function readHead(db: LedgerDb): Promise<Head> {
  return (await readMeta(db, 'ledger')) ?? headOf(emptyLedger())
}

/** The head, and what is needed of the days. Undefined when the journal no longer ends at this cursor. */
export function readPart(db: LedgerDb, at: Cursor, needs: Needs): Promise<PartRead | undefined> {
  return db.transaction('r', db.meta, db.entries, db.pieces, async () => {
    if (!(await standsStill(db, at))) return undefined
    const ledger = partOf(await readHead(db))
    await findInside(db, ledger, withIdleDays(needs, ledger))
    const before = new Map(Object.entries(ledger.days).map(([day, acts]) => [day, JSON.stringify(acts)]))
    return { ledger, before }
  })
}

/** Looks up more of a part. False when the journal no longer ends at this cursor: then the part is of the past. */
export function findMore(
  db: LedgerDb,
  ledger: Ledger,
  { at, needs }: { at: Cursor; needs: Needs },
): Promise<boolean> {
  return db.transaction('r', db.meta, db.entries, db.pieces, async () => {
    if (!(await standsStill(db, at))) return false
    await findInside(db, ledger, needs)
    return true
  })
}

async function standsStill(db: LedgerDb, at: Cursor): Promise<boolean> {
  const { seq, hash } = await readCursor(db)
  return seq === at.seq && hash === at.hash
}

/** An act's row says its day; the index of digests, where a track stands. */
async function findInside(db: LedgerDb, ledger: Ledger, { days, acts, digests }: Needs): Promise<void> {
  const ofActs = acts.length > 0 ? await db.entries.where('id').anyOf(acts).toArray() : []
  const daysOfActs = ofActs.flatMap(({ occurredAt }) => (occurredAt === undefined ? [] : [dayOf(occurredAt)]))
  const wanted = [...new Set([...days, ...daysOfActs])]
  const rows = wanted.length > 0 ? await db.pieces.bulkGet(wanted) : []
  const ofTracks = digests.length > 0 ? await db.pieces.where('digests').anyOf(digests).toArray() : []
  const found = [...rows.filter((row) => row !== undefined), ...ofTracks]
  const pieces: Pieces = Object.fromEntries(found.map((row) => [row.day, row.acts]))
  addFound(ledger, { days: wanted, acts, digests, pieces })
}
