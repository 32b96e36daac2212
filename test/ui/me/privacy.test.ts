import { afterEach, expect, test } from 'vitest'
import PrivacyView from '../../../src/views/me/PrivacyView.vue'
import { openWorld, problem, type World } from './world.ts'

let world: World
afterEach(() => world.close())

const dialog = () => world.page.get('dialog[open]')
const press = (words: string) =>
  world.page
    .findAll('button')
    .find((button) => button.text() === words)
    ?.trigger('click')

test('a ledger with records that are nowhere else goes only after typing', async () => {
  world = await openWorld(PrivacyView, { records: 2 })
  await world.settle(() => world.page.text().includes('还有 2 条没有上传'))
  await press('丢弃并移除')
  await world.settle(() => world.page.find('dialog[open] input').exists())
  const confirm = dialog().get<HTMLButtonElement>('button[type="submit"]')
  expect(confirm.element.disabled).toBe(true)
  await dialog().get('form').trigger('submit')
  expect(world.device.profiles).toHaveLength(1)
  await dialog().get('input').setValue('丢弃')
  expect(confirm.element.disabled).toBe(false)
  await dialog().get('form').trigger('submit')
  await world.settle(() => world.router.currentRoute.value.path === '/welcome')
  expect(world.device.profiles).toHaveLength(0)
  const left = await world.storage.databases()
  expect(left.map(({ name }) => name).filter((name) => name?.includes('ledger'))).toEqual([])
})

test('what waits is named, and a ledger without anything that waits goes at one tap', async () => {
  world = await openWorld(PrivacyView, { records: 1 })
  await world.settle(() => world.page.text().includes('1 条减碳记录'))
  expect(world.page.text()).not.toContain('张照片没有')
  await world.device.db?.outbox.clear()
  await world.settle(() => !world.page.text().includes('没有上传'))
  await press('移除')
  await world.settle(() => world.device.profiles.length === 0)
})

test('all that leaves the phone is told, photos and words to the city too', async () => {
  world = await openWorld(PrivacyView, {})
  const told = world.page.text()
  for (const words of ['你选的那张照片', '你写的话', '签到码', '申请复核时写的理由', '网络地址'])
    expect(told).toContain(words)
})

async function askToDelete(): Promise<void> {
  await press('注销账户')
  await world.settle(() => world.page.find('dialog[open] input').exists())
  await dialog().get('input').setValue('注销')
  await dialog().get('form').trigger('submit')
}

test('a deletion whose answer was lost is not said to have come to nothing; once the backend says that the account is gone, so does the page', async () => {
  let isGone = false
  world = await openWorld(PrivacyView, {
    isAccount: true,
    exchange: async (tell) => tell(isGone ? { phase: 'deleted' } : { phase: 'idle' }),
    api: {
      async deleteAccount() {
        isGone = true
        return problem('offline')()
      },
    },
  })
  await askToDelete()
  await world.settle(() => world.page.text().includes('账户已注销'))
  expect(world.page.text()).not.toContain('什么也没有删')
})

test('a deletion that nobody answers may have happened, and the page says that it does not know', async () => {
  world = await openWorld(PrivacyView, { isAccount: true, exchange: async () => undefined })
  await askToDelete()
  await world.settle(() => world.page.find('dialog[open] [role="alert"]').exists())
  expect(dialog().text()).toContain('不知道注销成了没有')
  expect(dialog().text()).not.toContain('什么也没有删')
})

test('a deletion asked for without any network has not left the phone, and the page says that nothing was deleted', async () => {
  world = await openWorld(PrivacyView, { isAccount: true, exchange: async () => undefined })
  window.dispatchEvent(new Event('offline'))
  await askToDelete()
  await world.settle(() => world.page.find('dialog[open] [role="alert"]').exists())
  expect(dialog().text()).toContain('什么也没有删')
  window.dispatchEvent(new Event('online'))
})

test('an account that could not be deleted is still there, and the page says so', async () => {
  world = await openWorld(PrivacyView, {
    isAccount: true,
    api: { deleteAccount: problem('too_many_requests') },
  })
  await askToDelete()
  await world.settle(() => world.page.find('dialog[open] [role="alert"]').exists())
  expect(dialog().text()).toContain('没有注销，什么也没有删')
  expect(world.device.current?.kind).toBe('account')
})

test('the receipt outlives the ledger that it is about', async () => {
  world = await openWorld(PrivacyView, {
    isAccount: true,
    api: { deleteAccount: async () => 'header.payload.signature' },
  })
  await press('注销账户')
  await world.settle(() => world.page.find('dialog[open] input').exists())
  await dialog().get('input').setValue('注销')
  await dialog().get('form').trigger('submit')
  await world.settle(() => world.page.text().includes('账户已注销'))
  await world.settle(() => world.device.current === undefined)
  expect(world.page.text()).toContain('注销回执')
  // Signed by a key that this phone never saw: said, not hidden.
  expect(world.page.text()).toContain('认不出签名的密钥')
})
