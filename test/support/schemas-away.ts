/** Schemas on TEST_DATABASE_URL are used by one test after the other: all of a run go together, at its end. */
import { openPostgresql } from '../../mock-api/storage/postgresql.ts'
import { RUN_VARIABLE, schemasOf, TEST_DATABASE_URL } from './database.ts'

export default function setup(): () => Promise<void> {
  const run = String(process.pid)
  process.env[RUN_VARIABLE] = run
  return async () => {
    if (!TEST_DATABASE_URL) return
    const db = openPostgresql(TEST_DATABASE_URL)
    try {
      const left = await db.query<{ name: string }>(
        'select nspname::text as name from pg_namespace where starts_with(nspname::text, $1)',
        [schemasOf(run)],
      )
      for (const { name } of left) await db.script(`drop schema ${name} cascade`)
    } finally {
      await db.close()
    }
  }
}
