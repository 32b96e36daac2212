import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, test } from 'vitest'
import { nextTick } from 'vue'
import BaseSheet from '../../../src/components/base/BaseSheet.vue'
import ConfirmTyping from '../../../src/components/base/ConfirmTyping.vue'
import NumberField from '../../../src/components/base/NumberField.vue'
import ProgressBar from '../../../src/components/base/ProgressBar.vue'
import SegmentedControl from '../../../src/components/base/SegmentedControl.vue'
import StateBadge from '../../../src/components/base/StateBadge.vue'
import SwitchRow from '../../../src/components/base/SwitchRow.vue'
import { language } from '../../../src/text/language.ts'

beforeEach(() => {
  language.value = 'zh-CN'
})

describe('NumberField', () => {
  const field = (props: object) =>
    mount(NumberField, {
      props: { label: '里程', of: 'km', unit: 'km', decimals: 2, modelValue: null, ...props },
    })
  const noteOf = (wrapper: ReturnType<typeof field>) =>
    wrapper.get(`[id="${wrapper.get('input').attributes('aria-describedby')}"]`).text()
  const last = (wrapper: ReturnType<typeof field>) => wrapper.emitted('update:modelValue')?.at(-1)

  test('understands full-width digits, keeps them as they were typed, and says how they are taken', async () => {
    const wrapper = field({
      'onUpdate:modelValue': (modelValue: number | null) => wrapper.setProps({ modelValue }),
    })
    const input = wrapper.get('input')
    await input.setValue('８，９')
    await input.trigger('blur')
    expect(last(wrapper)).toEqual([8.9])
    expect(input.element.value).toBe('８，９')
    expect(noteOf(wrapper)).toBe('按 8.9 公里记')
  })

  test('a unit that is converted is shown with what it comes to', async () => {
    const wrapper = field({})
    await wrapper.get('input').setValue('30里')
    expect(last(wrapper)).toEqual([15])
    expect(noteOf(wrapper)).toBe('30里 = 15 公里，按 15 公里记')
    await wrapper.get('input').setValue('15')
    expect(wrapper.text()).not.toContain('按')
  })

  test.each([
    ['很远', '没看懂“很远”。这里按公里填数字，如 3.2'],
    ['30站', '“站”不是这里的单位。这里按公里填，如 3.2'],
    ['3到5', '这里只填一个数，按公里填，如 3.2'],
    ['-3', '不会小于 0，请再看一眼'],
  ])(
    '%s stays as typed, is marked, and is answered in words once the field is left',
    async (typed, words) => {
      const wrapper = field({})
      const input = wrapper.get('input')
      await input.setValue(typed)
      expect(input.attributes('aria-invalid')).toBe('false')
      await input.trigger('blur')
      expect(input.element.value).toBe(typed)
      expect(input.attributes('aria-invalid')).toBe('true')
      expect(noteOf(wrapper)).toBe(words)
      expect(last(wrapper) ?? [null]).toEqual([null])
    },
  )

  test('what is beyond the bounds is said, not moved', async () => {
    const wrapper = field({ min: 1, max: 60, decimals: 0 })
    for (const [typed, words] of [
      ['61', '最多填 60'],
      ['0', '最少填 1'],
      ['1.5', '这里填整数，如 3'],
    ] as const) {
      await wrapper.get('input').setValue(typed)
      await wrapper.get('input').trigger('blur')
      expect([wrapper.get('input').element.value, noteOf(wrapper)]).toEqual([typed, words])
    }
  })

  test('steps stay within bounds and carry names', async () => {
    const wrapper = field({ modelValue: 59.8, step: 0.5, max: 60 })
    await wrapper.get('[aria-label="增加里程"]').trigger('click')
    expect(wrapper.emitted('update:modelValue')?.at(-1)).toEqual([60])
    await wrapper.setProps({ modelValue: 0 })
    expect(wrapper.get('[aria-label="减少里程"]').attributes('disabled')).toBeDefined()
  })

  test('one tenth after another stays a tenth', async () => {
    const wrapper = field({ modelValue: 0.2, step: 0.1 })
    await wrapper.get('[aria-label="增加里程"]').trigger('click')
    expect(wrapper.emitted('update:modelValue')?.at(-1)).toEqual([0.3])
  })
})

test('SegmentedControl is a group of radio buttons with a name', async () => {
  const options = [
    { value: 'trip', label: '出行' },
    { value: 'life', label: '生活' },
  ] as const
  const wrapper = mount(SegmentedControl, { props: { legend: '种类', options, modelValue: 'trip' } })
  expect(wrapper.get('legend').text()).toBe('种类')
  await wrapper.get('input[value="life"]').setValue(true)
  expect(wrapper.emitted('update:modelValue')).toEqual([['life']])
})

test('SwitchRow is a switch', async () => {
  const wrapper = mount(SwitchRow, { props: { label: '长辈版', modelValue: false } })
  expect(wrapper.get('input').attributes('role')).toBe('switch')
  await wrapper.get('input').setValue(true)
  expect(wrapper.emitted('update:modelValue')).toEqual([[true]])
})

test.each([
  ['local', '仅在本机'],
  ['sent', '已发送'],
  ['accepted', '已核算'],
  ['adjusted', '已调整'],
  ['rejected', '未通过'],
  ['review', '复核中'],
  ['returning', '退回中'],
] as const)('StateBadge %s says %s', (state, words) => {
  const wrapper = mount(StateBadge, { props: { state } })
  expect(wrapper.text()).toBe(words)
  expect(wrapper.find('svg').attributes('aria-hidden')).toBe('true')
})

test('ProgressBar tells how many of how many, and cancels', async () => {
  const wrapper = mount(ProgressBar, { props: { label: '正在导入', done: 1240, all: 3000, canCancel: true } })
  expect(wrapper.get('progress').attributes('aria-valuetext')).toBe('1,240 / 3,000')
  await wrapper.get('button').trigger('click')
  expect(wrapper.emitted('cancel')).toHaveLength(1)
})

test('BaseSheet opens as a modal, and closing it by any means tells its owner', async () => {
  const wrapper = mount(BaseSheet, {
    props: { open: false, title: '公交' },
    slots: { default: '正文' },
    attachTo: document.body,
  })
  const dialog = wrapper.get('dialog').element
  expect(dialog.open).toBe(false)
  await wrapper.setProps({ open: true })
  await nextTick()
  expect(dialog.open).toBe(true)
  expect(wrapper.text()).toContain('正文')
  dialog.dispatchEvent(new Event('close'))
  expect(wrapper.emitted('update:open')?.at(-1)).toEqual([false])
  wrapper.unmount()
})

test('ConfirmTyping is enabled only by the word', async () => {
  const wrapper = mount(ConfirmTyping, {
    props: { open: true, title: '注销账户', word: '注销', confirm: '注销' },
    attachTo: document.body,
  })
  await nextTick()
  expect(wrapper.get('[type=submit]').attributes('disabled')).toBeDefined()
  await wrapper.get('form').trigger('submit')
  await nextTick()
  expect(wrapper.emitted('confirm')).toBeUndefined()
  await wrapper.get('input').setValue(' 注销 ')
  await wrapper.get('form').trigger('submit')
  await nextTick()
  expect(wrapper.emitted('confirm')).toHaveLength(1)
  wrapper.unmount()
})
