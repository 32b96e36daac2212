/** A database on three machines: three throwaway PostgreSQL servers with the Citus extension, the first of which is asked. */
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Db } from '../../mock-api/storage/db.ts'
import { openPostgresql } from '../../mock-api/storage/postgresql.ts'
import { type Cluster, postgresBinaries, startCluster } from './postgres.ts'

const SHARDS = 6
const SETTINGS = [
  'shared_preload_libraries=citus',
  // A shard moves as a subscription does, and what is written on two machines is prepared first.
  'wal_level=logical',
  'max_prepared_transactions=400',
  'max_worker_processes=40',
  'max_replication_slots=40',
  'max_wal_senders=40',
  'max_logical_replication_workers=20',
  'max_locks_per_transaction=512',
  `citus.shard_count=${SHARDS}`,
  // A machine that does not answer is known to be away before a phone gives up.
  'citus.node_connection_timeout=2000',
  // Each statement that asks more than one machine stands in the log.
  'citus.multi_task_query_log_level=log',
]

export interface Citus {
  readonly url: string
  /** The one that is asked first; then the others, by what they are called among themselves. */
  readonly nodes: readonly Cluster[]
  /** How much was heard until now. */
  heard(): number
  /** Statements that asked more than one machine since then, once each, as they were said. */
  fannedOut(since: number): string[]
  end(): Promise<void>
}

/** Undefined where PostgreSQL or the extension is not installed; Debian has no package of it. */
export function citusBinaries(): string | undefined {
  const bin = postgresBinaries()
  if (!bin) return undefined
  const control = join('/usr/share/postgresql', basename(dirname(bin)), 'extension/citus.control')
  return existsSync(control) ? bin : undefined
}

export async function startCitus(bin: string): Promise<Citus> {
  const started = await Promise.allSettled([0, 1, 2].map(() => startCluster(bin, SETTINGS)))
  const nodes = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  const end = async () => {
    await Promise.all(nodes.map((node) => node.end()))
  }
  try {
    const failed = started.find((each) => each.status === 'rejected')
    if (failed) throw failed.reason
    for (const node of nodes) await asked(node, (db) => db.script('create extension citus'))
    const [coordinator, ...workers] = nodes as [Cluster, ...Cluster[]]
    await asked(coordinator, async (db) => {
      await db.query("select citus_set_coordinator_host('127.0.0.1', $1)", [coordinator.port])
      for (const { port } of workers) await db.query("select citus_add_node('127.0.0.1', $1)", [port])
      await db.query("select citus_set_node_property('127.0.0.1', $1, 'shouldhaveshards', true)", [
        coordinator.port,
      ])
    })
    return {
      url: coordinator.url,
      nodes,
      heard: () => coordinator.log().length,
      fannedOut: (since) => fannedOutIn(coordinator.log().slice(since)),
      end,
    }
  } catch (error) {
    await end()
    throw error
  }
}

async function asked<T>(node: Cluster, ask: (db: Db) => Promise<T>): Promise<T> {
  const db = openPostgresql(node.url)
  try {
    return await ask(db)
  } finally {
    await db.close()
  }
}

/** An entry of the log goes on in the lines that begin with a tab. */
function fannedOutIn(log: string): string[] {
  const entries = log.replaceAll('\n\t', '\n ').split(/\n(?=\d{4}-\d\d-\d\d )/)
  const found = new Set<string>()
  for (const [index, entry] of entries.entries()) {
    if (!entry.includes('multi-task query about to be executed')) continue
    const statement = entries.slice(index + 1, index + 4).find((each) => each.includes('STATEMENT:  '))
    if (statement)
      found.add(
        statement
          .slice(statement.indexOf('STATEMENT:  ') + 12)
          .replaceAll(/\s+/g, ' ')
          .trim(),
      )
  }
  return [...found]
}
