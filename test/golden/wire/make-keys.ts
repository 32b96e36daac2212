/**
 * Writes samples of what protocol version 2 says of keys: apart by purpose, rotated, one revoked; a head, a voucher and a deletion receipt that
 * name their kind. As with the others, what is published is never written anew.
 */
import { writeFileSync } from 'node:fs'
import { HOUR_MS } from '../../../src/domain/base/time.ts'
import { canonicalJson } from '../../../src/proof/canonical.ts'
import { START } from '../../../src/proof/chain.ts'
import { startBackend } from '../../support/backend.ts'
import { NOON } from '../../support/builders.ts'
import { call } from '../../support/client.ts'
import { redeem } from '../../support/commands.ts'
import { newOffer, richClient } from '../../support/shop.ts'

const backend = await startBackend({ now: NOON })
const { keyring } = backend.deps
const me = await richClient(backend)
const offer = await newOffer(backend)
backend.now.advance(HOUR_MS)
const stolen = await keyring.signingKey('heads')
await keyring.revoke(stolen.kid, 'sample')
backend.now.advance(HOUR_MS)
await keyring.rotate('vouchers')
const commands = [canonicalJson(redeem(backend, { id: offer.id, points: offer.pricePoints }))]
const body = { accountId: me.accountId, cursor: START, sentAt: backend.now(), commands }

const exchanges: object[] = []
for (const [method, path, request] of [
  ['POST', '/sync', body],
  ['GET', '/keys?wire=2', undefined],
  ['DELETE', `/accounts/${me.accountId}`, undefined],
] as const) {
  const response = await call(backend, {
    method,
    path: `/api/v1${path}`,
    ...(request ? { body: request } : {}),
    headers: { cookie: me.cookie },
  })
  exchanges.push({
    route: `${method} ${path.replace('?wire=2', '').replace(me.accountId, ':id')}`,
    ...(request ? { request } : {}),
    status: response.status,
    answer: await response.json(),
  })
}
const samples = { version: 2, commands, exchanges }
writeFileSync(new URL('v2-keys.json', import.meta.url), `${JSON.stringify(samples, null, 1)}\n`)
process.exit(0)
