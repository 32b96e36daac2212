/** Every route against everybody who could ask: let in as the table says, and refused otherwise. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SECRET_HEADER } from '../../src/contract/session.ts'
import { ROLES, type Role } from '../../src/domain/ledger/operator.ts'
import { START } from '../../src/proof/chain.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { type Client, call, signIn } from '../support/client.ts'
import { type Helper, helping } from '../support/helping.ts'
import { operatorWith } from '../support/operator.ts'
import { ROUTES, type RouteRow, SCOPES, type Scope } from '../support/route-table.ts'
import { joinTill, type Till } from '../support/till.ts'

let backend: Backend
let operations: string[]

beforeAll(async () => {
  backend = await startBackend({ providers: true })
  const response = await call(backend, { method: 'GET', path: '/api/v1/openapi.json' })
  const { paths } = (await response.json()) as { paths: Record<string, object> }
  operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method} ${path}`),
  )
})
afterAll(() => backend.close())

interface Everybody {
  readonly me: Client
  readonly other: Client
  readonly helper: Helper
  readonly till: Till
  readonly manager: Till
  readonly desk: ReadonlyMap<Role, string>
}

async function everybody(): Promise<Everybody> {
  const me = await signIn(backend, { wire: 2 })
  const desk = new Map<Role, string>()
  for (const role of ROLES) desk.set(role, (await operatorWith(backend, [role])).cookie)
  return {
    me,
    other: await signIn(backend, { wire: 2 }),
    helper: await helping(backend, me, '女儿'),
    till: await joinTill(backend),
    manager: await joinTill(backend, { role: 'manager', name: '店长' }),
    desk,
  }
}

async function headersOf(
  { me, other, helper, till, manager, desk }: Everybody,
  scope: Scope | Role,
  { method, path }: { method: string; path: string },
): Promise<Record<string, string>> {
  const own = ({ cookie, secret = '' }: Client) => ({ cookie, [SECRET_HEADER]: secret })
  switch (scope) {
    case 'nobody':
      return {}
    case 'citizen':
      return own(me)
    case 'other':
      return own(other)
    case 'helper':
      return helper.headers
    case 'till':
      return till.headers(method, path)
    case 'manager':
      return manager.headers(method, path)
    default:
      return { cookie: desk.get(scope) ?? '' }
  }
}

/** What is read before the session is asked for. */
function bodyFor(path: string, { me, till }: Everybody): object {
  const exchange = { cursor: START, sentAt: backend.now(), commands: [] }
  if (path.endsWith('/api/v1/sync')) return { accountId: me.accountId, ...exchange }
  if (path.endsWith('/sync')) return { accountId: till.accountId, ...exchange }
  if (path.endsWith('/keys') && path.includes('/tills/')) return { keys: [] }
  if (path.endsWith('/tail') && path.includes('/tills/'))
    return { wire: 2, after: START, records: [{ seq: 1, body: '', hash: START.hash }] }
  if (path.endsWith('/codes') && path.includes('/tills/')) return { role: 'till', name: '收银台 2', wire: 2 }
  if (path.endsWith('/tail'))
    return { wire: 2, after: START, records: [{ seq: 1, body: '{}', hash: '0'.repeat(64) }] }
  if (path.endsWith('/keys')) return { keys: [] }
  if (path.endsWith('/log')) return { sentAt: backend.now(), commands: [], wire: 2 }
  if (path.endsWith('/city')) return { city: 'zibo' }
  return {}
}

async function ask(there: Everybody, scope: Scope | Role, operation: string) {
  const [verb = '', pattern = ''] = operation.split(' ')
  const { me, till } = there
  const path = pattern
    .replace('{accountId}', pattern.includes('/v1/tills/') ? till.accountId : me.accountId)
    .replace('{city}', 'weifang')
    .replace('{providerId}', 'bike')
    .replace('{office}', 'province')
    .replaceAll(/\{\w+\}/g, me.deviceId)
  const method = verb.toUpperCase()
  const headers = await headersOf(there, scope, { method, path })
  const body = method === 'GET' ? {} : { body: bodyFor(path, there) }
  const response = await call(backend, { method, path, headers, ...body })
  const { code } = (response.ok ? {} : await response.json()) as { code?: string }
  return { status: response.status, code }
}

/** `in`: whatever is said then is not about who asks. */
function verdictOf({ status, code }: { status: number; code: string | undefined }): 'in' | 401 | 403 {
  if (status === 401) return 401
  return code === 'not_allowed' || code === 'manager_only' ? 403 : 'in'
}

function expected(operation: string, { letsIn }: RouteRow, scope: Scope | Role): 'in' | 401 | 403 {
  if (letsIn.includes(scope)) return 'in'
  const isKnownThere =
    (operation.includes('/ops/') && (ROLES as readonly string[]).includes(scope) && letsIn.length > 0) ||
    (operation.includes('/v1/tills/') && scope === 'till' && letsIn.length > 0)
  return isKnownThere ? 403 : 401
}

it('each route has its row, and no row is left of a route that is gone', () => {
  expect(Object.keys(ROUTES).sort()).toEqual(operations.toSorted())
})

it('lets in whom the table says, and nobody else', async () => {
  let there = await everybody()
  const wrong: string[] = []
  for (const operation of operations) {
    const row = ROUTES[operation]
    if (!row) continue
    for (const scope of [...SCOPES, ...ROLES]) {
      const answer = await ask(there, scope, operation)
      const got = verdictOf(answer)
      const wanted = expected(operation, row, scope)
      if (got !== wanted)
        wrong.push(`${operation} × ${scope}: ${answer.status} ${answer.code ?? ''}, not ${wanted}`)
      // Whoever has ended what they asked by is somebody new for the next route.
      if (row.ends && got === 'in' && scope !== 'nobody') there = await everybody()
    }
  }
  expect(wrong).toEqual([])
})
