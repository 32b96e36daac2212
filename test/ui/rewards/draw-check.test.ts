/** What a check of a draw has found is about what stands on the page. */
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import type { DrawAnswer } from '../../../src/contract/draws.ts'
import type { DrawFindings } from '../../../src/stores/draws.ts'
import { language } from '../../../src/text/language.ts'
import DrawCheckPanel from '../../../src/views/rewards/DrawCheckPanel.vue'

const running = vi.hoisted(() => new Map<unknown, (found: unknown) => void>())
vi.mock('../../../src/stores/draws.ts', () => ({
  checkPublished: (told: unknown) => new Promise((resolve) => running.set(told, resolve)),
}))

const finish = async (told: DrawAnswer, isRootOfEntries: boolean) => {
  running.get(told)?.({ isRootOfEntries } as Partial<DrawFindings>)
  await flushPromises()
}

it('a list that comes while the one before is still being checked is checked itself', async () => {
  language.value = 'zh-CN'
  const [before, after] = [{ count: 1 }, { count: 2 }] as unknown as [DrawAnswer, DrawAnswer]
  const panel = mount(DrawCheckPanel, { props: { told: before, mine: undefined } })
  await panel.get('button').trigger('click')
  await panel.setProps({ told: after })
  await finish(before, true)
  expect(panel.find('[role=status]').exists()).toBe(false)
  expect(panel.get('button').text()).toBe('正在这部手机上重新计算')
  await finish(after, false)
  expect(panel.get('[role=status]').text()).toContain('对不上')
})
