/** The writing side of the account's pieces, for those who store records: a screen reads them and writes none. */
import type { Day } from '../domain/base/time.ts'
import { changedDays, headOf } from '../domain/ledger/ledger-part.ts'
import type { Ledger } from '../domain/ledger/ledger-state.ts'
import type { LedgerDb } from './database.ts'
import { writeMeta } from './meta.ts'
import { pieceRow } from './piece-row.ts'

/** Within the transaction that stored the records. Of a whole ledger all days are written. */
export async function writeLedger(
  db: LedgerDb,
  ledger: Ledger,
  before: ReadonlyMap<Day, string> = new Map(),
): Promise<void> {
  await writeMeta(db, 'ledger', headOf(ledger))
  const kept = ledger.part?.kept
  if (!ledger.part) await db.pieces.clear()
  if (kept) {
    await db.pieces.where('day').below(kept.first).delete()
    await db.pieces.where('day').above(kept.last).delete()
  }
  const changed = [...changedDays(ledger, before).keys()]
  const there = changed.filter((day) => ledger.days[day] !== undefined)
  await db.pieces.bulkDelete(changed.filter((day) => ledger.days[day] === undefined))
  await db.pieces.bulkPut(there.map((day) => pieceRow(day, ledger.days[day] ?? [])))
}
