/** Signing in by phone and code: once, within five minutes and five guesses, and without the number being kept anywhere. */
import type { IncomingMessage } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Deps } from '../../mock-api/base/deps.ts'
import { createApp } from '../../mock-api/start/app.ts'
import { MINUTE_MS } from '../../src/domain/base/time.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { call, codeFor, freshPhone, signIn } from '../support/client.ts'
import { ENGINES } from '../support/database.ts'
import { uuidFrom } from '../support/ids.ts'

describe.each(ENGINES)('sign-in on %s', (engine) => {
  let backend: Backend
  beforeAll(async () => {
    backend = await startBackend({ db: engine })
  })
  afterAll(() => backend.close())

  const ask = (phone: string, remoteAddress?: string) =>
    call(backend, { method: 'POST', path: '/api/v1/sign-in/codes', body: { phone } }, remoteAddress)
  const present = (phone: string, code: string, more: Record<string, unknown> = {}) =>
    call(backend, {
      method: 'POST',
      path: '/api/v1/sign-in',
      body: { phone, code, deviceId: uuidFrom(backend.random), deviceName: 'Test', city: 'zibo', ...more },
    })
  const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code

  it('opens an account the first time and finds it the next', async () => {
    const phone = freshPhone()
    const first = await signIn(backend, { phone, city: 'zibo' })
    expect(first.answer).toMatchObject({ isNew: true, kind: 'citizen', city: 'zibo', lastSeq: 0 })
    expect(first.answer.phoneMasked).toBe(`${phone.slice(0, 3)}****${phone.slice(-4)}`)
    backend.now.advance(MINUTE_MS)
    const second = await signIn(backend, { phone, city: 'jinan' })
    expect(second.answer).toMatchObject({ accountId: first.answer.accountId, isNew: false, city: 'zibo' })
  })

  it('sets one cookie an account that no script reads', async () => {
    const phone = freshPhone()
    const response = await present(phone, await codeFor(backend, phone))
    const cookie = response.headers.getSetCookie().find((each) => /^gt-[0-9a-f]{8}=/.test(each)) ?? ''
    const { accountId } = (await response.json()) as { accountId: string }
    expect(cookie).toMatch(new RegExp(`^gt-${accountId.slice(0, 8)}=[\\w-]{43};`))
    for (const part of ['HttpOnly', 'SameSite=Lax', 'Path=/api']) expect(cookie).toContain(part)
    expect(cookie).not.toContain('Secure')
  })

  it('sets Secure behind https', async () => {
    const own = await startBackend({
      db: backend.db,
      samples: false,
      config: { publicOrigins: ['https://localhost:4173'] },
    })
    const phone = freshPhone()
    const body = {
      phone,
      code: await codeFor(own, phone),
      deviceId: uuidFrom(own.random),
      deviceName: 'T',
      city: 'jinan',
    }
    const response = await call(own, { method: 'POST', path: '/api/v1/sign-in', body })
    expect(response.headers.getSetCookie()[0]).toContain('Secure')
    expect(response.headers.get('strict-transport-security')).toContain('max-age')
  })

  it('takes a code once', async () => {
    const phone = freshPhone()
    const code = await codeFor(backend, phone)
    const answers = await Promise.all([present(phone, code), present(phone, code)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403])
    expect(await codeOf(await present(phone, code))).toBe('code_expired')
  })

  it('ends a code after five minutes', async () => {
    const phone = freshPhone()
    const code = await codeFor(backend, phone)
    backend.now.advance(5 * MINUTE_MS)
    expect(await codeOf(await present(phone, code))).toBe('code_expired')
  })

  it('ends a code after five wrong guesses', async () => {
    const phone = freshPhone()
    const code = await codeFor(backend, phone)
    const wrong = code === '000000' ? '000001' : '000000'
    for (let i = 0; i < 5; i++) expect(await codeOf(await present(phone, wrong))).toBe('code_wrong')
    expect(await codeOf(await present(phone, code))).toBe('code_expired')
  })

  it('limits an address over all phones, but not this machine in the demo', async () => {
    const statuses = new Set<number>()
    for (let i = 0; i < 61; i++) statuses.add((await ask(freshPhone(), '203.0.113.7')).status)
    expect([...statuses]).toEqual([200, 429])
    expect((await ask(freshPhone(), '203.0.113.8')).status).toBe(200)
    expect((await ask(freshPhone())).status).toBe(200)
  })

  it('shows the simulated message to this machine only, and says that it is one', async () => {
    const phone = freshPhone()
    await ask(phone)
    const path = `/api/v1/demo/sms?phone=${phone}`
    const sms = (await (await call(backend, { method: 'GET', path })).json()) as {
      text: string
      code: string
    }
    expect(sms.text).toContain('【示例】')
    expect(sms.text).toContain(sms.code)
    expect((await call(backend, { method: 'GET', path }, '192.0.2.1')).status).toBe(404)
    expect((await call(backend, { method: 'GET', path }, '')).status).toBe(404)
    const real = await startBackend({ db: backend.db, samples: false, config: { demo: false } })
    expect((await call(real, { method: 'GET', path })).status).toBe(404)
    expect(
      (await call(real, { method: 'POST', path: '/api/v1/sign-in/codes', body: { phone } })).status,
    ).toBe(503)
  })

  it('shows it to nobody where a gateway is named: its connections come from this machine too', async () => {
    const phone = freshPhone()
    await ask(phone)
    const { deps } = backend
    const gateway = { ...deps, config: { ...deps.config, publicOrigins: ['https://app.example'] } }
    const incoming = { socket: { remoteAddress: '127.0.0.1' } } as IncomingMessage
    const from = (own: Deps) =>
      createApp(own).fetch(
        new Request(`http://localhost:4173/api/v1/demo/sms?phone=${phone}`, {
          headers: { host: 'localhost:4173' },
        }),
        { incoming },
      )
    expect((await from(deps)).status).toBe(200)
    expect((await from(gateway)).status).toBe(404)
  })

  it('keeps no phone number, no code but the simulated one, and no token', async () => {
    const phone = freshPhone()
    const me = await signIn(backend, { phone })
    const text = JSON.stringify([...(await backend.snapshot())])
    expect(text).not.toContain(phone)
    expect(text).not.toContain(me.cookie.split('=')[1])
    expect(text).not.toContain('"d":') // no private key in the clear
  })

  it('answers nonsense with malformed', async () => {
    for (const body of [
      '',
      '{',
      '[]',
      '{"phone":"123"}',
      '{"phone":"13812345678","x":1}',
      '\ud800',
      '{"phone":null}',
    ]) {
      const response = await call(backend, { method: 'POST', path: '/api/v1/sign-in/codes', body })
      expect(response.status, body).toBe(400)
    }
    const phone = freshPhone()
    const code = await codeFor(backend, phone)
    expect((await present(phone, code, { deviceId: '-'.repeat(36) })).status).toBe(400)
    for (const deviceName of ['a\u0000b', '我的\u202e手机', '手\u200b机', ' \n', 'x\udfff']) {
      const refused = await present(phone, code, { deviceName })
      expect(refused.status, JSON.stringify(deviceName)).toBe(400)
      expect(((await refused.json()) as { detail: string }).detail).toMatch(/^deviceName: expected /)
    }
    expect((await present(phone, code, { deviceName: '客厅的平板 👨‍👩‍👧' })).status).toBe(200)
    const huge = await call(backend, { method: 'POST', path: '/api/v1/sign-in', body: ' '.repeat(20_000) })
    expect(huge.status).toBe(413)
  })
})
