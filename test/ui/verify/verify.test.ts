/** What was found of a certificate stands beside the very text that was looked at, and by the keys that the phone has by now. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { defineComponent, h } from 'vue'
import type { CheckAnswer } from '../../../src/contract/report.ts'
import type { BackendApi } from '../../../src/sync/backend-api.ts'
import { language } from '../../../src/text/language.ts'
import TokenTest from '../../../src/views/providers/TokenTest.vue'
import VerifyView from '../../../src/views/verify/VerifyView.vue'
import { AUDIENCE, makeProvider, signReport } from '../../support/provider-keys.ts'
import { openWorld, problem, type World } from '../me/world.ts'

let world: World
beforeEach(() => {
  language.value = 'zh-CN'
})
afterEach(() => world.close())

const IAT = Date.UTC(2026, 10, 29, 4)
const text = () => world.page.text()
const type = (typed: string) => world.page.get('textarea').setValue(typed)
const check = () => world.page.get('form').trigger('submit')

async function certificate() {
  const office = await makeProvider('planting')
  const body = {
    ...{ reference: 'grove-7/3', code: 'tree', city: 'qingdao', startedAt: IAT / 1000 - 3600 },
    quantity: { value: 2, unit: 'count' },
  }
  const report = { jti: 'tree-1', iat: IAT, handle: 'b'.repeat(32), event: 'act-reported', body } as const
  return { office, token: await signReport(office, report) }
}

test('a verdict goes when another text is pasted over the one that it was of', async () => {
  world = await openWorld(VerifyView, { path: '/verify' })
  await type('no certificate at all')
  await check()
  await world.settle(() => text().includes('这不是凭证'))
  await type('another one')
  expect(text()).not.toContain('这不是凭证')
})

test('a signer who was unknown is known once the keys have come', async () => {
  const { office, token } = await certificate()
  let arrive = () => {}
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  const feed = (async (name: string) => {
    if (name !== 'providers') return problem('offline')()
    await arrived
    const provider = { id: 'planting', nameZh: '植树办', nameEn: 'P', keys: [office.key] }
    return { value: { providers: [provider], audience: AUDIENCE }, etag: 'x' }
  }) as unknown as BackendApi['feed']
  world = await openWorld(VerifyView, { path: '/verify', api: { feed } })
  await type(token)
  await check()
  await world.settle(() => text().includes('不认识签名的人'))
  arrive()
  await world.settle(() => text().includes('植树办'))
  expect(text()).not.toContain('不认识签名的人')
})

test('what a report’s checks said is not said of another report', async () => {
  const answer = { event: 'act-reported', jti: 'r-1' } as unknown as CheckAnswer
  const provider = { id: 'planting' } as never
  const Token = defineComponent(() => () => h(TokenTest, { provider }))
  world = await openWorld(Token, { api: { checkReport: async () => answer } })
  await type('one')
  await check()
  await world.settle(() => text().includes('r-1'))
  await type('another')
  expect(text()).not.toContain('r-1')
})
