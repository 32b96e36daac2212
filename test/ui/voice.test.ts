/** Feedback on a measure is about that measure, however early it is sent. */
import { afterEach, expect, it, vi } from 'vitest'
import { type Component, h, shallowRef } from 'vue'
import { openCommand } from '../../src/domain/ledger/open-record.ts'
import { useServices } from '../../src/stores/services.ts'
import { language } from '../../src/text/language.ts'
import FeedbackView from '../../src/views/voice/FeedbackView.vue'
import { openWorld, type World } from './me/world.ts'

let world: World
afterEach(() => world.close())

it('sent before the city’s pack is there, it names its measure all the same', async () => {
  language.value = 'zh-CN'
  const path = '/city/weifang/voice/feedback?measure=wf-m-bike-more'
  const shown = shallowRef<Component>({ template: '<div />' })
  world = await openWorld(() => h(shown.value), { isAccount: true, path })
  // A phone whose storage does not answer: the city's pack comes once the page no longer waits for what was kept.
  vi.spyOn(useServices().device.kept, 'get').mockReturnValue(new Promise(() => {}) as never)
  shown.value = FeedbackView
  await world.settle(() => world.page.text().includes('潍坊'))
  await world.page.get('textarea').setValue('希望在学校门口也能还车。')
  await world.page.get('form').trigger('submit')
  const sent = async () => (await world.device.db?.outbox.toArray()) ?? []
  await vi.waitFor(async () => expect(await sent()).toHaveLength(1), { timeout: 10_000 })
  const [row] = await sent()
  expect(openCommand(row?.text ?? '').body).toMatchObject({
    city: 'weifang',
    measureId: 'wf-m-bike-more',
    text: '希望在学校门口也能还车。',
  })
})
