/** The upgrade from a state in one piece. */
import type { Transaction } from 'dexie'
import { headOf } from '../domain/ledger/ledger-part.ts'
import type { Ledger } from '../domain/ledger/ledger-state.ts'
import { pieceRow } from './piece-row.ts'

export async function splitLedger(transaction: Transaction): Promise<void> {
  const meta = transaction.table('meta')
  const row = (await meta.get('ledger')) as { value: Ledger } | undefined
  if (!row) return
  await meta.put({ key: 'ledger', value: headOf(row.value) })
  const days = Object.entries(row.value.days)
  await transaction.table('pieces').bulkPut(days.map(([day, acts]) => pieceRow(day, acts)))
}
