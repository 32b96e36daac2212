/** Services that report: from a linked handle to a record in the person's journal, and nothing for anybody else. */
import '../support/patience.ts'
import { afterEach, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { HOUR_MS } from '../../src/domain/base/time.ts'
import { openBody, openDetail } from '../../src/domain/ledger/open-record.ts'
import { type Backend, type BackendOptions, startBackend } from '../support/backend.ts'
import { NOON } from '../support/builders.ts'
import { type Client, signIn } from '../support/client.ts'
import { ride, TestProvider } from '../support/provider.ts'

let backend: Backend
afterEach(() => backend.close())

async function start(options: BackendOptions = {}) {
  backend = await startBackend({ now: NOON, providers: true, samples: false, ...options })
  const bike = await TestProvider.of(backend)
  const me = await signIn(backend, { city: 'weifang' })
  return { bike, me }
}

async function journalOf(person: Client) {
  const { records } = await person.sync()
  return records.map(({ body, detail }) => ({ ...openBody(body), detail: openDetail(detail) }))
}

it('a linked bike reports a ride, and the person has it with all that explains it', async () => {
  const { bike, me } = await start()
  const { handle } = await bike.link(me)
  backend.now.advance(HOUR_MS)
  const said = await bike.push(await bike.reported(ride(backend), handle))
  expect(said.status).toBe(202)
  const [, report] = await journalOf(me)
  expect(report).toMatchObject({
    kind: 'activity.report',
    outcome: 'accepted',
    detail: { by: { actor: 'provider' }, report: { provider: 'bike' }, assessment: { code: 'bike' } },
  })
  expect(report?.detail?.assessment?.rewardGrams).toBeGreaterThan(0)
  expect(await audit(backend.db)).not.toHaveProperty('fault')
})
