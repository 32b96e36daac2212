/** A trip that was counted is found again among all acts; what does not stand any more is no original, and what is deleted is gone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEVICE_TRACKS_A_DAY_MAX } from '../../mock-api/base/limits.ts'
import { audit } from '../../mock-api/book/audit.ts'
import { sweepBands } from '../../mock-api/verify/replays.ts'
import type { ActivityId } from '../../src/domain/base/ids.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/base/time.ts'
import type { TrackMotion } from '../../src/domain/evidence/track-motion.ts'
import type { CommandOf } from '../../src/domain/ledger/command.ts'
import type { RecordDetail } from '../../src/domain/ledger/record.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { type Client, call, signIn } from '../support/client.ts'
import { appeal, cleanPlate, withdraw } from '../support/commands.ts'
import { ENGINES } from '../support/database.ts'
import { deskHeaders } from '../support/operator.ts'

describe.each(ENGINES)('a trip that was counted, on %s', (engine) => {
  let backend: Backend
  let trips = 0
  beforeAll(async () => {
    backend = await startBackend({
      db: engine,
      samples: false,
      now: Date.parse('2026-12-20T20:00:00+08:00'),
    })
  })
  afterAll(async () => {
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    await backend.close()
  })

  const freshMotion = (): TrackMotion => {
    trips++
    return {
      reachMetres: 3400,
      strideMetres: 270,
      hopsPerMille: 0,
      surges: 0,
      strayDecimetres: 800,
      roundPerMille: 0,
      repeatsPerMille: 0,
      landmarks: Array.from({ length: 36 }, (_, i) =>
        (2 * (trips * 100 + i)).toString(16).padStart(6, '0'),
      ).join(''),
    }
  }

  /** So many days ago; each a track of its own. */
  function ride(motion: TrackMotion, daysAgo: number, metres = 8000): CommandOf<'activity.record'> {
    const startedAt = backend.now() - daysAgo * DAY_MS - 3 * HOUR_MS
    const digest = (++trips).toString(16).padStart(64, '0')
    return cleanPlate(backend, {
      code: 'bike',
      startedAt,
      endedAt: startedAt + 30 * MINUTE_MS,
      quantity: { value: metres, unit: 'metre' },
      evidence: {
        trust: 'import',
        digest,
        points: 900,
        movingSeconds: 1700,
        maxSpeedMetresPerHour: 24_000,
        motion,
      },
    })
  }

  async function sent(me: Client, ...acts: CommandOf<'activity.record'>[]): Promise<string[]> {
    const { records, receipts } = await me.sync(acts)
    return acts.map(({ id }) => {
      const record = records.find(({ body }) => (JSON.parse(body) as { id: string }).id === id)
      const { reasons = [] } = JSON.parse(record?.detail ?? '{}') as RecordDetail
      return reasons[0]?.code ?? receipts.find((each) => each.id === id)?.outcome ?? ''
    })
  }

  const bandsOf = async (me: Client) =>
    (await backend.db.query('select band_key from track_bands where account_id = $1', [me.accountId])).length

  it('counts no second time, on this account or another, in one batch or later', async () => {
    const [me, other] = [await signIn(backend), await signIn(backend)]
    const motion = freshMotion()
    expect(await sent(me, ride(motion, 5), ride(motion, 6))).toEqual(['accepted', 'track_replayed'])
    expect(await sent(me, ride(motion, 7))).toEqual(['track_replayed'])
    expect(await sent(other, ride(motion, 8))).toEqual(['track_replayed'])
    expect(await bandsOf(other)).toBe(0)
  })

  it('counts no second time with another clock, on this account or another', async () => {
    const [me, other] = [await signIn(backend), await signIn(backend)]
    const at = (from: number, span: string) =>
      Array.from({ length: 40 }, (_, i) => (2 * (from + i)).toString(16).padStart(5, '0') + span).join('')
    const first = { ...freshMotion(), tempo: at(500, '50') }
    expect(await sent(me, ride(first, 5))).toEqual(['accepted'])
    expect(await bandsOf(me)).toBe(48)
    const slower = () => ({ ...freshMotion(), tempo: at(510, '55') })
    expect(await sent(me, ride(slower(), 6))).toEqual(['track_replayed'])
    expect(await sent(other, ride(slower(), 7))).toEqual(['track_replayed'])
    expect(await sent(other, ride({ ...freshMotion(), tempo: at(535, '55') }, 8))).toEqual(['accepted'])
    await me.call('DELETE', `/api/v1/accounts/${me.accountId}`)
    expect(await bandsOf(me)).toBe(0)
    expect(await sent(other, ride(slower(), 9))).toEqual(['accepted'])
  })

  it('counts for a friend who was there', async () => {
    const [me, friend] = [await signIn(backend), await signIn(backend)]
    const motion = freshMotion()
    const beside = {
      ...motion,
      landmarks: motion.landmarks.slice(6 * 12) + freshMotion().landmarks.slice(0, 6 * 12),
    }
    expect(await sent(me, ride(motion, 5))).toEqual(['accepted'])
    expect(await sent(friend, ride(beside, 5))).toEqual(['accepted'])
  })

  it('is no original once it was taken back, or where it never counted', async () => {
    const me = await signIn(backend)
    const [taken, fast] = [freshMotion(), freshMotion()]
    const first = ride(taken, 5)
    await sent(me, first)
    await me.sync([withdraw(backend, first.id as ActivityId)])
    expect(await sent(me, ride(taken, 6))).toEqual(['accepted'])
    expect(await sent(me, ride(fast, 7, 20_000), ride(fast, 8))).toEqual(['too_fast', 'accepted'])
  })

  it('is one after a person has granted it on appeal', async () => {
    const [me, other] = [await signIn(backend), await signIn(backend)]
    const motion = freshMotion()
    const first = ride(motion, 5, 20_000)
    await sent(me, first)
    await me.sync([appeal(backend, first.id as ActivityId)])
    const path = `/api/v1/ops/reviews/${me.accountId}/${first.id}`
    const body = { decision: 'grant', rewardGrams: 300, points: 300 }
    expect(
      (await call(backend, { method: 'POST', path, headers: await deskHeaders(backend), body })).ok,
    ).toBe(true)
    expect(await sent(other, ride(motion, 6))).toEqual(['track_replayed'])
  })

  it('leaves nothing of how somebody moved when the account is deleted', async () => {
    const [me, other] = [await signIn(backend), await signIn(backend)]
    const motion = freshMotion()
    await sent(me, ride(motion, 5), ride(freshMotion(), 9))
    expect(await bandsOf(me)).toBe(48)
    await me.call('DELETE', `/api/v1/accounts/${me.accountId}`)
    expect(await bandsOf(me)).toBe(0)
    expect(await sent(other, ride(motion, 6))).toEqual(['accepted'])
  })

  it('is compared for a year and a month, and then let go', async () => {
    const me = await signIn(backend)
    await sent(me, ride(freshMotion(), 5))
    const past = (days: number) => ({ db: backend.db, now: () => backend.now() + days * DAY_MS })
    await sweepBands(past(394))
    expect(await bandsOf(me)).toBe(24)
    await sweepBands(past(396))
    expect(await bandsOf(me)).toBe(0)
  })

  it('is looked at by a person where one device hands in tracks in heaps, also for several accounts', async () => {
    const deviceId = crypto.randomUUID()
    const accounts = [await signIn(backend, { deviceId }), await signIn(backend, { deviceId })]
    const half = DEVICE_TRACKS_A_DAY_MAX / 2
    for (const me of accounts)
      expect(
        (await sent(me, ...Array.from({ length: half }, (_, i) => ride(freshMotion(), i % 40)))).includes(
          'device_burst',
        ),
      ).toBe(false)
    const third = await signIn(backend, { deviceId })
    expect(await sent(third, ride(freshMotion(), 3))).toEqual(['device_burst'])
  })
})
