/**
 * Writes the dump of the backend's newest schema, named by its last migration: rows of a small real city, and beside them what a phone and a
 * shop hold from it (keys, head, an open voucher's token, a deletion receipt). Old dumps are never written anew; they open for ever.
 */
import { readdirSync, writeFileSync } from 'node:fs'
import type { DeletionReceipt } from '../../../src/contract/session.ts'
import type { VoucherId } from '../../../src/domain/base/ids.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/base/time.ts'
import { startBackend } from '../../support/backend.ts'
import { NOON, trackedRide } from '../../support/builders.ts'
import { freshPhone, signIn } from '../../support/client.ts'
import { accept, appeal, cancel, cleanPlate, feedback } from '../../support/commands.ts'
import { ride, TestProvider } from '../../support/provider.ts'
import { buy, newOffer, richClient } from '../../support/shop.ts'
import { joinTill } from '../../support/till.ts'

const backend = await startBackend({ now: NOON, providers: true })
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
backend.now.advance(73 * HOUR_MS)
await backend.sweep()
const open = await buy(backend, me, offer)
const bike = await TestProvider.of(backend)
const linked = await signIn(backend, { phone: freshPhone(), city: 'weifang' })
const { handle } = await bike.link(linked)
backend.now.advance(HOUR_MS)
await bike.push(await bike.reported(ride(backend), handle))
const gone = await signIn(backend, { phone: freshPhone() })
await gone.sync([cleanPlate(backend)])
const ended = await gone.call('DELETE', `/api/v1/accounts/${gone.accountId}`)
const { head } = await me.sync()
backend.now.advance(MINUTE_MS)
const answer = await backend.fetch(new Request('http://localhost:4173/api/v1/keys?wire=2'))

const folder = new URL('../../../mock-api/storage/migrations/', import.meta.url)
const migrations = readdirSync(folder).sort()
const rows = await backend.snapshot()
const dump = {
  at: backend.now(),
  migrations,
  held: {
    accountId: me.accountId,
    keys: (await answer.json()) as unknown,
    head,
    voucher: { id: open.id, token: open.token },
    receipt: ((await ended.json()) as { receipt: string }).receipt,
    deleted: gone.accountId satisfies DeletionReceipt['account'],
  },
  tables: Object.fromEntries(
    [...rows].filter(([, each]) => each.length > 0).sort(([a], [b]) => (a < b ? -1 : 1)),
  ),
}
const name = `${migrations.at(-1)?.slice(0, 3)}.json`
writeFileSync(new URL(name, import.meta.url), `${JSON.stringify(dump, null, 1)}\n`)
process.exit(0)
