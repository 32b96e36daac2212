/** Logging for somebody else: who comes in by a code, what they may send and what they are told, and how it ends. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SECRET_HEADER } from '../../src/contract/session.ts'
import type { ActivityId } from '../../src/domain/base/ids.ts'
import { MINUTE_MS } from '../../src/domain/base/time.ts'
import type { Command } from '../../src/domain/ledger/command.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { trackedRide } from '../support/builders.ts'
import { type Client, call, signIn } from '../support/client.ts'
import { cleanPlate, invite, redeem, revokeHelper, withdraw } from '../support/commands.ts'
import {
  askCode,
  helping as helpingFor,
  inviting as invitingFor,
  join as joinBy,
} from '../support/helping.ts'
import { uuidFrom } from '../support/ids.ts'
import { recordsOf } from '../support/shop.ts'

let backend: Backend
let owner: Client
beforeAll(async () => {
  backend = await startBackend()
  owner = await signIn(backend, { wire: 2 })
})
afterAll(() => backend.close())

const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code
const inviting = (name: string, me = owner) => invitingFor(backend, me, name)
const helping = (name: string, me = owner) => helpingFor(backend, me, name)
const join = (code: string, deviceId?: string) => joinBy(backend, code, deviceId)

const lastOf = async (me: Client) => (await recordsOf(me)).at(-1)
/** The same account keeps few helpers: each test ends with whom it began. */
const end = (...helpers: { id: Command['id'] }[]) =>
  owner.sync(helpers.map(({ id }) => revokeHelper(backend, id)))

describe('coming in', () => {
  it('needs the code, in whatever way it is typed, and tells nothing of the account but its city', async () => {
    const { id, code } = await inviting('小丽')
    const response = await join(code.toLowerCase().replaceAll(' ', '-'))
    expect(response.status).toBe(200)
    const answer = (await response.json()) as object
    expect(Object.keys(answer).sort()).toEqual(['accountId', 'city', 'helperId', 'sessionSecret'])
    expect(answer).toMatchObject({ accountId: owner.accountId, helperId: id, city: 'jinan' })
    await end({ id })
  })

  it('is done once: another phone with the same code is refused, the same one may ask again when the answer was lost', async () => {
    const { id, code } = await inviting('小丽')
    const phone = uuidFrom(backend.random)
    expect((await join(code, phone)).status).toBe(200)
    expect((await join(code, phone)).status).toBe(200)
    expect(await codeOf(await join(code))).toBe('code_wrong')
    await end({ id })
  })

  it('one invitation lets one phone in, by whichever of its codes', async () => {
    const { id, code } = await inviting('小丽')
    const second = await codeOf(await askCode(owner, id))
    expect((await join(second)).status).toBe(200)
    expect(await codeOf(await join(code))).toBe('code_wrong')
    expect((await askCode(owner, id)).status).toBe(404)
    await end({ id })
  })

  it('ends with the code after ten minutes; a new one lets them in', async () => {
    const { id, code } = await inviting('小丽')
    backend.now.advance(10 * MINUTE_MS)
    expect(await codeOf(await join(code))).toBe('code_expired')
    await backend.sweep()
    const fresh = await codeOf(await askCode(owner, id))
    expect((await join(fresh)).status).toBe(200)
    await end({ id })
  })

  it('is refused with a code that nobody was given, and with one of somebody who is not wanted any more', async () => {
    expect(await codeOf(await join('0000 0000 00'))).toBe('code_wrong')
    const { id, code } = await inviting('小丽')
    await end({ id })
    expect(await codeOf(await join(code))).toBe('helper_revoked')
  })

  it('is for five at most; the sixth invitation is refused with the limit, and has no code', async () => {
    const me = await signIn(backend, { wire: 2 })
    const five = Array.from({ length: 5 }, (_, at) => invite(backend, `家人${at}`))
    const sixth = invite(backend, '又一位')
    const { receipts } = await me.sync([...five, sixth])
    expect(receipts.map(({ outcome }) => outcome)).toEqual([...five.map(() => 'accepted'), 'refused'])
    expect((await lastOf(me))?.detail?.reasons).toEqual([{ code: 'too_many_helpers', numbers: { limit: 5 } }])
    expect((await askCode(me, sixth.id)).status).toBe(404)
    await me.sync([revokeHelper(backend, five[0]?.id as Command['id']), invite(backend, '又一位')])
    expect((await lastOf(me))?.body.outcome).toBe('accepted')
  })

  it('is seen by the owner, and by nobody else', async () => {
    const helper = await helping('小丽')
    const path = `/api/v1/accounts/${owner.accountId}/helpers`
    const { helpers } = (await (await owner.call('GET', path)).json()) as { helpers: object[] }
    expect(helpers).toEqual([{ helperId: helper.id, joinedAt: backend.now() }])
    const stranger = await signIn(backend, { wire: 2 })
    expect((await stranger.call('GET', path)).status).toBe(401)
    await end(helper)
    expect(await (await owner.call('GET', path)).json()).toEqual({ helpers: [] })
  })
})

