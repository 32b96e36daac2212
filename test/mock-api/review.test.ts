/** The review desk: who may sit at it, and what a verdict posts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import type { ActivityId } from '../../src/domain/base/ids.ts'
import { DAY_MS } from '../../src/domain/base/time.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { type Client, call, signIn } from '../support/client.ts'
import { appeal, cleanPlate, withdraw } from '../support/commands.ts'
import { ENGINES } from '../support/database.ts'
import { deskHeaders, operatorWith } from '../support/operator.ts'
import { balancesOf, recordsOf } from '../support/shop.ts'

describe.each(ENGINES)('reviews on %s', (engine) => {
  let backend: Backend
  beforeAll(async () => {
    backend = await startBackend({ db: engine })
  })
  afterAll(async () => {
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    await backend.close()
  })

  const pending = async () => {
    const response = await call(backend, {
      method: 'GET',
      path: '/api/v1/ops/reviews',
      headers: await deskHeaders(backend),
    })
    return (
      (await response.json()) as { reviews: { accountId: string; activityId: string; appeal?: string }[] }
    ).reviews
  }
  const decide = async (me: Client, activityId: string, body: unknown) =>
    call(backend, {
      method: 'POST',
      path: `/api/v1/ops/reviews/${me.accountId}/${activityId}`,
      headers: await deskHeaders(backend),
      body,
    })

  /** A phone some days behind: its claims are looked at. */
  const reviewed = async (days = 3) => {
    const me = await signIn(backend)
    const skew = -days * DAY_MS
    const at = backend.now() + skew
    const command = { ...cleanPlate(backend, { startedAt: at }), at }
    await me.sync([command], { sentAt: backend.now() + skew })
    return { me, id: command.id }
  }

  it('grants what the first assessment came to', async () => {
    const { me, id } = await reviewed()
    expect(await balancesOf(backend, me)).toMatchObject({ available: 0 })
    expect(await pending()).toContainEqual(
      expect.objectContaining({ accountId: me.accountId, activityId: id }),
    )
    const response = await decide(me, id, { decision: 'grant', note: '看过了' })
    expect(await response.json()).toEqual({ outcome: 'accepted', rewardGrams: 72, points: 72 })
    expect(await balancesOf(backend, me)).toMatchObject({ available: 72 })
    const last = (await recordsOf(me)).at(-1)
    expect(last?.body).toMatchObject({ kind: 'review.decide', outcome: 'accepted' })
    expect(last?.detail).toMatchObject({
      about: id,
      note: '看过了',
      assessment: { verdict: 'accepted', points: 72 },
    })
    expect((await decide(me, id, { decision: 'grant' })).status).toBe(404)
  })

  it('grants also what the ledger has forgotten, for a clock that was a year off', async () => {
    const { me, id } = await reviewed(400)
    expect(await (await decide(me, id, { decision: 'grant' })).json()).toMatchObject({ points: 72 })
    expect(await balancesOf(backend, me)).toMatchObject({ available: 72 })
  })

  it('gives a track to the act that was granted on appeal, and to no other account after it', async () => {
    const startedAt = backend.now() - 5 * DAY_MS
    const ride = (metres: number) =>
      cleanPlate(backend, {
        code: 'bike',
        startedAt,
        endedAt: startedAt + 1_800_000,
        quantity: { value: metres, unit: 'metre' },
        evidence: {
          trust: 'import',
          digest: 'c0'.repeat(32),
          points: 900,
          movingSeconds: 1700,
          maxSpeedMetresPerHour: 24_000,
        },
      })
    const [owner, other] = [await signIn(backend), await signIn(backend)]
    const tooFast = ride(20_000)
    await owner.sync([tooFast])
    await owner.sync([appeal(backend, tooFast.id)])
    expect((await decide(owner, tooFast.id, { decision: 'grant', rewardGrams: 300, points: 300 })).ok).toBe(
      true,
    )
    const page = await other.sync([ride(8000)])
    expect(page.records.at(-1)?.detail).toContain('duplicate_track')
  })

  it('declines without taking anything back', async () => {
    const { me, id } = await reviewed()
    expect(await (await decide(me, id, { decision: 'decline' })).json()).toMatchObject({
      outcome: 'rejected',
      points: 0,
    })
    expect(await balancesOf(backend, me)).toMatchObject({ available: 0 })
  })

  it('hears an appeal with its words, and posts the difference', async () => {
    const me = await signIn(backend)
    const command = cleanPlate(backend, { quantity: { value: 9, unit: 'count' } })
    const page = await me.sync([command])
    expect(page.receipts[0]?.outcome).toBe('adjusted')
    await me.sync([appeal(backend, command.id as ActivityId, '真的吃完了')])
    const row = (await pending()).find(({ activityId }) => activityId === command.id)
    expect(row?.appeal).toBe('真的吃完了')
    await decide(me, command.id, { decision: 'grant', rewardGrams: 300, points: 300 })
    expect(await balancesOf(backend, me)).toMatchObject({ available: 300 })
  })

  it('forgets a review when the activity is withdrawn', async () => {
    const { me, id } = await reviewed()
    await me.sync([withdraw(backend, id as ActivityId)])
    expect((await decide(me, id, { decision: 'grant' })).status).toBe(404)
    expect((await pending()).some(({ activityId }) => activityId === id)).toBe(false)
  })

  it('lets one of two operators decide', async () => {
    const { me, id } = await reviewed()
    const answers = await Promise.all([
      decide(me, id, { decision: 'grant' }),
      decide(me, id, { decision: 'decline' }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404])
  })

  it('is closed to whoever is not signed in at the desk, or is there for something else', async () => {
    const path = '/api/v1/ops/reviews'
    expect((await call(backend, { method: 'GET', path })).status).toBe(401)
    expect((await (await operatorWith(backend, ['catalog'])).call('GET', '/reviews')).status).toBe(403)
    const { me, id } = await reviewed()
    for (const body of [
      {},
      { decision: 'maybe' },
      { decision: 'grant', points: -1 },
      { decision: 'grant', points: 1e9 },
    ])
      expect((await decide(me, id, body)).status).toBe(400)
    expect((await decide(me, 'nonsense', { decision: 'grant' })).status).toBe(404)
  })

  it('opens an appeal whose words no column can hold', async () => {
    const me = await signIn(backend)
    const command = cleanPlate(backend, { quantity: { value: 9, unit: 'count' } })
    await me.sync([command])
    const page = await me.sync([appeal(backend, command.id, 'a\u0000b')])
    expect(page.receipts[0]?.outcome).toBe('review')
    expect(await pending()).toContainEqual(expect.objectContaining({ activityId: command.id, appeal: 'ab' }))
  })
})
