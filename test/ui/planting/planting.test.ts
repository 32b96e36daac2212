/** The pages of planting days: what is on, what hinders a sign-up, and each thing that may become of one in its own words. */
import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { samplePlantingDays } from '../../../mock-api/demo/sample-planting.ts'
import type { PlantingDays } from '../../../src/contract/planting.ts'
import type { CommandId } from '../../../src/domain/base/ids.ts'
import { DAY_MS, HOUR_MS } from '../../../src/domain/base/time.ts'
import type { EntryRow } from '../../../src/stores/entry-details.ts'
import type { BackendApi } from '../../../src/sync/backend-api.ts'
import type { FaceContext } from '../../../src/views/ledger/kinds/face.ts'
import { faceOfCommand, faceOfKind } from '../../../src/views/ledger/kinds/kinds.ts'
import PlantingDetail from '../../../src/views/ledger/PlantingDetail.vue'
import PlantingDayView from '../../../src/views/planting/PlantingDayView.vue'
import PlantingView from '../../../src/views/planting/PlantingView.vue'
import { now, openWorld, problem, type World } from '../me/world.ts'

let world: World
afterEach(() => world.close())

type Day = PlantingDays['days'][number]

function planting(given: Partial<Day> = {}): Day {
  const startsAt = now() + 4 * DAY_MS
  return {
    ...{ id: 'fuyan', provider: 'planting', city: 'weifang', titleZh: '浮烟山植侧柏', titleEn: 'Fuyan' },
    ...{ placeZh: '东门', placeEn: 'East gate', bringZh: '手套和水', bringEn: 'Gloves', sample: false },
    ...{
      startsAt,
      endsAt: startsAt + 2 * HOUR_MS,
      cancelBy: startsAt - DAY_MS,
      places: 20,
      left: 7,
      revision: 1,
    },
    ...given,
  }
}

function telling(...days: readonly Day[]): Pick<BackendApi, 'feed'> {
  const offline = problem('offline')
  const feed = ((name: string) =>
    name === 'planting'
      ? Promise.resolve({ value: { days }, etag: 'x', leftOut: 0 })
      : offline()) as BackendApi['feed']
  return { feed }
}

const text = () => world.page.text()

describe('the list of planting days', () => {
  it('says of each how many places are left, that it is full, or that it was called off', async () => {
    const days = [
      planting(),
      planting({ id: 'full', titleZh: '河岸植柳', left: 0 }),
      planting({ id: 'off', titleZh: '公园补植', left: 0, calledOff: {} }),
      planting({ id: 'past', titleZh: '去年的', startsAt: now() - DAY_MS, endsAt: now() - DAY_MS + HOUR_MS }),
    ]
    world = await openWorld(PlantingView, { api: telling(...days), path: '/planting' })
    await world.settle(() => text().includes('还没有报过名') && text().includes('浮烟山植侧柏'))
    const rows = world.page.findAll('a.list-row').map((row) => row.text())
    expect(rows.map((row) => /还有 7 个名额|已报满|已取消/.exec(row)?.[0])).toEqual([
      '还有 7 个名额',
      '已报满',
      '已取消',
    ])
    expect(text()).not.toContain('去年的')
  })

  it('says without any that there is none, and without a network that nothing was fetched', async () => {
    world = await openWorld(PlantingView, { api: telling(), path: '/planting' })
    await world.settle(() => text().includes('近期没有植树活动'))
    world.close()
    world = await openWorld(PlantingView, { path: '/planting' })
    await world.settle(() => text().includes('还没有取到活动'))
  })
})

describe('the page of a planting day', () => {
  const opened = async (day: Day, isAccount = true) => {
    const blank = { template: '<div />' }
    const routes = [
      { path: '/planting/:id', component: blank },
      { path: '/:all(.*)*', component: blank },
    ]
    const router = createRouter({ history: createMemoryHistory(), routes })
    world = await openWorld(PlantingDayView, {
      api: telling(day),
      path: '/planting/fuyan',
      isAccount,
      router,
    })
    await world.settle(() => text().includes('最晚取消'))
  }
  const says = async (day: Day, words: string, isAccount = true) => {
    await opened(day, isAccount)
    await world.settle(() => text().includes(words))
    const join = world.page.findAll('button').find((each) => each.text() === '报名')
    expect(join === undefined || join.attributes('disabled') !== undefined).toBe(true)
  }

  it.each<[string, Day, string, boolean?]>([
    ['a guest', planting(), '登录后才能报名', false],
    ['whose service is not linked', planting(), '还没有关联'],
    ['a full day', planting({ left: 0 }), '名额已经报满'],
    [
      'one that has begun',
      planting({ startsAt: now() - HOUR_MS, endsAt: now() + HOUR_MS }),
      '已经开始或结束',
    ],
    ['one that was called off', planting({ calledOff: { noteZh: '大雨', noteEn: 'Rain' } }), '大雨'],
  ])('lets nobody sign up: %s', async (_, day, words, isAccount = true) => {
    await says(day, words, isAccount)
  })
})

