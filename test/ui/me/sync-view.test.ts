import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LedgerDb } from '../../../src/db/database.ts'
import type { SyncStatus } from '../../../src/sync/status.ts'
import { language } from '../../../src/text/language.ts'
import SyncView from '../../../src/views/me/SyncView.vue'
import { openWorld, type World } from './world.ts'

let world: World
beforeEach(() => {
  language.value = 'zh-CN'
})
afterEach(() => world.close())

const text = () => world.page.text().replaceAll('\u00a0', ' ')
const button = () => world.page.findAll('button').find((each) => each.text() === '现在同步')
const unanswered: SyncStatus = { phase: 'offline', problem: 'offline' }

async function open(exchange: (tell: (status: SyncStatus) => void, db: LedgerDb) => Promise<void>) {
  world = await openWorld(SyncView, { path: '/me/sync', isAccount: true, records: 2, exchange })
  await world.settle(() => button() !== undefined)
}

test('a server that does not answer is not called a missing network', async () => {
  await open(async (tell) => tell(unanswered))
  await world.settle(() => text().includes('服务器没有回应'))
  expect(text()).not.toContain('没有连上网络')
  expect(text()).not.toContain('离线')
})

test('现在同步 says that all was sent', async () => {
  let isAsked = false
  await open(async (tell, db) => {
    if (isAsked) await db.outbox.clear()
    tell({ phase: 'idle' })
  })
  await world.settle(() => text().includes('还没上传的记录2'))
  isAsked = true
  await button()?.trigger('click')
  await world.settle(() => text().includes('刚刚同步好：上传 2 条'))
})

test('现在同步 says what is still here, and that there was nothing new', async () => {
  await open(async (tell) => tell({ phase: 'idle' }))
  await world.settle(() => text().includes('还没上传的记录2'))
  await button()?.trigger('click')
  await world.settle(() => text().includes('还有 2 条没传上去'))
  await world.device.db?.outbox.clear()
  await world.settle(() => !text().includes('还有 2 条'))
  await button()?.trigger('click')
  await world.settle(() => text().includes('刚刚同步过，没有新的'))
})

test('a tap while a sync is under way counts: it is joined, and told as well', async () => {
  let end = () => {}
  await open(async (tell) => {
    tell({ phase: 'syncing' })
    await new Promise<void>((resolve) => {
      end = resolve
    })
    tell({ phase: 'idle' })
  })
  await world.settle(() => text().includes('正在同步'))
  await world.device.db?.outbox.clear()
  await world.settle(() => text().includes('还没上传的记录0'))
  await button()?.trigger('click')
  end()
  await world.settle(() => !text().includes('正在同步') || text().includes('刚刚'))
  end()
  await world.settle(() => text().includes('刚刚同步过，没有新的'))
})

test('an exchange that could not begin, because what it needs did not come, is not called in sync, and begins with the next tap', async () => {
  let isThere = false
  world = await openWorld(SyncView, {
    path: '/me/sync',
    isAccount: true,
    loadExchange: async () => {
      if (!isThere) throw new TypeError('Failed to fetch dynamically imported module')
    },
    exchange: async (tell) => tell({ phase: 'idle' }),
  })
  await world.settle(() => text().includes('服务器没有回应'))
  expect(text()).not.toContain('已同步')
  isThere = true
  await button()?.trigger('click')
  await world.settle(() => text().includes('已同步'))
})
