/** Inviting somebody, and the dialog that asks for the passkey: what is missing is said, what was typed stays, a no does nothing. */
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Component } from 'vue'
import { createDesk, type Desk, deskKey } from '../../../src/ops/desk.ts'
import InviteForm from '../../../src/ops/pages/people/InviteForm.vue'
import StepUpDialog from '../../../src/ops/shell/StepUpDialog.vue'
import { language } from '../../../src/text/language.ts'

let asked: { path: string; body: unknown }[]
let answers: Response[]
let desk: Desk
let view: ReturnType<typeof mount> | undefined

beforeEach(() => {
  language.value = 'zh-CN'
  asked = []
  answers = []
  let ids = 0
  desk = createDesk({
    newId: () => `id ${++ids}`,
    reach: async (path, { body }) => {
      asked.push({ path, body: body ? JSON.parse(String(body)) : undefined })
      const next = answers.shift()
      if (!next) throw new TypeError('no network')
      return next
    },
  })
})
afterEach(() => {
  view?.unmount()
  sessionStorage.clear()
})

function draw(component: Component, props: Record<string, unknown> = {}) {
  view = mount(component, {
    props,
    global: { provide: { [deskKey as symbol]: desk } },
    attachTo: document.body,
  })
  return view
}

const problem = (code: string, status: number) =>
  new Response(JSON.stringify({ type: 'x', title: 'x', status, code }), { status })

it('asks for a name and a role before anything is sent', async () => {
  const form = draw(InviteForm)
  await form.find('form').trigger('submit')
  await flushPromises()
  expect(form.text()).toContain('填上姓名')
  await form.find('input').setValue('李四')
  await form.find('form').trigger('submit')
  await flushPromises()
  expect(form.text()).toContain('至少选一个角色')
  expect(asked).toEqual([])
})

it('keeps what was typed when the network is gone and the page with it, and shows the link once it is made', async () => {
  const form = draw(InviteForm)
  await form.find('input').setValue('李四')
  await form.findAll('select')[1]?.setValue('zibo')
  await form.find('form').trigger('submit')
  await flushPromises()
  expect(form.text()).toContain('没有连上网络')
  form.unmount()
  const again = draw(InviteForm)
  expect(again.find('input').element.value).toBe('李四')
  answers.push(new Response('{"code":"a-code","expiresAt":1}'))
  await again.find('form').trigger('submit')
  await flushPromises()
  expect(asked.at(-1)).toEqual({
    path: '/api/v1/ops/people',
    body: { name: '李四', roles: [{ role: 'catalog', city: 'zibo' }] },
  })
  expect(again.find('code').text()).toContain('/ops/enrol#a-code')
  expect(again.find('input').element.value).toBe('')
})

it('is asked for the passkey by the request itself, and closing the dialog is a no', async () => {
  const dialog = draw(StepUpDialog, { isSample: false })
  answers.push(problem('step_up_needed', 403))
  const sent = desk.api.send('POST', '/people', {}).catch((error: { code: string }) => error.code)
  await flushPromises()
  expect(dialog.find('dialog').element.open).toBe(true)
  dialog.find('dialog').element.close()
  await flushPromises()
  expect(await sent).toBe('step_up_needed')
  expect(asked).toHaveLength(1)
})

it('a session that ends while the passkey is asked for is a no to what waits for it', async () => {
  const dialog = draw(StepUpDialog, { isSample: true })
  answers.push(problem('step_up_needed', 403), problem('not_signed_in', 401))
  const sent = desk.api.send('POST', '/people', {}).catch((error: { code: string }) => error.code)
  await flushPromises()
  await dialog.find('.btn-main').trigger('click')
  expect(await sent).toBe('step_up_needed')
  expect([desk.asking.value, asked.length]).toEqual([undefined, 2])
})

it('goes on with the request once a sample person has confirmed', async () => {
  const dialog = draw(StepUpDialog, { isSample: true })
  answers.push(
    problem('step_up_needed', 403),
    new Response(null, { status: 204 }),
    new Response(null, { status: 204 }),
  )
  const sent = desk.api.send('POST', '/people', {})
  await flushPromises()
  await dialog.find('.btn-main').trigger('click')
  await flushPromises()
  await sent
  expect(asked.map(({ path }) => path)).toEqual([
    '/api/v1/ops/people',
    '/api/v1/ops/session/sample',
    '/api/v1/ops/people',
  ])
  expect(dialog.find('dialog').element.open).toBe(false)
})
