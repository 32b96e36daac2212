/** Writes a sample of what the desk and the backend say to each other. What is published is never written anew. */
import { writeFileSync } from 'node:fs'
import type { Proposal } from '../../../src/contract/desk/proposals.ts'
import { WIRE } from '../../../src/contract/wire.ts'
import { MINUTE_MS } from '../../../src/domain/base/time.ts'
import { canonicalJson } from '../../../src/proof/canonical.ts'
import { START } from '../../../src/proof/chain.ts'
import { Authenticator } from '../../support/authenticator.ts'
import { startBackend } from '../../support/backend.ts'
import { NOON } from '../../support/builders.ts'
import { call, signIn } from '../../support/client.ts'
import { cleanPlate } from '../../support/commands.ts'
import { operatorWith } from '../../support/operator.ts'

const backend = await startBackend({ now: NOON })
const me = await signIn(backend, { wire: WIRE })
const exchanges: object[] = []

/** Keeps what was asked and answered; the answer. */
async function kept(route: string, request: object | undefined, response: Response): Promise<unknown> {
  const answer: unknown = await response.json()
  exchanges.push({ route, ...(request ? { request } : {}), status: response.status, answer })
  return answer
}

const text = canonicalJson(cleanPlate(backend))
const exchange = { accountId: me.accountId, cursor: START, sentAt: NOON, wire: WIRE, commands: [text] }
await kept('POST /sync', exchange, await me.call('POST', '/api/v1/sync', exchange))

const admin = await operatorWith(backend, ['admin'], { name: '张敏' })
const approver = await operatorWith(backend, ['approver'], { name: '李四' })
await kept('GET /ops/door', undefined, await admin.call('GET', '/door'))
await kept('GET /ops/session', undefined, await admin.call('GET', '/session'))
const invitation = { name: '王五', roles: [{ role: 'admin' }] }
await kept('POST /ops/people', invitation, await admin.call('POST', '/people', invitation))
await kept('GET /ops/people', undefined, await admin.call('GET', '/people'))
const { proposals } = (await kept(
  'GET /ops/proposals',
  undefined,
  await approver.call('GET', '/proposals'),
)) as {
  proposals: Proposal[]
}
const [{ proposalId = '', digest = '' } = {}] = proposals
const verdict = { verdict: 'approve', digest }
for (let i = 0; i < 2; i++)
  await kept(
    'POST /ops/proposals/:id',
    verdict,
    await approver.call('POST', `/proposals/${proposalId}`, verdict),
  )
const auditor = await operatorWith(backend, ['auditor'], { name: '赵六' })
await kept('GET /ops/journal/:office', undefined, await auditor.call('GET', '/journal/province'))
backend.now.advance(5 * MINUTE_MS)
await kept('POST /ops/people', invitation, await admin.call('POST', '/people', invitation))

const asked = await call(backend, { method: 'POST', path: '/api/v1/ops/session/options' })
const { options } = (await asked.json()) as { options: { challenge: string } }
const stranger = new Authenticator()
stranger.create(options)
const answer = { response: stranger.get(options) }
await kept(
  'POST /ops/session',
  answer,
  await call(backend, { method: 'POST', path: '/api/v1/ops/session', body: answer }),
)

const keys = await me.call('GET', '/api/v1/keys?wire=2')
exchanges.push({ route: 'GET /keys', status: keys.status, answer: await keys.json() })
const samples = { version: 2, commands: [text], exchanges }
writeFileSync(new URL('v2-desk.json', import.meta.url), `${JSON.stringify(samples, null, 1)}\n`)
process.exit(0)
