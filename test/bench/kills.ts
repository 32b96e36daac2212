/** A provider goes on pushing while the process that takes its reports is killed and started anew: what was acknowledged, and what became records. */
import { seedProviders } from '../../mock-api/demo/sample-providers.ts'
import { openPostgresql } from '../../mock-api/storage/postgresql.ts'
import { countEvents } from '../../mock-api/storage/provider-events.ts'
import type { PushAnswer } from '../../src/contract/report.ts'
import { MINUTE_MS } from '../../src/domain/base/time.ts'
import { openDetail } from '../../src/domain/ledger/open-record.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { jtiOf, ride, TestProvider } from '../support/provider.ts'
import { randomOf } from '../support/random.ts'
import { type Server, startServer } from '../support/server.ts'
import { formatted, type Part, type Report, sizeFrom } from './figures.ts'
import { openPostgres } from './postgres.ts'
import { linkAccounts } from './reports.ts'

const ACCOUNTS = 100
const BATCH = 100
const KILLS = sizeFrom('BENCH_KILLS', 5)
/** Between the first answer of a process and its end. */
const LIVES_MS = [150, 1500] as const
const AGAIN_MS = 100
const SETTLED_WITHIN_MS = 120_000

export const killsPart: Part = {
  name: 'kills',
  how: `a provider pushes ${BATCH} reports at a time to a server process on PostgreSQL that is killed ${KILLS} times (kill −9) while it works; the same push until it is acknowledged`,
  needsBuild: false,
  async run(report) {
    const postgres = await openPostgres()
    if (!postgres)
      return report.note('no PostgreSQL: TEST_DATABASE_URL is not set and no binaries were found')
    const { url, drop } = await postgres.newDatabase(`greentrace_kills_${process.pid}`)
    const db = openPostgresql(url)
    try {
      const backend = await startBackend({ db, samples: false, now: Date.now() })
      await seedProviders(backend.deps)
      const handles = await linkAccounts(backend, ACCOUNTS)
      backend.now.advance(60 * MINUTE_MS)
      await pushOverKills(report, backend, { url, handles })
    } finally {
      await db.close()
      await drop()
      await postgres.end()
    }
  },
}

async function pushOverKills(
  report: Report,
  backend: Backend,
  { url, handles }: { url: string; handles: readonly string[] },
): Promise<void> {
  const env = {
    ...{ DATABASE_URL: url, DEMO: '1', KEY_SECRET: 'only for tests, not a secret' },
    // The consents are an hour old for the reports to begin after them.
    NODE_OPTIONS: `--import ${new URL('../support/clock-ahead.ts', import.meta.url)}`,
    CLOCK_AHEAD_MS: String(60 * MINUTE_MS),
  }
  const server = await startServer(env)
  try {
    const pushing = { isOver: false, answered: 0 }
    const pushed = pushOn(backend, server, { handles, pushing })
    for (let kill = 0; kill < KILLS; kill++) await killOnce(server, kill, pushing)
    pushing.isOver = true
    const { acknowledged, broken } = await pushed
    // What a killed process was at is another's after some minutes; nobody waits for them here.
    await server.stop()
    env.CLOCK_AHEAD_MS = String(75 * MINUTE_MS)
    await server.start()
    await settled(backend)
    const rows = await backend.db.query<{ detail: string | null }>('select detail from records')
    const references = rows.flatMap(({ detail }) => openDetail(detail)?.report?.reference ?? [])
    const once = new Set(references)
    report.row(
      'pushes acknowledged · lines that broke',
      `${formatted(acknowledged.length / BATCH)} · ${broken}`,
    )
    report.row(
      'reports acknowledged · in a journal',
      `${formatted(acknowledged.length)} · ${formatted(once.size)}`,
    )
    report.row('  lost', acknowledged.filter((each) => !once.has(each)).length, { goal: '0' })
    report.row('  doubled', references.length - once.size, { goal: '0' })
  } finally {
    await server.end()
  }
}

interface Pushing {
  isOver: boolean
  answered: number
}

async function killOnce(server: Server, kill: number, pushing: Pushing): Promise<void> {
  const before = pushing.answered
  while (pushing.answered === before) await pause(10)
  const [least, most] = LIVES_MS
  await pause(least + randomOf(kill + 1)() * (most - least))
  await server.stop('SIGKILL')
  await server.start()
}

/** The references of what was acknowledged, and how often no answer came. */
async function pushOn(
  backend: Backend,
  { url }: Server,
  { handles, pushing }: { handles: readonly string[]; pushing: Pushing },
): Promise<{ acknowledged: string[]; broken: number }> {
  const bike = await TestProvider.of(backend)
  const acknowledged: string[] = []
  let broken = 0
  for (let turn = 0; !pushing.isOver; turn++) {
    const acts = Array.from({ length: BATCH }, () => ride(backend))
    const tokens = await Promise.all(
      acts.map((act, n) => bike.reported(act, handles[(n + turn) % handles.length] as string)),
    )
    const body = JSON.stringify({ sets: Object.fromEntries(tokens.map((token) => [jtiOf(token), token])) })
    for (;;) {
      const answer = await push(url, body)
      if (answer) {
        if (answer.ack.length !== BATCH)
          throw new Error(`only ${answer.ack.length}: ${JSON.stringify(answer.setErrs)}`)
        break
      }
      broken++
      await pause(AGAIN_MS)
    }
    pushing.answered++
    acknowledged.push(...acts.map(({ reference }) => reference))
  }
  return { acknowledged, broken }
}

/** Undefined where the line broke, the process is not there yet, or it has had enough for this minute. */
async function push(url: string, body: string): Promise<PushAnswer | undefined> {
  try {
    const response = await fetch(`${url}/api/v1/providers/bike/events`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body },
    })
    if (response.status === 429 || response.status >= 500) return undefined
    if (!response.ok) throw new TypeError(`${response.status} ${await response.text()}`)
    return (await response.json()) as PushAnswer
  } catch (error) {
    if (error instanceof TypeError && !/^\d/.test(error.message)) return undefined
    throw error
  }
}

/** The process sweeps what a killed one left. */
async function settled(backend: Backend): Promise<void> {
  const giveUpAt = Date.now() + SETTLED_WITHIN_MS
  for (;;) {
    const waiting = (await countEvents(backend.db)).filter(({ state }) => state === 'waiting')
    if (waiting.length === 0) return
    if (Date.now() > giveUpAt) throw new Error(`still waiting: ${JSON.stringify(waiting)}`)
    await pause(500)
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
