/** How many commands a second the backend takes, beside what its database could store of the same rows, and what it needs of memory. */
import { join } from 'node:path'
import type { Db } from '../../mock-api/storage/db.ts'
import { openPglite } from '../../mock-api/storage/pglite.ts'
import { openPostgresql } from '../../mock-api/storage/postgresql.ts'
import { RECORD_COLUMNS, type RecordRow } from '../../mock-api/storage/records.ts'
import { type Server, startServer } from '../support/server.ts'
import { formatted, type Part, percentile, type Report, sizeFrom } from './figures.ts'
import { Client, type Device, prepare, run } from './load.ts'
import { type Memory, watchMemory } from './memory.ts'
import { openPostgres } from './postgres.ts'
import { insertRate } from './raw-insert.ts'

const WORKERS = 8
const SECONDS = sizeFrom('BENCH_SECONDS', 8)
/** Accounts, and batches of each, so that neither the limit of syncs a minute nor that of commands a day is met. */
const BATCHES = [
  { length: 1, accounts: 100, each: 100 },
  { length: 20, accounts: 100, each: 50 },
  { length: 500, accounts: 24, each: 6 },
] as const
const ROWS_KEPT = 20_000

export const backendPart: Part = {
  name: 'backend',
  how: `activity.record commands with a record as answer, a second, over HTTP to a server process; ${WORKERS} at a time, ${SECONDS} s each; limit: multi-row inserts of the same rows, as many a statement, committed each, ${WORKERS} at a time`,
  needsBuild: false,
  async run(report) {
    const postgres = await openPostgres()
    if (postgres) {
      const { url, drop } = await postgres.newDatabase(`greentrace_bench_${process.pid}`)
      try {
        await engine(report, {
          name: `PostgreSQL ${postgres.version}`,
          env: { DATABASE_URL: url, DEMO: '1', KEY_SECRET: 'only for the bench, no secret' },
          open: async () => openPostgresql(url),
          memoryGoal: '≤ 150 MB',
        })
      } finally {
        await drop()
        await postgres.end()
      }
    } else report.note('no PostgreSQL: TEST_DATABASE_URL is not set and no binaries were found')
    await engine(report, {
      name: 'PGlite',
      env: { DEMO: '1' },
      open: (server) => openPglite({ folder: join(server.dataDir, 'pglite') }),
    })
  },
}

interface Engine {
  readonly name: string
  readonly env: Record<string, string>
  /** Once the server is stopped. */
  readonly open: (server: Server) => Promise<Db>
  readonly memoryGoal?: string
}

async function engine(report: Report, { name, env, open, memoryGoal }: Engine): Promise<void> {
  const server = await startServer(env)
  const client = new Client(server.url, WORKERS)
  try {
    const idle = (await watchMemory(server.pid)).stop()
    const rates = new Map<number, number>()
    const memories: Memory[] = []
    for (const batch of BATCHES) {
      const devices = await signedIn(client, batch.accounts)
      prepare(devices, { batches: batch.each, length: batch.length })
      const memory = await watchMemory(server.pid)
      const load = await run(client, devices, { workers: WORKERS, seconds: SECONDS })
      memories.push(memory.stop())
      rates.set(batch.length, load.commands / load.seconds)
      report.row(`${name}: commands/s, batches of ${batch.length}`, load.commands / load.seconds)
      const times = [0.5, 0.95].map((share) => formatted(percentile(load.latencies, share))).join(' · ')
      report.row(
        `  batches/s · ms a batch, median · 95 %`,
        `${formatted(load.batches / load.seconds)} · ${times}`,
      )
      const shares = [...load.outcomes].map(([outcome, count]) => `${formatted(count)} ${outcome}`)
      report.note(shares.join(', '))
    }
    report.row(`${name}: memory of the process (RSS), idle`, idle.median / 1e6, { unit: 'MB' })
    const options = { unit: 'MB', ...(memoryGoal ? { goal: memoryGoal } : {}) }
    report.row(
      '  under load, medians of the three',
      memories.map((each) => each.median / 1e6),
      options,
    )
    report.row('  under load, highest', Math.max(...memories.map((each) => each.highest)) / 1e6, options)
    await server.stop()
    await tellLimit(report, await open(server), { name, rates })
  } finally {
    client.close()
    await server.end()
  }
}

let phones = 0

/** One after another: signing in is not what is measured. */
async function signedIn(client: Client, count: number): Promise<Device[]> {
  const devices: Device[] = []
  for (let i = 0; i < count; i++) devices.push(await client.signIn(`137${String(++phones).padStart(8, '0')}`))
  return devices
}

async function tellLimit(
  report: Report,
  db: Db,
  { name, rates }: { name: string; rates: ReadonlyMap<number, number> },
): Promise<void> {
  try {
    const rows = await db.query<RecordRow>(`select ${RECORD_COLUMNS} from records limit $1`, [ROWS_KEPT])
    const bytes =
      rows.reduce((sum, row) => sum + row.body.length + (row.detail?.length ?? 0), 0) / rows.length
    report.note(
      `${name}: ${formatted(rows.length)} rows of ${formatted(bytes)} characters of body and detail`,
    )
    for (const [length, rate] of rates) {
      const limit = await insertRate(db, rows, { length, workers: WORKERS, seconds: SECONDS / 2 })
      const share = `${formatted((rate / limit) * 100)} % of it reached`
      report.row(`${name}: bare inserts of ${length}, rows/s`, `${formatted(limit)} (${share})`)
    }
  } finally {
    await db.close()
  }
}
