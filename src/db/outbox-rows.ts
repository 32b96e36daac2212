/** Rows of the outbox by their numbers: neighbours in one request, for which a browser needs no more than for one row. */
import type { LedgerDb } from './database.ts'
import type { OutboxRow } from './tables.ts'

/** In the order of their numbers. @param wanted ascending, each once. A row that is gone is left out. */
export async function readRowsNear(
  { outbox }: Pick<LedgerDb, 'outbox'>,
  wanted: readonly number[],
): Promise<OutboxRow[]> {
  if (wanted.length === 0) return []
  const [low, high] = [wanted[0] as number, wanted.at(-1) as number]
  if (high - low < wanted.length) return outbox.where('n').between(low, high, true, true).toArray()
  return (await outbox.bulkGet([...wanted])).filter((row) => row !== undefined)
}
