/** Two writers of one account: each command once, no gap, whoever comes second decides again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { findChainFault, START } from '../../src/proof/chain.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { type Client, signIn } from '../support/client.ts'
import { cleanPlate, redeem } from '../support/commands.ts'
import { ENGINES } from '../support/database.ts'
import { balancesOf, newOffer, richClient } from '../support/shop.ts'

describe.each(ENGINES)('races on %s', (engine) => {
  let backend: Backend
  beforeAll(async () => {
    backend = await startBackend({ db: engine })
  })
  afterAll(async () => {
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    await backend.close()
  })

  it('appends different batches one after the other', async () => {
    const me = await signIn(backend)
    const batches = Array.from({ length: 6 }, () => Array.from({ length: 5 }, () => cleanPlate(backend)))
    const pages = await Promise.all(batches.map((batch) => me.sync(batch)))
    const seqs = pages
      .flatMap(({ receipts }) => receipts.map(({ seq }) => seq as number))
      .sort((a, b) => a - b)
    expect(seqs).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
    const all = await me.sync()
    expect(await findChainFault(START, all.records)).toBeUndefined()
    // Three clean plates a day count, however the batches fall.
    expect(await balancesOf(backend, me)).toEqual({ available: 216, held: 0 })
  })

  it('appends one batch once, however often it arrives at the same time', async () => {
    const me = await signIn(backend)
    const batch = [cleanPlate(backend), cleanPlate(backend)]
    const pages = await Promise.all(Array.from({ length: 5 }, () => me.sync(batch)))
    for (const page of pages) expect(page.receipts.map(({ seq }) => seq)).toEqual([1, 2])
    expect((await me.sync()).lastSeq).toBe(2)
  })

  it('says busy, and when to come back, when it never gets its turn', async () => {
    const me = await signIn(backend)
    let attempts = 0
    const unlucky = await startBackend({
      db: {
        ...backend.db,
        async transaction() {
          attempts++
          throw Object.assign(new Error('deadlock'), { code: '40P01' })
        },
      },
      samples: false,
    })
    const request = new Request('http://localhost:4173/api/v1/sync', {
      method: 'POST',
      headers: { cookie: me.cookie },
      body: JSON.stringify({
        accountId: me.accountId,
        cursor: START,
        sentAt: backend.now(),
        commands: [canonicalJson(cleanPlate(backend))],
      }),
    })
    const response = await unlucky.fetch(request)
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2'])
    expect(attempts).toBe(10)
    expect((await me.sync()).lastSeq).toBe(0)
  })

  it('never spends a point twice', async () => {
    const me: Client = await richClient(backend)
    const offer = await newOffer(backend, { perPersonMax: 50 })
    const pages = await Promise.all(
      Array.from({ length: 6 }, () => me.sync([redeem(backend, { id: offer.id, points: 50 })])),
    )
    const accepted = pages.filter(({ receipts }) => receipts[0]?.outcome === 'accepted')
    expect(accepted).toHaveLength(4)
    expect(await balancesOf(backend, me)).toEqual({ available: 16, held: 200 })
  })
})
