/** A new version is ready while somebody fills in a form: what is kept comes along, what cannot be is asked about first. */
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import UpdatePrompt from '../../src/components/app/UpdatePrompt.vue'
import { type Filled, tellFilled } from '../../src/composables/half-filled.ts'

function prompt() {
  const wrapper = mount(UpdatePrompt, { props: { visible: true } })
  const press = (words: string) =>
    wrapper
      .findAll('button')
      .find((each) => each.text() === words)
      ?.trigger('click')
  return { wrapper, press, accepted: () => wrapper.emitted('accept')?.length ?? 0 }
}

test('nothing or only what is kept is half filled: it goes on at once, and says that it comes along', async () => {
  const scope = effectScope()
  const state = ref<Filled>('empty')
  scope.run(() => tellFilled(() => state.value))
  const { wrapper, press, accepted } = prompt()
  expect(wrapper.text()).not.toContain('填了一半的会留着')
  state.value = 'kept'
  await nextTick()
  expect(wrapper.text()).toContain('填了一半的会留着')
  await press('现在更新')
  expect(accepted()).toBe(1)
  scope.stop()
})

test('what cannot be kept is asked about, and the form may be finished first', async () => {
  const scope = effectScope()
  scope.run(() => tellFilled(() => 'lost'))
  const { wrapper, press, accepted } = prompt()
  await press('现在更新')
  expect(accepted()).toBe(0)
  expect(wrapper.text()).toContain('更新后要重填')
  await press('先填完')
  expect([accepted(), wrapper.emitted('later')]).toEqual([0, undefined])
  await press('现在更新')
  await press('照样更新')
  expect(accepted()).toBe(1)
  scope.stop()
})

test('a page that records a trip is not loaded anew, in whichever tab that is asked', async () => {
  localStorage.setItem('gt-trip', 'ledger')
  const { wrapper, press, accepted } = prompt()
  await press('现在更新')
  expect(accepted()).toBe(0)
  expect(wrapper.text()).toContain('正在记录行程，结束以后再更新')
  localStorage.removeItem('gt-trip')
  await press('现在更新')
  expect(accepted()).toBe(1)
})
