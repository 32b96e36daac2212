/** How many reports a second become records, over many accounts, and how long a push of the largest size takes. */

import { keyOf } from '../../mock-api/base/secret.ts'
import { decideBatch } from '../../mock-api/book/decide-batch.ts'
import { openAccount } from '../../mock-api/book/open-account.ts'
import { seedProviders } from '../../mock-api/demo/sample-providers.ts'
import { createApp } from '../../mock-api/start/app.ts'
import { confirmLink } from '../../mock-api/storage/links.ts'
import { openPostgresql } from '../../mock-api/storage/postgresql.ts'
import { countEvents } from '../../mock-api/storage/provider-events.ts'
import { type PushAnswer, SETS_MAX } from '../../src/contract/report.ts'
import { MINUTE_MS } from '../../src/domain/base/time.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { give, jtiOf, ride, TestProvider } from '../support/provider.ts'
import { formatted, type Part, percentile, type Report, sizeFrom } from './figures.ts'
import { openPostgres } from './postgres.ts'

const ACCOUNTS = sizeFrom('BENCH_ACCOUNTS', 10_000)
const PUSHES = 20
const AT_ONCE = 4

export const reportsPart: Part = {
  name: 'reports',
  how: `reports of linked people that become records, in pushes of ${SETS_MAX}, over ${ACCOUNTS} accounts, signed and checked, each in a journal before it is acknowledged; one push at a time, then two`,
  needsBuild: false,
  async run(report) {
    const postgres = await openPostgres()
    if (!postgres)
      return report.note('no PostgreSQL: TEST_DATABASE_URL is not set and no binaries were found')
    const { url, drop } = await postgres.newDatabase(`greentrace_reports_${process.pid}`)
    const db = openPostgresql(url)
    try {
      await measure(report, await startBackend({ db, samples: false, now: Date.now(), limits: NO_LIMIT }))
    } finally {
      await db.close()
      await drop()
      await postgres.end()
    }
  },
}

const NO_LIMIT = { reportsPerProvider: { name: 'reports', max: 1_000_000_000, windowMs: MINUTE_MS } }

async function measure(report: Report, backend: Backend): Promise<void> {
  await seedProviders(backend.deps)
  const bike = await TestProvider.of(backend)
  const startedAt = performance.now()
  const handles = await linkAccounts(backend, ACCOUNTS)
  report.row('accounts linked, s', (performance.now() - startedAt) / 1000)
  backend.now.advance(60 * MINUTE_MS)
  for (const atOnce of [1, 2]) {
    const pushes = await Promise.all(
      Array.from({ length: PUSHES }, (_, n) => bodyOf(backend, bike, handlesOf(handles, n))),
    )
    const app = createApp(backend.deps)
    const times: number[] = []
    const from = performance.now()
    const left = pushes.values()
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (const body of left) times.push(await push(app, body))
      }),
    )
    const seconds = (performance.now() - from) / 1000
    report.row(`reports/s, ${atOnce} at a time (goal ≥ 500)`, (PUSHES * SETS_MAX) / seconds)
    report.row(
      '  ms a push of 500, median · 95 % (goal ≤ 2,000)',
      [0.5, 0.95].map((share) => formatted(percentile(times, share))).join(' · '),
    )
  }
  report.note(JSON.stringify(await countEvents(backend.db)))
}

/** Accounts with a consent, and a provider that has confirmed it. */
export async function linkAccounts(backend: Backend, count: number): Promise<string[]> {
  const { deps } = backend
  const handles: string[] = []
  const numbers = Array.from({ length: count }, (_, n) => n).values()
  const line = async () => {
    for (const n of numbers) {
      const { account } = await openAccount(deps, { phoneKey: keyOf('bench', String(n)), city: 'weifang' })
      const consent = give(backend, 'bike')
      const { handle } = consent.body
      await decideBatch(deps, [canonicalJson(consent)], {
        accountId: account.accountId,
        exchange: { sentAt: deps.now() },
      })
      const linkKey = deps.secret.linkKey('bike', handle)
      await confirmLink(deps.db, { linkKey, subjectKey: keyOf('bench subject', String(n)), at: deps.now() })
      handles.push(handle)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, line))
  return handles
}

/** Of people who are spread over all of them. */
function handlesOf(handles: readonly string[], push: number): string[] {
  return Array.from(
    { length: SETS_MAX },
    (_, n) => handles[(n * 7919 + push * 104_729) % handles.length] as string,
  )
}

async function bodyOf(backend: Backend, bike: TestProvider, handles: readonly string[]): Promise<string> {
  const tokens = await Promise.all(
    handles.map((handle) => bike.sign(bike.claims('act-reported', ride(backend), handle))),
  )
  return JSON.stringify({ sets: Object.fromEntries(tokens.map((token) => [jtiOf(token), token])) })
}

async function push(app: ReturnType<typeof createApp>, body: string): Promise<number> {
  const from = performance.now()
  const response = await app.request('/api/v1/providers/bike/events', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  const { ack } = (await response.json()) as PushAnswer
  if (ack.length !== SETS_MAX) throw new Error(`only ${ack.length} acknowledged`)
  return performance.now() - from
}
