/** Databases for tests: in memory, or a schema of its own on TEST_DATABASE_URL. Snapshots are rows, so that they are quick. */
import type { Db, Param } from '../../mock-api/storage/db.ts'
import { valuesList } from '../../mock-api/storage/db.ts'
import { openPglite } from '../../mock-api/storage/pglite.ts'
import { openPostgresql } from '../../mock-api/storage/postgresql.ts'

export const TEST_DATABASE_URL = process.env.TEST_DATABASE_URL

/** The engines that a suite runs on. */
export const ENGINES: readonly ('pglite' | 'postgresql')[] = TEST_DATABASE_URL
  ? ['pglite', 'postgresql']
  : ['pglite']

/** Starting PGlite takes a second; one that was closed is emptied and used again. */
const idle: Db[] = []
let schemas = 0

export async function openTestDb(
  wanted: 'pglite' | 'postgresql' | Db,
): Promise<{ db: Db; close: () => Promise<void> }> {
  if (typeof wanted === 'object') return { db: wanted, close: async () => {} }
  if (wanted === 'postgresql') return openSchema()
  const db = idle.pop() ?? (await openPglite())
  return {
    db,
    async close() {
      await db.script('drop schema public cascade; create schema public')
      idle.push(db)
    },
  }
}

async function openSchema(): Promise<{ db: Db; close: () => Promise<void> }> {
  if (!TEST_DATABASE_URL) throw new Error('TEST_DATABASE_URL is not set')
  const schema = `test_${process.pid}_${++schemas}`
  const db = openPostgresql(TEST_DATABASE_URL, { schema })
  await db.script(`create schema ${schema}`)
  return {
    db,
    async close() {
      await db.script(`drop schema ${schema} cascade`)
      await db.close()
    },
  }
}

export type Snapshot = ReadonlyMap<string, readonly Readonly<Record<string, Param>>[]>

async function tablesOf(db: Db): Promise<string[]> {
  const rows = await db.query<{ name: string }>(
    `select tablename::text as name from pg_tables where schemaname = current_schema() and tablename <> 'migrations'`,
  )
  return rows.map(({ name }) => name)
}

export async function snapshot(db: Db): Promise<Snapshot> {
  const tables = new Map<string, readonly Readonly<Record<string, Param>>[]>()
  for (const table of await tablesOf(db)) tables.set(table, await db.query(`select * from ${table}`))
  return tables
}

export async function restore(db: Db, from: Snapshot): Promise<void> {
  await db.transaction(async (tx) => {
    for (const [table, rows] of from) {
      await tx.query(`delete from ${table}`)
      const columns = Object.keys(rows[0] ?? {})
      // 65,535 parameters are the protocol's end.
      for (let i = 0; i < rows.length; i += 1000) {
        const part = rows.slice(i, i + 1000)
        await tx.query(
          `insert into ${table} (${columns.join(',')}) values ${valuesList(part.length, columns.length)}`,
          part.flatMap((row) => columns.map((column) => row[column] as Param)),
        )
      }
    }
  })
}
