/** A merchant of earlier times, bound to a phone: whoever signs in with that number is led to the branches that it managed, and comes in there as their manager. */
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import type { TillRow } from '../../../src/db/till.ts'
import { MINUTE_MS } from '../../../src/domain/base/time.ts'
import type { KeySet } from '../../../src/proof/keys.ts'
import type { TillExchange } from '../../../src/sync/till-exchange.ts'
import { SyncProblem } from '../../../src/sync/transport.ts'
import SignInView from '../../../src/views/me/SignInView.vue'
import TillView from '../../../src/views/till/TillView.vue'
import { TEST_START } from '../../support/clock.ts'
import { BRANCH, Counter } from '../../support/counter.ts'
import { now, openWorld, type World } from '../me/world.ts'

const ACCOUNT = '0a1b2c3d-0000-4000-8000-000000000001'
const CODE = 'MANAGE0001'

let row: TillRow
let keys: KeySet
let world: World
/** Codes by which somebody came in. */
let used: string[]

beforeAll(async () => {
  const counter = await Counter.open()
  row = (await counter.tills.tills.get(BRANCH)) as TillRow
  keys = { keys: [counter.key.key] }
  counter.close()
})
beforeEach(() => {
  now.set(TEST_START)
  used = []
})
afterEach(() => world.close())

const exchange = {
  async join(_keys: unknown, { code }: { code: string }) {
    if (code !== CODE || used.includes(code)) throw new SyncProblem('code_wrong')
    used.push(code)
    return {
      ...{ tillId: 't', role: 'manager', name: '店长', sessionSecret: 's' },
      branch: { accountId: BRANCH, ...row.place },
    }
  },
  demoCode: async () => undefined,
  heldKeys: async () => keys,
  askKeys: async () => keys,
  loop: () => ({ poke: async () => undefined, stop: async () => undefined }),
} as unknown as TillExchange

const text = () => world.page.text().replaceAll('\u00a0', ' ')
const button = (words: string) => world.page.findAll('button').find((each) => each.text().includes(words))

/** With the number, and the code that the gateway sent. */
async function signsIn(manages: readonly string[]): Promise<void> {
  const expiresAt = now() + 10 * MINUTE_MS
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/me/sign-in', component: SignInView },
      { path: '/till/:part?', component: TillView },
      { path: '/:all(.*)*', component: { template: '<p>elsewhere</p>' } },
    ],
  })
  world = await openWorld(RouterView, {
    ...{ path: '/me/sign-in?from=/rewards', router, tillExchange: exchange },
    api: {
      requestCode: async () => ({ expiresAt, resendAt: now() + MINUTE_MS }),
      demoSms: async (phone) => ({ phone, text: '验证码 444345', code: '444345', sentAt: now() }),
      signIn: async () => ({
        ...{
          accountId: ACCOUNT,
          isNew: false,
          kind: 'merchant',
          city: 'jinan',
          phoneMasked: '138****8001',
          lastSeq: 0,
        },
        ...(manages.length === 0
          ? {}
          : { manages: manages.map((nameZh) => ({ code: CODE, expiresAt, nameZh, nameEn: 'Old shop' })) }),
      }),
    },
  })
  await world.page.get('input').setValue('13800138001')
  await world.page.get('form').trigger('submit')
  await world.settle(() => world.page.find('.sms').exists())
  await world.page.get('.sms button').trigger('click')
  await world.page.get('form').trigger('submit')
}

it('is led to the branch that the number managed, and is its manager with one press', async () => {
  await signsIn(['老店'])
  await world.settle(() => text().includes('你管理的门店'))
  expect(world.router.currentRoute.value.path).toBe('/till/join')
  await button('老店')?.trigger('click')
  await world.settle(() => text().includes('一店'))
  expect(used).toEqual([CODE])
  // What only a manager has.
  await world.router.push('/till/tills')
  await world.settle(() => text().includes('店长'))
})

it('is told when its code was used elsewhere meanwhile, and can still type one', async () => {
  await signsIn(['老店'])
  await world.settle(() => text().includes('你管理的门店'))
  used.push(CODE)
  await button('老店')?.trigger('click')
  await world.settle(() => text().includes('这个码不对'))
  expect(world.page.find('form input').exists()).toBe(true)
})

it('a code whose minutes are over is not offered any more', async () => {
  await signsIn(['老店'])
  await world.settle(() => text().includes('你管理的门店'))
  now.advance(11 * MINUTE_MS)
  await world.reload()
  await world.router.push('/till/join')
  await world.settle(() => text().includes('把这台设备设为收银台'))
  expect(text()).not.toContain('你管理的门店')
})

it('somebody whose number managed nothing goes on where they were', async () => {
  await signsIn([])
  await world.settle(() => world.router.currentRoute.value.path === '/rewards')
})