describe('logging', () => {
  it('stands in the journal with the helper’s name, which the session says and no command', async () => {
    const helper = await helping('小丽')
    const plate = cleanPlate(backend)
    const response = await helper.log([plate])
    expect(await response.json()).toEqual({
      receipts: [{ id: plate.id, outcome: 'accepted' }],
      now: backend.now(),
    })
    const { body, detail } = (await lastOf(owner)) ?? {}
    expect([body?.id, body?.outcome]).toEqual([plate.id, 'accepted'])
    expect(detail?.by).toEqual({ actor: 'helper', helper: { id: helper.id, name: '小丽' } })
    await end(helper)
  })

  it('again gives the same receipt and no second record', async () => {
    const helper = await helping('小丽')
    const plate = cleanPlate(backend)
    await helper.log([plate])
    const before = (await recordsOf(owner)).length
    expect(await (await helper.log([plate])).json()).toMatchObject({
      receipts: [{ id: plate.id, outcome: 'accepted' }],
    })
    expect((await recordsOf(owner)).length).toBe(before)
    await end(helper)
  })

  it('takes back what oneself logged, and nothing of the owner’s or of another helper’s', async () => {
    const [helper, other] = [await helping('小丽'), await helping('小强')]
    const [mine, theirs] = [cleanPlate(backend), cleanPlate(backend)]
    await owner.sync([mine])
    await other.log([theirs])
    const own = cleanPlate(backend)
    const wishes = [
      own,
      ...[own, mine, theirs].map(({ id }) => withdraw(backend, id as string as ActivityId)),
    ]
    const { receipts } = (await (await helper.log(wishes)).json()) as { receipts: { outcome: string }[] }
    expect(receipts.map(({ outcome }) => outcome).slice(1)).toEqual(['accepted', 'refused', 'refused'])
    expect((await lastOf(owner))?.detail?.reasons).toEqual([{ code: 'activity_unknown' }])
    await end(helper, other)
  })

  it('takes back what counted nothing and has left the account’s state', async () => {
    const helper = await helping('小丽')
    const before = cleanPlate(backend, { startedAt: backend.now() - 44 * 24 * 60 * MINUTE_MS })
    const zeros = Array.from({ length: 60 }, (_, at) =>
      cleanPlate(backend, { startedAt: before.body.startedAt + at }),
    )
    for (let at = 0; at < zeros.length; at += 20) await helper.log(zeros.slice(at, at + 20))
    const wish = withdraw(backend, zeros[5]?.id as string as ActivityId)
    const { receipts } = (await (await helper.log([wish])).json()) as { receipts: { outcome: string }[] }
    expect(receipts[0]?.outcome).toBe('accepted')
    await end(helper)
  })

  it('of anything else is refused whole, and leaves no record', async () => {
    const helper = await helping('小丽')
    const before = (await recordsOf(owner)).length
    const others = [
      redeem(backend, { id: 'some-offer', points: 100 }),
      invite(backend, '我的朋友'),
      revokeHelper(backend, helper.id),
      cleanPlate(backend, trackedRide(backend.now() - 3_600_000)), // a file is the owner's to give
    ]
    for (const command of others) {
      const response = await helper.log([cleanPlate(backend), command as Command])
      expect([response.status, await codeOf(response)]).toEqual([403, 'not_allowed'])
    }
    expect((await recordsOf(owner)).length).toBe(before)
    await end(helper)
  })

  it('is for a day’s hands: too many are put off, and the owner’s own count is not used up', async () => {
    const helper = await helping('小丽')
    const twenty = () => Array.from({ length: 20 }, () => cleanPlate(backend))
    for (let at = 0; at < 10; at++) expect((await helper.log(twenty())).status).toBe(200)
    expect((await helper.log([cleanPlate(backend)])).status).toBe(429)
    expect((await owner.syncRaw([cleanPlate(backend)])).status).toBe(200)
    await end(helper)
  })

  it('needs both cookie and secret', async () => {
    const helper = await helping('小丽')
    for (const headers of [
      {},
      { cookie: helper.cookie },
      { ...helper.headers, [SECRET_HEADER]: 'x'.repeat(43) },
    ])
      expect((await helper.log([cleanPlate(backend)], headers)).status).toBe(401)
    await end(helper)
  })
})

