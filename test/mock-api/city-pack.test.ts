/** A city's own pack on the backend: it decides for accounts of that city from its day on, reviews stay with what decided, and who moves takes the rules of the new city. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import type { RecordDetail } from '../../src/domain/ledger/record.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { claim, trackedRide } from '../support/builders.ts'
import { PACKS_WITH_WEIFANG, WEIFANG_DAY } from '../support/city-pack.ts'
import { type Client, call, type SignInOptions, signIn } from '../support/client.ts'
import { newCommandId } from '../support/commands.ts'
import { deskHeaders } from '../support/operator.ts'
import { recordsOf } from '../support/shop.ts'

let backend: Backend
beforeAll(async () => {
  backend = await startBackend({
    now: WEIFANG_DAY - 12 * HOUR_MS,
    packs: PACKS_WITH_WEIFANG,
  })
})
afterAll(async () => {
  expect(await audit(backend.db)).not.toHaveProperty('fault')
  await backend.close()
})

let rides = 0
const ride = () => {
  const at = backend.now()
  const body = trackedRide(at - ++rides * HOUR_MS)
  return { id: newCommandId(backend), kind: 'activity.record' as const, at, body }
}
const livesIn = (city: SignInOptions['city']) => signIn(backend, { city, wire: 2 } as SignInOptions)
const lastOf = async (me: Client): Promise<RecordDetail | undefined> => (await recordsOf(me)).at(-1)?.detail
const assessmentOf = async (me: Client) => (await lastOf(me))?.assessment
const move = (me: Client, city: string) => me.call('PUT', `/api/v1/accounts/${me.accountId}/city`, { city })
const get = async (path: string) => {
  const response = await call(backend, { method: 'GET', path: `/api/v1${path}` })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

it('an act is decided by the pack of the account’s city at the time of posting', async () => {
  const [weifang, jinan] = [await livesIn('weifang'), await livesIn('jinan')]
  for (const me of [weifang, jinan]) {
    await me.sync([ride()])
    expect(await assessmentOf(me)).toMatchObject({ packId: 'sd-demo', packVersion: 3, rewardGrams: 356 })
  }
  const late = ride()
  backend.now.set(WEIFANG_DAY + HOUR_MS)
  await weifang.sync([late])
  expect(await assessmentOf(weifang)).toMatchObject({
    packId: 'weifang-test',
    packVersion: 1,
    rewardGrams: 339,
  })
  await jinan.sync([ride()])
  expect(await assessmentOf(jinan)).toMatchObject({ packId: 'sd-demo', packVersion: 3, rewardGrams: 356 })
})

it('anybody may read which pack is in force in a city, and every pack that ever decided', async () => {
  expect((await get('/packs?city=weifang')).body).toMatchObject({ id: 'weifang-test', city: 'weifang' })
  expect((await get('/packs?city=jinan')).body).toMatchObject({ id: 'sd-demo', version: 3 })
  expect((await get('/packs')).body).toMatchObject({ id: 'sd-demo', version: 3 })
  expect((await get('/packs?city=peking')).status).toBe(404)
  expect((await get('/packs/weifang-test/1')).body).toMatchObject({ titleEn: 'Weifang test pack' })
  expect((await get('/packs/weifang-test/2')).status).toBe(404)
})

it('a review is judged by the pack that decided first, also when another is in force by then', async () => {
  backend.now.set(WEIFANG_DAY - HOUR_MS)
  const me = await livesIn('weifang')
  const at = backend.now() - 3 * DAY_MS // a phone whose clock is three days behind is looked at
  const body = claim({ startedAt: at, quantity: { value: 8900, unit: 'metre' } })
  const asked = { id: newCommandId(backend), kind: 'activity.record' as const, at, body }
  await me.sync([asked], { sentAt: at })
  expect(await assessmentOf(me)).toMatchObject({ verdict: 'review', packId: 'sd-demo' })
  backend.now.set(WEIFANG_DAY + HOUR_MS)
  const response = await call(backend, {
    method: 'POST',
    path: `/api/v1/ops/reviews/${me.accountId}/${asked.id}`,
    headers: await deskHeaders(backend),
    body: { decision: 'grant' },
  })
  expect(await response.json()).toMatchObject({ outcome: 'accepted', rewardGrams: 178 })
  expect(await assessmentOf(me)).toMatchObject({ packId: 'sd-demo', packVersion: 3, rewardGrams: 178 })
})

it('who moves is decided by the new city’s rules from then on, and what was decided stays', async () => {
  backend.now.set(WEIFANG_DAY + HOUR_MS)
  const me = await livesIn('jinan')
  await me.sync([ride()])
  expect((await move(me, 'weifang')).status).toBe(204)
  expect((await me.sync([ride()], { wire: 2 })).city).toBe('weifang')
  const packs = (await recordsOf(me)).flatMap(({ detail }) => detail?.assessment?.packId ?? [])
  expect(packs).toEqual(['sd-demo', 'weifang-test'])
  expect((await move(me, 'peking')).status).toBe(400)
  expect(
    (
      await call(backend, {
        method: 'PUT',
        path: `/api/v1/accounts/${me.accountId}/city`,
        body: { city: 'zibo' },
      })
    ).status,
  ).toBe(401)
  expect((await me.sync([], { wire: 2 })).city).toBe('weifang')
  expect(await me.sync([])).not.toHaveProperty('city') // a build of before reads answers to the letter
})
