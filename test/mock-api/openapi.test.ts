/** The API's document stands before a strict reader of others, and what it says of each operation is what the operation does. */
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { START } from '../../src/proof/chain.ts'
import { DPOP_HEADER } from '../../src/proof/dpop.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { type Client, call, signIn } from '../support/client.ts'
import { helping } from '../support/helping.ts'
import { deskHeaders } from '../support/operator.ts'
import { TestProvider } from '../support/provider.ts'
import { joinTill, proofFor } from '../support/till.ts'

interface Operation {
  readonly operationId: string
  readonly security: readonly Record<string, readonly string[]>[]
  readonly responses: Record<string, object>
}
interface Document {
  readonly paths: Record<string, Record<string, Operation>>
}

const PLACE = '/api/v1/openapi.json'

let backend: Backend
let bike: TestProvider
let me: Client
let served: string
let operations: { method: string; path: string; operation: Operation }[]
beforeAll(async () => {
  backend = await startBackend({ providers: true })
  bike = await TestProvider.of(backend)
  me = await signIn(backend, { wire: 2 })
  served = await (await call(backend, { method: 'GET', path: PLACE })).text()
  operations = Object.entries(documentOf(served).paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )
})
afterAll(() => backend.close())

const documentOf = (text: string): Document => JSON.parse(text)

/** Every rule that the linter's authors recommend, each as an error, and that the tags are those that the document explains. */
async function lint(source: string): Promise<string[]> {
  const config = await createConfig({
    extends: ['recommended-strict'],
    rules: { 'operation-tag-defined': 'error' },
  })
  const findings = await lintFromString({ source, absoluteRef: PLACE, config })
  return findings.map(({ ruleId, location }) => `${ruleId} ${location[0]?.pointer ?? ''}`)
}

describe('a linter of others', () => {
  it('finds nothing in the document as it is served', async () => {
    expect(await lint(served)).toEqual([])
  })

  it('would find what is missing: it is the linter that passes, not its absence', async () => {
    const spoilt = JSON.parse(served)
    delete spoilt.info.license
    delete spoilt.paths['/api/v1/health'].get.security
    delete spoilt.paths['/api/v1/keys'].get.responses['408']
    spoilt.paths['/api/v1/offers'].get.operationId = 'health'
    spoilt.paths['/api/v1/packs'].get.tags = ['unheard-of']
    spoilt.paths['/api/v1/sync'].post.requestBody.content['application/json'].schema.isOpen = true
    const rules = (await lint(JSON.stringify(spoilt))).map((each) => each.split(' ')[0])
    expect(rules.sort()).toEqual([
      'info-license',
      'operation-4xx-response',
      'operation-operationId-unique',
      'operation-tag-defined',
      'security-defined',
      'struct',
    ])
  })
})

/** What is read before the session is asked for; everything else is refused or answered whatever its body. */
const BODIES: Record<string, () => object> = {
  '/api/v1/tills/join': () => ({ code: 'X', deviceId: me.deviceId, wire: 2 }),
  '/api/v1/tills/{accountId}/sync': () => BODIES['/api/v1/sync']?.() ?? {},
  '/api/v1/tills/{accountId}/codes': () => ({ role: 'till', name: '二号', wire: 2 }),
  '/api/v1/tills/{accountId}/keys': () => ({ keys: [] }),
  '/api/v1/tills/{accountId}/tail': () => ({
    ...{ wire: 2, after: START },
    records: [{ seq: 1, body: '', hash: START.hash }],
  }),
  '/api/v1/helping/{accountId}/log': () => ({ sentAt: backend.now(), commands: [], wire: 2 }),
  '/api/v1/sync': () => ({ accountId: me.accountId, cursor: START, sentAt: backend.now(), commands: [] }),
  '/api/v1/accounts/{accountId}/city': () => ({ city: 'zibo' }),
}

function ask(
  { method, path }: { method: string; path: string },
  headers: Record<string, string> = {},
  accountId: string = me.accountId,
): Promise<Response> {
  const asked = placed(path, accountId)
  const body = method === 'GET' ? undefined : { ...BODIES[path]?.(), ...ofTill(path, accountId) }
  return call(backend, { method, path: asked, headers, ...(body === undefined ? {} : { body }) })
}

