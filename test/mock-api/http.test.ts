/** What every answer carries, who may change anything, and the documents of the API. */
import { readdirSync } from 'node:fs'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  healthSchema,
  keySetSchema,
  offersAnswerSchema,
  oldKeySetSchema,
} from '../../src/contract/catalog.ts'
import { problemSchema } from '../../src/contract/problem.ts'
import { SD_DEMO_V1, SD_DEMO_V2 } from '../../src/domain/methodology/packs/index.ts'
import { KEY_PURPOSES } from '../../src/proof/keys.ts'
import { readRevocations } from '../../src/proof/revocations.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { call, signIn } from '../support/client.ts'
import { ENGINE } from '../support/database.ts'
import { deskHeaders } from '../support/operator.ts'

let backend: Backend
beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend.close())

const get = (path: string, headers: Record<string, string> = {}) =>
  call(backend, { method: 'GET', path, headers })

describe('what everybody may read', () => {
  it('answers in the agreed shapes', async () => {
    const health = v.parse(healthSchema, await (await get('/api/v1/health')).json())
    const durability = ENGINE === 'pglite' ? 'process' : 'power'
    expect(health).toMatchObject({ storage: ENGINE, durability, demo: true })
    // To the letter: an app of before there were purposes reads no answer that says more.
    expect(v.parse(oldKeySetSchema, await (await get('/api/v1/keys')).json()).keys).toHaveLength(
      KEY_PURPOSES.length,
    )
    const answered = v.parse(keySetSchema, await (await get('/api/v1/keys?wire=2')).json())
    expect(answered.keys.map(({ alg, purpose }) => `${alg} ${purpose}`).sort()).toEqual([
      'ES256 certificates',
      'ES256 documents',
      'ES256 heads',
      'ES256 vouchers',
    ])
    expect(await readRevocations(answered.revocations ?? '', answered)).toMatchObject({
      epoch: 0,
      revoked: [],
    })
    for (const odd of ['wire=', 'wire=1', 'wire=x', 'wire=NaN'])
      expect(v.is(oldKeySetSchema, await (await get(`/api/v1/keys?${odd}`)).json()), odd).toBe(true)
  })

  it('answers with the pack in force, and with any version that a record may name', async () => {
    const pack = async (path: string) => (await get(`/api/v1/packs${path}`)).json()
    expect(await pack('')).toEqual(JSON.parse(JSON.stringify(SD_DEMO_V1)))
    expect(await pack('/sd-demo/2')).toEqual(JSON.parse(JSON.stringify(SD_DEMO_V2)))
    expect((await get('/api/v1/packs/sd-demo/99')).status).toBe(404)
  })

  it('offers at least eight samples, marked, over six kinds, one of them for a first day', async () => {
    const { offers } = v.parse(offersAnswerSchema, await (await get('/api/v1/offers')).json())
    expect(offers.length).toBeGreaterThanOrEqual(8)
    expect(new Set(offers.map(({ offer }) => offer.category)).size).toBe(6)
    for (const { offer } of offers) {
      expect(offer.sample).toBe(true)
      expect(offer.titleZh).toContain('示例')
      expect(offer.titleEn).toContain('Sample')
    }
    expect(Math.min(...offers.map(({ offer }) => offer.pricePoints))).toBeLessThanOrEqual(60)
  })

  it('answers 304 to what is known', async () => {
    for (const path of ['/api/v1/offers', '/api/v1/packs', '/api/v1/keys', '/api/v1/openapi.json']) {
      const etag = (await get(path)).headers.get('etag') ?? ''
      expect(etag).not.toBe('')
      expect((await get(path, { 'if-none-match': etag })).status, path).toBe(304)
    }
  })

  it('packs what is long', async () => {
    const packed = await get('/api/v1/packs', { 'accept-encoding': 'gzip' })
    expect(packed.headers.get('content-encoding')).toBe('gzip')
  })
})

