/**
 * Writes samples of what crosses the wire in today's protocol version: requests, answers, problems and commands of the real backend, called
 * in process. Published samples are never written anew: a new version of the protocol gets a file of its own.
 */
import { writeFileSync } from 'node:fs'
import { LIMITS } from '../../../mock-api/base/limits.ts'
import { createApp } from '../../../mock-api/start/app.ts'
import type { VoucherId } from '../../../src/domain/base/ids.ts'
import { HOUR_MS } from '../../../src/domain/base/time.ts'
import type { Command } from '../../../src/domain/ledger/command.ts'
import { canonicalJson } from '../../../src/proof/canonical.ts'
import { START } from '../../../src/proof/chain.ts'
import { type Backend, startBackend } from '../../support/backend.ts'
import { NOON, trackedRide } from '../../support/builders.ts'
import { codeFor, freshPhone, signIn } from '../../support/client.ts'
import { accept, appeal, cancel, cleanPlate, newCommandId, redeem, withdraw } from '../../support/commands.ts'
import { buy, newOffer } from '../../support/shop.ts'
import { joinTill } from '../../support/till.ts'

const VERSION = 1
const commands: string[] = []
const exchanges: { route: string; request?: unknown; status: number; answer?: unknown }[] = []

const real = await startBackend({
  now: NOON,
  limits: { syncsPerSession: { ...LIMITS.syncsPerSession, max: 30 } },
})
/** Everything that goes through is kept, so that no sample is written by hand. */
const backend: Backend = {
  ...real,
  fetch: (request, options) => kept(request, () => real.fetch(request, options)),
}

async function kept(request: Request, send: () => Response | Promise<Response>): Promise<Response> {
  const text = request.method === 'POST' ? await request.clone().text() : ''
  const response = await send()
  const body = await response.clone().text()
  const { pathname } = new URL(request.url)
  const route = pathname.replace('/api/v1', '').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')
  exchanges.push({
    route: `${request.method} ${route}`,
    ...(isJson(text) ? { request: JSON.parse(text) as unknown } : {}),
    status: response.status,
    ...(isJson(body) ? { answer: JSON.parse(body) as unknown } : {}),
  })
  return response
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function made<T extends Command>(command: T): T {
  commands.push(canonicalJson(command))
  return command
}

const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  backend.fetch(
    new Request(`http://localhost:4173/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
    { remoteAddress: '127.0.0.1' },
  )

const number = freshPhone()
const me = await signIn(backend, { phone: number })
const ride = {
  id: newCommandId(backend),
  kind: 'activity.record',
  at: NOON,
  body: trackedRide(NOON - 3 * HOUR_MS),
} as const
const plates = [0, 1, 2, 3].map((i) => cleanPlate(backend, { note: `食堂 "${i}" 😀` }))
const long = cleanPlate(backend, { code: 'bus', quantity: { value: 72_000, unit: 'metre' } })
const old = cleanPlate(backend, { startedAt: NOON - 90 * 24 * HOUR_MS })
await me.sync([ride, ...plates, long, old].map(made))
const offer = await newOffer(backend)
const kept1 = await buy(backend, me, offer)
const kept2 = await buy(backend, me, offer)
await me.sync([
  made(withdraw(backend, long.id)),
  made(appeal(backend, old.id)),
  made(cancel(backend, kept1.id as VoucherId)),
  made(redeem(backend, { id: 'no-such-offer', points: 5 })),
  { ...ride, at: ride.at + 1 }, // a known id with another text
  canonicalJson({ ...ride, id: newCommandId(backend), kind: 'moon.walk' }),
])
commands.push(canonicalJson(redeem(backend, { id: offer.id, points: offer.pricePoints })))
const merchant = await joinTill(backend, { merchantId: offer.merchantId })
await merchant.sync([made(accept(backend, kept2.token))])
await me.sync()
await me.syncRaw([], { cursor: { seq: 999, hash: 'f'.repeat(64) } })

real.now.advance(1) // a key that ends in the instant in which it signed has signed nothing
await real.deps.keyring.rotate()
for (const path of ['/health', '/keys', '/offers', '/nothing']) await ask('GET', path)
const { cookie, accountId, deviceId } = me
await ask('GET', `/accounts/${accountId}/devices`, undefined, { cookie })
await ask('POST', '/sync', '{')
await ask('POST', '/sync', { accountId, cursor: START, sentAt: NOON, commands: [] })
await ask('POST', '/sign-in/codes', { phone: number }, { origin: 'https://evil.example' })
await ask('POST', '/sign-in', ' '.repeat(20_000))
await ask('POST', '/sign-in/codes', { phone: number })
const form = { phone: number, deviceId, deviceName: 'Chrome · Android', city: 'zibo' }
await ask('POST', '/sign-in', { ...form, code: '000000' }) // its code was used
const guessed = freshPhone()
const code = await codeFor(backend, guessed)
await ask('POST', '/sign-in', { ...form, phone: guessed, code: code === '000000' ? '000001' : '000000' })
const second = await signIn(backend, { phone: freshPhone(), city: 'qingdao' })
await second.call('POST', `/api/v1/accounts/${second.accountId}/sign-out`)
const other = await signIn(backend, { phone: freshPhone() })
for (let i = 0; i < 31; i++) if ((await other.syncRaw()).status !== 200) break
const devices = `/accounts/${accountId}/devices/${deviceId}`
await ask('DELETE', `/accounts/${accountId}`, undefined, { cookie })
await ask('DELETE', devices, undefined, { cookie })
real.now.advance(60_000)
await ask('POST', '/sign-in', { ...form, code: await codeFor(backend, number) }) // the number rests
const quiet = createApp({ ...real.deps, config: { ...real.deps.config, demo: false } })
await kept(codeRequest(), () => quiet.request(codeRequest()))
const broken = createApp({
  ...real.deps,
  db: { ...real.deps.db, query: () => Promise.reject(new Error('x')) },
})
await kept(codeRequest(), () => broken.request(codeRequest()))

function codeRequest(): Request {
  const body = JSON.stringify({ phone: number })
  return new Request('http://localhost:4173/api/v1/sign-in/codes', { method: 'POST', body })
}

/** The first of its kind is sample enough. */
const seen = new Set<string>()
const samples = exchanges.filter(({ route, status, answer }) => {
  const { code, receipts, records } = (answer ?? {}) as {
    code?: string
    receipts?: { outcome: string }[]
    records?: { body: string }[]
  }
  const outcomes = receipts?.map(({ outcome }) => outcome)
  const last = records?.at(-1)?.body ?? '{}'
  const kind = JSON.stringify([route, status, code, outcomes, (JSON.parse(last) as { kind?: string }).kind])
  return !seen.has(kind) && seen.add(kind)
})
const file = { version: VERSION, commands, exchanges: samples }
writeFileSync(new URL(`v${VERSION}.json`, import.meta.url), `${JSON.stringify(file, null, 1)}\n`)
process.exit(0)
