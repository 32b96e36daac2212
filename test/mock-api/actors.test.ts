/** Who acts: what each actor may send stands in one table, and each new record says who acted. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ActivityId } from '../../src/domain/base/ids.ts'
import { DAY_MS } from '../../src/domain/base/time.ts'
import { type Actor, maySend } from '../../src/domain/ledger/actor.ts'
import type { Kind } from '../../src/domain/ledger/record.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { type Client, call, signIn } from '../support/client.ts'
import { accept, cleanPlate, withdraw } from '../support/commands.ts'
import { deskHeaders } from '../support/operator.ts'
import { recordsOf } from '../support/shop.ts'
import { joinTill } from '../support/till.ts'

let backend: Backend
beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend.close())

describe('the table', () => {
  const mayNot: readonly [Actor, Kind][] = [
    ['citizen', 'voucher.accept'],
    ['citizen', 'review.decide'],
    ['citizen', 'voucher.settle'],
    ['helper', 'voucher.redeem'],
    ['helper', 'activity.appeal'],
    ['till', 'activity.record'],
    ['manager', 'voucher.redeem'],
    ['provider', 'activity.record'],
    ['provider', 'activity.withdraw'],
    ['citizen', 'activity.report'],
    ['helper', 'consent.give'],
    ['helper', 'helper.invite'],
    ['helper', 'helper.revoke'],
    ['operator', 'activity.record'],
    ['step', 'review.decide'],
  ]
  it.each(mayNot)('keeps a %s from %s', (actor, kind) => {
    expect(maySend(actor, kind)).toBe(false)
  })

  const may: readonly [Actor, Kind][] = [
    ['citizen', 'activity.record'],
    ['helper', 'activity.record'],
    ['till', 'voucher.accept'],
    ['manager', 'voucher.accept'],
    ['provider', 'activity.report'],
    ['citizen', 'consent.give'],
    ['citizen', 'helper.revoke'],
    ['operator', 'voice.answer'],
    ['step', 'lot.expire'],
  ]
  it.each(may)('lets a %s send %s', (actor, kind) => {
    expect(maySend(actor, kind)).toBe(true)
  })
})

describe('the records', () => {
  const actorsOf = async (me: Pick<Client, 'sync'>) =>
    (await recordsOf(me)).map(({ body, detail }) => [body.kind, body.outcome, detail?.by?.actor])

  it('of a citizen say so, and what only a shop may send is refused', async () => {
    const me = await signIn(backend)
    await me.sync([cleanPlate(backend), accept(backend, 'a.b.c')])
    expect(await actorsOf(me)).toEqual([
      ['activity.record', 'accepted', 'citizen'],
      ['voucher.accept', 'refused', 'citizen'],
    ])
    expect((await recordsOf(me)).at(-1)?.detail?.reasons).toEqual([{ code: 'kind_not_for_account' }])
  })

  it('of a shop say its manager, and what only a citizen may send is refused', async () => {
    const shop = await joinTill(backend, { role: 'manager' })
    const plate = cleanPlate(backend)
    await shop.sync([plate, withdraw(backend, plate.id as string as ActivityId), accept(backend, 'a.b.c')])
    expect(await actorsOf(shop)).toEqual([
      ['activity.record', 'refused', 'manager'],
      ['activity.withdraw', 'refused', 'manager'],
      ['voucher.accept', 'refused', 'manager'],
    ])
    const reasons = (await recordsOf(shop)).map(({ detail }) => detail?.reasons?.[0]?.code)
    expect(reasons).toEqual(['kind_not_for_account', 'kind_not_for_account', 'voucher_forged'])
  })

  it('of an operator and of the backend itself say so', async () => {
    const phone = '13700000092'
    const me = await signIn(backend, { phone })
    const at = backend.now() - 3 * DAY_MS // a clock three days behind is looked at
    const asked = { ...cleanPlate(backend, { startedAt: at }), at }
    await me.sync([asked], { sentAt: at })
    const response = await call(backend, {
      method: 'POST',
      path: `/api/v1/ops/reviews/${me.accountId}/${asked.id}`,
      headers: await deskHeaders(backend),
      body: { decision: 'grant' },
    })
    expect(response.status).toBe(200)
    backend.now.advance(3 * 366 * DAY_MS)
    await backend.sweep()
    const later = await signIn(backend, { phone }) // the session of before has ended by itself
    expect(await actorsOf(later)).toEqual([
      ['activity.record', 'review', 'citizen'],
      ['review.decide', 'accepted', 'operator'],
      ['lot.expire', 'accepted', 'step'],
    ])
  })
})
