/**
 * Three processes before a database on three machines, whose shards move and whose machines are killed under load. `KILLS=9` goes round more
 * often. Where the Citus extension is not installed this is skipped, and says so (docs/deploy.md says how to have it).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import type { Db } from '../../mock-api/storage/db.ts'
import { PLACEMENTS } from '../../mock-api/storage/placement.ts'
import { openPostgresql } from '../../mock-api/storage/postgresql.ts'
import { type Citus, citusBinaries, startCitus } from '../support/citus.ts'
import { missing, type Phones, startPhones } from '../support/load-over-kills.ts'
import type { Cluster } from '../support/postgres.ts'
import { type Server, startServer } from '../support/server.ts'

const bin = citusBinaries()
const KILLS = Number(process.env.KILLS ?? 3)
const PHONES = 12
const BACK_WITHIN_MS = 30_000

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe.skipIf(!bin)('three processes before a database on three machines', () => {
  let citus: Citus
  let servers: Server[] = []
  let db: Db
  /** All of the tables made. */
  let laidOut = 0

  beforeAll(async () => {
    citus = await startCitus(bin as string)
    const env = { DATABASE_URL: citus.url, DEMO: '1', KEY_SECRET: 'only for tests, not a secret' }
    servers = await Promise.all([startServer(env), startServer(env), startServer(env)])
    db = openPostgresql(citus.url)
    laidOut = citus.heard()
  }, 120_000)
  afterAll(async () => {
    await db?.close()
    await Promise.all(servers.map((server) => server.end()))
    await citus?.end()
  })

  it('lay each table where it is declared, and those of a group together', async () => {
    const rows = await db.query<{ name: string; method: string; key: string | null; group: number }>(
      `select logicalrelid::text as name, partmethod::text as method, colocationid as "group",
              case when partmethod = 'h' then column_to_column_name(logicalrelid, partkey) end as key
         from pg_dist_partition order by 1`,
    )
    const declared = Object.entries(PLACEMENTS).filter(([, { group }]) => group !== 'local')
    expect(rows.map(({ name }) => name).sort()).toEqual(declared.map(([name]) => name).sort())
    const groups = new Map<number, Set<string>>()
    for (const { name, method, key, group } of rows) {
      const placement = PLACEMENTS[name]
      if (!placement) continue
      expect([name, method, key]).toEqual('key' in placement ? [name, 'h', placement.key] : [name, 'n', null])
      groups.set(group, (groups.get(group) ?? new Set()).add(placement.group))
    }
    expect([...groups.values()].map((names) => names.size)).toEqual([...groups].map(() => 1))
  })

  it(
    'lose no acknowledged command while shards move and each machine is killed, again and again',
    async () => {
      const phones = await startPhones(servers, PHONES)
      const moving = moveShards(citus)
      const backAfter: number[] = []
      try {
        for (let kill = 0; kill < KILLS; kill++) {
          // Now in the middle of a move, now between two.
          await pause(1500 + ((kill * 733) % 2000))
          if (kill % 2 === 1) await moving.untilNext()
          const node = citus.nodes[kill % citus.nodes.length] as Cluster
          await node.kill()
          await pause(1500)
          await node.start()
          const before = phones.acknowledged.length
          const from = performance.now()
          while (phones.acknowledged.length < before + 50 && performance.now() - from < BACK_WITHIN_MS)
            await pause(20)
          backAfter.push(performance.now() - from)
        }
        await pause(3000)
      } finally {
        await phones.stop()
        await moving.stop()
      }
      expect(phones.wrong).toEqual([])
      expect(await missing(db, phones)).toEqual([])
      expect(await audit(db)).not.toHaveProperty('fault')
      tell({ backAfter, phones, moves: moving.moved() })
      expect(moving.moved()).toBeGreaterThan(0)
      expect(Math.max(...backAfter)).toBeLessThan(BACK_WITHIN_MS)
    },
    120_000 + KILLS * 60_000,
  )

  it('ask one machine only for all that a phone waits for', () => {
    const fannedOut = citus.fannedOut(laidOut)
    expect(fannedOut.length).toBeGreaterThan(0)
    // What walks through everything says so, and is a sweep or a report.
    expect(fannedOut.filter((text) => !/\/\* all \w+ \*\//.test(text) && !isOurs(text))).toEqual([])
  })
})

/** The questions of this test itself. */
function isOurs(text: string): boolean {
  return /pg_dist|citus_/.test(text)
}

interface Moving {
  moved(): number
  untilNext(): Promise<void>
  stop(): Promise<void>
}

/** One shard of an account's tables after the other goes to the next machine, while it is written to. A kill breaks a move off. */
function moveShards({ nodes, url }: Citus): Moving {
  let isStopped = false
  let moved = 0
  const work = async () => {
    const db = openPostgresql(url)
    for (let turn = 0; !isStopped; turn++) {
      try {
        const shards = await db.query<{ shard: string; port: number }>(
          `select shardid::text as shard, nodeport as port from citus_shards
            where table_name = 'accounts'::regclass order by shardid`,
        )
        const { shard, port } = shards[turn % shards.length] as { shard: string; port: number }
        const at = nodes.findIndex((node) => node.port === port)
        const to = nodes[(at + 1) % nodes.length] as Cluster
        await db.query(
          `select citus_move_shard_placement($1::bigint, '127.0.0.1', $2::int, '127.0.0.1', $3::int, 'force_logical')`,
          [shard, port, to.port],
        )
        moved++
      } catch {
        await pause(500)
      }
    }
    await db.close()
  }
  const done = work()
  return {
    moved: () => moved,
    async untilNext() {
      const before = moved
      while (moved === before && !isStopped) await pause(50)
    },
    async stop() {
      isStopped = true
      await done
    },
  }
}

function tell({ backAfter, phones, moves }: { backAfter: number[]; phones: Phones; moves: number }): void {
  const seen = [...phones.statuses]
    .map(([status, count]) => `${count} × ${status || 'broken line'}`)
    .join(', ')
  process.stdout.write(
    `${backAfter.length} kills, ${moves} shards moved: ${phones.acknowledged.length} commands acknowledged, 0 lost; ${seen}; going on within ${Math.round(Math.max(...backAfter))} ms of a machine's return\n`,
  )
}
