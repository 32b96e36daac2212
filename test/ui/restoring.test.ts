/** While an account's ledger comes to a phone for the first time, every page that would show a part of it says how far it is instead. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Component } from 'vue'
import { useOnline } from '../../src/composables/useOnline.ts'
import { writeMeta } from '../../src/db/meta.ts'
import { useSyncStore } from '../../src/stores/sync.ts'
import type { SyncStatus } from '../../src/sync/status.ts'
import { language } from '../../src/text/language.ts'
import MyHelpers from '../../src/views/helping/MyHelpers.vue'
import HomeView from '../../src/views/home/HomeView.vue'
import EntryView from '../../src/views/ledger/EntryView.vue'
import LedgerView from '../../src/views/ledger/LedgerView.vue'
import StatementView from '../../src/views/ledger/StatementView.vue'
import BadgesView from '../../src/views/me/badges/BadgesView.vue'
import ServicesView from '../../src/views/me/services/ServicesView.vue'
import NewsView from '../../src/views/news/NewsView.vue'
import PeriodView from '../../src/views/period/PeriodView.vue'
import PictureView from '../../src/views/period/picture/PictureView.vue'
import PickupsView from '../../src/views/pickups/PickupsView.vue'
import PlantingView from '../../src/views/planting/PlantingView.vue'
import RewardsView from '../../src/views/rewards/RewardsView.vue'
import VoiceView from '../../src/views/voice/VoiceView.vue'
import { openWorld, type World } from './me/world.ts'

const PAGES: readonly [string, Component, string][] = [
  ['home', HomeView, '/'],
  ['the ledger', LedgerView, '/ledger'],
  ['a statement', StatementView, '/ledger?print=1'],
  ['a record that has not come', EntryView, '/ledger/00000000-0000-4000-8000-00000000000e'],
  ['a period', PeriodView, '/period'],
  ['its picture', PictureView, '/period/picture'],
  ['badges', BadgesView, '/me/badges'],
  ['services', ServicesView, '/me/services'],
  ['helpers', MyHelpers, '/me/helpers'],
  ['news', NewsView, '/news'],
  ['pick-ups', PickupsView, '/pickups'],
  ['planting', PlantingView, '/planting'],
  ['points and vouchers', RewardsView, '/rewards?tab=vouchers'],
  ['feedback', VoiceView, '/city/weifang/voice'],
]
const OF = 90

let world: World
beforeEach(() => {
  useOnline() // listens from its first use on
  language.value = 'zh-CN'
})
afterEach(() => {
  window.dispatchEvent(new Event('online'))
  return world.close()
})

it.each(PAGES)('%s: so much of so much, and why it stands still without a network', async (_, view, path) => {
  window.dispatchEvent(new Event('offline'))
  world = await openWorld(view, {
    ...{ path, isAccount: true },
    exchange: async (tell) => tell({ phase: 'offline', problem: 'offline' }),
  })
  const db = world.device.db
  if (!db) throw new Error('no ledger is open')
  const says = (words: string) => world.page.text().includes(words)
  await writeMeta(db, 'restore', { isComplete: false, lastSeq: OF })
  await world.settle(() => says(`0 / ${OF}`))
  await useSyncStore().poke()
  await world.settle(() => says('连上以后接着取'))
  expect(world.page.find('main, div').text()).not.toContain('正在取回你的账本')
  await writeMeta(db, 'restore', { isComplete: true, lastSeq: 0 })
  await world.settle(() => !says('账本还没取完'))
})

it.each<[SyncStatus, string]>([
  [{ phase: 'syncing' }, '正在取回你的账本'],
  [{ phase: 'offline', problem: 'offline' }, '现在取不到，过一会儿接着取'],
  [{ phase: 'waiting', problem: 'too_many_requests' }, '现在取不到，过一会儿接着取'],
  [{ phase: 'disk_full' }, '手机空间不够了'],
  [{ phase: 'signed_out' }, '登录已过期'],
  [{ phase: 'faulty', fault: 'gap' }, '收到的账目对不上'],
])('says that it comes only while it comes: %o', async (status, words) => {
  world = await openWorld(BadgesView, { isAccount: true, exchange: async (tell) => tell(status) })
  if (world.device.db) await writeMeta(world.device.db, 'restore', { isComplete: false, lastSeq: OF })
  await world.settle(() => world.page.text().includes(`0 / ${OF}`))
  await useSyncStore().poke()
  await world.settle(() => world.page.text().includes(words))
  expect(world.page.text().includes('正在取回你的账本')).toBe(status.phase === 'syncing')
})