describe('a sign-up in the ledger', () => {
  const entry: EntryRow = {
    ...{ seq: 3, id: 'join', kind: 'planting.join', group: 'learn', outcome: 'accepted' },
    ...{ postedAt: 0, points: 0, grams: 0 as EntryRow['grams'] },
  } as EntryRow

  it.each<[string, Partial<EntryRow>, Partial<Day>, RegExp]>([
    ['came', { later: 'came', planted: 'act' }, {}, /组织方记到你到场了/],
    ['was missed', { later: 'absent' }, {}, /没有记到你到场。不扣分/],
    [
      'of a day that was called off',
      { later: 'off' },
      { calledOff: { noteZh: '大雨', noteEn: 'Rain' } },
      /大雨/,
    ],
  ])('says what became of who %s', async (_, row, given, words) => {
    const day = planting(given)
    const { provider, startsAt, endsAt, cancelBy } = day
    const signUp = { dayId: day.id, provider, startsAt, endsAt, cancelBy }
    const shown = defineComponent(() => () => h(PlantingDetail, { entry: { ...entry, ...row }, signUp, day }))
    world = await openWorld(shown, { path: '/ledger/join', isAccount: true })
    await world.settle(() => words.test(text()))
    const links = world.page.findAll('a').map((each) => each.attributes('href'))
    expect(links.includes('/ledger/act')).toBe(row.planted !== undefined)
    expect(text()).toContain('手套和水')
  })
})

describe('a wish for a planting day', () => {
  const startsAt = Date.parse('2026-12-05T09:00:00+08:00')
  const context = {
    ...{ language: 'zh-CN', now: startsAt - 3 * DAY_MS, target: () => undefined },
    ...{ offerTitle: () => undefined, offerOfVoucher: () => undefined },
  } as const satisfies FaceContext
  const body = { dayId: 'fuyan', provider: 'planting', startsAt, endsAt: startsAt, cancelBy: startsAt }
  const asked = { id: 'join' as CommandId, kind: 'planting.join', at: startsAt, body } as const
  const refused = {
    ...{ seq: 3, id: 'join', kind: 'planting.join', outcome: 'refused' },
    startsAt,
  } as EntryRow

  it('names its day while it waits and when it is refused: by its name where that is known, else by its hour', () => {
    expect(faceOfCommand(asked).title(context)).toMatch(/植树报名 · .*09:00/)
    expect(faceOfKind('planting.join').title(refused, context)).toMatch(/植树报名 · .*09:00/)
    const named = { ...refused, titleZh: '浮烟山植侧柏', titleEn: 'Fuyan' }
    expect(faceOfKind('planting.join').title(named, context)).toBe('植树报名 · 浮烟山植侧柏')
    const leaving = {
      id: 'x' as CommandId,
      kind: 'planting.leave',
      at: startsAt,
      body: { joinId: asked.id },
    } as const
    const about = { ...context, target: () => refused }
    expect(faceOfCommand(leaving).title(about)).toMatch(/取消植树报名 · .*09:00/)
  })

  it('that is refused shows the day as it stands by now, and leads to the others', async () => {
    const day = planting()
    const signUp = { dayId: day.id, provider: day.provider, startsAt: 0, endsAt: 1, cancelBy: 0 }
    const shown = defineComponent(() => () => h(PlantingDetail, { entry: refused, signUp, day: undefined }))
    world = await openWorld(shown, { path: '/ledger/join', isAccount: true, api: telling(day) })
    await world.settle(() => text().includes('手套和水'))
    expect(world.page.findAll('a').map((each) => each.attributes('href'))).toContain('/planting')
  })
})

describe('a sample day', () => {
  it.each([
    ['that does not say so itself', {}],
    ['that says so itself', { titleZh: '示例：浮烟山植侧柏', placeZh: '东门' }],
  ])('%s is called one once in the list', async (_which, names) => {
    const told = telling(planting({ sample: true, ...names }))
    world = await openWorld(PlantingView, { api: told, path: '/planting' })
    await world.settle(() => text().includes('浮烟山植侧柏'))
    expect(world.page.find('a.list-row').text().match(/示例/g)).toHaveLength(1)
  })

  it.each(['weifang', 'jinan'] as const)(
    'of %s says so in its name, which goes to ledger, calendar and desk',
    (city) => {
      for (const { titleZh, titleEn, sample } of samplePlantingDays(city, now())) {
        expect(sample).toBe(true)
        expect(titleZh).toContain('示例')
        expect(titleEn).toContain('Sample')
      }
    },
  )
})
