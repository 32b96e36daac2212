/** Somebody at the desk, for tests: signed in by rows, with the roles that the test gives them. Passkeys are walked for real elsewhere. */
import { keyOf } from '../../mock-api/base/secret.ts'
import { insertOperatorSession, noteStepUp } from '../../mock-api/storage/operator-sessions.ts'
import { insertOperator, writeGrants } from '../../mock-api/storage/operators.ts'
import type { OperatorId } from '../../src/domain/base/ids.ts'
import type { Grant, Role } from '../../src/domain/ledger/operator.ts'
import type { Backend } from './backend.ts'
import { call } from './client.ts'
import { uuidFrom } from './ids.ts'

export interface TestOperator {
  readonly operatorId: OperatorId
  readonly cookie: string
  /** `actId`: of a request that is said again. */
  call(method: string, path: string, body?: unknown, actId?: string): Promise<Response>
  /** As after another word of the passkey. */
  stepUp(): Promise<void>
}

export async function operatorWith(
  backend: Backend,
  roles: readonly (Role | Grant)[],
  { name = roles.map((each) => (typeof each === 'string' ? each : each.role)).join(' ') || 'nobody' } = {},
): Promise<TestOperator> {
  const operatorId = uuidFrom(backend.random) as OperatorId
  const at = backend.now()
  await insertOperator(backend.db, { operatorId, name, isSample: false, at })
  await writeGrants(
    backend.db,
    operatorId,
    roles.map((each) => (typeof each === 'string' ? { role: each } : each)),
  )
  const token = uuidFrom(backend.random)
  const tokenKey = keyOf('operator session', token)
  await insertOperatorSession(backend.db, { tokenKey, operatorId, way: 'passkey', at, stepUpAt: at })
  const cookie = `gt-ops=${token}`
  return {
    operatorId,
    cookie,
    call: (method, path, body, actId) =>
      call(backend, {
        method,
        path: `/api/v1/ops${path}`,
        body,
        headers: { cookie, ...(actId === undefined ? {} : { 'idempotency-key': actId }) },
      }),
    stepUp: () => noteStepUp(backend.db, tokenKey, backend.now()),
  }
}

/** Whoever a test needs that is not about roles. */
export function operatorOfAll(backend: Backend): Promise<TestOperator> {
  return operatorWith(backend, ['reviewer', 'catalog', 'finance', 'issuer', 'registrar', 'approver', 'admin'])
}

/** Headers of somebody who may do everything at the desk, just signed in. */
export async function deskHeaders(backend: Backend): Promise<{ cookie: string }> {
  return { cookie: (await operatorOfAll(backend)).cookie }
}

/** Headers of a running demo's sample person, just signed in. */
export async function sampleHeaders(
  url: string,
  who: 'clerk' | 'approver' = 'clerk',
): Promise<{ cookie: string; 'content-type': string }> {
  const response = await fetch(`${url}/api/v1/ops/session/sample`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ who }),
  })
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0]
  if (cookie === undefined) throw new Error(`sample session: ${response.status}`)
  return { cookie, 'content-type': 'application/json' }
}
