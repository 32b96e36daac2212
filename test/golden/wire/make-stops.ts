/**
 * Writes samples of wire version 2 with what came later: a ride that says its stops, and the backend's word that it reads them. As with the
 * others, what is published is never written anew.
 */
import { writeFileSync } from 'node:fs'
import { WIRE } from '../../../src/contract/wire.ts'
import { canonicalJson } from '../../../src/proof/canonical.ts'
import { START } from '../../../src/proof/chain.ts'
import { startBackend } from '../../support/backend.ts'
import { NOON } from '../../support/builders.ts'
import { call, signIn } from '../../support/client.ts'
import { cleanPlate } from '../../support/commands.ts'

const backend = await startBackend({ now: NOON })
const client = await signIn(backend, { wire: WIRE })
const ride = cleanPlate(backend, {
  code: 'bus',
  quantity: { value: 2400, unit: 'metre' },
  stops: 3,
  note: '5 路',
})
const commands = [canonicalJson(ride)]
const exchanges: object[] = []

async function keep(method: string, path: string, request?: unknown): Promise<void> {
  const response = await (request === undefined
    ? call(backend, { method, path: `/api/v1${path}` })
    : client.call(method, `/api/v1${path}`, request))
  exchanges.push({
    route: `${method} ${path}`,
    ...(request === undefined ? {} : { request }),
    status: response.status,
    answer: await response.json(),
  })
}

await keep('GET', '/keys?wire=2')
const { accountId } = client
await keep('POST', '/sync', { accountId, cursor: START, sentAt: NOON, commands, wire: WIRE })
const named = exchanges.map((each) => ({
  ...each,
  route: (each as { route: string }).route.replace('?wire=2', ''),
}))
writeFileSync(
  new URL('v2-stops.json', import.meta.url),
  `${JSON.stringify({ version: 2, commands, exchanges: named }, null, 1)}\n`,
)
process.exit(0)
