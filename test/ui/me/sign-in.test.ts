import { afterEach, expect, test } from 'vitest'
import { useToast } from '../../../src/composables/useToast.ts'
import SignInView from '../../../src/views/me/SignInView.vue'
import { now, openWorld, problem, type World } from './world.ts'

const ACCOUNT = '0a1b2c3d-0000-4000-8000-000000000001'
let world: World
afterEach(() => world.close())

const sent = async () => ({ expiresAt: now() + 300_000, resendAt: now() + 60_000 })
const field = () => world.page.get<HTMLInputElement>('input')

async function toCodeStep(): Promise<void> {
  await field().setValue('＋８６ １３８－００１３－８００１')
  await world.page.get('form').trigger('submit')
  await world.settle(() => world.page.find('input[autocomplete="one-time-code"]').exists())
}

test('what is no phone number is said at the field, and nothing is sent', async () => {
  world = await openWorld(SignInView, { api: { requestCode: sent } })
  await field().setValue('12345')
  await world.page.get('form').trigger('submit')
  const note = world.page.get(`#${field().attributes('aria-describedby')}`)
  expect(note.text()).toContain('11 位')
  expect(field().attributes('aria-invalid')).toBe('true')
})

test('where the server does not answer the problem is told and the number stays', async () => {
  world = await openWorld(SignInView)
  await field().setValue('13800138001')
  await world.page.get('form').trigger('submit')
  await world.settle(() => world.page.find('[role="alert"]').exists())
  const told = world.page.get('[role="alert"]').text()
  expect(told).toContain('服务器没有回应')
  // Nothing asks for a code by itself.
  expect(told).toContain('再点一次')
  expect(told).not.toContain('自动')
  expect(field().element.value).toBe('13800138001')
})

test('a wrong code is said at the field, and what was typed is still there', async () => {
  world = await openWorld(SignInView, { api: { requestCode: sent, signIn: problem('code_wrong') } })
  await toCodeStep()
  await field().setValue('１２３４５６')
  await world.page.get('form').trigger('submit')
  await world.settle(() => field().attributes('aria-invalid') === 'true')
  expect(world.page.get(`#${field().attributes('aria-describedby')}`).text()).toContain('验证码不对')
  expect(field().element.value).toBe('１２３４５６')
})

test('a code that was sent before a reload can still be filled in', async () => {
  world = await openWorld(SignInView, { api: { requestCode: problem('too_many_requests', 40_000) } })
  await toCodeStep()
  expect(world.page.text()).toContain('刚才已经发过一条')
  expect(world.page.text()).toContain('40 秒')
})

test('the simulated gateway fills in the code; the guest’s records come along; the page that asked comes back', async () => {
  let asked: unknown
  world = await openWorld(SignInView, {
    path: '/me/sign-in?from=/rewards',
    records: 3,
    api: {
      requestCode: sent,
      demoSms: async (phone) => ({ phone, text: '验证码 444345', code: '444345', sentAt: now() }),
      signIn: async (request) => {
        asked = request
        return {
          accountId: ACCOUNT,
          isNew: true,
          kind: 'citizen',
          city: 'weifang',
          phoneMasked: '138****8001',
          lastSeq: 0,
        }
      },
    },
  })
  await toCodeStep()
  await world.settle(() => world.page.find('.sms').exists())
  expect(world.page.get('.sms').text()).toContain('示例')
  await world.page.get('.sms button').trigger('click')
  await world.page.get('form').trigger('submit')
  await world.settle(() => world.router.currentRoute.value.path === '/rewards')
  expect(asked).toMatchObject({ phone: '13800138001', code: '444345', city: 'weifang' })
  expect(useToast().current.value?.text).toContain('3 条记录已并入账户')
  await world.settle(() => world.device.current?.ledgerId === ACCOUNT)
})

test('a way back that leads out of the app is not followed', async () => {
  world = await openWorld(SignInView, {
    path: '/me/sign-in?from=//elsewhere.example',
    api: {
      requestCode: sent,
      signIn: async () => ({
        accountId: ACCOUNT,
        isNew: false,
        kind: 'citizen',
        city: 'weifang',
        phoneMasked: '138****8001',
        lastSeq: 0,
      }),
    },
  })
  await toCodeStep()
  await field().setValue('444345')
  await world.page.get('form').trigger('submit')
  await world.settle(() => world.router.currentRoute.value.path === '/')
})
