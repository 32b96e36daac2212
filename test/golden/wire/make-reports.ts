/**
 * Writes samples of wire version 2 with what came later: a consent given and ended, a provider's report that takes a logged ride into itself, its
 * correction, and a ride that is one with it. As with the others, what is published is never written anew.
 */
import { writeFileSync } from 'node:fs'
import { WIRE } from '../../../src/contract/wire.ts'
import { HOUR_MS, MINUTE_MS, startOfDay } from '../../../src/domain/base/time.ts'
import { canonicalJson } from '../../../src/proof/canonical.ts'
import { START } from '../../../src/proof/chain.ts'
import { startBackend } from '../../support/backend.ts'
import { claim, command } from '../../support/builders.ts'
import { call, signIn } from '../../support/client.ts'
import { makeProvider, signReport } from '../../support/provider-keys.ts'
import { correctBackend, tellBackend } from '../../support/told.ts'

const now = startOfDay('2026-12-03') + 12 * HOUR_MS
const backend = await startBackend({ now, providers: true })
const client = await signIn(backend, { wire: WIRE })
const { accountId } = client
const startedAt = now - 3 * HOUR_MS
const quantity = { value: 6000, unit: 'metre' } as const
const handle = '0123456789abcdef0123456789abcdef'
const body = {
  scope: 'provider:bike',
  handle,
  terms: '2026-11-29',
  since: now - 24 * HOUR_MS,
} as const
const give = command('consent.give', body, now)
const logged = command('activity.record', claim({ startedAt, quantity }), now)
const again = command('activity.record', claim({ startedAt: startedAt + MINUTE_MS, quantity }), now)
const end = command('consent.withdraw', { consentId: give.id }, now)
const commands = [give, logged, again, end].map(canonicalJson)
const exchanges: object[] = []

async function sync(sent: readonly string[]): Promise<void> {
  const request = { accountId, cursor: START, sentAt: now, commands: sent, wire: WIRE }
  const response = await client.call('POST', '/api/v1/sync', request)
  exchanges.push({ route: 'POST /sync', request, status: response.status, answer: await response.json() })
}

const keys = await call(backend, { method: 'GET', path: '/api/v1/keys?wire=2' })
exchanges.push({ route: 'GET /keys', status: keys.status, answer: await keys.json() })
await sync(commands.slice(0, 2))
const provider = await makeProvider('bike')
const endedAt = startedAt + 25 * MINUTE_MS
const act = {
  reference: 'ride-1',
  code: 'bike',
  city: 'weifang',
  startedAt: startedAt / 1000,
  endedAt: endedAt / 1000,
  quantity,
}
const token = await signReport(provider, {
  jti: 'ride-1',
  iat: endedAt,
  handle,
  event: 'act-reported',
  body: act,
})
const { evidence: _, ...ride } = claim({ startedAt, endedAt, quantity })
const told = await tellBackend(backend, accountId, { consentId: give.id, ride, reference: 'ride-1', token })
if (!told) throw new Error('the report was agreed to')
await correctBackend(backend, accountId, told, {
  jti: 'ride-1-corrected',
  quantity: { ...quantity, value: 6400 },
})
await sync(commands.slice(2))
writeFileSync(
  new URL('v2-reports.json', import.meta.url),
  `${JSON.stringify({ version: 2, commands, exchanges }, null, 1)}\n`,
)
process.exit(0)
