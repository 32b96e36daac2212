/** The account's state on a phone in one piece, to be compared. */
import type { LedgerDb } from '../../src/db/database.ts'
import { readHead } from '../../src/db/pieces.ts'
import type { Ledger } from '../../src/domain/ledger/ledger.ts'
import { wholeOf } from '../../src/domain/ledger/ledger-part.ts'

export async function readLedger(db: LedgerDb): Promise<Ledger> {
  const rows = await db.pieces.toArray()
  return wholeOf(await readHead(db), Object.fromEntries(rows.map(({ day, acts }) => [day, acts])))
}
