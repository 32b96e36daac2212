/** The review desk by case: nobody fills it, appeals go first, and what the state has let go is heard all the same. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { openReview } from '../../mock-api/storage/reviews.ts'
import type { ActivityId } from '../../src/domain/base/ids.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import { IDLE_ACTS_MAX } from '../../src/domain/ledger/ledger-state.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { type Client, call, signIn } from '../support/client.ts'
import { appeal, cleanPlate, withdraw } from '../support/commands.ts'
import { ENGINES } from '../support/database.ts'
import { uuidFrom } from '../support/ids.ts'
import { deskHeaders } from '../support/operator.ts'
import { balancesOf, reasonsOf, recordsOf } from '../support/shop.ts'
import { storedState } from '../support/stored-state.ts'

const MANY = 300

interface Case {
  readonly accountId: string
  readonly cause: string
  readonly acts: number
}

describe.each(ENGINES)('cases on %s', (engine) => {
  let backend: Backend
  let loud: Client
  let honest: Client
  let appealed: ActivityId

  beforeAll(async () => {
    backend = await startBackend({ db: engine })
    loud = await signIn(backend)
    // Some days behind: each of these is to be looked at.
    const sentAt = backend.now() - 3 * DAY_MS
    await loud.sync(
      Array.from({ length: MANY }, () => cleanPlate(backend, { startedAt: sentAt - HOUR_MS })),
      { sentAt },
    )
    backend.now.advance(HOUR_MS)
    honest = await signIn(backend)
    const late = cleanPlate(backend, { startedAt: backend.now() - 50 * DAY_MS })
    appealed = late.id
    await honest.sync([late])
    await honest.sync([appeal(backend, late.id, '当时在山里')])
  })
  afterAll(async () => {
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    await backend.close()
  })

  const get = async <T>(path: string) =>
    (await (await call(backend, { method: 'GET', path, headers: await deskHeaders(backend) })).json()) as T
  const post = async (path: string, body: unknown) =>
    call(backend, { method: 'POST', path, headers: await deskHeaders(backend), body })
  const stateOf = async (me: Client) => storedState(backend.db, me.accountId)

  it('300 acts of one account and cause are one row, below an appeal that came later', async () => {
    const { cases } = await get<{ cases: Case[] }>('/api/v1/ops/cases')
    expect(cases).toMatchObject([
      { accountId: honest.accountId, cause: 'appealed', acts: 1 },
      { accountId: loud.accountId, cause: 'clock_implausible', acts: MANY },
    ])
  })

  it('the page of single acts, as it was before, shows the appeal first as well', async () => {
    const { reviews } = await get<{ reviews: { activityId: string; appeal?: string }[] }>(
      '/api/v1/ops/reviews',
    )
    expect(reviews[0]).toMatchObject({ activityId: appealed, appeal: '当时在山里' })
    expect(reviews).toHaveLength(100)
  })

  it('the acts of a case are paged, each once and with what it claims', async () => {
    const seen = new Set<string>()
    for (let next: string | undefined = ''; next !== undefined; ) {
      const path = `/api/v1/ops/cases/${loud.accountId}/clock_implausible${next ? `?after=${next}` : ''}`
      const page: { acts: { activityId: string; detail: object }[]; next?: string } = await get(path)
      for (const { activityId, detail } of page.acts) {
        expect(detail).toHaveProperty('assessment')
        seen.add(activityId)
      }
      next = page.next
    }
    expect(seen.size).toBe(MANY)
  })

  it('pages go on where the last one ended, over as many cases as there are', async () => {
    for (let i = 0; i < 55; i++) {
      const of = { accountId: uuidFrom(backend.random), activityId: uuidFrom(backend.random) }
      await openReview(backend.db, {
        ...of,
        cause: i % 2 ? 'shared_device' : 'appealed',
        at: backend.now() + (i % 3),
      })
    }
    const first = await get<{ cases: Case[]; next: string }>('/api/v1/ops/cases')
    const second = await get<{ cases: Case[]; next?: string }>(`/api/v1/ops/cases?after=${first.next}`)
    expect(second.next).toBeUndefined()
    const all = [...first.cases, ...second.cases].map(({ accountId, cause }) => `${accountId} ${cause}`)
    expect(new Set(all).size).toBe(57)
    expect(all).toHaveLength(57)
    for (const after of ['nonsense', Buffer.from('[1]').toString('base64url')])
      expect(
        (
          await call(backend, {
            method: 'GET',
            path: `/api/v1/ops/cases?after=${after}`,
            headers: await deskHeaders(backend),
          })
        ).status,
      ).toBe(400)
  })

  it('the state holds the newest of them only', async () => {
    expect((await stateOf(loud)).idle).toHaveLength(IDLE_ACTS_MAX)
    expect(Object.values((await stateOf(loud)).days).flat()).toHaveLength(IDLE_ACTS_MAX)
  })

  it('takes no verdict whose words no screen shows', async () => {
    const path = `/api/v1/ops/cases/${loud.accountId}/clock_implausible`
    for (const note of ['时钟\u000b', '半个字\ud83d', ' '])
      expect((await post(path, { decision: 'grant', note })).status).toBe(400)
  })

  it('one verdict decides a whole case, within the limits of the day', async () => {
    const response = await post(`/api/v1/ops/cases/${loud.accountId}/clock_implausible`, {
      decision: 'grant',
      note: '时钟的问题',
    })
    expect(await response.json()).toEqual({ decided: MANY, left: 0 })
    expect(await balancesOf(backend, loud)).toMatchObject({ available: 216 }) // three clean plates a day
    expect(
      (await post(`/api/v1/ops/cases/${loud.accountId}/clock_implausible`, { decision: 'grant' })).status,
    ).toBe(404)
    const { cases } = await get<{ cases: Case[] }>('/api/v1/ops/cases')
    expect(cases.some(({ accountId }) => accountId === loud.accountId)).toBe(false)
    expect((await stateOf(loud)).lots).toEqual([{ month: '2026-11', available: 216 }])
  })

  it('a granted act that the state had let go can be taken back', async () => {
    const granted = (await recordsOf(loud)).find(
      ({ body, detail }) => body.kind === 'review.decide' && (detail.assessment?.points ?? 0) > 0,
    )
    expect(granted?.detail.act).toMatchObject({ id: granted?.detail.about, code: 'clean-plate' })
    await loud.sync([withdraw(backend, granted?.detail.about as ActivityId)])
    expect(await balancesOf(backend, loud)).toMatchObject({ available: 144 })
  })

  it('an act that the state has let go is appealed by its record, once, and withdrawn once', async () => {
    const me = await signIn(backend)
    const old = Array.from({ length: IDLE_ACTS_MAX + 10 }, () =>
      cleanPlate(backend, { startedAt: backend.now() - 50 * DAY_MS }),
    )
    const [first, second, third] = old.map(({ id }) => id) as [ActivityId, ActivityId, ActivityId]
    // Also of one that was recorded and let go in the same batch.
    const inOne = appeal(backend, first)
    expect((await me.sync([...old, inOne])).receipts.at(-1)).toMatchObject({ outcome: 'review' })
    const asked = [
      appeal(backend, second),
      appeal(backend, second),
      withdraw(backend, third),
      withdraw(backend, third),
    ]
    await me.sync(asked)
    const again = [appeal(backend, first), appeal(backend, second), withdraw(backend, third)]
    await me.sync(again)
    const records = await recordsOf(me)
    expect(asked.map(({ id }) => reasonsOf(records, id)[0])).toEqual([
      'appealed',
      'appeal_exists',
      undefined,
      'activity_withdrawn',
    ])
    expect(again.map(({ id }) => reasonsOf(records, id)[0])).toEqual([
      'appeal_exists',
      'appeal_exists',
      'activity_withdrawn',
    ])
    const { cases } = await get<{ cases: Case[] }>('/api/v1/ops/cases')
    expect(cases.find(({ accountId }) => accountId === me.accountId)).toMatchObject({
      cause: 'appealed',
      acts: 2,
    })
    await post(`/api/v1/ops/cases/${me.accountId}/appealed`, { decision: 'grant' })
    await post(`/api/v1/ops/reviews/${me.accountId}/${first}`, { decision: 'grant', points: 10 })
    backend.now.advance(61 * DAY_MS)
    const tooLate = appeal(backend, old[3]?.id as ActivityId)
    await me.sync([tooLate])
    expect(reasonsOf(await recordsOf(me), tooLate.id)).toEqual(['activity_unknown'])
  })

  it('is closed to others', async () => {
    for (const path of ['/api/v1/ops/cases', `/api/v1/ops/cases/${loud.accountId}/appealed`])
      expect((await call(backend, { method: 'GET', path })).status).toBe(401)
  })
})
