/** Brings a database to the newest shape: each numbered file once, in a transaction of its own, noted in `migrations`. */
import { readdir, readFile } from 'node:fs/promises'
import type { Db } from './db.ts'

const folder = new URL('./migrations/', import.meta.url)

/** `only`: to a shape of before, for tests of the way from there. */
export async function migrate(db: Db, now: number, only?: readonly string[]): Promise<void> {
  // Placement: local. Only this runner reads it.
  await db.script(
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
      // The bookkeeping row goes first: of two processes that start at once, the second waits here and then fails cleanly.
      await tx.query('insert into migrations (name, applied_at) values ($1, $2)', [name, now])
      await tx.script(text)
    })
  }
}
