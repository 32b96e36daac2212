/** A device at a branch's counter, without a ledger of its own: comes in by a code, proves every request by its key, and syncs as the till it is. */
import { makeTillCode } from '../../mock-api/tills/till-code.ts'
import { SECRET_HEADER } from '../../src/contract/session.ts'
import type { SyncAnswer } from '../../src/contract/sync.ts'
import type { TillJoined } from '../../src/contract/till.ts'
import { WIRE } from '../../src/contract/wire.ts'
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { TillRole } from '../../src/domain/ledger/till.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { START } from '../../src/proof/chain.ts'
import { type DeviceKeys, DPOP_HEADER, signDpop } from '../../src/proof/dpop.ts'
import type { Backend } from './backend.ts'
import { type Client, call } from './client.ts'
import { uuidFrom } from './ids.ts'

export interface Till
  extends Pick<Client, 'accountId' | 'deviceId' | 'cookie' | 'call' | 'sync' | 'syncRaw'> {
  readonly joined: TillJoined
  readonly keys: DeviceKeys
  /** Cookie and secret, and a proof for this request unless one is given. */
  headers(method: string, path: string): Promise<Record<string, string>>
}

export interface Joining {
  readonly merchantId?: string
  readonly branchNo?: number
  /** Of a branch that has no name yet. */
  readonly accountId?: AccountId
  readonly role?: TillRole
  readonly name?: string
}

export async function newDeviceKeys(): Promise<DeviceKeys> {
  return crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
}

export function proofFor(
  backend: Backend,
  keys: DeviceKeys,
  given: { method: string; path: string; at?: number; jti?: string },
): Promise<string> {
  const { method, path, at = backend.now(), jti = uuidFrom(backend.random) } = given
  return signDpop({ method, path }, { keys, at, jti })
}

/** Of a branch of a sample merchant, unless another is said. */
export async function branchOf(backend: Backend, { merchantId = 'sample-cafe', branchNo = 1 }: Joining = {}) {
  const [row] = await backend.db.query<{ accountId: AccountId }>(
    'select account_id as "accountId" from branches where merchant_id = $1 and branch_no = $2',
    [merchantId, branchNo],
  )
  if (!row) throw new Error(`no branch ${branchNo} of ${merchantId}`)
  return row.accountId
}

export const JOIN = '/api/v1/tills/join'

export async function joinBy(
  backend: Backend,
  code: string,
  { keys, deviceId = uuidFrom(backend.random) }: { keys: DeviceKeys; deviceId?: string },
): Promise<Response> {
  const proof = await proofFor(backend, keys, { method: 'POST', path: JOIN })
  const body = { code, deviceId, wire: WIRE }
  return call(backend, { method: 'POST', path: JOIN, body, headers: { [DPOP_HEADER]: proof } })
}

export async function joinTill(backend: Backend, joining: Joining = {}): Promise<Till> {
  const { role = 'till', name = '收银台 1' } = joining
  const { code } = await makeTillCode(backend.deps, joining.accountId ?? (await branchOf(backend, joining)), {
    role,
    name,
  })
  const keys = await newDeviceKeys()
  const deviceId = uuidFrom(backend.random)
  const response = await joinBy(backend, code, { keys, deviceId })
  if (!response.ok) throw new Error(`join: ${await response.text()}`)
  return tillBy(backend, { response, keys, deviceId })
}

export async function tillBy(
  backend: Backend,
  { response, keys, deviceId }: { response: Response; keys: DeviceKeys; deviceId: string },
): Promise<Till> {
  const joined = (await response.json()) as TillJoined
  const accountId = joined.branch.accountId as AccountId
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] as string
  const till: Till = {
    ...{ accountId, deviceId, cookie, joined, keys },
    async headers(method, path) {
      const proof = await proofFor(backend, keys, { method, path })
      return { cookie, [SECRET_HEADER]: joined.sessionSecret, [DPOP_HEADER]: proof }
    },
    async call(method, path, body, headers = {}) {
      return call(backend, {
        method,
        path,
        body,
        headers: { ...(await till.headers(method, path)), ...headers },
      })
    },
    syncRaw(commands = [], { cursor = START, sentAt = backend.now(), wire, clock } = {}) {
      const texts = commands.map((each) => (typeof each === 'string' ? each : canonicalJson(each)))
      return till.call('POST', `/api/v1/tills/${accountId}/sync`, {
        ...{ accountId, cursor, sentAt, commands: texts },
        ...(wire === undefined ? {} : { wire }),
        ...(clock ? { clock } : {}),
      })
    },
    async sync(commands, options) {
      const response = await till.syncRaw(commands, options)
      const data = (await response.json()) as SyncAnswer
      if (!response.ok || data.state !== 'ok')
        throw new Error(`sync: ${response.status} ${JSON.stringify(data)}`)
      return data
    },
  }
  return till
}
