/** Writes a sample of wire version 2 in which somebody logs for another. What is published is never written anew. */
import { writeFileSync } from 'node:fs'
import { SECRET_HEADER } from '../../../src/contract/session.ts'
import { WIRE } from '../../../src/contract/wire.ts'
import { canonicalJson } from '../../../src/proof/canonical.ts'
import { START } from '../../../src/proof/chain.ts'
import { startBackend } from '../../support/backend.ts'
import { NOON } from '../../support/builders.ts'
import { call, signIn } from '../../support/client.ts'
import { cleanPlate, invite, revokeHelper } from '../../support/commands.ts'

const backend = await startBackend({ now: NOON })
const me = await signIn(backend, { wire: WIRE })
const exchanges: object[] = []

/** Keeps what was asked and answered; the answer. */
async function kept(route: string, request: object | undefined, response: Response): Promise<unknown> {
  const answer: unknown = await response.json()
  exchanges.push({ route, ...(request ? { request } : {}), status: response.status, answer })
  return answer
}

async function sync(texts: readonly string[]): Promise<void> {
  const request = {
    accountId: me.accountId,
    cursor: START,
    sentAt: NOON,
    wire: WIRE,
    commands: texts,
  }
  await kept('POST /sync', request, await me.call('POST', '/api/v1/sync', request))
}

const asked = invite(backend, '女儿')
const plate = canonicalJson(cleanPlate(backend))
const revoked = canonicalJson(revokeHelper(backend, asked.id))
await sync([canonicalJson(asked)])

const account = `/api/v1/accounts/${me.accountId}`
const wanted = { wire: WIRE }
const { code } = (await kept(
  'POST /accounts/:id/helpers/:helperId/code',
  wanted,
  await me.call('POST', `${account}/helpers/${asked.id}/code`, wanted),
)) as { code: string }

const joining = { code, deviceId: me.deviceId, wire: WIRE }
const response = await call(backend, { method: 'POST', path: '/api/v1/helping', body: joining })
const cookie = response.headers.getSetCookie()[0]?.split(';')[0] as string
const { sessionSecret } = (await kept('POST /helping', joining, response)) as { sessionSecret: string }
await kept('GET /accounts/:id/helpers', undefined, await me.call('GET', `${account}/helpers`))

async function log(commands: readonly string[]): Promise<void> {
  const body = { sentAt: NOON, commands, wire: WIRE }
  const headers = { cookie, [SECRET_HEADER]: sessionSecret }
  const path = `/api/v1/helping/${me.accountId}/log`
  await kept('POST /helping/:id/log', body, await call(backend, { method: 'POST', path, body, headers }))
}
await log([plate])
await log([revoked])
await sync([revoked])
await log([plate])

const keys = await me.call('GET', '/api/v1/keys?wire=2')
exchanges.push({ route: 'GET /keys', status: keys.status, answer: await keys.json() })
const samples = { version: 2, commands: [canonicalJson(asked), plate, revoked], exchanges }
writeFileSync(new URL('v2-helping.json', import.meta.url), `${JSON.stringify(samples, null, 1)}\n`)
process.exit(0)
