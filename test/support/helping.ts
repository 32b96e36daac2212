/** Somebody who logs for an account, over the real routes: invited, in by the code, with cookie and secret. */
import type { HelperCode, HelperJoined } from '../../src/contract/helping.ts'
import { SECRET_HEADER } from '../../src/contract/session.ts'
import { WIRE } from '../../src/contract/wire.ts'
import type { Command } from '../../src/domain/ledger/command.ts'
import type { HelperId } from '../../src/domain/ledger/helping.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import type { Backend } from './backend.ts'
import { type Client, call } from './client.ts'
import { invite } from './commands.ts'
import { uuidFrom } from './ids.ts'

export interface Helper {
  readonly id: HelperId
  readonly joined: HelperJoined
  readonly cookie: string
  readonly headers: Record<string, string>
  log(commands: readonly Command[], headers?: Record<string, string>): Promise<Response>
}

export const askCode = (owner: Client, helperId: string): Promise<Response> =>
  owner.call('POST', `/api/v1/accounts/${owner.accountId}/helpers/${helperId}/code`, { wire: WIRE })

export const join = (
  backend: Backend,
  code: string,
  deviceId = uuidFrom(backend.random),
): Promise<Response> =>
  call(backend, { method: 'POST', path: '/api/v1/helping', body: { code, deviceId, wire: WIRE } })

/** Invites somebody; the code that the owner is given for them. */
export async function inviting(
  backend: Backend,
  owner: Client,
  name: string,
): Promise<{ id: HelperId; code: string }> {
  const asked = invite(backend, name)
  await owner.sync([asked])
  const answer = await askCode(owner, asked.id)
  if (!answer.ok) throw new Error(`code: ${await answer.text()}`)
  return { id: asked.id, code: ((await answer.json()) as HelperCode).code }
}

export async function helping(backend: Backend, owner: Client, name: string): Promise<Helper> {
  const { id, code } = await inviting(backend, owner, name)
  const response = await join(backend, code)
  const joined = (await response.json()) as HelperJoined
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] as string
  const headers = { cookie, [SECRET_HEADER]: joined.sessionSecret }
  return {
    id,
    joined,
    cookie,
    headers,
    log: (commands, given = headers) => {
      const texts = commands.map((each) => canonicalJson(each))
      const body = { sentAt: backend.now(), commands: texts, wire: WIRE }
      return call(backend, {
        ...{ method: 'POST', path: `/api/v1/helping/${owner.accountId}/log` },
        ...{ body, headers: given },
      })
    },
  }
}
