/**
 * Writes down all that this version says to its database while a small city lives, with what it is answered. Run it in the version that is
 * about to be succeeded, and name the day: `node test/golden/statements/make-recording.ts 2026-11-28`. See test/mock-api/roll-out.test.ts.
 */
import { writeFileSync } from 'node:fs'
import type { Db, Param, Queryable } from '../../../mock-api/storage/db.ts'
import { migrate } from '../../../mock-api/storage/migrate.ts'
import type { VoucherId } from '../../../src/domain/base/ids.ts'
import { DAY_MS, HOUR_MS } from '../../../src/domain/base/time.ts'
import { startBackend } from '../../support/backend.ts'
import { NOON, trackedRide } from '../../support/builders.ts'
import { signIn } from '../../support/client.ts'
import { accept, appeal, cancel, cleanPlate, feedback } from '../../support/commands.ts'
import { openTestDb } from '../../support/database.ts'
import { buy, newOffer, richClient } from '../../support/shop.ts'
import { joinTill } from '../../support/till.ts'

interface Said {
  readonly text: string
  readonly params: readonly Param[]
  readonly rows: readonly object[]
}

const said: Said[] = []

function hear(target: Queryable, into: Said[]): Queryable {
  return {
    async query<T extends object>(text: string, params: readonly Param[] = []) {
      const rows = await target.query<T>(text, params)
      into.push({ text, params, rows })
      return rows
    },
    async several(statements, isLast) {
      const rows = await target.several(statements, isLast)
      for (const [place, { text, params = [] }] of statements.entries())
        into.push({ text, params, rows: rows[place] ?? [] })
      return rows
    },
    script: (text) => target.script(text),
  }
}

const { db } = await openTestDb('pglite')
await migrate(db, NOON)
const heard: Db = {
  ...db,
  ...hear(db, said),
  async transaction(work) {
    const own: Said[] = []
    const answer = await db.transaction((tx) => work(hear(tx, own)))
    said.push(...own) // only what was kept
    return answer
  },
}
const backend = await startBackend({ now: NOON, db: heard })
said.splice(
  0,
  said.findIndex(({ text }) => !/migrations/.test(text)),
)
const me = await richClient(backend)
const offer = await newOffer(backend, {}, { total: 3 })
const settled = await buy(backend, me, offer)
const returned = await buy(backend, me, offer)
await me.sync([cancel(backend, returned.id as VoucherId)])
const early = cleanPlate(backend, { startedAt: NOON - 50 * DAY_MS })
await me.sync([cleanPlate(backend, trackedRide(NOON - DAY_MS)), early, feedback(backend)])
await me.sync([appeal(backend, early.id)])
const shop = await joinTill(backend)
await shop.sync([accept(backend, settled.token)])
await me.call('GET', '/api/v1/offers')
await me.call('GET', `/api/v1/accounts/${me.accountId}/devices`)
backend.now.advance(73 * HOUR_MS)
await backend.sweep()
const gone = await signIn(backend, { phone: '13700000009' })
await gone.sync([cleanPlate(backend)])
await gone.call('DELETE', `/api/v1/accounts/${gone.accountId}`)
await me.call('POST', `/api/v1/accounts/${me.accountId}/sign-out`)
backend.now.advance(100 * DAY_MS)
await backend.sweep()
writeFileSync(
  new URL(`${process.argv[2]}.json`, import.meta.url),
  `[\n${said.map((each) => JSON.stringify(each)).join(',\n')}\n]\n`,
)
process.stdout.write(`${said.length} statements, ${new Set(said.map(({ text }) => text)).size} texts\n`)
process.exit(0)
