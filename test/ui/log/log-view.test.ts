import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { useElder } from '../../../src/composables/useElder.ts'
import { useToast } from '../../../src/composables/useToast.ts'
import { useLedgerStore } from '../../../src/stores/ledger.ts'
import { useLogDraftStore } from '../../../src/stores/log-draft.ts'
import { language } from '../../../src/text/language.ts'
import LogView from '../../../src/views/log/LogView.vue'
import { TEST_START } from '../../support/clock.ts'
import { now, openWorld, type World } from '../me/world.ts'

let world: World
beforeEach(() => {
  language.value = 'zh-CN'
})
afterEach(async () => {
  now.set(TEST_START)
  useToast().dismiss()
  await world.close()
})

const text = () => world.page.text().replaceAll('\u00a0', ' ')
const button = (words: string) => world.page.findAll('button').find((each) => each.text() === words)
const outbox = async () => (await world.device.db?.outbox.toArray()) ?? []
const linksTo = () => world.page.findAll('.others a[href]').map((each) => each.attributes('href'))
/** A field by the words on its label. */
function field(label: string) {
  const found = world.page.findAll('label[for]').find((each) => each.text() === label)
  return world.page.get<HTMLInputElement>(`[id="${found?.attributes('for')}"]`)
}

async function openBike(): Promise<void> {
  world = await openWorld(LogView, { path: '/log?code=bike' })
  await world.settle(() => world.page.find('input[type="radio"][value="bike"]').exists())
}

describe('the log page', () => {
  test('estimates while typing, records, shows why, and takes it back with the form refilled', async () => {
    await openBike()
    expect(text()).toContain('填上里程，就能看到预计')
    await field('里程').setValue('8.9')
    await world.settle(() => text().includes('178 g'))
    expect(text()).toContain('没有轨迹，按一半计')
    expect(text()).toContain('今天自己填的还可计 500 g')
    await button('记下')?.trigger('click')
    await world.settle(() => world.page.find('dialog[open]').exists())
    expect(await outbox()).toHaveLength(1)
    expect(world.page.get('dialog[open]').text()).toContain('仅在本机')
    expect(world.page.get('dialog[open]').text()).toContain('为什么是这个数')
    expect(field('里程').element.value).toBe('')
    await button('撤回')?.trigger('click')
    await world.settle(() => field('里程').element.value === '8.9')
    expect(await outbox()).toHaveLength(0)
  })

  test('长辈版 asks a bus ride by its stops, and logs nothing that was not given', async () => {
    useElder().setElder(true)
    try {
      world = await openWorld(LogView, { path: '/log?code=bus' })
      await world.settle(
        () => world.page.find('input[type="radio"][value="bus"]').exists() && text().includes('填上里程'),
      )
      expect(text()).toContain('每公里 13.5 克')
      await field('站数').setValue('3')
      await world.settle(() => text().includes('2.4 km'))
      await button('记下')?.trigger('click')
      await world.settle(() => world.page.find('dialog[open]').exists())
      expect((await outbox())[0]?.text).toContain('"value":2400')
      expect((await outbox())[0]?.text).toContain('"stops":3')
      expect(world.page.get('dialog[open]').text().replaceAll('\u00a0', ' ')).toContain('公交 3 站')
    } finally {
      useElder().setElder(false)
    }
  })

  test('what does not count is said with its numbers, and can still be recorded', async () => {
    await openBike()
    await field('里程').setValue('0.2')
    await world.settle(() => text().includes('至少 300 m 才计，这次是 200 m'))
    expect(button('照样记下')).toBeDefined()
  })

  test('what nobody can have done is asked about, stays as typed, and counts nothing if it is insisted on', async () => {
    now.set(Date.parse('2026-12-09T12:00:00+08:00'))
    await openBike()
    await field('里程').setValue('9999')
    await field('里程').trigger('blur')
    await world.settle(() => text().includes('真有这么多吗？看看单位和小数点'))
    expect(field('里程').element.value).toBe('9999')
    await world.settle(() => text().includes('这一项一次最多认 300 km，这次是 9,999 km，所以不计'))
    expect(text().match(/300 km/g)).toHaveLength(1)
    await button('照样记下')?.trigger('click')
    await world.settle(() => world.page.find('dialog[open]').exists())
    const [row] = await outbox()
    expect(JSON.parse(row?.text ?? '{}')).toMatchObject({
      body: { startedAt: now(), quantity: { value: 9_999_000, unit: 'metre' } },
    })
  })

  test('a long ride is asked how long it took', async () => {
    now.set(Date.parse('2026-12-09T12:00:00+08:00'))
    await openBike()
    await field('里程').setValue('60')
    await world.settle(() => text().includes('超过 42 km 的要填用时才认'))
    await field('用时').setValue('250')
    await world.settle(() => button('记下') !== undefined)
    await world.settle(() => text().includes('500 g'))
  })

  test('a full phone loses nothing of the form', async () => {
    await openBike()
    await field('里程').setValue('3')
    await world.settle(() => button('记下') !== undefined)
    const ledger = useLedgerStore()
    const full = vi
      .spyOn(ledger, 'act')
      .mockRejectedValue(Object.assign(new Error(), { name: 'QuotaExceededError' }))
    await button('记下')?.trigger('click')
    await world.settle(() => text().includes('手机存储满了'))
    expect(field('里程').element.value).toBe('3')
    full.mockRestore()
  })

  test('what is half filled outlives a look at another page', async () => {
    await openBike()
    await field('里程').setValue('4.2')
    expect(useLogDraftStore().draft.km).toBe(4.2)
    await world.router.push('/ledger')
    await flushPromises()
    expect(useLogDraftStore().draft).toMatchObject({ code: 'bike', km: 4.2 })
  })

  test('no metro here, and the way to log one all the same', async () => {
    await openBike()
    expect(text()).toContain('潍坊还没有地铁')
    await button('在青岛坐的')?.trigger('click')
    await world.settle(() => world.page.find('input[type="radio"][value="metro"]').exists())
    expect(useLogDraftStore().draft).toMatchObject({ code: 'metro', city: 'qingdao' })
    expect(text()).toContain('不知道可以不填，按 3 km 计')
  })

  test('what others report is named with the way to it, not as tiles', async () => {
    await openBike()
    await world.page.get('input[type="radio"][value="recycle"]').setValue()
    await world.settle(() => text().includes('旧衣回收'))
    expect(text()).toContain('由关联的服务上报')
    expect(world.page.find('input[value="clothes"]').exists()).toBe(false)
    expect(linksTo()).toEqual(['/me/services', '/pickups'])
  })

  test('charging is reported by a service, and nobody comes to collect it', async () => {
    now.set(Date.parse('2026-12-09T12:00:00+08:00'))
    await openBike()
    expect(text()).toContain('电动车充电')
    expect(linksTo()).toEqual(['/me/services'])
  })

  test('a quiz and an event lead to the pages of the city where they count', async () => {
    await openBike()
    await world.page.get('input[type="radio"][value="life"]').setValue()
    await world.settle(() => text().includes('光盘'))
    expect(linksTo()).toEqual(['/city/weifang/quiz', '/city/weifang/events'])
  })

  test('a tile speaks of a track only where a track earns more', async () => {
    now.set(Date.parse('2026-12-09T12:00:00+08:00'))
    await openBike()
    const tile = (code: string) => world.page.get(`input[type="radio"][value="${code}"] + .tile`).text()
    expect(tile('bike')).toContain('有轨迹 40.1')
    expect(tile('bus')).toContain('13.5 g/km')
    expect(tile('bus')).not.toContain('有轨迹')
  })
})
