/** The systems that a plan wants built, on the screen: each link leads somewhere, the filter stands in the address, and a city without them says so. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CityPack } from '../../../src/content/schema.ts'
import data from '../../../src/content/systems/answers.json' with { type: 'json' }
import { router } from '../../../src/router.ts'
import { useContentStore } from '../../../src/stores/content.ts'
import { language } from '../../../src/text/language.ts'
import SystemsView from '../../../src/views/city/systems/SystemsView.vue'
import SystemView from '../../../src/views/city/systems/SystemView.vue'
import { openWorld, type World } from '../me/world.ts'

let world: World

beforeEach(() => {
  language.value = 'zh-CN'
})
afterEach(() => world?.close())

async function open(view: typeof SystemsView | typeof SystemView, path: string): Promise<void> {
  world = await openWorld(view, { path, router })
  await world.settle(() => !world.page.find('.skeleton').exists())
}

const rows = () => world.page.findAll('.systems .list-row')
const chosen = () => world.page.get('input:checked + span').text()

test('every page that an answer leads to is a route of this app', () => {
  const answers = Object.values(data)
  const names = new Set<string>(answers.flatMap((answer) => ('by' in answer ? Object.values(answer.by) : [])))
  expect(names.size).toBeGreaterThan(10)
  expect([...names].filter((name) => !router.hasRoute(name))).toEqual([])
})

describe('the list', () => {
  test('has all systems with how far the app does each, and counts them', async () => {
    await open(SystemsView, '/city/binzhou/systems')
    expect(rows()).toHaveLength(29)
    expect(chosen()).toBe('全部29')
    const [platform] = rows()
    expect(platform?.text()).toContain('碳普惠系统平台')
    expect(platform?.text()).toContain('七项功能')
    expect(platform?.text()).toContain('做到一部分')
    expect(platform?.attributes('href')).toBe('/city/binzhou/systems/bz-s-carbon-inclusion')
  })

  test('is filtered by the address, which a choice changes and a reload finds again', async () => {
    await open(SystemsView, '/city/zibo/systems')
    await world.page.get('input[value="not-yet"]').setValue()
    await world.settle(() => router.currentRoute.value.fullPath === '/city/zibo/systems?state=not-yet')
    await world.settle(() => rows().length === 1)
    expect(rows()[0]?.text()).toContain('“两高”企业碳账户')
    world.close()
    await open(SystemsView, '/city/zibo/systems?state=not-yet')
    expect(rows()).toHaveLength(1)
    await world.page.get('input[value="all"]').setValue()
    await world.settle(() => router.currentRoute.value.fullPath === '/city/zibo/systems')
  })

  test('takes a state that there is not for none', async () => {
    await open(SystemsView, '/city/zibo/systems?state=nonsense')
    expect(rows()).toHaveLength(23)
  })

  test('says of a pack of before the systems that it lists none', async () => {
    await open(SystemsView, '/city/zibo/systems')
    const content = useContentStore()
    const { systems: _systems, ...older } = content.inUse.get('zibo') as CityPack
    content.inUse.set('zibo', older)
    await world.settle(() => world.page.text().includes('资料里没有列出系统'))
    expect(rows()).toHaveLength(0)
  })
})

describe('a system', () => {
  test('tells its seven functions, where the app does them, and which it does not', async () => {
    await open(SystemView, '/city/binzhou/systems/bz-s-carbon-inclusion')
    const items = world.page.findAll('section[aria-labelledby="parts"] li')
    expect(items).toHaveLength(7)
    expect(items[0]?.get('a').attributes('href')).toBe('/me/methodology')
    expect(items[0]?.text()).toBe('减排量核算在“方法学”')
    expect(items[5]?.text()).toBe('交易本应用没有')
    expect(items[5]?.find('a').exists()).toBe(false)
    expect(world.page.text()).toContain('这些功能是文件写明的。')
    expect(world.page.text()).toContain('纯文本第 101 行')
    expect(world.page.text()).toContain('在文件里搜“碳普惠系统平台”就能找到。')
  })

  test('says when its functions are our reading, and leads to the page of that city', async () => {
    await open(SystemView, '/city/zibo/systems/zb-s-charging')
    expect(world.page.text()).toContain('我们按用途推断')
    const stations = world.page.get('section[aria-labelledby="functions"] a')
    expect(stations.attributes('href')).toBe('/city/zibo/stations')
  })

  test('that is not the app’s business says whose it is', async () => {
    await open(SystemView, '/city/jinan/systems/jn-s-city-brain')
    expect(world.page.text()).toContain('不归本应用')
    expect(world.page.text()).toContain('由市里建设和管理')
  })

  test('that there is not says so, and leads back to the list', async () => {
    await open(SystemView, '/city/jinan/systems/jn-s-nonsense')
    expect(world.page.text()).toContain('没有这个系统')
    expect(world.page.get('a.btn').attributes('href')).toBe('/city/jinan/systems')
  })
})
