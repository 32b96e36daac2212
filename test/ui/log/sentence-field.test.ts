/** One sentence fills in the form, says as what it was understood, and logs nothing by itself; nothing that was typed is lost. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { useToast } from '../../../src/composables/useToast.ts'
import { useLogDraftStore } from '../../../src/stores/log-draft.ts'
import { language } from '../../../src/text/language.ts'
import LogView from '../../../src/views/log/LogView.vue'
import { TEST_START } from '../../support/clock.ts'
import { now, openWorld, type World } from '../me/world.ts'

let world: World
beforeEach(async () => {
  language.value = 'zh-CN'
  now.set(TEST_START)
  world = await openWorld(LogView, { path: '/log' })
  await world.settle(() => world.page.find('.sentence input').exists())
})
afterEach(async () => {
  useToast().dismiss()
  await world.close()
})

const text = () => world.page.text().replaceAll('\u00a0', ' ')
const field = () => world.page.get<HTMLInputElement>('.sentence input')
const button = (words: string) => world.page.findAll('button').find((each) => each.text() === words)
const outbox = async () => (await world.device.db?.outbox.toArray()) ?? []

async function say(words: string): Promise<void> {
  await field().setValue(words)
  await world.page.get('.sentence').trigger('submit')
}

describe('the sentence', () => {
  test('fills in kind, stops, line and day, to be looked at; the button logs it and empties the field', async () => {
    await say('昨天坐5路3站')
    await world.settle(() => text().includes('看成：公交 3 站 · 5路 · 昨天'))
    expect(useLogDraftStore().draft).toMatchObject({ code: 'bus', by: 'stops', stops: 3, note: '5路' })
    expect(await outbox()).toHaveLength(0)
    expect(field().element.value).toBe('昨天坐5路3站')
    await world.settle(() => text().includes('2.4 km'))
    await button('记下')?.trigger('click')
    await world.settle(() => world.page.find('dialog[open]').exists())
    expect((await outbox())[0]?.text).toContain('"stops":3')
    await world.settle(() => field().element.value === '')
  })

  test('that says two acts fills in the first, and the rest comes after it is logged', async () => {
    await say('骑车3公里，再坐公交5站')
    await world.settle(() => text().includes('先填了第一笔，记完再填后面的：坐公交5站'))
    await button('记下')?.trigger('click')
    await world.settle(() => field().element.value === '坐公交5站')
  })

  test('that was not understood says so, and stays', async () => {
    await say('去了趟超市')
    await world.settle(() => text().includes('没看出是哪种行动'))
    expect(field().element.value).toBe('去了趟超市')
    expect(text()).not.toContain('看成：')
  })

  test('in which the ride is missing asks for it, and the amount is not lost', async () => {
    await say('坐车12公里')
    await world.settle(() => text().includes('坐的是哪种车？'))
    await world.page.findAll('.choices button')[0]?.trigger('click')
    await world.settle(() => text().includes('看成：公交 12 km'))
    expect(useLogDraftStore().draft.km).toBe(12)
  })

  test('takes the place of what was begun, which one tap puts back', async () => {
    const { draft } = useLogDraftStore()
    Object.assign(draft, { code: 'bike', km: 7 })
    await say('走路20分钟')
    const { current } = useToast()
    await world.settle(() => current.value?.text === '表里换成了这一笔')
    expect(draft).toMatchObject({ code: 'walk', by: 'minutes', minutes: 20 })
    current.value?.action?.run()
    expect(draft).toMatchObject({ code: 'bike', km: 7 })
  })

  test('in English is understood under the English screen', async () => {
    language.value = 'en'
    await say('bus 3 stops yesterday')
    await world.settle(() => text().includes('Understood: Bus 3 stops'))
  })
})
