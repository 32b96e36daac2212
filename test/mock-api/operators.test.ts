/** Coming in at the desk: the first administrator by the token, others by invitation, everybody by a passkey that was verified, once, from here. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DeskSession, People } from '../../src/contract/desk/operators.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/base/time.ts'
import { Authenticator, type Mischief } from '../support/authenticator.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { call } from '../support/client.ts'
import { operatorOfAll, operatorWith } from '../support/operator.ts'

const opsToken = 'a token for tests only'
let backend: Backend
let log: { level: string; message: string }[]

beforeEach(async () => {
  log = []
  backend = await startBackend({
    config: { opsToken },
    log: (level, message) => void log.push({ level, message }),
  })
})
afterEach(() => backend.close())

const POST = 'POST'

function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  return call(backend, { method, path: `/api/v1/ops${path}`, body, headers })
}

async function optionsFrom(response: Response) {
  if (!response.ok) throw new Error(await response.text())
  return ((await response.json()) as { options: Parameters<Authenticator['create']>[0] }).options
}

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { code: string }).code
}

function cookieOf(response: Response): string {
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

const TOKEN = { authorization: `Bearer ${opsToken}` }

async function enrolFirst(key: Authenticator, headers: Record<string, string> = TOKEN) {
  const options = await optionsFrom(await ask(POST, '/enrol/options', { name: '张敏' }, headers))
  return ask(POST, '/enrol', { response: key.create(options), passkeyName: '办公室电脑' }, headers)
}

async function signIn(key: Authenticator, mischief: Mischief = {}) {
  const options = await optionsFrom(await ask(POST, '/session/options'))
  return ask(POST, '/session', { response: key.get(options, mischief) })
}

async function sessionOf(cookie: string): Promise<DeskSession> {
  return (await (await ask('GET', '/session', undefined, { cookie })).json()) as DeskSession
}

describe('the first administrator', () => {
  it('enrols by the token, is signed in, and has ten recovery codes, shown once', async () => {
    const enrolled = await enrolFirst(new Authenticator())
    expect(enrolled.status).toBe(200)
    const { codes } = (await enrolled.json()) as { codes: string[] }
    expect(new Set(codes).size).toBe(10)
    const set = enrolled.headers.getSetCookie()[0] ?? ''
    expect(set).toMatch(/HttpOnly/)
    expect(set).toMatch(/SameSite=Strict/)
    expect(await sessionOf(cookieOf(enrolled))).toMatchObject({
      name: '张敏',
      roles: [{ role: 'admin' }],
      recoveryCodesLeft: 10,
    })
  })

  it('is one person: from then on the token opens nothing', async () => {
    await enrolFirst(new Authenticator())
    expect(await codeOf(await ask(POST, '/enrol/options', { name: '李四' }, TOKEN))).toBe('not_allowed')
    for (const path of ['/reviews', '/people', '/session', '/providers'])
      expect((await ask('GET', path, undefined, TOKEN)).status, path).toBe(401)
  })

  it('of two who begin at the same time, comes in once', async () => {
    const [one, two] = [new Authenticator(), new Authenticator()]
    const options = [
      await optionsFrom(await ask(POST, '/enrol/options', { name: '张敏' }, TOKEN)),
      await optionsFrom(await ask(POST, '/enrol/options', { name: '王五' }, TOKEN)),
    ]
    const answers = await Promise.all(
      [one, two].map((key, i) =>
        ask(POST, '/enrol', { response: key.create(options[i] as never), passkeyName: 'k' }, TOKEN),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).not.toEqual([200, 200])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    const statuses = [(await signIn(one)).status, (await signIn(two)).status]
    expect(statuses.sort()).toEqual([204, 403])
  })

  it('is nobody who guesses the token: that is braked and logged', async () => {
    const wrong = { authorization: 'Bearer another token of the same length' }
    expect((await ask(POST, '/enrol/options', { name: '张敏' }, wrong)).status).toBe(401)
    expect(log.some(({ message }) => message === 'operator token refused')).toBe(true)
    for (let i = 0; i < 10; i++) await ask(POST, '/enrol/options', { name: '张敏' }, wrong)
    expect((await ask(POST, '/enrol/options', { name: '张敏' }, TOKEN)).status).toBe(429)
  })
})

describe('a passkey', () => {
  it('signs in at once, without a name', async () => {
    const key = new Authenticator()
    await enrolFirst(key)
    const signedIn = await signIn(key)
    expect(signedIn.status).toBe(204)
    expect(await sessionOf(cookieOf(signedIn))).toMatchObject({ name: '张敏', way: 'passkey' })
  })

  it('opens nothing by an answer that was given before', async () => {
    const key = new Authenticator()
    await enrolFirst(key)
    const options = await optionsFrom(await ask(POST, '/session/options'))
    const response = key.get(options)
    expect((await ask(POST, '/session', { response })).status).toBe(204)
    expect(await codeOf(await ask(POST, '/session', { response }))).toBe('passkey_refused')
    expect(log.some(({ message }) => message === 'desk: passkey_refused')).toBe(true)
  })

  it.each<[string, Mischief]>([
    ['answers from another origin', { origin: 'https://greentrace.example.net' }],
    ['does not show that it is its owner', { isUnverified: true }],
    ['counts backwards, as a copy does', { counter: 1 }],
    [
      'answers a challenge that nobody made out',
      { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
    ],
  ])('opens nothing when it %s', async (_what, mischief) => {
    const key = new Authenticator()
    await enrolFirst(key)
    await signIn(key)
    await signIn(key)
    expect(await codeOf(await signIn(key, mischief))).toBe('passkey_refused')
    expect((await signIn(key, { counter: 9 })).status).toBe(204)
  })

  it('that is made without verification, or elsewhere, is none', async () => {
    for (const mischief of [{ isUnverified: true }, { origin: 'https://greentrace.example.net' }]) {
      const options = await optionsFrom(await ask(POST, '/enrol/options', { name: '张敏' }, TOKEN))
      const response = new Authenticator().create(options, mischief)
      const enrolled = await ask(POST, '/enrol', { response, passkeyName: 'k' }, TOKEN)
      expect(await codeOf(enrolled)).toBe('passkey_refused')
    }
  })

  it('that is revoked opens nothing, and what it had opened is shut', async () => {
    const key = new Authenticator()
    const cookie = cookieOf(await enrolFirst(key))
    const { operatorId } = await sessionOf(cookie)
    const boss = await operatorOfAll(backend)
    const { id } = key.get(await optionsFrom(await ask(POST, '/session/options')))
    expect((await boss.call('DELETE', `/people/${operatorId}/passkeys/${id}`)).status).toBe(204)
    expect((await ask('GET', '/session', undefined, { cookie })).status).toBe(401)
    expect(await codeOf(await signIn(key))).toBe('passkey_refused')
  })

  it('is asked again for what is grave, once its word is five minutes old', async () => {
    const key = new Authenticator()
    const cookie = cookieOf(await enrolFirst(key))
    const invite = () => ask(POST, '/people', { name: '李四', roles: [{ role: 'catalog' }] }, { cookie })
    expect((await invite()).status).toBe(200)
    backend.now.advance(5 * MINUTE_MS)
    expect(await codeOf(await invite())).toBe('step_up_needed')
    const options = await optionsFrom(await ask(POST, '/session/step-up/options', undefined, { cookie }))
    const stepped = await ask(POST, '/session/step-up', { response: key.get(options) }, { cookie })
    expect(stepped.status).toBe(200)
    expect((await invite()).status).toBe(200)
  })

  it('of somebody else does not confirm', async () => {
    const key = new Authenticator()
    await enrolFirst(key)
    const other = await operatorWith(backend, ['admin'])
    const { cookie } = other
    const options = await optionsFrom(await ask(POST, '/session/step-up/options', undefined, { cookie }))
    const stepped = await ask(POST, '/session/step-up', { response: key.get(options) }, { cookie })
    expect(await codeOf(stepped)).toBe('passkey_refused')
  })
})

describe('a session', () => {
  it('ends after twelve hours, by its owner, and with a suspension', async () => {
    const key = new Authenticator()
    const cookie = cookieOf(await enrolFirst(key))
    backend.now.advance(12 * HOUR_MS)
    expect((await ask('GET', '/session', undefined, { cookie })).status).toBe(401)
    const again = cookieOf(await signIn(key))
    const left = await ask('DELETE', '/session', undefined, { cookie: again })
    expect(left.status).toBe(204)
    expect((await ask('GET', '/session', undefined, { cookie: again })).status).toBe(401)
    const third = cookieOf(await signIn(key))
    const { operatorId } = await sessionOf(third)
    const boss = await operatorOfAll(backend)
    await boss.call('PUT', `/people/${operatorId}/state`, { state: 'suspended' })
    expect((await ask('GET', '/session', undefined, { cookie: third })).status).toBe(401)
    expect(await codeOf(await signIn(key))).toBe('passkey_refused')
  })

  it('is no use to a page of another origin, and that it tried is recorded', async () => {
    const cookie = cookieOf(await enrolFirst(new Authenticator()))
    const headers = { cookie, origin: 'https://elsewhere.example.net', 'sec-fetch-site': 'cross-site' }
    const asked = await ask(POST, '/people', { name: '李四', roles: [{ role: 'admin' }] }, headers)
    expect(await codeOf(asked)).toBe('origin_refused')
    expect(log.some(({ message }) => message === 'desk: another origin')).toBe(true)
  })
})

describe('an invitation', () => {
  const roles = [{ role: 'catalog', city: 'zibo' }, { role: 'reviewer' }]

  it('brings in one person, with the roles that it names', async () => {
    const boss = await operatorOfAll(backend)
    const { code } = (await (await boss.call(POST, '/people', { name: '李四', roles })).json()) as {
      code: string
    }
    const key = new Authenticator()
    const options = await optionsFrom(await ask(POST, '/enrol/options', { invitation: code }))
    const enrolled = await ask(POST, '/enrol', {
      ...{ response: key.create(options), passkeyName: '手机', invitation: code },
    })
    expect((await sessionOf(cookieOf(enrolled))).roles).toEqual(roles)
    expect(await codeOf(await ask(POST, '/enrol/options', { invitation: code }))).toBe('code_wrong')
    const { people } = (await (await boss.call('GET', '/people')).json()) as People
    expect(people.find(({ name }) => name === '李四')?.passkeys.map(({ name }) => name)).toEqual(['手机'])
  })

  it('ends, and is the same when its answer was lost', async () => {
    const boss = await operatorOfAll(backend)
    const actId = '11111111-1111-4111-8111-111111111111'
    const invite = async () => (await boss.call(POST, '/people', { name: '李四', roles }, actId)).json()
    const first = await invite()
    expect(await invite()).toEqual(first)
    backend.now.advance(2 * DAY_MS)
    const { code } = first as { code: string }
    expect(await codeOf(await ask(POST, '/enrol/options', { invitation: code }))).toBe('code_expired')
  })

  it('that is guessed is braked', async () => {
    for (let i = 0; i < 10; i++) await ask(POST, '/enrol/options', { invitation: `guess ${i}` })
    expect((await ask(POST, '/enrol/options', { invitation: 'guess' })).status).toBe(429)
  })
})

describe('a recovery code', () => {
  it('works once, however it is typed, and opens the way to a new passkey and to nothing grave', async () => {
    const { codes } = (await (await enrolFirst(new Authenticator())).json()) as { codes: string[] }
    const typed = codes[3]?.toLowerCase().replaceAll(' ', '-')
    const signedIn = await ask(POST, '/session/recovery', { code: typed })
    expect(signedIn.status).toBe(204)
    expect(await codeOf(await ask(POST, '/session/recovery', { code: typed }))).toBe('code_wrong')
    const cookie = cookieOf(signedIn)
    expect(await sessionOf(cookie)).toMatchObject({ way: 'recovery', recoveryCodesLeft: 9 })
    const invited = await ask(POST, '/people', { name: '李四', roles: [{ role: 'admin' }] }, { cookie })
    expect(await codeOf(invited)).toBe('step_up_needed')
    const key = new Authenticator()
    const options = await optionsFrom(await ask(POST, '/passkeys/options', undefined, { cookie }))
    const added = await ask(
      POST,
      '/passkeys',
      { response: key.create(options), passkeyName: '新的' },
      { cookie },
    )
    expect(added.status).toBe(200)
    expect((await signIn(key)).status).toBe(204)
  })

  it('of an earlier set opens nothing once there is a new one', async () => {
    const enrolled = await enrolFirst(new Authenticator())
    const { codes } = (await enrolled.json()) as { codes: string[] }
    const renewed = await ask(POST, '/recovery-codes', undefined, { cookie: cookieOf(enrolled) })
    const { codes: fresh } = (await renewed.json()) as { codes: string[] }
    expect(await codeOf(await ask(POST, '/session/recovery', { code: codes[0] }))).toBe('code_wrong')
    expect((await ask(POST, '/session/recovery', { code: fresh[0] })).status).toBe(204)
  })
})

describe('a recovery code whose answer was lost', () => {
  const deskOf = async () => (await (await enrolFirst(new Authenticator())).json()) as { codes: string[] }
  /** What a browser is given when it comes to the door, and shows from then on. */
  const browserAtDoor = async () => ({ cookie: cookieOf(await ask('GET', '/door')) })
  const recover = (code: string | undefined, headers: Record<string, string>) =>
    ask(POST, '/session/recovery', { code }, headers)
  const opened = async () =>
    (await backend.db.query("select 1 from operator_sessions where way = 'recovery'")).length

  it('lets the same browser in again, into the same session', async () => {
    const { codes } = await deskOf()
    const browser = await browserAtDoor()
    const first = cookieOf(await recover(codes[0], browser))
    backend.now.advance(5 * MINUTE_MS - 1)
    const again = await recover(codes[0]?.toLowerCase(), browser)
    expect(again.status).toBe(204)
    expect(cookieOf(again)).toBe(first)
    expect(await opened()).toBe(1)
    // Presenting it does not make the five minutes longer.
    backend.now.advance(1)
    expect(await codeOf(await recover(codes[0], browser))).toBe('code_wrong')
    expect(await sessionOf(first)).toMatchObject({ way: 'recovery', recoveryCodesLeft: 9 })
  })

  it('is one session where the network doubles the request', async () => {
    const { codes } = await deskOf()
    const browser = await browserAtDoor()
    const both = await Promise.all([recover(codes[0], browser), recover(codes[0], browser)])
    expect(both.map(({ status }) => status)).toEqual([204, 204])
    expect(new Set(both.map(cookieOf)).size).toBe(1)
    expect(await opened()).toBe(1)
  })

  it('opens nothing for another browser, nor for one without a name or with an invented one', async () => {
    const { codes } = await deskOf()
    expect((await recover(codes[0], await browserAtDoor())).status).toBe(204)
    const others = [await browserAtDoor(), {}, { cookie: 'gt-ops-door=' }, { cookie: 'gt-ops-door=x' }]
    for (const other of others) expect(await codeOf(await recover(codes[0], other))).toBe('code_wrong')
    for (const [i, nameless] of others.slice(1).entries()) {
      expect((await recover(codes[i + 1], nameless)).status).toBe(204)
      expect(await codeOf(await recover(codes[i + 1], nameless))).toBe('code_wrong')
    }
    expect(log.some(({ message }) => message === 'desk: code_wrong')).toBe(true)
  })

  it('opens nothing more once the session was asked with, was left, is five minutes old, or is of a person suspended', async () => {
    const { codes } = await deskOf()
    const browser = await browserAtDoor()
    const ends: Record<string, (cookie: string) => Promise<unknown>> = {
      asked: (cookie) => ask('GET', '/session', undefined, { cookie }),
      left: (cookie) => ask('DELETE', '/session', undefined, { cookie }),
      late: async () => backend.now.advance(5 * MINUTE_MS),
    }
    for (const [i, [how, end]] of Object.entries(ends).entries()) {
      const cookie = cookieOf(await recover(codes[i], browser))
      await end(cookie)
      expect(await codeOf(await recover(codes[i], browser)), how).toBe('code_wrong')
    }
    const last = cookieOf(await recover(codes[5], browser))
    const row = await backend.db.query<{ operatorId: string }>(
      'select operator_id as "operatorId" from recovery_codes limit 1',
    )
    const boss = await operatorOfAll(backend)
    await boss.call('PUT', `/people/${row[0]?.operatorId}/state`, { state: 'suspended' })
    expect((await recover(codes[5], browser)).status).toBe(403)
    expect((await ask('GET', '/session', undefined, { cookie: last })).status).toBe(401)
  })

  it('opens nothing more once there are new codes', async () => {
    const enrolled = await enrolFirst(new Authenticator())
    const { codes } = (await enrolled.json()) as { codes: string[] }
    const browser = await browserAtDoor()
    expect((await recover(codes[0], browser)).status).toBe(204)
    await ask(POST, '/recovery-codes', undefined, { cookie: cookieOf(enrolled) })
    expect(await codeOf(await recover(codes[0], browser))).toBe('code_wrong')
  })

  it('is known by a name that opens nothing, that no script reads, and that stays the same', async () => {
    const { codes } = await deskOf()
    const door = await ask('GET', '/door')
    expect(door.headers.getSetCookie()[0]).toMatch(
      /^gt-ops-door=[\w-]{43}; Path=\/api; HttpOnly; SameSite=Strict$/,
    )
    const browser = { cookie: cookieOf(door) }
    expect((await ask('GET', '/session', undefined, browser)).status).toBe(401)
    expect((await ask('GET', '/door', undefined, browser)).headers.getSetCookie()).toEqual([])
    const name = browser.cookie.split('=')[1] ?? ''
    expect((await recover(codes[0], browser)).status).toBe(204)
    expect(JSON.stringify([...(await backend.snapshot())])).not.toContain(name)
    const asSession = { cookie: `gt-ops=${name}` }
    expect((await ask('GET', '/session', undefined, asSession)).status).toBe(401)
  })

  it('is not gone where the process ended between the code and its session', async () => {
    const { codes } = await deskOf()
    const browser = await browserAtDoor()
    await recover(codes[0], browser)
    await backend.db.query('delete from operator_sessions where way = $1', ['recovery'])
    const again = await recover(codes[0], browser)
    expect(again.status).toBe(204)
    expect(await sessionOf(cookieOf(again))).toMatchObject({ way: 'recovery' })
  })
})

describe('samples', () => {
  it('are there in a demo on its own machine, and nowhere else', async () => {
    const sample = () => ask(POST, '/session/sample', { who: 'clerk' })
    const cookie = cookieOf(await sample())
    expect(await sessionOf(cookie)).toMatchObject({ isSample: true, name: '示例管理员' })
    const far = await call(
      backend,
      { method: POST, path: '/api/v1/ops/session/sample', body: { who: 'clerk' } },
      '203.0.113.7',
    )
    expect(far.status).toBe(404)
    const real = await startBackend({ db: backend.db, config: { opsToken, demo: false }, samples: false })
    const asked = await call(real, { method: 'GET', path: '/api/v1/ops/session', headers: { cookie } })
    expect(asked.status).toBe(401)
  })
})
