/** Every route that takes a body refuses a hostile one at once: with a problem, before anything is built of it, and without an end to the server. */
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BATCH_COMMANDS_MAX } from '../../src/contract/limits.ts'
import { START } from '../../src/proof/chain.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { type Client, call, signIn } from '../support/client.ts'
import { deskHeaders } from '../support/operator.ts'
import { TestProvider } from '../support/provider.ts'

let operator: { cookie: string }

let backend: Backend
let me: Client
let provider: Record<string, string>
beforeAll(async () => {
  const many = { max: 1_000_000, windowMs: 60_000 }
  backend = await startBackend({
    limits: {
      syncsPerSession: { ...many, name: 'syncs' },
      askedByProvider: { ...many, name: 'provider-asks' },
    },
    providers: true,
  })
  provider = await (await TestProvider.of(backend)).assertion()
  me = await signIn(backend)
  operator = await deskHeaders(backend)
})
afterAll(() => backend.close())

/** Each route of the OpenAPI document that takes JSON, by its own path. */
async function routes(): Promise<{ method: string; path: string }[]> {
  const spec = (await (await call(backend, { method: 'GET', path: '/api/v1/openapi.json' })).json()) as {
    paths: Record<string, Record<string, { requestBody?: { content: Record<string, unknown> } }>>
  }
  return Object.entries(spec.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, { requestBody }]) => requestBody && 'application/json' in requestBody.content)
      .map(([method]) => ({
        method: method.toUpperCase(),
        path: path
          .replace('{accountId}', me.accountId)
          .replace('{city}', 'weifang')
          .replace('{providerId}', 'bike')
          .replaceAll(/\{\w+\}/g, '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b'),
      })),
  )
}

const DEEP = 100_000
const bytesOf = (text: string) => new TextEncoder().encode(text)
const many = (count: number, one: string) => Array.from({ length: count }, () => one).join(',')

/** What a stranger would try, in bytes as sent. */
const HOSTILE: readonly { name: string; body: Uint8Array<ArrayBuffer>; encoding?: string }[] = [
  { name: 'nothing', body: bytesOf('') },
  { name: 'arrays nested a hundred thousand deep', body: gzipOf('['.repeat(DEEP)), encoding: 'gzip' },
  { name: 'objects nested a hundred thousand deep', body: gzipOf('{"a":'.repeat(DEEP)), encoding: 'gzip' },
  { name: 'nested and closed', body: bytesOf('['.repeat(2000) + ']'.repeat(2000)) },
  { name: 'half a million elements', body: gzipOf(`[${many(400_000, '1')}]`), encoding: 'gzip' },
  { name: 'five thousand elements', body: bytesOf(`[${many(5000, '1')}]`) },
  {
    name: 'a thousand members',
    body: bytesOf(`{${Array.from({ length: 1500 }, (_, i) => `"m${i}":1`).join(',')}}`),
  },
  { name: 'one member twice', body: bytesOf('{"phone":"13812345678","phone":"13812345679"}') },
  { name: 'one member twice, spelt otherwise', body: bytesOf('{"commands":[],"comm\\u0061nds":[]}') },
  { name: 'a string without end', body: bytesOf(`{"phone":"${'a'.repeat(8000)}`) },
  { name: 'a huge string', body: gzipOf(`{"phone":"${'a'.repeat(1_000_000)}"}`), encoding: 'gzip' },
  { name: 'a bomb', body: gzipOf(' '.repeat(200_000_000)), encoding: 'gzip' },
  { name: 'gzip said, not done', body: bytesOf('{"phone":"13812345678"}'), encoding: 'gzip' },
  { name: 'packed twice', body: gzipOf(gzipOf('{"phone":"13812345678"}')), encoding: 'gzip' },
  { name: 'packed twice and said so', body: gzipOf(gzipOf('{}')), encoding: 'gzip, gzip' },
  { name: 'an encoding nobody knows', body: bytesOf('{}'), encoding: 'br' },
  { name: 'no UTF-8', body: new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]) },
  { name: 'UTF-16', body: new Uint8Array(Buffer.from('{"phone":"13812345678"}', 'utf16le')) },
]

function gzipOf(content: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gzipSync(content))
}

async function send(
  route: { method: string; path: string },
  { body, encoding }: { body: Uint8Array<ArrayBuffer>; encoding?: string },
): Promise<{ status: number; code: string }> {
  const headers = {
    ...(/providers\/bike\/(feed$|links$|planting-days\/)/.test(route.path) ? provider : {}),
    cookie: `${me.cookie}; ${operator.cookie}`,
    'content-type': 'application/json',
    ...(encoding ? { 'content-encoding': encoding } : {}),
  }
  const request = new Request(`http://localhost:4173${route.path}`, { method: route.method, headers, body })
  const response = await backend.fetch(request)
  return { status: response.status, code: ((await response.json()) as { code: string }).code }
}

describe('a hostile body', () => {
  it('is refused by every route that takes one', async () => {
    const all = await routes()
    expect(all.map(({ path }) => path)).toContain('/api/v1/sync')
    expect(all.length).toBeGreaterThan(6)
    for (const route of all)
      for (const hostile of HOSTILE) {
        const { status, code } = await send(route, hostile)
        expect([400, 413], `${route.path}: ${hostile.name}: ${code}`).toContain(status)
      }
  })

  it('of half a million wrong commands costs no more than a right one of its size', async () => {
    const envelope = (commands: string) =>
      `{"accountId":"${me.accountId}","cursor":${JSON.stringify(START)},"sentAt":${backend.now()},"commands":[${commands}]}`
    const wrong = { body: gzipOf(envelope(many(520_000, '1'))), encoding: 'gzip' }
    const right = { body: gzipOf(envelope(many(400, `"${'x'.repeat(1200)}"`))), encoding: 'gzip' }
    expect(wrong.body.length).toBeLessThan(1500)
    const sync = { method: 'POST', path: '/api/v1/sync' }
    await send(sync, right) // the first one also warms up
    const timed = async (what: typeof wrong) => {
      const from = performance.now()
      const answer = await send(sync, what)
      return { ...answer, ms: performance.now() - from }
    }
    const refused = await timed(wrong)
    const taken = await timed(right)
    expect([refused.status, refused.code]).toEqual([413, 'too_large'])
    expect(refused.ms).toBeLessThan(Math.max(500, 3 * taken.ms))
  })

  it('tells a phone that sent too many commands to send fewer', async () => {
    const response = await me.syncRaw(Array.from({ length: BATCH_COMMANDS_MAX + 1 }, () => 'x'))
    expect(response.status).toBe(413)
    const fitting = await me.syncRaw(Array.from({ length: BATCH_COMMANDS_MAX }, () => 'x'))
    expect(fitting.status).toBe(200)
  })

  it('of a photo that nobody announced is not even read', async () => {
    const route = { method: 'PUT', path: `/api/v1/accounts/${me.accountId}/photos/${'0'.repeat(64)}` }
    for (const hostile of HOSTILE) expect((await send(route, hostile)).status, hostile.name).toBe(404)
  })

  it('is not repeated at length in the answer', async () => {
    const path = '/api/v1/sign-in/codes'
    const response = await call(backend, {
      method: 'POST',
      path,
      body: `{"phone":"13812345678","${'n'.repeat(9000)}":1}`,
    })
    expect(response.status).toBe(400)
    expect((await response.text()).length).toBeLessThan(400)
  })
})
