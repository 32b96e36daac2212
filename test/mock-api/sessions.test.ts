/** Sessions: the cookie alone opens nothing, a session ends by itself, and signing out can be said at any time. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../src/contract/session.ts'
import { SECRET_HEADER } from '../../src/contract/session.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/base/time.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { type Client, call, freshPhone, signIn } from '../support/client.ts'
import { cleanPlate } from '../support/commands.ts'
import { ENGINES } from '../support/database.ts'

describe.each(ENGINES)('a session on %s', (engine) => {
  let backend: Backend
  beforeAll(async () => {
    backend = await startBackend({ db: engine })
  })
  afterAll(() => backend.close())

  const path = (client: Client, rest = '') => `/api/v1/accounts/${client.accountId}${rest}`
  /** As a thief of the cookie would ask, or an app whose ledger is gone. */
  const byCookie = (client: Client, method: string, rest: string, headers: Record<string, string> = {}) =>
    call(backend, { method, path: path(client, rest), headers: { cookie: client.cookie, ...headers } })
  const syncAs = (client: Client, headers: Record<string, string>, wire?: 2) => {
    const body = {
      accountId: client.accountId,
      cursor: { seq: 0, hash: '0'.repeat(64) },
      sentAt: backend.now(),
      commands: [],
      ...(wire ? { wire } : {}),
    }
    return call(backend, {
      method: 'POST',
      path: '/api/v1/sync',
      body,
      headers: { cookie: client.cookie, ...headers },
    })
  }
  const secretIn = async (response: Response) =>
    ((await response.json()) as { sessionSecret?: string }).sessionSecret
  const sessionRow = async (client: Client) =>
    (await backend.db.query('select * from sessions where account_id = $1', [client.accountId]))[0]

  it('is opened by cookie and secret together, by no other secret, and by neither alone', async () => {
    const me = await signIn(backend, { wire: 2 })
    const other = await signIn(backend, { wire: 2 })
    expect(me.secret).toMatch(/^[\w-]{43}$/)
    expect((await me.syncRaw([cleanPlate(backend)])).status).toBe(200)
    expect((await me.call('GET', path(me, '/devices'))).status).toBe(200)
    const digest = '0'.repeat(64)
    for (const [method, rest] of [
      ['GET', '/devices'],
      ['DELETE', `/devices/${me.deviceId}`],
      ['GET', `/photos/${digest}`],
      ['PUT', `/photos/${digest}`],
      ['DELETE', ''],
    ] as const)
      for (const secret of [undefined, '', other.secret, `${me.secret}x`]) {
        const headers = secret === undefined ? {} : { [SECRET_HEADER]: secret }
        expect((await byCookie(me, method, rest, headers)).status, `${method} ${rest}`).toBe(401)
      }
    for (const wire of [undefined, 2] as const) expect((await syncAs(me, {}, wire)).status).toBe(401)
    const withoutCookie = await call(backend, {
      method: 'GET',
      path: path(me, '/devices'),
      headers: { [SECRET_HEADER]: me.secret ?? '' },
    })
    expect(withoutCookie.status).toBe(401)
    expect((await me.syncRaw()).status).toBe(200)
  })

  it('is not known by what the database holds', async () => {
    const me = await signIn(backend, { wire: 2 })
    const text = JSON.stringify([...(await backend.snapshot())])
    expect(text).not.toContain(me.secret)
    expect((await sessionRow(me))?.secret_digest).toMatch(/^[0-9a-f]{64}$/)
  })

  it('of an older app goes on with the cookie alone, and is given nothing that it could not read', async () => {
    const me = await signIn(backend)
    expect(me.answer).not.toHaveProperty('sessionSecret')
    expect(await secretIn(await syncAs(me, {}))).toBeUndefined()
    expect((await byCookie(me, 'GET', '/devices')).status).toBe(200)
  })

  it('of an older app receives its secret when the app is newer, again if the answer is lost, and needs it once used', async () => {
    const me = await signIn(backend)
    const lost = await secretIn(await syncAs(me, {}, 2))
    const given = await secretIn(await syncAs(me, {}, 2))
    expect(given).toMatch(/^[\w-]{43}$/)
    expect(given).toBe(lost)
    // Until the phone shows that it has it, nothing is locked.
    expect((await byCookie(me, 'GET', '/devices')).status).toBe(200)
    expect(await secretIn(await syncAs(me, { [SECRET_HEADER]: 'another' }, 2))).toBe(given)
    const headers = { [SECRET_HEADER]: given ?? '' }
    expect(await secretIn(await syncAs(me, headers, 2))).toBeUndefined()
    expect((await byCookie(me, 'GET', '/devices')).status).toBe(401)
    expect((await syncAs(me, {}, 2)).status).toBe(401)
    expect((await byCookie(me, 'GET', '/devices', headers)).status).toBe(200)
  })

  it('is signed out by the cookie alone, once and again, also when it has ended', async () => {
    const me = await signIn(backend, { wire: 2 })
    for (let i = 0; i < 2; i++) {
      const response = await byCookie(me, 'POST', '/sign-out')
      expect(response.status).toBe(204)
      expect(response.headers.get('clear-site-data')).toBe('"cache"')
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(response.headers.getSetCookie().join()).toMatch(/gt-[0-9a-f]{8}=;.*Max-Age=0/)
    }
    expect((await me.syncRaw()).status).toBe(401)
    await backend.sweep()
    expect(await sessionRow(me)).toBeUndefined()
    expect((await byCookie(me, 'POST', '/sign-out')).status).toBe(204)
    const without = await call(backend, { method: 'POST', path: path(me, '/sign-out') })
    expect(without.status).toBe(204)
  })

  it('is not signed out by another account’s cookie', async () => {
    const [me, other] = [await signIn(backend, { wire: 2 }), await signIn(backend, { wire: 2 })]
    await call(backend, { method: 'POST', path: path(me, '/sign-out'), headers: { cookie: other.cookie } })
    const cookie = `${me.cookie.split('=')[0]}=${other.cookie.split('=')[1]}`
    await call(backend, { method: 'POST', path: path(me, '/sign-out'), headers: { cookie } })
    expect((await me.syncRaw()).status).toBe(200)
    expect((await other.syncRaw()).status).toBe(200)
  })

  it('ends after ninety days without use, and its device goes from the list', async () => {
    const phone = freshPhone()
    const idle = await signIn(backend, { phone, wire: 2 })
    backend.now.advance(MINUTE_MS)
    const used = await signIn(backend, { phone, wire: 2 })
    for (let day = 0; day < 89; day++) {
      backend.now.advance(DAY_MS)
      if (day % 30 === 0) expect((await used.syncRaw()).status).toBe(200)
    }
    expect((await used.syncRaw()).status).toBe(200)
    backend.now.advance(DAY_MS)
    expect((await idle.syncRaw()).status).toBe(401)
    expect((await used.syncRaw()).status).toBe(200)
    await backend.sweep()
    const { devices } = (await (await used.call('GET', path(used, '/devices'))).json()) as {
      devices: Device[]
    }
    expect(devices.map(({ deviceId }) => deviceId)).toEqual([used.deviceId])
  })

  it('ends after four hundred days however it is used', async () => {
    const me = await signIn(backend, { wire: 2 })
    for (let day = 0; day < 400; day += 40) {
      expect((await me.syncRaw()).status, String(day)).toBe(200)
      backend.now.advance(40 * DAY_MS)
    }
    expect((await me.syncRaw()).status).toBe(401)
    await backend.sweep()
    expect(await sessionRow(me)).toBeUndefined()
  })

  it('of an account that is gone knows only whose it was, to say that it is gone', async () => {
    const phone = freshPhone()
    const old = await signIn(backend, { phone })
    backend.now.advance(HOUR_MS)
    const me = await signIn(backend, { phone, wire: 2 })
    await old.call('POST', path(old, '/sign-out'))
    const response = await me.call('DELETE', path(me))
    expect(response.status).toBe(200)
    expect(response.headers.get('clear-site-data')).toBe('"cache"')
    const rows = await backend.db.query('select * from sessions where account_id = $1', [me.accountId])
    expect(rows).toEqual([
      {
        token_key: expect.any(String),
        account_id: me.accountId,
        device_id: null,
        created_at: null,
        last_seen_at: null,
        revoked_at: null,
        used_at: null,
        secret_digest: null,
        secret_used_at: null,
        scope: null,
        helper_id: null,
        till_id: null,
      },
    ])
    const text = JSON.stringify([...(await backend.snapshot())])
    for (const id of [me.deviceId, old.deviceId]) expect(text).not.toContain(id)
    backend.now.advance(500 * DAY_MS)
    await backend.sweep()
    const gone = await me.syncRaw([cleanPlate(backend)])
    expect([gone.status, ((await gone.json()) as { code: string }).code]).toEqual([410, 'account_deleted'])
    expect((await me.call('GET', path(me, '/devices'))).status).toBe(410)
    // The receipt may have been lost.
    expect((await me.call('DELETE', path(me))).status).toBe(200)
  })
})
