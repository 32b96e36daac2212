/**
 * Writes samples of wire version 2 at the door: a sign-in that is given a secret, an older session that receives one, signing out, and a
 * request that did not end in time. As with the others, what is published is never written anew.
 */
import { writeFileSync } from 'node:fs'
import { problemAnswer } from '../../../mock-api/http/problem.ts'
import { WIRE } from '../../../src/contract/wire.ts'
import { canonicalJson } from '../../../src/proof/canonical.ts'
import { START } from '../../../src/proof/chain.ts'
import { startBackend } from '../../support/backend.ts'
import { NOON } from '../../support/builders.ts'
import { call, codeFor, signIn } from '../../support/client.ts'
import { cleanPlate } from '../../support/commands.ts'
import { uuidFrom } from '../../support/ids.ts'

const backend = await startBackend({ now: NOON })
const exchanges: object[] = []

async function keep(method: string, path: string, request?: unknown, cookie?: string): Promise<void> {
  const response = await call(backend, {
    method,
    path: `/api/v1${path}`,
    ...(request === undefined ? {} : { body: request }),
    ...(cookie === undefined ? {} : { headers: { cookie } }),
  })
  const text = await response.text()
  exchanges.push({
    route: `${method} ${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, ':id')}`,
    ...(request === undefined ? {} : { request }),
    status: response.status,
    ...(text === '' ? {} : { answer: JSON.parse(text) as unknown }),
  })
}

const phone = '13800000077'
const code = await codeFor(backend, phone)
const deviceId = uuidFrom(backend.random)
await keep('POST', '/sign-in', {
  phone,
  code,
  deviceId,
  deviceName: 'Vitest · Node',
  city: 'jinan',
  wire: WIRE,
})
const older = await signIn(backend)
const commands = [canonicalJson(cleanPlate(backend))]
const { accountId, cookie } = older
await keep('POST', '/sync', { accountId, cursor: START, sentAt: NOON, commands, wire: WIRE }, cookie)
await keep('GET', '/keys')
await keep('POST', `/accounts/${accountId}/sign-out`, {}, cookie)
exchanges.push({ route: 'POST /sync', status: 408, answer: await problemAnswer('timed_out').json() })
const samples = { version: 2, commands, exchanges }
writeFileSync(new URL('v2-gate.json', import.meta.url), `${JSON.stringify(samples, null, 1)}\n`)
process.exit(0)
