/** A device without a ledger of its own: signs in, sends what it is given, and reads answers. For tests of the backend's side. */
import { SECRET_HEADER, type SignInAnswer } from '../../src/contract/session.ts'
import type { SyncAnswer } from '../../src/contract/sync.ts'
import type { CityId } from '../../src/domain/base/city.ts'
import type { PageReading } from '../../src/domain/base/clock.ts'
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Command } from '../../src/domain/ledger/command.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { type Cursor, START } from '../../src/proof/chain.ts'
import type { Backend } from './backend.ts'
import { uuidFrom } from './ids.ts'

const ORIGIN = 'http://localhost:4173'

export interface Client {
  readonly answer: SignInAnswer
  readonly accountId: AccountId
  readonly deviceId: string
  readonly cookie: string
  /** Of a device that says `wire: 2`; undefined for one of before. */
  readonly secret: string | undefined
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
  /** Sends commands from the start of the journal unless a cursor is given. */
  sync(commands?: readonly (Command | string)[], options?: SyncOptions): Promise<SyncAnswer & { state: 'ok' }>
  syncRaw(commands?: readonly (Command | string)[], options?: SyncOptions): Promise<Response>
}

export interface SyncOptions {
  readonly cursor?: Cursor
  readonly sentAt?: number
  readonly clock?: PageReading
  readonly wire?: 2
  /** Ids of commands that were made before anybody had signed in. */
  readonly fromGuest?: readonly string[]
}

export interface SignInOptions {
  readonly phone?: string
  readonly deviceId?: string
  readonly city?: CityId
  /** Absent: an app of before there was one, which knows only the cookie. */
  readonly wire?: 2
}

let phones = 0

export function freshPhone(): string {
  return `138${String(++phones).padStart(8, '0')}`
}

export async function call(
  backend: Backend,
  request: { method: string; path: string; body?: unknown; headers?: Record<string, string> },
  remoteAddress?: string,
): Promise<Response> {
  const { method, path, body, headers = {} } = request
  return backend.fetch(
    new Request(`${ORIGIN}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
    remoteAddress === undefined ? {} : { remoteAddress },
  )
}

/** Asks for a code and reads it from the simulated gateway. */
export async function codeFor(backend: Backend, phone: string): Promise<string> {
  const asked = await call(backend, { method: 'POST', path: '/api/v1/sign-in/codes', body: { phone } })
  if (!asked.ok) throw new Error(`code: ${await asked.text()}`)
  const sms = await call(backend, { method: 'GET', path: `/api/v1/demo/sms?phone=${phone}` })
  return ((await sms.json()) as { code: string }).code
}

export async function signIn(backend: Backend, options: SignInOptions = {}): Promise<Client> {
  const phone = options.phone ?? freshPhone()
  const deviceId = options.deviceId ?? uuidFrom(backend.random)
  const code = await codeFor(backend, phone)
  const body = { phone, code, deviceId, deviceName: 'Vitest · Node', city: options.city ?? 'jinan' }
  const wire = options.wire === undefined ? {} : { wire: options.wire }
  const response = await call(backend, {
    method: 'POST',
    path: '/api/v1/sign-in',
    body: { ...body, ...wire },
  })
  if (!response.ok) throw new Error(`sign-in: ${await response.text()}`)
  const answer = (await response.json()) as SignInAnswer
  const set = response.headers.getSetCookie().map((each) => each.split(';')[0] as string)
  const cookie = set.find((each) => each.startsWith(`gt-${answer.accountId.slice(0, 8)}=`)) as string
  return clientOf(backend, { answer, deviceId, cookie })
}

function clientOf(
  backend: Backend,
  given: { answer: SignInAnswer; deviceId: string; cookie: string },
): Client {
  const { answer, deviceId, cookie } = given
  const accountId = answer.accountId as AccountId
  const own = answer.sessionSecret === undefined ? {} : { [SECRET_HEADER]: answer.sessionSecret }
  const client: Client = {
    answer,
    accountId,
    deviceId,
    cookie,
    secret: answer.sessionSecret,
    call: (method, path, body, headers = {}) =>
      call(backend, { method, path, body, headers: { cookie, ...own, ...headers } }),
    syncRaw(commands = [], { cursor = START, sentAt = backend.now(), wire, clock, fromGuest } = {}) {
      const texts = commands.map((each) => (typeof each === 'string' ? each : canonicalJson(each)))
      return client.call('POST', '/api/v1/sync', {
        ...{ accountId, cursor, sentAt, commands: texts },
        ...(wire === undefined ? {} : { wire }),
        ...(clock ? { clock } : {}),
        ...(fromGuest ? { fromGuest } : {}),
      })
    },
    async sync(commands, options) {
      const response = await client.syncRaw(commands, options)
      const data = (await response.json()) as SyncAnswer
      if (!response.ok || data.state !== 'ok')
        throw new Error(`sync: ${response.status} ${JSON.stringify(data)}`)
      return data
    },
  }
  return client
}
