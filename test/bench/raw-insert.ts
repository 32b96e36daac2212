/** What the database alone can store: the same rows, by the statement the book uses, into a table of the same shape. */
import type { Db, Queryable } from '../../mock-api/storage/db.ts'
import { insertRecords, type RecordRow } from '../../mock-api/storage/records.ts'
import type { AccountId } from '../../src/domain/base/ids.ts'

/** Rows a second, so many in each statement, each statement its own commit. */
export async function insertRate(
  db: Db,
  rows: readonly RecordRow[],
  { length, workers, seconds }: { length: number; workers: number; seconds: number },
): Promise<number> {
  await db.script(
    'drop table if exists bench_records; create table bench_records (like records including all)',
  )
  const into: Queryable = {
    query: (text, params) =>
      db.query(text.replace('insert into records', 'insert into bench_records'), params),
    several: (statements) => db.several(statements),
    script: (text) => db.script(text),
  }
  let place = 0
  let inserted = 0
  const startedAt = performance.now()
  const work = async () => {
    while (performance.now() - startedAt < seconds * 1000) {
      const round = Math.floor(place / rows.length)
      const from = place % rows.length
      const part = rows.slice(from, from + length)
      place += part.length
      // Each round over the rows is other accounts, or the keys would be taken.
      await insertRecords(
        into,
        round === 0 ? part : part.map((row) => ({ ...row, accountId: inRound(row.accountId, round) })),
      )
      inserted += part.length
    }
  }
  await Promise.all(Array.from({ length: workers }, work))
  const took = (performance.now() - startedAt) / 1000
  await db.script('drop table bench_records')
  return inserted / took
}

function inRound(accountId: string, round: number): AccountId {
  return `${round.toString(16).padStart(8, '0')}${accountId.slice(8)}` as AccountId
}