function placed(path: string, accountId: string): string {
  return path
    .replace('{accountId}', accountId)
    .replace('{deviceId}', me.deviceId)
    .replace('{city}', 'weifang')
    .replace('{providerId}', 'bike')
    .replaceAll(/\{\w+\}/g, '0'.repeat(64))
}

/** What a till sends says the branch of its address. */
const ofTill = (path: string, accountId: string) =>
  path === '/api/v1/tills/{accountId}/sync' ? { accountId } : {}

/** Enrolling by an invitation, which stands in the body, is a way without a name in the document. */
const isEnrolment = ({ security }: Operation) => security.some((way) => 'opsToken' in way)
const needsSomebody = (operation: Operation) =>
  isEnrolment(operation) ||
  (operation.security.length > 0 && operation.security.every((way) => Object.keys(way).length > 0))

describe('what the document says of who may ask', () => {
  it('says it for each operation, and each kind is there', () => {
    const kinds = new Set(operations.map(({ operation: { security } }) => JSON.stringify(security)))
    expect([...kinds].sort()).toEqual([
      '[]',
      '[{"helper":[],"secret":[]}]',
      '[{"operator":[]}]',
      '[{"opsToken":[]},{}]',
      '[{"proof":[]}]',
      '[{"provider":[]}]',
      '[{"session":[],"secret":[]},{"session":[]}]',
      '[{"session":[]},{}]',
      '[{"till":[],"secret":[],"proof":[]}]',
    ])
  })

  it('is so: whoever is nobody is told 401 where a session or the operator’s token is asked for, and nowhere else', async () => {
    for (const { operation, ...each } of operations) {
      const { status } = await ask(each)
      expect(status === 401, `${operation.operationId}: ${status}`).toBe(needsSomebody(operation))
      expect(Object.keys(operation.responses), operation.operationId).toContain(String(status))
    }
  })

  it('is so: whoever is named there is let in, and is answered as the document says', async () => {
    const helper = await helping(backend, me, '女儿')
    const manager = await joinTill(backend, { role: 'manager' })
    const own = { cookie: me.cookie, 'greentrace-secret': me.secret ?? '' }
    const operator = await deskHeaders(backend)
    // What ends the session comes last, the end of the account before all.
    const isEnd = (path: string) => /\/(sign-out|\{accountId\}|\{deviceId\})$/.test(path)
    for (const { operation, ...each } of operations.filter(
      ({ path, method }) => method !== 'DELETE' && !isEnd(path),
    )) {
      if (isEnrolment(operation)) continue // walked in operators.test.ts
      const isOps = operation.security.some((way) => 'operator' in way)
      const isHelper = operation.security.some((way) => 'helper' in way)
      const isProvider = operation.security.some((way) => 'provider' in way)
      const isTill = operation.security.some((way) => 'till' in way)
      const ofBranch = isTill
        ? await manager.headers(each.method, placed(each.path, manager.accountId))
        : { [DPOP_HEADER]: await proofFor(backend, manager.keys, each) }
      const { status } = await ask(
        each,
        isOps
          ? operator
          : isProvider
            ? await bike.assertion()
            : isHelper
              ? helper.headers
              : { ...own, ...ofBranch },
        isTill ? manager.accountId : undefined,
      )
      expect([401, 429], operation.operationId).not.toContain(status)
      expect(Object.keys(operation.responses), operation.operationId).toContain(String(status))
    }
    for (const [method, end] of [
      ['DELETE', '/devices/{deviceId}'],
      ['POST', '/sign-out'],
      ['DELETE', ''],
    ] as const) {
      me = await signIn(backend, { wire: 2 })
      const session = { cookie: me.cookie, 'greentrace-secret': me.secret ?? '' }
      const { status } = await ask({ method, path: `/api/v1/accounts/{accountId}${end}` }, session)
      expect(status, `${method} ${end}`).toBeLessThan(300)
    }
  })

  it('is so: a page of another origin is refused every change and no reading', async () => {
    for (const { operation, ...each } of operations) {
      const { status } = await ask(each, { origin: 'https://evil.example' })
      expect(status === 403, operation.operationId).toBe(each.method !== 'GET')
      // At the desk reading wants a role, at a counter a till that was not cut off.
      const mayBeRefused =
        each.method !== 'GET' || operation.security.some((way) => 'operator' in way || 'till' in way)
      expect('403' in operation.responses, operation.operationId).toBe(mayBeRefused)
    }
  })
})
