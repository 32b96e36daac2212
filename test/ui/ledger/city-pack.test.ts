/** A city's own pack on the screen: each entry is explained by the pack that decided it, with what the rule in force gives beside an older one. */
import type { EntryRow } from '../../../src/db/tables.ts'
import 'fake-indexeddb/auto'
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { deleteLedgerDb } from '../../../src/db/database.ts'
import type { CityId } from '../../../src/domain/base/city.ts'
import { DAY_MS, HOUR_MS } from '../../../src/domain/base/time.ts'
import { useDeviceStore } from '../../../src/stores/device.ts'
import { loadEstimator } from '../../../src/stores/estimates.ts'
import { useLedgerStore } from '../../../src/stores/ledger.ts'
import { language } from '../../../src/text/language.ts'
import EntryView from '../../../src/views/ledger/EntryView.vue'
import MethodologyView from '../../../src/views/me/MethodologyView.vue'
import { trackedRide } from '../../support/builders.ts'
import { PACKS_WITH_WEIFANG, WEIFANG_DAY } from '../../support/city-pack.ts'
import { accountId, type OpenedJournal, openJournal, until } from './journal.ts'

let opened: OpenedJournal
beforeEach(() => {
  language.value = 'zh-CN'
})
afterEach(async () => {
  opened.db.close()
  await deleteLedgerDb(accountId)
  await opened.device.delete()
})

/** Two weeks of acts, half of them posted before the day of the pack, by the rules of that city. */
async function live(city: CityId): Promise<{ before: EntryRow; after: EntryRow }> {
  opened = await openJournal(120, { at: WEIFANG_DAY + 6 * DAY_MS, city, packs: PACKS_WITH_WEIFANG })
  const rides = await opened.db.entries
    .filter(({ code, outcome, grams }) => code === 'bike' && outcome === 'accepted' && grams > 0)
    .toArray()
  const before = rides.findLast(({ postedAt }) => postedAt < WEIFANG_DAY)
  const after = rides.find(({ postedAt }) => postedAt > WEIFANG_DAY)
  if (!before || !after) throw new Error('the journal has no ride on both sides of the day')
  return { before, after }
}

async function open(view: Component, path: string, wanted: string) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/ledger/:id', component: EntryView },
      { path: '/:rest(.*)*', component: { template: '<p />' } },
    ],
  })
  await router.push(path)
  const page = mount(view, { global: { plugins: [router] }, attachTo: document.body })
  const text = () => page.text().replaceAll('\u00a0', ' ')
  await until(() => text().includes(wanted))
  return { text, close: () => page.unmount() }
}

const entryPage = ({ id }: EntryRow) => open(EntryView, `/ledger/${id}`, '为什么是这个数')
const methodologyPage = () => open(MethodologyView, '/me/methodology', '出行基准')

test('in that city an older entry keeps its pack, with the rule in force beside it, and a newer one has the city’s own', async () => {
  const { before, after } = await live('weifang')
  const old = await entryPage(before)
  expect(old.text()).toContain('(79 − 8.7) g')
  expect(old.text()).toContain('山东示例方法学包')
  await until(() => old.text().includes('按现行规则'))
  expect(old.text()).toMatch(/按现行规则.*现在会计 \d/)
  old.close()
  const own = await entryPage(after)
  expect(own.text()).toContain('(79 − 12) g')
  expect(own.text()).toContain('潍坊测试方法学包')
  expect(own.text()).not.toContain('按现行规则')
  own.close()
  const laidOpen = await methodologyPage()
  expect(laidOpen.text()).toContain('潍坊测试方法学包')
  expect(laidOpen.text()).toContain('只用于潍坊的账户：从 2026年12月10日')
  laidOpen.close()
})

test('in another city nothing changes on that day', async () => {
  const { before, after } = await live('jinan')
  for (const entry of [before, after]) {
    const page = await entryPage(entry)
    expect(page.text()).toContain('(79 − 8.7) g')
    expect(page.text()).not.toContain('按现行规则')
    page.close()
  }
  const laidOpen = await methodologyPage()
  expect(laidOpen.text()).toContain('山东示例方法学包')
  expect(laidOpen.text()).not.toContain('只对')
  laidOpen.close()
})

test('after a move the estimate goes by the new city’s pack at once, and from its day on alone', async () => {
  await live('jinan')
  await loadEstimator()
  const ledger = useLedgerStore()
  await until(() => ledger.isReady)
  const estimated = () => ledger.estimate(trackedRide(opened.clock.now - 2 * HOUR_MS))?.packId
  await until(() => estimated() !== undefined) // its days are read
  expect(estimated()).toBe('sd-demo')
  await useDeviceStore().chooseCity('weifang')
  await until(() => useDeviceStore().city === 'weifang')
  await until(() => estimated() === 'weifang-test')
  opened.clock.now = WEIFANG_DAY - 1
  await until(() => estimated() === 'sd-demo')
})