describe('safety', () => {
  it('says it on every answer, errors too', async () => {
    for (const path of ['/api/v1/health', '/api/v1/nothing', '/', '/api/docs']) {
      const { headers } = await get(path)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('permissions-policy')).toContain('camera=(self)')
      // For the stations near me; asked for by a tap alone.
      expect(headers.get('permissions-policy')).toContain('geolocation=(self)')
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'self'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe-inline')
      expect(headers.get('strict-transport-security')).toBeNull()
    }
  })

  it('lets only its own pages change anything', async () => {
    const me = await signIn(backend)
    const path = `/api/v1/accounts/${me.accountId}/sign-out`
    const refused = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost:9999' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: 'http://localhost:4173' },
    ]
    for (const headers of refused) {
      const response = await me.call('POST', path, undefined, headers as Record<string, string>)
      expect([response.status, v.parse(problemSchema, await response.json()).code]).toEqual([
        403,
        'origin_refused',
      ])
    }
    const body = { phone: '13812345678' }
    const allowed = [
      {},
      { origin: 'http://localhost:4173', host: 'localhost:4173' },
      { 'sec-fetch-site': 'same-origin' },
    ]
    for (const headers of allowed) {
      const request = {
        method: 'POST',
        path: '/api/v1/sign-in/codes',
        body,
        headers: headers as Record<string, string>,
      }
      expect((await call(backend, request)).status).not.toBe(403)
    }
    const open = await startBackend({
      db: backend.db,
      samples: false,
      config: { publicOrigins: ['https://app.example'] },
    })
    const headers = { origin: 'https://app.example', 'sec-fetch-site': 'cross-site' }
    const request = { method: 'POST', path: '/api/v1/sign-in/codes', body: { phone: '13812345679' }, headers }
    expect((await call(open, request)).status).toBe(200)
  })

  it('answers a fault with a problem that gives nothing away, and logs no person', async () => {
    const lines: string[] = []
    const broken = await startBackend({
      db: backend.db,
      samples: false,
      log: (_level, _event, fields) => lines.push(JSON.stringify(fields)),
    })
    const app = {
      ...broken.deps,
      db: { ...broken.db, query: () => Promise.reject(new Error('phone 13812345678')) },
    }
    const { createApp } = await import('../../mock-api/start/app.ts')
    const response = await createApp(app).request('/api/v1/offers')
    expect(response.status).toBe(500)
    const text = await response.text()
    expect(v.parse(problemSchema, JSON.parse(text)).code).toBe('internal')
    expect(text).not.toContain('138')
    expect(lines).toHaveLength(2)
    expect(lines.join()).not.toContain('138')
    expect(lines.join()).toContain('http.test.ts')
  })

  it('lets no browser keep what is somebody’s own: only what everybody may read is kept', async () => {
    const own = await startBackend({ db: backend.db, samples: false })
    const me = await signIn(own, { wire: 2 })
    const spec = (await (await get('/api/v1/openapi.json')).json()) as {
      paths: Record<string, Record<string, { tags: string[] }>>
    }
    const statuses: number[] = []
    for (const [path, item] of Object.entries(spec.paths))
      for (const [method, { tags }] of Object.entries(item)) {
        if (tags.includes('catalog')) continue
        const asked = path
          .replace('{accountId}', me.accountId)
          .replace('{deviceId}', me.deviceId)
          .replaceAll(/\{\w+\}/g, '0'.repeat(64))
        // As the person, as nobody, and as the operator; the account's end comes last.
        const session = { cookie: me.cookie, 'greentrace-secret': me.secret ?? '' }
        for (const headers of [{}, await deskHeaders(own), session]) {
          if (method === 'delete' && headers === session) continue
          if (path.endsWith('/sign-out') && headers === session) continue
          const response = await call(own, { method: method.toUpperCase(), path: asked, headers })
          statuses.push(response.status)
          expect(response.headers.get('cache-control'), `${method} ${path}`).toBe('no-store')
        }
      }
    expect(statuses).toContain(200)
    expect(statuses).toContain(401)
    for (const [method, path] of [
      ['POST', '/sign-out'],
      ['DELETE', ''],
    ] as const) {
      const you = await signIn(own, { wire: 2 })
      const response = await you.call(method, `/api/v1/accounts/${you.accountId}${path}`)
      expect(response.status).toBeLessThan(300)
      expect(response.headers.get('cache-control')).toBe('no-store')
    }
    const phone = { phone: '13812340000' }
    const answers = [
      await me.syncRaw([], { wire: 2 }),
      await call(own, { method: 'POST', path: '/api/v1/sign-in/codes', body: phone }),
      await call(own, { method: 'GET', path: `/api/v1/demo/sms?phone=${phone.phone}` }),
    ]
    for (const response of answers) {
      expect(response.status).toBe(200)
      expect(response.headers.get('cache-control')).toBe('no-store')
    }
  })

  it('answers problems with their type', async () => {
    const response = await get('/api/v1/nothing')
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(v.parse(problemSchema, await response.json())).toMatchObject({ status: 404, code: 'not_found' })
  })
})

describe('documents', () => {
  it('describes every route in OpenAPI 3.1, without dangling references', async () => {
    const text = await (await get('/api/v1/openapi.json')).text()
    const spec = JSON.parse(text) as {
      openapi: string
      info: { title: string; version: string }
      paths: Record<
        string,
        Record<string, { operationId: string; responses: object; parameters?: { name: string }[] }>
      >
    }
    expect(spec.openapi).toBe('3.1.0')
    expect(spec.info).toMatchObject({ title: expect.any(String), version: expect.any(String) })
    const operations = Object.entries(spec.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
    )
    // Whose answer depends on the version of the wire says so; a body says it as a member.
    const asksForWire = operations.filter(({ operation }) =>
      operation.parameters?.some(({ name }) => name === 'wire'),
    )
    expect(asksForWire.map(({ path }) => path).sort()).toEqual([
      '/api/v1/cities/{city}/events',
      '/api/v1/keys',
    ])
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { path, operation } of operations) {
      expect(Object.keys(operation.responses).length).toBeGreaterThan(0)
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      expect((operation.parameters ?? []).map(({ name }) => name)).toEqual(expect.arrayContaining(named))
    }
    for (const [, ref = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      expect(
        ref.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], spec),
      ).toBeDefined()
    }
  })

  it('renders a page without scripts under the same policy', async () => {
    const response = await get('/api/docs')
    const page = await response.text()
    expect(page).toContain('POST /api/v1/sync')
    expect(page).not.toContain('<script')
    expect(page).not.toMatch(/(src|href)="https?:/)
    expect(response.headers.get('content-security-policy')).toMatch(/style-src 'self' 'sha256-/)
  })
})

describe('files', () => {
  it('opens with one to three lines of what each promises, and stays readable in size', async () => {
    const { readFile } = await import('node:fs/promises')
    const root = new URL('../../mock-api/', import.meta.url)
    const names = readdirSync(root, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.ts'))
    for (const name of names) {
      const text = await readFile(new URL(name, root), 'utf8')
      expect(text.startsWith('/**'), name).toBe(true)
      expect(text.split('\n').length, name).toBeLessThan(300)
    }
  })
})
