/** The answer for a thing that a city sorts by a rule of its own: that bin, that rule, and what holds elsewhere. */
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { binItems, withOverrides } from '../../../src/content/guides/bin-guide.ts'
import type { BinItem } from '../../../src/content/guides/bin-schema.ts'
import BinAnswer from '../../../src/views/guides/BinAnswer.vue'

const rule = {
  ruleZh: '本市目录把大骨头归为厨余垃圾。',
  ruleEn: 'The city’s list has big bones among kitchen waste.',
}

function answerIn(items: readonly BinItem[]): string {
  const item = items.find(({ id }) => id === 'big-bone') as BinItem
  return mount(BinAnswer, { props: { hit: { item }, items } }).text()
}

test('a city’s own rule is told with its bin, and with the bin of the standard', () => {
  const own = answerIn(withOverrides(binItems, { 'big-bone': { bin: 'kitchen', ...rule } }))
  expect(own).toContain('厨余垃圾')
  expect(own).toContain(rule.ruleZh)
  expect(own).toContain('国家标准归“其他垃圾”')
  const standard = answerIn(binItems)
  expect(standard).toContain('其他垃圾')
  expect(standard).not.toContain('国家标准')
})
