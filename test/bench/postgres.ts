/** A PostgreSQL for the bench: the one of TEST_DATABASE_URL, else the machine's own binaries, stopped and removed afterwards. */
import { openPostgresql } from '../../mock-api/storage/postgresql.ts'
import { postgresBinaries, startCluster } from '../support/postgres.ts'

export interface Postgres {
  readonly version: string
  /** An empty database of its own. */
  newDatabase(name: string): Promise<{ url: string; drop: () => Promise<void> }>
  end(): Promise<void>
}

/** Undefined where there is none. */
export async function openPostgres(): Promise<Postgres | undefined> {
  const given = process.env.TEST_DATABASE_URL
  if (given) return postgresAt(given, async () => {})
  const bin = postgresBinaries()
  if (bin === undefined) return undefined
  const cluster = await startCluster(bin)
  return postgresAt(cluster.url, cluster.end)
}

async function postgresAt(url: string, end: () => Promise<void>): Promise<Postgres> {
  const admin = openPostgresql(url)
  const [row] = await admin.query<{ version: string }>(`select current_setting('server_version') as version`)
  return {
    version: row?.version.split(' ')[0] ?? '?',
    async newDatabase(name) {
      await admin.script(`create database ${name}`)
      const own = new URL(url)
      own.pathname = `/${name}`
      return { url: own.href, drop: () => admin.script(`drop database ${name} with (force)`) }
    },
    async end() {
      await admin.close()
      await end()
    },
  }
}
