import { mount } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import SampleMark from '../../../src/components/base/SampleMark.vue'
import { language } from '../../../src/text/language.ts'

const shown = (title: string) => mount(SampleMark, { props: { title } }).text()

afterEach(() => {
  language.value = 'zh-CN'
})

it('a sample is marked once: by its title, or beside it', () => {
  expect(shown('咖啡小杯品尝')).toBe('示例')
  expect(shown('示例咖啡小杯品尝')).toBe('')
  language.value = 'en'
  expect(shown('A cup at the sample café')).toBe('')
  // A title that stayed Chinese says nothing to whoever reads English.
  expect(shown('示例咖啡小杯品尝')).toBe('Sample')
})
