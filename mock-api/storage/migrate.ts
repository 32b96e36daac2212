/** Brings a database to the newest shape: each numbered file once, in a transaction of its own, noted in `migrations`. */
import { readdir, readFile } from 'node:fs/promises'
import type { Db, Queryable } from './db.ts'
import { isRetryable } from './errors.ts'
import { placeTables } from './place-tables.ts'
import { statementsOf } from './statements.ts'

const folder = new URL('./migrations/', import.meta.url)

/** Processes that start together meet at each file at most once; more often than that, something else is wrong. */
const MEETINGS_MAX = 100

/** `only`: to a shape of before, for tests of the way from there. */
export async function migrate(db: Db, now: number, only?: readonly string[]): Promise<void> {
  for (let meetings = 0; ; meetings++) {
    try {
      return await migrateAlone(db, now, only)
    } catch (error) {
      // Another process was first with this file; what it has done by now is not done again.
      if (!wasMet(error) || meetings === MEETINGS_MAX) throw error
    }
  }
}

/** Two that create the same table are told so by its name, by the name of its row's type, or by its entry in the catalogue. */
const MET = ['42P07', '42710']

function wasMet(error: unknown): boolean {
  return isRetryable(error) || MET.includes(String((error as { code?: unknown } | null)?.code))
}

async function migrateAlone(db: Db, now: number, only?: readonly string[]): Promise<void> {
  // Placement: local. Only this runner reads it.
  await db.query(
    'create table if not exists migrations (name text not null, applied_at bigint not null, constraint migrations_pkey primary key (name))',
  )
  const done = new Set(
    (await db.query<{ name: string }>('select name from migrations')).map((row) => row.name),
  )
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  for (const name of names) {
    if (done.has(name) || (only && !only.includes(name))) continue
    const text = await readFile(new URL(name, folder), 'utf8')
    await db.transaction(async (tx) => {
      // The bookkeeping row goes first: of two processes that start at once, the second waits here and then reads again.
      await tx.query('insert into migrations (name, applied_at) values ($1, $2)', [name, now])
      await apply(tx, text)
    })
  }
}

/** Statement by statement: a script counts as one to a sharded database, which then refuses what is fine alone. */
async function apply(tx: Queryable, text: string): Promise<void> {
  for (const statement of statementsOf(text)) await tx.script(statement)
  await placeTables(tx)
}
