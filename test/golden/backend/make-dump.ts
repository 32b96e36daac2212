/**
 * Writes the dump of the backend's newest schema, named by its last migration: rows of a small real city, and beside them what a phone and a
 * shop hold from it (keys, head, an open voucher's token, a deletion receipt). Old dumps are never written anew; they open for ever.
 */
import { readdirSync, writeFileSync } from 'node:fs'
import { decideDispute } from '../../../mock-api/book/decide-dispute.ts'
import { payOut } from '../../../mock-api/book/pay-out.ts'
import type { PlantingDays } from '../../../src/contract/planting.ts'
import type { DeletionReceipt } from '../../../src/contract/session.ts'
import type { CommandId, MerchantId, VoucherId } from '../../../src/domain/base/ids.ts'
import { DAY_MS, dayOf, HOUR_MS, MINUTE_MS } from '../../../src/domain/base/time.ts'
import { statementId } from '../../../src/domain/offers/takings.ts'
import { startBackend } from '../../support/backend.ts'
import { NOON, trackedRide } from '../../support/builders.ts'
import { freshPhone, signIn } from '../../support/client.ts'
import { accept, appeal, cancel, cleanPlate, feedback, newCommandId } from '../../support/commands.ts'
import { ride, TestProvider } from '../../support/provider.ts'
import { buy, newOffer, richClient } from '../../support/shop.ts'
import { joinTill } from '../../support/till.ts'

const backend = await startBackend({ now: NOON, providers: true })
const me = await richClient(backend)
const offer = await newOffer(backend, {}, { total: 4 })
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
await leaveMoney()
const bike = await TestProvider.of(backend)
const linked = await signIn(backend, { phone: freshPhone(), city: 'weifang' })
const { handle } = await bike.link(linked)
backend.now.advance(HOUR_MS)
await bike.push(await bike.reported(ride(backend), handle))
await leaveSignUps()
const gone = await richClient(backend, { phone: freshPhone() })
// A till without a network may still take it.
const left = await buy(backend, gone, offer)
const ended = await gone.call('DELETE', `/api/v1/accounts/${gone.accountId}`)
const { head } = await me.sync()
backend.now.advance(MINUTE_MS)
const answer = await backend.fetch(new Request('http://localhost:4173/api/v1/keys?wire=2'))

/** A day of the shop that is stated and paid, another that is open, a refund, two disputes, and a donation. */
async function leaveMoney(): Promise<void> {
  const customer = await richClient(backend)
  const manager = await joinTill(backend, { role: 'manager', name: '店长' })
  const coffee = await newOffer(backend, { pricePoints: 20, valueFen: 20 })
  const bought = [
    await buy(backend, customer, coffee),
    await buy(backend, customer, coffee),
    await buy(backend, customer, coffee),
  ]
  const acceptances = bought.map(({ token }) => accept(backend, token))
  await manager.sync(acceptances)
  const day = dayOf(backend.now())
  backend.now.advance(DAY_MS)
  await backend.sweep()
  await payOut(backend.deps, statementId(manager.accountId, day))
  const id = newCommandId(backend)
  const acceptanceId = acceptances[0]?.id as CommandId
  await manager.sync([
    { id, kind: 'voucher.refund', at: backend.now(), body: { acceptanceId, note: '退货' } },
  ])
  const disputed = bought.slice(1).map((voucher) => voucher.id as VoucherId)
  for (const voucherId of disputed) {
    const command = { id: newCommandId(backend), kind: 'voucher.dispute', at: backend.now() } as const
    await customer.sync([{ ...command, body: { voucherId, note: '不是我用的' } }])
  }
  const [upheld] = disputed
  if (upheld)
    await decideDispute(
      backend.deps,
      { accountId: customer.accountId, voucherId: upheld },
      { verdict: 'upheld', note: '店里没有记录' },
    )
  const forest = { category: 'donation', merchantId: 'sample-forest' as MerchantId, pricePoints: 20 } as const
  await buy(backend, customer, await newOffer(backend, forest))
}

/** A day of planting that somebody signed up for and is still to come, and a place that was given up. */
async function leaveSignUps(): Promise<void> {
  const office = await TestProvider.of(backend, 'planting')
  await office.link(linked)
  const days = await backend.fetch(new Request('http://localhost:4173/api/v1/cities/weifang/planting-days'))
  const joins = ((await days.json()) as PlantingDays).days.map((day) => {
    const { id: dayId, provider, startsAt, endsAt, cancelBy } = day
    const body = { dayId, provider, startsAt, endsAt, cancelBy }
    return { id: newCommandId(backend), kind: 'planting.join', at: backend.now(), body } as const
  })
  await linked.sync(joins)
  const joinId = joins.at(-1)?.id as CommandId
  await linked.sync([
    { id: newCommandId(backend), kind: 'planting.leave', at: backend.now(), body: { joinId } },
  ])
}

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
    left: { token: left.token },
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
