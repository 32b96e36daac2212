/** Somebody who would like to have something sees what it takes each month, and may make that the goal. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { DeviceDb } from '../../../src/db/device.ts'
import { writeKept } from '../../../src/db/kept.ts'
import type { OfferId } from '../../../src/domain/base/ids.ts'
import type { Points } from '../../../src/domain/base/units.ts'
import { useLedgerStore } from '../../../src/stores/ledger.ts'
import { language } from '../../../src/text/language.ts'
import GoalSheet from '../../../src/views/home/GoalSheet.vue'
import { journalOffer } from '../../support/big-journal.ts'
import { TEST_START } from '../../support/clock.ts'
import { now, openWorld, type World } from '../me/world.ts'

const sheet = defineComponent({
  setup: () => ({ isOpen: ref(true) }),
  render: () => h(GoalSheet, { open: true }),
})

let world: World
beforeEach(() => {
  language.value = 'zh-CN'
  now.set(TEST_START)
})
afterEach(() => world.close())

const stock = (remaining: number) => ({ total: 100, remaining, budgetFen: 100_000, spentFen: 0 })
const offer = (id: string, titleZh: string, points: number) => ({
  ...journalOffer,
  id: id as OfferId,
  titleZh,
  pricePoints: points as Points,
})
const buttons = () => world.page.findAll('fieldset button')
const press = async (words: string) => {
  await world.settle(() => buttons().some((each) => each.text().includes(words)))
  await buttons()
    .find((each) => each.text().includes(words))
    ?.trigger('click')
}

async function open(): Promise<void> {
  world = await openWorld(sheet, { path: '/' })
  const offers = [
    { offer: offer('10000000-0000-4000-8000-000000000001', '帆布袋', 3000), stock: stock(5) },
    { offer: offer('10000000-0000-4000-8000-000000000002', '借阅卡', 900), stock: stock(5) },
    { offer: offer('10000000-0000-4000-8000-000000000003', '卖完的', 500), stock: stock(0) },
  ]
  await writeKept(new DeviceDb(), { key: 'offers', value: { offers, at: TEST_START }, at: TEST_START })
  await world.settle(() => world.page.text().includes('借阅卡'))
}

describe('a goal by what one would like to have', () => {
  it('names what can be had with the points that are missing, the nearest first, and nothing sold out', async () => {
    await open()
    const wishes = buttons().map((each) => each.text().replaceAll('\u00a0', ' '))
    expect(wishes.filter((words) => words.includes('还差'))).toEqual([
      expect.stringMatching(/^借阅卡.*还差 900 分$/),
      expect.stringMatching(/^帆布袋.*还差 3,000 分$/),
    ])
    expect(world.page.text()).not.toContain('卖完的')
  })

  it('fills the goal in, in so many months as are chosen, and it is saved by the button', async () => {
    await open()
    await press('帆布袋')
    await world.settle(() => world.page.text().includes('每月减碳 3 kg'))
    await world.page.get('input[type="radio"][value="2"]').setValue()
    await world.settle(() => world.page.text().includes('每月减碳 1.5 kg'))
    await world.page.get('form').trigger('submit')
    await world.settle(() => useLedgerStore().base?.goalGrams === 1500)
  })
})
