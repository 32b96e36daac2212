import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { useToast } from '../../../src/composables/useToast.ts'
import { writeMeta } from '../../../src/db/meta.ts'
import { useLogDraftStore } from '../../../src/stores/log-draft.ts'
import { language } from '../../../src/text/language.ts'
import HomeView from '../../../src/views/home/HomeView.vue'
import { now, openWorld, type World } from '../me/world.ts'

let world: World
beforeEach(() => {
  language.value = 'zh-CN'
})
afterEach(async () => {
  useToast().dismiss()
  await world.close()
})

const text = () => world.page.text().replaceAll('\u00a0', ' ')

describe('home', () => {
  test('a guest sees what is pending, and that it is only on this phone', async () => {
    world = await openWorld(HomeView, { path: '/', records: 2 })
    await world.settle(() => text().includes('还没登录：2 条只在这部手机上') && text().includes('+144'))
    expect(text()).toContain('待核算积分')
    expect(text()).not.toContain('可用积分')
    expect(world.page.find('a[href="/me/sign-in"]').exists()).toBe(true)
  })

  test('who has no points yet is told where to see what they are for, and with some the way is gone', async () => {
    world = await openWorld(HomeView, { path: '/' })
    const way = () => world.page.find('a[href="/rewards"]')
    await world.settle(() => way().exists())
    expect(way().text()).toBe('积分能换什么')
    await world.close()
    world = await openWorld(HomeView, { path: '/', records: 1 })
    await world.settle(() => text().includes('+72'))
    expect(way().exists()).toBe(false)
  })

  test('one tap logs the same again, and the toast takes it back', async () => {
    world = await openWorld(HomeView, { path: '/', records: 1 })
    const tile = () => world.page.findAll('button').find((each) => each.text().includes('光盘'))
    await world.settle(() => tile() !== undefined)
    await tile()?.trigger('click')
    const { current } = useToast()
    await world.settle(() => current.value !== null)
    expect(current.value?.text.replaceAll('\u00a0', ' ')).toBe('已记下 光盘 1 餐，+72 分待核算')
    expect(await world.device.db?.outbox.count()).toBe(2)
    current.value?.action?.run()
    await world.settle(() => current.value?.text === '已撤回')
    expect(await world.device.db?.outbox.count()).toBe(1)
  })

  test('what would not count is not logged, and the toast says why', async () => {
    world = await openWorld(HomeView, { path: '/' })
    const db = world.device.db
    if (!db) throw new Error('no ledger')
    const claim = {
      code: 'bike',
      city: 'weifang',
      startedAt: now() - 600_000,
      quantity: { value: 3200, unit: 'metre' },
      evidence: { trust: 'manual' },
    }
    const id = '00000000-0000-4000-8000-00000000000a'
    await db.outbox.add({
      id,
      text: JSON.stringify({ id, kind: 'activity.record', at: now(), body: claim }),
      state: 'queued',
    } as never)
    const tile = () => world.page.findAll('button').find((each) => each.text().includes('骑行'))
    await world.settle(() => tile() !== undefined)
    await tile()?.trigger('click')
    const { current } = useToast()
    await world.settle(() => current.value !== null)
    expect(current.value?.text).toContain('没有记：这段时间已经有一次出行')
    expect(await db.outbox.count()).toBe(1)
    // 改一下 opens the form with it; what was begun there is one tap away.
    const { draft } = useLogDraftStore()
    draft.km = 7
    await flushPromises()
    current.value?.action?.run()
    await world.settle(() => world.router.currentRoute.value.path === '/log')
    expect(draft).toMatchObject({ code: 'bike', km: 3.2 })
    await world.settle(() => current.value?.text === '表里换成了这一笔')
    current.value?.action?.run()
    expect(draft.km).toBe(7)
  })

  test('today’s trip is taken back by one tap, with undo, and is not offered a second time', async () => {
    world = await openWorld(HomeView, { path: '/' })
    const db = world.device.db
    if (!db) throw new Error('no ledger')
    const body = {
      code: 'bus',
      city: 'weifang',
      startedAt: now() - 3 * 3600_000,
      quantity: { value: 2400, unit: 'metre' },
      stops: 3,
      evidence: { trust: 'manual' },
    }
    const id = '00000000-0000-4000-8000-00000000000b'
    const text0 = JSON.stringify({ id, kind: 'activity.record', at: now() - 3 * 3600_000, body })
    await db.outbox.add({ id, text: text0, state: 'queued' } as never)
    const back = () => world.page.find('button.back')
    await world.settle(() => back().exists())
    expect(back().text().replaceAll('\u00a0', ' ')).toContain('返程 公交 3 站')
    await back().trigger('click')
    const { current } = useToast()
    await world.settle(
      () => current.value?.text.replaceAll('\u00a0', ' ').startsWith('已记下 公交 3 站') ?? false,
    )
    await world.settle(() => !back().exists())
    expect((await db.outbox.toArray()).at(-1)?.text).toContain('"stops":3')
    current.value?.action?.run()
    await world.settle(() => back().exists())
    expect(await db.outbox.count()).toBe(1)
  })

  test('a meal has no way back', async () => {
    world = await openWorld(HomeView, { path: '/', records: 1 })
    await world.settle(() => world.page.findAll('.trips button').length === 1)
    expect(world.page.find('button.back').exists()).toBe(false)
  })

  test('while the ledger is being fetched there is progress and no balance', async () => {
    world = await openWorld(HomeView, { path: '/', isAccount: true })
    if (world.device.db) await writeMeta(world.device.db, 'restore', { isComplete: false, lastSeq: 4200 })
    await world.settle(() => world.page.find('progress').exists())
    expect(text()).toContain('0 / 4,200')
    expect(text()).not.toContain('可用积分')
  })

  test('an account sees points available, confirmed, and a notice that it can put away', async () => {
    world = await openWorld(HomeView, { path: '/', isAccount: true })
    const db = world.device.db
    if (!db) throw new Error('no ledger')
    await writeMeta(db, 'restore', { isComplete: true, lastSeq: 0 })
    await writeMeta(db, 'forkNotice', { at: now(), restored: 12, requeued: 3, lost: 1 })
    await world.settle(() => text().includes('12 条由手机里的签名账目证明，已经找回；3 条会重新上传'))
    expect(text()).toContain('1 条人工处理或核销的结果没能找回')
    expect(text()).toContain('可用积分')
    await world.page.get('[aria-label="关闭"]').trigger('click')
    await world.settle(() => !text().includes('会重新上传'))
  })
})
