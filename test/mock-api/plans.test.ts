/** Statements whose speed must not hang on fresh statistics: a new account, or a busy day, is ahead of them for hours. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readDays } from '../../mock-api/storage/day-acts.ts'
import type { Db, Param, Queryable } from '../../mock-api/storage/db.ts'
import { migrate } from '../../mock-api/storage/migrate.ts'
import { readKnown, readRecordsOf } from '../../mock-api/storage/records.ts'
import type { AccountId } from '../../src/domain/base/ids.ts'
import { ENGINES, openTestDb } from '../support/database.ts'

const BUSY = '00000000-0000-4000-8000-000000000002' as AccountId

describe.each(ENGINES)('with statistics of before an account had many records, on %s', (engine) => {
  let db: Db
  let close: () => Promise<void>
  beforeAll(async () => {
    const opened = await openTestDb(engine)
    db = opened.db
    close = opened.close
    await migrate(db, 1)
    await fill('00000000-0000-4000-8000-000000000001', 50)
    await db.script('analyze')
    await fill(BUSY, 5000)
    for (const table of ['day_acts (account_id, day, acts)', 'day_digests (account_id, day, digest)'])
      await db.query(
        `insert into ${table} select concat('00000000-0000-4000-8000-', lpad(i::text, 12, '0'))::uuid, concat('day ', day), 'x'
           from generate_series(1, 100) i, generate_series(1, $1::int) day`,
        [60],
      )
  })
  afterAll(() => close())

  async function fill(accountId: string, count: number): Promise<void> {
    await db.query(
      `insert into records (account_id, seq, command_id, outcome, body, hash, available_after, held_after, posted_at)
       select $1::uuid, i, concat('command ', i), 'accepted', '{}', 'h', 0, 0, 0 from generate_series(1, $2::int) i`,
      [accountId, count],
    )
  }

  /** What the statement that `read` makes would do. */
  async function planOf(read: (db: Queryable) => Promise<unknown>): Promise<string> {
    const lines: string[] = []
    await read({
      async query<T extends object>(text: string, params: readonly Param[] = []): Promise<T[]> {
        const rows = await db.query<{ 'QUERY PLAN': string }>(`explain ${text}`, params)
        lines.push(...rows.map((row) => row['QUERY PLAN']))
        return []
      },
      several: async () => [],
      script: async () => {},
    })
    return lines.join('\n')
  }

  it.each([1, 20, 500])(
    '%i ids are found by their index, and no other row of the account is read',
    async (count) => {
      const ids = Array.from({ length: count }, (_, i) => `command ${i * 7}`)
      for (const read of [readKnown, readRecordsOf]) {
        const plan = await planOf((each) => read(each, BUSY, ids))
        expect(plan).toMatch(/Index Cond: .*command_id/)
        expect(plan).not.toMatch(/Filter|Seq Scan/)
      }
    },
  )

  it('days are found by their account', async () => {
    const plan = await planOf((each) => readDays(each, BUSY, { days: ['2026-11-20'], digests: ['d'] }))
    expect(plan).not.toMatch(/Seq Scan on (day_acts|day_digests)/)
  })
})
