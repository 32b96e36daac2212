/** Writes a sample of wire version 2 in which a draw is entered, left, and entered again. What is published is never written anew. */
import { writeFileSync } from 'node:fs'
import { WIRE } from '../../../src/contract/wire.ts'
import { DAY_MS } from '../../../src/domain/base/time.ts'
import { canonicalJson } from '../../../src/proof/canonical.ts'
import { START } from '../../../src/proof/chain.ts'
import { startBackend } from '../../support/backend.ts'
import { NOON } from '../../support/builders.ts'
import { call, signIn } from '../../support/client.ts'
import { cleanPlate, enterDraw, leaveDraw } from '../../support/commands.ts'
import { newOffer } from '../../support/shop.ts'

const backend = await startBackend({ now: NOON, samples: false })
const terms = { opensAt: NOON, closesAt: NOON + DAY_MS, pieces: 1, commitment: '0'.repeat(64) }
const offer = await newOffer(backend, { release: 'draw', draw: terms, perWeekFen: 5000, perYearFen: 50_000 })
const me = await signIn(backend, { wire: WIRE })
const first = enterDraw(backend, offer)
const commands = [cleanPlate(backend), first, leaveDraw(backend, first.id), enterDraw(backend, offer)].map(
  (each) => canonicalJson(each),
)
const request = { accountId: me.accountId, cursor: START, sentAt: NOON, wire: WIRE, commands }
const exchanges: object[] = []
async function kept(route: string, asked: object | undefined, response: Response): Promise<void> {
  const answer: unknown = await response.json()
  exchanges.push({ route, ...(asked ? { request: asked } : {}), status: response.status, answer })
}
const get = (path: string) => call(backend, { method: 'GET', path: `/api/v1${path}` })
const draw = `/draws/${offer.id}/${offer.version}`

await kept('GET /offers', undefined, await get('/offers?wire=2'))
await kept('POST /sync', request, await me.call('POST', '/api/v1/sync', request))
await kept('GET /draws/:offerId/:version', undefined, await get(draw))
for (let i = 0; i < 4; i++) {
  backend.now.advance(DAY_MS)
  await backend.sweep()
}
await kept('GET /draws/:offerId/:version', undefined, await get(draw))
const pull = { accountId: me.accountId, cursor: START, sentAt: backend.now(), wire: WIRE, commands: [] }
await kept('POST /sync', pull, await me.call('POST', '/api/v1/sync', pull))
await kept('GET /keys', undefined, await get('/keys?wire=2'))

const file = new URL('v2-draws.json', import.meta.url)
writeFileSync(file, `${JSON.stringify({ version: 2, commands, exchanges }, null, 1)}\n`)
await backend.close()
