/** Up to where an account has read its news: one number, the highest that any of its phones has told, never beyond the journal. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SyncAnswer } from '../../src/contract/sync.ts'
import { MINUTE_MS } from '../../src/domain/base/time.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { START } from '../../src/proof/chain.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { type Client, freshPhone, signIn } from '../support/client.ts'
import { cleanPlate } from '../support/commands.ts'
import { ENGINES } from '../support/database.ts'

describe.each(ENGINES)('the news that were read, on %s', (engine) => {
  let backend: Backend
  beforeAll(async () => {
    backend = await startBackend({ db: engine })
  })
  afterAll(() => backend.close())

  async function tells(client: Client, seen?: unknown, more: object = { wire: 2 }): Promise<Response> {
    return client.call('POST', '/api/v1/sync', {
      ...{ accountId: client.accountId, cursor: START, sentAt: backend.now(), commands: [] },
      ...(seen === undefined ? {} : { seen }),
      ...more,
    })
  }
  const seenOf = async (client: Client, seen?: number) => {
    const answer = (await (await tells(client, seen)).json()) as SyncAnswer & { state: 'ok' }
    return answer.seen
  }
  async function withRecords(count: number, phone = freshPhone()): Promise<Client> {
    backend.now.advance(2 * MINUTE_MS) // the gateway sends one code a minute to a number
    const client = await signIn(backend, { phone, wire: 2 })
    if (count > 0) await client.sync(Array.from({ length: count }, () => cleanPlate(backend)))
    return client
  }

  it('are 0 until a phone tells', async () => {
    expect(await seenOf(await withRecords(2))).toBe(0)
  })

  it('are a maximum over the phones of the account, in whatever order they tell', async () => {
    const phone = freshPhone()
    const one = await withRecords(5, phone)
    const other = await withRecords(0, phone)
    expect(other.accountId).toBe(one.accountId)
    expect(await seenOf(one, 3)).toBe(3)
    expect(await seenOf(other)).toBe(3)
    expect(await seenOf(other, 2)).toBe(3)
    expect(await seenOf(other, 4)).toBe(4)
    expect(await seenOf(one)).toBe(4)
  })

  it('end where the journal ends, also with what the same request adds', async () => {
    const me = await withRecords(2)
    expect(await seenOf(me, 1_000_000)).toBe(2)
    const response = await tells(me, 3, { wire: 2, commands: [canonicalJson(cleanPlate(backend))] })
    expect(await response.json()).toMatchObject({ lastSeq: 3 })
    expect(await seenOf(me)).toBe(3)
  })

  it('are told to those only who read the second wire, and heard from anybody', async () => {
    const me = await withRecords(2)
    expect(await (await tells(me, 1, {})).json()).not.toHaveProperty('seen')
    expect(await seenOf(me)).toBe(1)
  })

  it.each([[-1], [1.5], ['2'], [null]])('are refused as %j', async (seen) => {
    const me = await withRecords(1)
    expect((await tells(me, seen)).status).toBe(400)
    expect(await seenOf(me)).toBe(0)
  })

  it('are no other account’s', async () => {
    const me = await withRecords(3)
    const neighbour = await withRecords(3)
    expect(await seenOf(me, 3)).toBe(3)
    expect(await seenOf(neighbour)).toBe(0)
    const stranger = await neighbour.call('POST', '/api/v1/sync', {
      ...{ accountId: me.accountId, cursor: START, sentAt: backend.now(), commands: [], wire: 2, seen: 1 },
    })
    expect(stranger.status).toBe(401)
  })

  it('go with the account', async () => {
    const me = await withRecords(3)
    await seenOf(me, 3)
    const read = () =>
      backend.db.query<{ seen: number | null }>(
        'select seen_seq as seen from accounts where account_id = $1',
        [me.accountId],
      )
    expect(await read()).toEqual([{ seen: 3 }])
    expect((await me.call('DELETE', `/api/v1/accounts/${me.accountId}`)).status).toBe(200)
    expect(await read()).toEqual([{ seen: null }])
  })
})
