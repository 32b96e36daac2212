/** Writes a sample of wire version 2 in which a phone tells up to where the news were read. What is published is never written anew. */
import { writeFileSync } from 'node:fs'
import { WIRE } from '../../../src/contract/wire.ts'
import { canonicalJson } from '../../../src/proof/canonical.ts'
import { START } from '../../../src/proof/chain.ts'
import { startBackend } from '../../support/backend.ts'
import { NOON } from '../../support/builders.ts'
import { signIn } from '../../support/client.ts'
import { cleanPlate } from '../../support/commands.ts'

const backend = await startBackend({ now: NOON })
const me = await signIn(backend, { wire: WIRE })
const exchanges: object[] = []

async function sync(more: object): Promise<void> {
  const request = { accountId: me.accountId, cursor: START, sentAt: NOON, wire: WIRE, ...more }
  const response = await me.call('POST', '/api/v1/sync', request)
  exchanges.push({ route: 'POST /sync', request, status: response.status, answer: await response.json() })
}

const commands = [canonicalJson(cleanPlate(backend))]
await sync({ commands })
await sync({ commands: [], seen: 1 })
const keys = await me.call('GET', '/api/v1/keys?wire=2')
exchanges.push({ route: 'GET /keys', status: keys.status, answer: await keys.json() })
const samples = { version: 2, commands, exchanges }
writeFileSync(new URL('v2-seen.json', import.meta.url), `${JSON.stringify(samples, null, 1)}\n`)
process.exit(0)
