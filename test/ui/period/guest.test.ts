/** Before anybody signs in nothing is confirmed: the pages say so, and name what waits apart. */
import { afterEach, expect, it } from 'vitest'
import { language } from '../../../src/text/language.ts'
import BadgesView from '../../../src/views/me/badges/BadgesView.vue'
import PeriodView from '../../../src/views/period/PeriodView.vue'
import PictureView from '../../../src/views/period/picture/PictureView.vue'
import { openWorld, type World } from '../me/world.ts'

let world: World
afterEach(() => {
  language.value = 'zh-CN'
  return world.close()
})

it('a guest’s picture counts nothing, names what waits, and says by which sample it will be assessed', async () => {
  world = await openWorld(PictureView, { path: '/period/picture', records: 2 })
  await world.settle(() => world.page.text().includes('另有 2 条待核算'))
  const words = world.page.get('[aria-labelledby=in-words]').text()
  expect(words).toContain('0\u00a0g 减碳量')
  expect(words).toContain('没有已核算的行动')
  expect(words).toMatch(/另有 2 条待核算，约 \d+\u00a0g，不算在内/)
  expect(words).toContain('（示例）')
})

it('a period in which everything waits says that it will appear, in English too', async () => {
  language.value = 'en'
  world = await openWorld(PeriodView, { path: '/period?by=week', records: 1 })
  await world.settle(() => world.page.text().includes('1 more pending'))
  expect(world.page.text()).toContain('What is pending appears here once it is accounted.')
})

it('badges before the first confirmed act say what waits, and shame nobody', async () => {
  world = await openWorld(BadgesView, { path: '/me/badges', records: 3 })
  await world.settle(() => world.page.text().includes('3 条正在等核算'))
  expect(world.page.text()).toContain('还没有徽章')
})
