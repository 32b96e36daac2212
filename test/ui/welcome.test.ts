/** The first tap of all, on a phone without room: what cannot be kept can still be read. */
import { afterEach, expect, it, vi } from 'vitest'
import { language } from '../../src/text/language.ts'
import WelcomeView from '../../src/views/welcome/WelcomeView.vue'
import { openWorld, type World } from './me/world.ts'

let world: World
afterEach(() => world.close())

it('a city that a full phone cannot keep is a tap away all the same, and so is the next try', async () => {
  language.value = 'zh-CN'
  world = await openWorld(WelcomeView, { path: '/welcome?next=/log' })
  const choose = vi
    .spyOn(world.device, 'chooseCity')
    .mockRejectedValueOnce(new DOMException('full', 'QuotaExceededError'))
  const tap = (city: string) =>
    world.page
      .findAll('.list button')
      .find((button) => button.text().includes(city))
      ?.trigger('click')
  const link = () => world.page.find('a[href="/city/zibo"]')
  expect(link().exists()).toBe(false)
  await tap('淄博')
  await vi.waitFor(() => expect(world.page.find('[role=alert]').text()).toContain('没能存到手机上'))
  expect(link().text()).toBe('先读淄博的行动')
  choose.mockResolvedValueOnce(undefined)
  await tap('淄博')
  await vi.waitFor(() => expect(world.router.currentRoute.value.path).toBe('/log'))
  expect(link().exists()).toBe(false)
})
