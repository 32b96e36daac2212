/**
 * Three processes before one PostgreSQL of their own, which is killed under load, stands still, and comes back. `KILLS=20` kills it more
 * often. Where PostgreSQL is not installed this is skipped, and says so.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import type { Db } from '../../mock-api/storage/db.ts'
import { openPostgresql } from '../../mock-api/storage/postgresql.ts'
import { KEY_PURPOSES } from '../../src/proof/keys.ts'
import { missing, type Phones, startPhones } from '../support/load-over-kills.ts'
import { type Cluster, postgresBinaries, startCluster } from '../support/postgres.ts'
import { type Server, startServer } from '../support/server.ts'

const bin = postgresBinaries()
const KILLS = Number(process.env.KILLS ?? 3)
const PHONES = 12
/** The promise is a second, and the figures are printed; a machine busy with other work is no fault of ours. */
const SOON_MS = 3000

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function timed(url: string): Promise<{ status: number; retryAfter: string | null; ms: number }> {
  const from = performance.now()
  const response = await fetch(url)
  await response.text()
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    ms: performance.now() - from,
  }
}

/** How long until it answers 200 again. */
async function untilBack(url: string): Promise<number> {
  const from = performance.now()
  while ((await timed(url)).status !== 200) await pause(10)
  return performance.now() - from
}

function isAlive({ pid }: Server): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe.skipIf(!bin)('three processes before one PostgreSQL', () => {
  let cluster: Cluster
  let servers: Server[] = []
  let db: Db

  beforeAll(async () => {
    cluster = await startCluster(bin as string)
    const env = { DATABASE_URL: cluster.url, DEMO: '1', KEY_SECRET: 'only for tests, not a secret' }
    // All at once, on an empty database: each would make tables, keys and sample offers.
    servers = await Promise.all([startServer(env), startServer(env), startServer(env)])
    db = openPostgresql(cluster.url)
  })
  afterAll(async () => {
    await db?.close()
    await Promise.all(servers.map((server) => server.end()))
    await cluster?.end()
  })

  const health = () => Promise.all(servers.map(({ url }) => timed(`${url}/api/v1/health`)))

  it('start at once on an empty database, and have one first key for each purpose', async () => {
    expect(servers.map(isAlive)).toEqual([true, true, true])
    const keys = await Promise.all(
      servers.map(async ({ url }) => (await fetch(`${url}/api/v1/keys?wire=2`)).json()),
    )
    const named = keys.map((set) => (set as { keys: { kid: string }[] }).keys.map(({ kid }) => kid).sort())
    expect(named[0]).toHaveLength(KEY_PURPOSES.length)
    expect(named).toEqual([named[0], named[0], named[0]])
    const stock = await db.query('select offer_id from offer_numbers group by offer_id having count(*) > 1')
    expect(stock).toEqual([])
    expect(await audit(db)).not.toHaveProperty('fault')
  })

  it(
    'lose no acknowledged command and do not die when it is killed under load, again and again',
    async () => {
      const phones = await startPhones(servers, PHONES)
      const rounds: { away: number; back: number }[] = []
      try {
        for (let kill = 0; kill < KILLS; kill++) {
          // Not in step with anything: at the first moment of a batch, in its middle, at its commit.
          await pause(800 + ((kill * 137) % 400))
          await cluster.kill()
          const away = await health()
          expect(away.map(({ status, retryAfter }) => [status, retryAfter])).toEqual(
            Array(3).fill([503, '1']),
          )
          await cluster.start()
          const back = await Promise.all(servers.map(({ url }) => untilBack(`${url}/api/v1/offers`)))
          rounds.push({ away: Math.max(...away.map(({ ms }) => ms)), back: Math.max(...back) })
          expect(servers.map(isAlive)).toEqual([true, true, true])
        }
        await pause(1000)
      } finally {
        await phones.stop()
      }
      expect(phones.wrong).toEqual([])
      expect(phones.statuses.get(503) ?? 0).toBeGreaterThan(0)
      expect(phones.acknowledged.length).toBeGreaterThan(0)
      expect(await missing(db, phones)).toEqual([])
      expect(await audit(db)).not.toHaveProperty('fault')
      tell(rounds, phones)
      expect(Math.max(...rounds.map(({ away }) => away))).toBeLessThan(SOON_MS)
      expect(Math.max(...rounds.map(({ back }) => back))).toBeLessThan(SOON_MS)
    },
    60_000 + KILLS * 20_000,
  )

  it('say that it is away, soon, when it stands still without a word, and go on with it', async () => {
    cluster.freeze()
    const away = await health()
    expect(away.map(({ status, retryAfter }) => [status, retryAfter])).toEqual(Array(3).fill([503, '1']))
    cluster.thaw()
    for (const { url } of servers) expect(await untilBack(`${url}/api/v1/offers`)).toBeLessThan(SOON_MS)
  })
})

function tell(rounds: readonly { away: number; back: number }[], { acknowledged, statuses }: Phones): void {
  const most = (name: 'away' | 'back') => Math.round(Math.max(...rounds.map((round) => round[name])))
  const seen = [...statuses].map(([status, count]) => `${count} × ${status || 'broken line'}`).join(', ')
  process.stdout.write(
    `${rounds.length} kills: ${acknowledged.length} commands acknowledged, 0 lost; ${seen}; /health within ${most('away')} ms while away, all processes back within ${most('back')} ms\n`,
  )
}
