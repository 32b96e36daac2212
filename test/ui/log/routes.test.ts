/** Trips with a name: given after recording, first on home and on the log page, ordered, renamed and removed, and never sent. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { useToast } from '../../../src/composables/useToast.ts'
import { readMeta, writeMeta } from '../../../src/db/meta.ts'
import type { NamedRoute } from '../../../src/domain/evidence/routes.ts'
import { useLogDraftStore } from '../../../src/stores/log-draft.ts'
import { language } from '../../../src/text/language.ts'
import HomeView from '../../../src/views/home/HomeView.vue'
import LogView from '../../../src/views/log/LogView.vue'
import RoutesView from '../../../src/views/log/RoutesView.vue'
import { TEST_START } from '../../support/clock.ts'
import { now, openWorld, type World } from '../me/world.ts'

let world: World
beforeEach(() => {
  language.value = 'zh-CN'
  now.set(TEST_START)
})
afterEach(async () => {
  useToast().dismiss()
  await world.close()
})

const work: NamedRoute = { name: '家→单位', code: 'bus', quantity: { value: 2400, unit: 'metre' }, stops: 3 }
const shop: NamedRoute = { name: '家→超市', code: 'walk', quantity: { value: 900, unit: 'metre' } }

const text = () => world.page.text().replaceAll('\u00a0', ' ')
const button = (words: string) => world.page.findAll('button').find((each) => each.text() === words)
const labelled = (label: string) => world.page.get(`[aria-label="${label}"]`)
const db = () => {
  if (!world.device.db) throw new Error('no ledger')
  return world.device.db
}
const names = async () => ((await readMeta(db(), 'routes')) ?? []).map(({ name }) => name)

describe('a trip', () => {
  test('gets its name where it was just recorded, and the name is in no command', async () => {
    world = await openWorld(LogView, { path: '/log?code=bike' })
    await world.settle(() => world.page.find('input[inputmode="decimal"]').exists())
    await world.page.get('input[inputmode="decimal"]').setValue('3')
    await world.settle(() => button('记下') !== undefined)
    await button('记下')?.trigger('click')
    await world.settle(() => button('给这段路起个名字') !== undefined)
    await button('给这段路起个名字')?.trigger('click')
    await world.page.get('dialog[open] input').setValue(' 家→公园 ')
    await world.page.get('dialog[open] form').trigger('submit')
    await world.settle(() => text().includes('常走的路：家→公园'))
    expect(await readMeta(db(), 'routes')).toEqual([
      { name: '家→公园', code: 'bike', quantity: { value: 3000, unit: 'metre' } },
    ])
    expect(JSON.stringify(await db().outbox.toArray())).not.toContain('家')
  })

  test('stands first on home by its name, and one tap logs it', async () => {
    world = await openWorld(HomeView, { path: '/', records: 1 })
    await writeMeta(db(), 'routes', [work])
    const tiles = () => world.page.findAll('.trips button')
    await world.settle(() => tiles().length === 2)
    expect(tiles()[0]?.text().replaceAll('\u00a0', ' ')).toContain('家→单位公交 3 站')
    await tiles()[0]?.trigger('click')
    const { current } = useToast()
    await world.settle(() => current.value !== null)
    expect((await db().outbox.toArray()).at(-1)?.text).toContain('"stops":3')
  })

  test('is filled into the log form by its chip', async () => {
    world = await openWorld(LogView, { path: '/log' })
    await writeMeta(db(), 'routes', [work])
    await world.settle(() => button('家→单位') !== undefined)
    await button('家→单位')?.trigger('click')
    expect(useLogDraftStore().draft).toMatchObject({ code: 'bus', by: 'stops', stops: 3, km: null })
  })
})

describe('the page of routes', () => {
  test('says where there are none how one gets a name', async () => {
    world = await openWorld(RoutesView, { path: '/log/routes' })
    await world.settle(() => text().includes('在结果里给它起个名字'))
  })

  test('moves, renames and removes, and brings back what was removed', async () => {
    world = await openWorld(RoutesView, { path: '/log/routes' })
    await writeMeta(db(), 'routes', [work, shop])
    await world.settle(() => text().includes('家→超市'))
    await labelled('家→超市往前移').trigger('click')
    await world.settle(() => world.page.findAll('.name')[0]?.text() === '家→超市')
    await labelled('给家→单位改名').trigger('click')
    await world.page.get('.rename input').setValue('上班')
    await world.page.get('.rename form').trigger('submit')
    await world.settle(() => world.page.findAll('.name')[1]?.text() === '上班')
    await labelled('删去上班').trigger('click')
    const { current } = useToast()
    await world.settle(() => current.value?.text === '已删去“上班”，记过的都还在')
    expect(await names()).toEqual(['家→超市'])
    current.value?.action?.run()
    await world.settle(() => text().includes('上班'))
    expect(await names()).toEqual(['家→超市', '上班'])
  })
})