describe('what a helper cannot reach', () => {
  it.each(['cookie of its own name', 'cookie under the owner’s name'])('with a %s', async (how) => {
    const helper = await helping('小丽')
    const cookie = how.includes('own name') ? helper.cookie : helper.cookie.replace('gt-help-', 'gt-')
    const headers = { ...helper.headers, cookie }
    const account = `/api/v1/accounts/${owner.accountId}`
    const { accountId } = owner
    const pull = { accountId, cursor: { seq: 0, hash: '0'.repeat(64) }, sentAt: backend.now(), commands: [] }
    const asked: [string, string, object?][] = [
      ['POST', '/api/v1/sync', pull],
      ['GET', `${account}/devices`],
      ['GET', `${account}/helpers`],
      ['POST', `${account}/helpers/${helper.id}/code`, { wire: 2 }],
      ['PUT', `${account}/city`, { city: 'zibo' }],
      ['DELETE', account],
    ]
    for (const [method, path, body] of asked)
      expect([path, (await call(backend, { method, path, body, headers })).status]).toEqual([path, 401])
    await end(helper)
  })
})

describe('the end', () => {
  it('comes with the owner’s word, at once: what the helper still sends is refused and leaves no record', async () => {
    const helper = await helping('小丽')
    const logged = cleanPlate(backend)
    await helper.log([logged])
    await end(helper)
    const before = (await recordsOf(owner)).length
    for (const wish of [cleanPlate(backend), withdraw(backend, logged.id as string as ActivityId), logged]) {
      const response = await helper.log([wish])
      expect([response.status, await codeOf(response)]).toEqual([403, 'helper_revoked'])
    }
    expect((await recordsOf(owner)).length).toBe(before)
    expect((await recordsOf(owner)).some(({ body }) => body.id === logged.id)).toBe(true)
  })

  it('is refused for somebody who was never invited', async () => {
    await owner.sync([revokeHelper(backend, invite(backend, '谁').id)])
    expect((await lastOf(owner))?.detail?.reasons).toEqual([{ code: 'helper_unknown' }])
  })

  it('also comes by leaving: the session is over', async () => {
    const helper = await helping('小丽')
    const path = `/api/v1/helping/${owner.accountId}/leave`
    const response = await call(backend, { method: 'POST', path, body: {}, headers: helper.headers })
    expect(response.status).toBe(204)
    expect((await helper.log([cleanPlate(backend)])).status).toBe(401)
    await end(helper)
  })

  it('comes with the account: nothing of its helpers stays', async () => {
    const me = await signIn(backend, { wire: 2 })
    const helper = await helping('小丽', me)
    await inviting('小强', me)
    await me.call('DELETE', `/api/v1/accounts/${me.accountId}`)
    expect((await helper.log([cleanPlate(backend)])).status).toBe(401)
    const { accountId } = me
    for (const table of ['helpers', 'helper_codes'])
      expect(
        await backend.db.query(`select * from ${table} /* all */ where account_id = $1`, [accountId]),
      ).toEqual([])
  })
})
