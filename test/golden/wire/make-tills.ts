/** Writes v2-tills.json: what a branch's tills say and are told, as the backend of 2026-11-29 spoke it. Not to be run again once it is published. */
import { writeFileSync } from 'node:fs'
import { makeTillCode } from '../../../mock-api/tills/till-code.ts'
import { SECRET_HEADER } from '../../../src/contract/session.ts'
import { WIRE } from '../../../src/contract/wire.ts'
import { MINUTE_MS } from '../../../src/domain/base/time.ts'
import { START } from '../../../src/proof/chain.ts'
import { DPOP_HEADER } from '../../../src/proof/dpop.ts'
import { type Backend, startBackend } from '../../support/backend.ts'
import { NOON } from '../../support/builders.ts'
import { call } from '../../support/client.ts'
import { accept } from '../../support/commands.ts'
import { uuidFrom } from '../../support/ids.ts'
import { buy, newOffer, richClient } from '../../support/shop.ts'
import { branchOf, joinBy, newDeviceKeys, proofFor, tillBy } from '../../support/till.ts'

const VERSION = 2
const exchanges: { route: string; request?: unknown; status: number; answer?: unknown }[] = []
const real = await startBackend({ now: NOON })
/** Everything that goes through from here on is kept, so that no sample is written by hand. */
const backend: Backend = {
  ...real,
  async fetch(request, options) {
    const text = request.method === 'POST' ? await request.clone().text() : ''
    const response = await real.fetch(request, options)
    const body = await response.clone().text()
    const route = new URL(request.url).pathname
      .replace('/api/v1', '')
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')
    exchanges.push({
      route: `${request.method} ${route}`,
      ...(text === '' ? {} : { request: JSON.parse(text) as unknown }),
      status: response.status,
      ...(body === '' ? {} : { answer: JSON.parse(body) as unknown }),
    })
    return response
  },
}

const me = await richClient(backend)
const voucher = await buy(backend, me, await newOffer(backend))
exchanges.length = 0

const accountId = await branchOf(backend)
const path = (end: string) => `/api/v1/tills/${accountId}/${end}`
const comeIn = async (code: string) => {
  const given = { keys: await newDeviceKeys(), deviceId: uuidFrom(backend.random) }
  return tillBy(backend, { ...given, response: await joinBy(backend, code, given) })
}
const first = await makeTillCode(backend.deps, accountId, { role: 'manager', name: '店长' })
const manager = await comeIn(first.code)
const asked = await manager.call('POST', path('codes'), { role: 'till', name: '收银台 1', wire: WIRE })
const till = await comeIn(((await asked.json()) as { code: string }).code)
await till.sync([accept(backend, voucher.token)], { wire: 2 })
await till.call('GET', path('status'))
await till.call('GET', path('people'))
await manager.call('GET', path('people'))
await me.call('POST', '/api/v1/sync', {
  ...{ accountId: me.accountId, cursor: START, sentAt: backend.now(), commands: [], wire: WIRE },
})
await call(backend, { method: 'GET', path: '/api/v1/keys?wire=2' })
const { cookie, joined } = till
for (const at of [backend.now() - 10 * MINUTE_MS, undefined]) {
  const proof =
    at === undefined
      ? {}
      : { [DPOP_HEADER]: await proofFor(backend, till.keys, { method: 'GET', path: path('status'), at }) }
  const headers = { cookie, [SECRET_HEADER]: joined.sessionSecret, ...proof }
  await call(backend, { method: 'GET', path: path('status'), headers })
}
const suspend = (state: string) => backend.db.query('update merchants set state = $1', [state])
await suspend('suspended')
await till.call('GET', path('status'))
await suspend('active')
await manager.call('POST', path(`people/${joined.tillId}/revoke`))
await till.call('GET', path('status'))
await manager.call('POST', path('leave'), {})

writeFileSync(
  new URL('v2-tills.json', import.meta.url),
  `${JSON.stringify({ version: VERSION, commands: [], exchanges }, null, 1)}\n`,
)
process.exit(0)
