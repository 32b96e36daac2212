/** A branch's tills: who comes in by a code, what a request must prove, what each may, and how one is cut off. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LIMITS } from '../../mock-api/base/limits.ts'
import { makeTillCode } from '../../mock-api/tills/till-code.ts'
import { SECRET_HEADER } from '../../src/contract/session.ts'
import type { TillCode, TillPeople, TillRevoked, TillStatus } from '../../src/contract/till.ts'
import { WIRE } from '../../src/contract/wire.ts'
import type { VoucherId } from '../../src/domain/base/ids.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/base/time.ts'
import { DPOP_HEADER } from '../../src/proof/dpop.ts'
import { readVoucherStatus } from '../../src/proof/voucher-status.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { type Client, call, freshPhone, signIn } from '../support/client.ts'
import { accept, cancel } from '../support/commands.ts'
import { uuidFrom } from '../support/ids.ts'
import { balancesOf, buy, detailOf, newOffer, reasonsOf, recordsOf, richClient } from '../support/shop.ts'
import { branchOf, joinBy, joinTill, newDeviceKeys, proofFor, type Till, tillBy } from '../support/till.ts'

let backend: Backend
beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend.close())

const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code
const newCode = async (role: 'till' | 'manager' = 'till') =>
  (await makeTillCode(backend.deps, await branchOf(backend), { role, name: '收银台 1' })).code
const pathOf = ({ accountId }: Pick<Till, 'accountId'>, end: string) => `/api/v1/tills/${accountId}/${end}`

async function statusOf(till: Till): Promise<TillStatus & { ended: readonly string[] }> {
  const response = await till.call('GET', pathOf(till, 'status'))
  expect(response.status).toBe(200)
  const answer = (await response.json()) as TillStatus
  const list = await readVoucherStatus(answer.status, await backend.deps.keyring.publicKeys())
  expect(list).toMatchObject({ sub: answer.branch.merchantId })
  return { ...answer, ended: list?.ended ?? [] }
}

describe('coming in', () => {
  it('is done by the code, however it is typed, and tells the branch', async () => {
    const code = await newCode()
    const keys = await newDeviceKeys()
    const response = await joinBy(backend, code.toLowerCase().replaceAll(' ', '-'), { keys })
    expect(response.status).toBe(200)
    expect(response.headers.getSetCookie()[0]).toMatch(/^gt-till-[0-9a-f]{8}=.*HttpOnly/)
    expect(await response.json()).toMatchObject({
      ...{ role: 'till', name: '收银台 1' },
      branch: {
        merchantId: 'sample-cafe',
        merchantZh: '示例咖啡店',
        nameZh: '示例咖啡店泉边店',
        city: 'jinan',
      },
    })
  })

  it('is done once: another device with the same code is told what a wrong code is told, the same one may ask again when the answer was lost', async () => {
    const code = await newCode()
    const keys = await newDeviceKeys()
    const deviceId = uuidFrom(backend.random)
    const first = await joinBy(backend, code, { keys, deviceId })
    const again = await tillBy(backend, {
      ...{ keys, deviceId },
      response: await joinBy(backend, code, { keys, deviceId }),
    })
    expect(again.joined).toMatchObject({ tillId: ((await first.json()) as { tillId: string }).tillId })
    expect((await again.sync()).state).toBe('ok')
    const other = await joinBy(backend, code, { keys: await newDeviceKeys(), deviceId })
    const wrong = await joinBy(backend, '0000 0000 00', { keys: await newDeviceKeys() })
    expect(await other.text()).toBe(await wrong.text())
    expect(wrong.status).toBe(403)
  })

  it('ends with the code after ten minutes', async () => {
    const code = await newCode()
    backend.now.advance(10 * MINUTE_MS)
    expect(await codeOf(await joinBy(backend, code, { keys: await newDeviceKeys() }))).toBe('code_expired')
    backend.now.advance(HOUR_MS)
    await backend.sweep()
    expect(await codeOf(await joinBy(backend, code, { keys: await newDeviceKeys() }))).toBe('code_wrong')
  })

  it('takes guesses slowly, from wherever they come', async () => {
    const slow = await startBackend({
      ...{ db: backend.db, now: backend.now, samples: false },
      limits: { tillJoinsPerAddress: { ...LIMITS.tillJoinsPerAddress, max: 2 } },
    })
    const path = '/api/v1/tills/join'
    const guess = async () => {
      const headers = {
        [DPOP_HEADER]: await proofFor(slow, await newDeviceKeys(), { method: 'POST', path }),
      }
      const body = { code: '1234 5678 9A', deviceId: uuidFrom(slow.random), wire: WIRE }
      return (await call(slow, { method: 'POST', path, body, headers }, '203.0.113.9')).status
    }
    expect([await guess(), await guess(), await guess()]).toEqual([403, 403, 429])
  })
})

describe('the proof of a request', () => {
  let till: Till
  beforeAll(async () => {
    till = await joinTill(backend)
  })
  const ask = async (given: Record<string, string>) =>
    call(backend, {
      ...{ method: 'GET', path: pathOf(till, 'status') },
      headers: { cookie: till.cookie, [SECRET_HEADER]: till.joined.sessionSecret, ...given },
    })
  const proof = (
    given: { method?: string; path?: string; at?: number; jti?: string } = {},
    keys = till.keys,
  ) => proofFor(backend, keys, { method: 'GET', path: pathOf(till, 'status'), ...given })

  it('is asked for, whatever else is right', async () => {
    const response = await ask({})
    expect(response.status).toBe(401)
    expect(await codeOf(response)).toBe('proof_refused')
    expect((await ask({ [DPOP_HEADER]: await proof() })).status).toBe(200)
  })

  it('holds once, for this path and method, by this device’s key', async () => {
    const once = await proof()
    expect((await ask({ [DPOP_HEADER]: once })).status).toBe(200)
    for (const refused of [
      once,
      await proof({ path: pathOf(till, 'people') }),
      await proof({ method: 'POST' }),
      await proof({}, await newDeviceKeys()),
      'not a proof',
    ])
      expect(await codeOf(await ask({ [DPOP_HEADER]: refused }))).toBe('proof_refused')
  })

  it('of a device whose clock is off is answered with the time, by which it can prove it anew', async () => {
    for (const off of [-6 * MINUTE_MS, 6 * MINUTE_MS]) {
      const response = await ask({ [DPOP_HEADER]: await proof({ at: backend.now() + off }) })
      expect(response.status).toBe(401)
      const problem = (await response.json()) as { code: string; now: number }
      expect(problem).toMatchObject({ code: 'clock_off', now: backend.now() })
      expect((await ask({ [DPOP_HEADER]: await proof({ at: problem.now }) })).status).toBe(200)
    }
  })

  it('opens nothing without cookie and secret, nor another branch, nor an account’s own routes', async () => {
    const path = pathOf(till, 'status')
    const bare = { [DPOP_HEADER]: await proof() }
    expect(await codeOf(await call(backend, { method: 'GET', path, headers: bare }))).toBe('not_signed_in')
    const noSecret = { cookie: till.cookie, [DPOP_HEADER]: await proof() }
    expect(await codeOf(await call(backend, { method: 'GET', path, headers: noSecret }))).toBe(
      'not_signed_in',
    )
    const elsewhere = { accountId: await branchOf(backend, { branchNo: 2 }) }
    expect(await codeOf(await till.call('GET', pathOf(elsewhere, 'status')))).toBe('not_signed_in')
    const owner = `/api/v1/accounts/${till.accountId}/devices`
    const asOwner = till.cookie.replace('gt-till-', 'gt-')
    expect(await codeOf(await till.call('GET', owner, undefined, { cookie: asOwner }))).toBe('not_signed_in')
  })
})

describe('a till', () => {
  let customer: Client
  beforeAll(async () => {
    customer = await richClient(backend)
  })

  it('accepts a voucher, and the record says which till it was', async () => {
    const till = await joinTill(backend, { name: '收银台 2' })
    const { id, token } = await buy(backend, customer, await newOffer(backend))
    const command = accept(backend, token)
    expect((await till.sync([command], { wire: 2 })).receipts).toMatchObject([{ outcome: 'accepted' }])
    const detail = detailOf(await recordsOf(till), command.id)
    expect(detail).toMatchObject({
      about: id,
      by: { actor: 'till', till: { id: till.joined.tillId, name: '收银台 2' } },
    })
    const told = JSON.stringify({ ...detail, command: '', acceptance: { ...detail.acceptance, token: '' } })
    expect(told).not.toContain(customer.accountId)
  })

  it('does not do what is a manager’s: codes, the list, cutting another off', async () => {
    const till = await joinTill(backend)
    for (const asked of [
      await till.call('GET', pathOf(till, 'people')),
      await till.call('POST', pathOf(till, 'codes'), { role: 'manager', name: '我', wire: WIRE }),
      await till.call('POST', pathOf(till, `people/${till.joined.tillId}/revoke`)),
    ]) {
      expect(asked.status).toBe(403)
      expect(await codeOf(asked)).toBe('manager_only')
    }
  })

  it('sends nothing for another branch than the one of its address', async () => {
    const till = await joinTill(backend)
    const other = await branchOf(backend, { branchNo: 2 })
    const body = {
      accountId: other,
      cursor: { seq: 0, hash: '0'.repeat(64) },
      sentAt: backend.now(),
      commands: [],
    }
    expect(await codeOf(await till.call('POST', pathOf(till, 'sync'), body))).toBe('malformed')
  })

  it('leaves by its cookie alone, and comes back only by another code', async () => {
    const till = await joinTill(backend)
    const headers = { cookie: till.cookie }
    const left = await call(backend, { method: 'POST', path: pathOf(till, 'leave'), body: {}, headers })
    expect(left.status).toBe(204)
    expect((await till.syncRaw()).status).toBe(401)
  })
})

describe('a manager', () => {
  it('lets devices in by codes, sees them with their last sync, and cuts one off at once', async () => {
    const manager = await joinTill(backend, { role: 'manager', name: '店长' })
    const asked = await manager.call('POST', pathOf(manager, 'codes'), {
      role: 'till',
      name: '收银台 9',
      wire: WIRE,
    })
    const { code } = (await asked.json()) as TillCode
    const keys = await newDeviceKeys()
    const deviceId = uuidFrom(backend.random)
    const till = await tillBy(backend, {
      keys,
      deviceId,
      response: await joinBy(backend, code, { keys, deviceId }),
    })
    const syncedAt = backend.now()
    await till.sync()
    backend.now.advance(MINUTE_MS)
    const listed = async () =>
      ((await (await manager.call('GET', pathOf(manager, 'people'))).json()) as TillPeople).tills
    expect((await listed()).find(({ tillId }) => tillId === till.joined.tillId)).toMatchObject({
      ...{ name: '收银台 9', role: 'till', lastSyncAt: syncedAt, isThis: false },
    })
    expect((await listed()).find(({ isThis }) => isThis)).toMatchObject({ tillId: manager.joined.tillId })

    const cut = await manager.call('POST', pathOf(manager, `people/${till.joined.tillId}/revoke`))
    const revoked = (await cut.json()) as TillRevoked
    expect(revoked).toEqual({
      ...{ tillId: till.joined.tillId, name: '收银台 9' },
      ...{ revokedAt: backend.now(), lastSyncAt: syncedAt },
    })
    const refused = await till.syncRaw()
    expect(refused.status).toBe(403)
    expect(await codeOf(refused)).toBe('till_revoked')
    expect(await codeOf(await joinBy(backend, code, { keys, deviceId }))).toBe('till_revoked')
    expect((await listed()).find(({ tillId }) => tillId === till.joined.tillId)).toMatchObject({
      revokedAt: revoked.revokedAt,
    })
    const unknown = await manager.call('POST', pathOf(manager, `people/${uuidFrom(backend.random)}/revoke`))
    expect(unknown.status).toBe(404)
  })

  it('makes codes for the own branch, so many an hour', async () => {
    const strict = await startBackend({
      ...{ db: backend.db, now: backend.now, samples: false },
      limits: { tillCodesPerHour: { ...LIMITS.tillCodesPerHour, max: 1 } },
    })
    const manager = await joinTill(strict, { merchantId: 'sample-tailor', role: 'manager' })
    const ask = () =>
      manager.call('POST', pathOf(manager, 'codes'), { role: 'till', name: '二号', wire: WIRE })
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 429])
  })
})

describe('what a till works by without a network', () => {
  it('names what was cancelled, and neither what stands nor what has expired by itself', async () => {
    const till = await joinTill(backend)
    const customer = await richClient(backend)
    const offer = await newOffer(backend, { validDays: 2 })
    const [cancelled, standing] = [await buy(backend, customer, offer), await buy(backend, customer, offer)]
    await customer.sync([cancel(backend, cancelled.id as VoucherId)])
    const status = await statusOf(till)
    expect(status.ended).toContain(cancelled.id)
    expect(status.ended).not.toContain(standing.id)
    backend.now.advance(4 * DAY_MS)
    await backend.sweep()
    expect((await statusOf(till)).ended).toEqual([])
  })

  it('names the vouchers of somebody who has deleted their account', async () => {
    const till = await joinTill(backend)
    const customer = await richClient(backend)
    const { id } = await buy(backend, customer, await newOffer(backend))
    expect((await customer.call('DELETE', `/api/v1/accounts/${customer.accountId}`)).status).toBe(200)
    expect((await statusOf(till)).ended).toContain(id)
  })

  it('tells every version of the merchant’s offers by number, the branch, and the key of its numbers', async () => {
    const till = await joinTill(backend)
    const offer = await newOffer(backend, { titleZh: '第一版' })
    await newOffer(backend, { id: offer.id, version: 2, titleZh: '第二版' })
    await newOffer(backend, { merchantId: 'sample-bike' as never, titleZh: '别家的' })
    const status = await statusOf(till)
    const versions = status.offers.filter(({ id }) => id === offer.id)
    expect(versions.map(({ version, titleZh }) => [version, titleZh])).toEqual([
      [1, '第一版'],
      [2, '第二版'],
    ])
    expect(new Set(versions.map(({ n }) => n)).size).toBe(1)
    expect(status.offers.map(({ titleZh }) => titleZh)).not.toContain('别家的')
    const key = Buffer.from(backend.deps.secret.numberKey('sample-cafe')).toString('base64url')
    expect(status).toMatchObject({ numberKey: key, role: 'till', now: backend.now() })
  })

  it('is told by the sweeper where a crash came between the end of a voucher and the list', async () => {
    const till = await joinTill(backend)
    const customer = await richClient(backend)
    const { id } = await buy(backend, customer, await newOffer(backend))
    await backend.db.query(
      `insert into voucher_ends (account_id, voucher_id, record_id, ended_at) values ($1, $2, $2, $3)`,
      [customer.accountId, id, backend.now()],
    )
    expect((await statusOf(till)).ended).not.toContain(id)
    backend.now.advance(2 * MINUTE_MS)
    await backend.sweep()
    expect((await statusOf(till)).ended).toContain(id)
    const left = await backend.db.query('select voucher_id from voucher_ends')
    expect(left).toEqual([])
  })
})

describe('two branches of a merchant', () => {
  it('both accept its voucher, the first is paid, and each sees its own journal alone', async () => {
    const [first, second] = [await joinTill(backend), await joinTill(backend, { branchNo: 2 })]
    const customer = await richClient(backend)
    const { id, token } = await buy(backend, customer, await newOffer(backend))
    const [one, two] = [accept(backend, token), accept(backend, token)]
    const before = await balancesOf(backend, second)
    expect((await first.sync([one], { wire: 2 })).receipts).toMatchObject([{ outcome: 'accepted' }])
    expect((await second.sync([two], { wire: 2 })).receipts).toMatchObject([{ outcome: 'refused' }])
    expect(reasonsOf(await recordsOf(second), two.id)).toEqual(['voucher_already_accepted'])
    expect((await recordsOf(second)).some(({ body }) => body.id === one.id)).toBe(false)
    expect(await balancesOf(backend, second)).toEqual(before)
    expect((await statusOf(second)).ended).toContain(id)
    expect((await statusOf(first)).ended).not.toContain(id)
  })
})

describe('a merchant that is suspended', () => {
  const suspend = (state: string) =>
    backend.db.query('update merchants set state = $1 where merchant_id = $2', [state, 'sample-grocer'])

  it('has its tills wait: they are told so, and go on when it may', async () => {
    const till = await joinTill(backend, { merchantId: 'sample-grocer' })
    const { code } = await makeTillCode(backend.deps, till.accountId, { role: 'till', name: '二号' })
    await suspend('suspended')
    for (const refused of [
      await till.syncRaw(),
      await till.call('GET', pathOf(till, 'status')),
      await joinBy(backend, code, { keys: await newDeviceKeys() }),
    ]) {
      expect(refused.status).toBe(403)
      expect(await codeOf(refused)).toBe('merchant_suspended')
    }
    await suspend('active')
    expect((await till.sync()).state).toBe('ok')
  })
})

describe('a shop of before there were tills', () => {
  const phone = freshPhone()
  const bind = async () => {
    const accountId = await branchOf(backend, { merchantId: 'sample-bike' })
    const phoneKey = backend.deps.secret.phoneKey(phone)
    await backend.db.query('insert into phones (phone_key, account_id, bound_at) values ($1, $2, $3)', [
      ...[phoneKey, accountId, backend.now()],
    ])
    await backend.db.query('update accounts set phone_key = $1 where account_id = $2', [phoneKey, accountId])
    return accountId
  }

  it('goes on by the session that its phone has, while a newer build gives the phone an account of its own and a manager’s code', async () => {
    const branch = await bind()
    const old = await signIn(backend, { phone })
    expect(old.answer).toMatchObject({ kind: 'merchant', accountId: branch })
    const customer = await richClient(backend)
    const offer = await newOffer(backend, { merchantId: 'sample-bike' as never })
    const { token } = await buy(backend, customer, offer)
    backend.now.advance(2 * MINUTE_MS)
    const person = await signIn(backend, { phone, wire: 2 })
    expect(person.answer).toMatchObject({ kind: 'citizen', isNew: true })
    expect(person.accountId).not.toBe(branch)
    expect((await old.sync([accept(backend, token)])).receipts).toMatchObject([{ outcome: 'accepted' }])

    backend.now.advance(2 * MINUTE_MS)
    const again = await signIn(backend, { phone, wire: 2 })
    expect(again.answer).toMatchObject({ accountId: person.accountId, isNew: false })
    const [managed] = again.answer.manages ?? []
    expect(managed).toMatchObject({ nameZh: '示例单车行', nameEn: 'Sample Bicycle Shop' })
    const joined = await joinBy(backend, managed?.code ?? '', { keys: await newDeviceKeys() })
    expect(await joined.json()).toMatchObject({ role: 'manager', branch: { accountId: branch } })
    backend.now.advance(HOUR_MS)
    expect((await signIn(backend, { phone, wire: 2 })).answer).not.toHaveProperty('manages')
  })
})

describe('the demo', () => {
  it('lets anybody on this machine try a sample shop as its manager, and nobody elsewhere', async () => {
    const path = '/api/v1/demo/tills/sample-tailor/code'
    const shown = await call(backend, { method: 'GET', path })
    expect(shown.status).toBe(200)
    const { code } = (await shown.json()) as TillCode
    const joined = await joinBy(backend, code, { keys: await newDeviceKeys() })
    expect(await joined.json()).toMatchObject({ role: 'manager', branch: { merchantId: 'sample-tailor' } })
    expect((await call(backend, { method: 'GET', path }, '203.0.113.7')).status).toBe(404)
    const unknown = await call(backend, { method: 'GET', path: '/api/v1/demo/tills/nobody/code' })
    expect(unknown.status).toBe(404)
  })
})
