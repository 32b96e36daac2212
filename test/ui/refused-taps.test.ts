/** A tap that the phone refuses, because it is full, is said on every screen that writes; nothing is lost by it, and once there is room the same tap does it. */
import { globSync, readFileSync } from 'node:fs'
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Component, defineComponent, h } from 'vue'
import { bookPickup } from '../../src/actions/book-pickup.ts'
import type { ActionContext } from '../../src/actions/context.ts'
import { giveConsent } from '../../src/actions/give-consent.ts'
import { joinPlanting } from '../../src/actions/join-planting.ts'
import BaseSheet from '../../src/components/base/BaseSheet.vue'
import { tellRefused } from '../../src/composables/tell-refused.ts'
import { useToast } from '../../src/composables/useToast.ts'
import { isQuotaError } from '../../src/db/quota-error.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import type { SignUp } from '../../src/domain/taking-part/planting.ts'
import type { EntryRow } from '../../src/stores/entry-details.ts'
import { language } from '../../src/text/language.ts'
import MyHelpers from '../../src/views/helping/MyHelpers.vue'
import PickupDetail from '../../src/views/ledger/PickupDetail.vue'
import PlantingDetail from '../../src/views/ledger/PlantingDetail.vue'
import NameRoute from '../../src/views/log/NameRoute.vue'
import GoalField from '../../src/views/me/GoalField.vue'
import DrawEntryPanel from '../../src/views/rewards/DrawEntryPanel.vue'
import FavouriteButtons from '../../src/views/rewards/FavouriteButtons.vue'
import VoucherCancel from '../../src/views/rewards/VoucherCancel.vue'
import VoucherDispute from '../../src/views/rewards/VoucherDispute.vue'
import { fillDisk, WAYS } from '../actions/full-disk.ts'
import { now, openWorld, type World } from './me/world.ts'

let world: World | undefined
let makeRoom = () => {}
const toast = useToast()
beforeEach(() => {
  language.value = 'zh-CN'
  toast.dismiss()
})
afterEach(async () => {
  makeRoom()
  await world?.close()
  world = undefined
})

const ID = '00000000-0000-4000-8000-000000000001'
const FULL = '手机的存储满了'

interface Screen {
  readonly name: string
  readonly file: string
  /** What was done before, and the screen with what it is handed. */
  readonly open: (context: ActionContext) => Promise<Component>
  /** Fields by their label, then buttons by their words, the last of which writes. */
  readonly typed?: Readonly<Record<string, string>>
  readonly taps: readonly string[]
  /** What it writes that is no command. */
  readonly isSetting?: true
}

const showing = (view: Component, props: object) => defineComponent(() => () => h(view, props))
const entryOf = (id: string): EntryRow =>
  ({
    ...{ seq: 3, id, kind: 'x', group: 'learn', outcome: 'accepted', postedAt: 0, points: 0, grams: 0 },
  }) as unknown as EntryRow
const voucher = (given: object) => ({
  ...{ id: ID, seq: 1, issuedAt: now(), state: 'active', offerId: 'cake', offerVersion: 1, pricePoints: 50 },
  ...{ merchantId: 'cafe', expiresAt: now() + DAY_MS, offer: { valueFen: 50 }, ...given },
})

const SCREENS: readonly Screen[] = [
  {
    name: 'giving a planting place up',
    file: 'ledger/PlantingDetail',
    async open(context) {
      await giveConsent(context, { provider: 'planting', terms: '2026-11-29' })
      const startsAt = now() + 4 * DAY_MS
      const times = { startsAt, endsAt: startsAt + HOUR_MS, cancelBy: startsAt - DAY_MS }
      const signUp: SignUp = { dayId: 'fuyan', provider: 'planting', ...times }
      const id = await joinPlanting(context, signUp)
      const words = {
        titleZh: '植柏',
        titleEn: 'C',
        placeZh: '东门',
        placeEn: 'E',
        bringZh: '水',
        bringEn: 'W',
      }
      const day = { id: 'fuyan', city: 'weifang', places: 3, revision: 1, sample: false, ...signUp, ...words }
      return showing(PlantingDetail, { entry: entryOf(id), signUp, day })
    },
    taps: ['取消报名', '取消报名'],
  },
  {
    name: 'calling a pick-up off',
    file: 'ledger/PickupDetail',
    async open(context) {
      await giveConsent(context, { provider: 'recycling', terms: '2026-11-29' })
      const from = now() + DAY_MS
      const where = { city: 'weifang', address: '三号楼', from, to: from + 4 * HOUR_MS } as const
      const booking = { provider: 'recycling', goods: ['paper'] as const, ...where }
      const id = await bookPickup(context, { ...booking, goods: [...booking.goods] })
      return showing(PickupDetail, { entry: entryOf(id), booking })
    },
    taps: ['取消上门', '取消上门'],
  },
  {
    name: 'giving a voucher back',
    file: 'rewards/VoucherCancel',
    open: async () => showing(VoucherCancel, { voucher: voucher({}), cancelling: undefined, now: now() }),
    taps: ['退回并返还 50 分', '退回'],
  },
  {
    name: 'leaving a draw',
    file: 'rewards/DrawEntryPanel',
    async open() {
      const draw = { opensAt: now() - DAY_MS, closesAt: now() + DAY_MS }
      const entered = { offerId: 'cake', pricePoints: 50, offer: { draw } }
      const rest = { request: undefined, outcome: undefined, outcomeId: undefined, rank: undefined }
      return showing(DrawEntryPanel, { id: ID, entered, ...rest })
    },
    taps: ['退出，退回 50 分'],
  },
  {
    name: 'disputing a voucher',
    file: 'rewards/VoucherDispute',
    open: async () =>
      showing(VoucherDispute, { voucher: voucher({ state: 'used', endedAt: now() }), now: now() }),
    typed: { 怎么回事: '那天我不在潍坊' },
    taps: ['这不是我用的', '提交异议'],
  },
  {
    name: 'inviting a helper',
    file: 'helping/MyHelpers',
    open: async () => MyHelpers,
    typed: { '你怎么称呼 TA': '女儿' },
    taps: ['请 TA 代记'],
  },
  {
    name: 'a route’s name',
    file: 'log/NameRoute',
    open: async () =>
      showing(NameRoute, { act: { code: 'bus', quantity: { value: 2400, unit: 'metre' }, note: undefined } }),
    typed: { 名字: '家→单位' },
    taps: ['存下'],
    isSetting: true,
  },
  {
    name: 'a favourite offer',
    file: 'rewards/FavouriteButtons',
    open: async () => showing(FavouriteButtons, { offer: { id: 'cake' }, isSoldOut: false, now: now() }),
    taps: ['收藏'],
    isSetting: true,
  },
  {
    name: 'a goal',
    file: 'me/GoalField',
    open: async () => GoalField,
    typed: { 每月目标: '12' },
    taps: ['保存'],
    isSetting: true,
  },
]

const page = () => {
  if (!world) throw new Error('no page')
  return world.page
}
const buttons = (words: string) =>
  page()
    .findAll('button')
    .filter((each) => each.text() === words)
const field = (label: string) => {
  const found = page()
    .findAll('label')
    .find((each) => each.text().startsWith(label))
  return found && page().find(`[id="${found.attributes('for')}"]`)
}

async function open(screen: Screen): Promise<ActionContext> {
  let view: Component = { template: '<div />' }
  const Shell = defineComponent(() => () => h(view))
  world = await openWorld(Shell, { path: '/me', isAccount: true })
  const { db } = world.device
  if (!db) throw new Error('no ledger is open')
  let made = 0
  const newId = () => `00000000-0000-4000-8000-1000000000${String(++made).padStart(2, '0')}` as never
  const context = { db, now, newId, page: () => ({ page: '000000a1', elapsed: 0 }) }
  view = await screen.open(context)
  page().vm.$forceUpdate()
  await flushPromises()
  return context
}

async function tap({ typed = {}, taps }: Screen): Promise<void> {
  for (const words of taps) {
    await world?.settle(() => buttons(words).length > 0)
    for (const [label, value] of Object.entries(typed)) await field(label)?.setValue(value)
    const button = buttons(words).at(-1)
    const form = button?.element.closest('form')
    if (form) form.dispatchEvent(new Event('submit', { cancelable: true }))
    else await button?.trigger('click')
    await flushPromises()
  }
}

describe('on a phone that is full', () => {
  it.each(SCREENS.flatMap((screen) => WAYS.map((way) => ({ ...screen, way }))))(
    '$name says so ($way), loses nothing, and is done once there is room',
    async ({ way, ...screen }) => {
      const { db } = await open(screen)
      const stored = async () =>
        JSON.stringify([await db.outbox.toArray(), screen.isSetting ? await db.meta.toArray() : []])
      const before = await stored()
      makeRoom = fillDisk(way)
      await tap(screen)
      await world?.settle(() => toast.current.value !== null || page().find('[role=alert]').exists())
      const said = `${toast.current.value?.text ?? ''}${page().text()}`
      expect(said).toContain(FULL)
      expect(await stored()).toBe(before)
      for (const [label, value] of Object.entries(screen.typed ?? {}))
        expect((field(label)?.element as HTMLInputElement | undefined)?.value).toBe(value)
      makeRoom()
      await tap({ ...screen, taps: screen.taps.slice(-1) })
      await vi.waitFor(async () => expect(await stored()).not.toBe(before), { timeout: 60_000 })
    },
  )
})

describe('what nobody catches', () => {
  const handler = tellRefused(isQuotaError)
  const full = new DOMException('full', 'QuotaExceededError')
  const Bare = (work: () => unknown) => defineComponent(() => () => h('button', { onClick: work }, 'tap'))
  const tapOn = async (work: () => unknown) => {
    const wrapper = mount(Bare(work), { global: { config: { errorHandler: handler } } })
    await wrapper.get('button').trigger('click')
    await flushPromises()
  }

  it('is said of a tap, whether it throws or its promise does, in the reader’s language', async () => {
    await tapOn(() => {
      throw full
    })
    expect(toast.current.value?.text).toContain(FULL)
    toast.dismiss()
    language.value = 'en'
    await tapOn(async () => Promise.reject(full))
    expect(toast.current.value?.text).toContain('storage is full')
  })

  it('is said of a fault of ours too, which is still found in the log', () => {
    const later = vi.spyOn(globalThis, 'queueMicrotask').mockImplementation(() => undefined)
    handler(new Error('ours'), null, 'https://vuejs.org/error-reference/#runtime-5')
    expect([toast.current.value?.text, later.mock.calls.length]).toEqual(['没有做成，再点一次试试。', 1])
    toast.dismiss()
    // While a page is drawn nobody has tapped.
    handler(new Error('ours'), null, 'render function')
    expect([toast.current.value, later.mock.calls.length]).toEqual([null, 2])
    later.mockRestore()
  })

  it('is said within the sheet that is open: behind it nobody would see it', async () => {
    const Sheet = defineComponent(() => () => h(BaseSheet, { open: true, title: 'x' }, () => h('p', 'in it')))
    const wrapper = mount(Sheet, { attachTo: document.body })
    await flushPromises()
    toast.show({ text: '没有记下' })
    await vi.waitFor(() => expect(wrapper.get('dialog').text()).toContain('没有记下'))
    expect(toast.topSheet()).toBeDefined()
    // As the browser closes it itself, by Esc.
    wrapper.get('dialog').element.dispatchEvent(new Event('close'))
    expect(toast.topSheet()).toBe(undefined)
    wrapper.unmount()
    expect(toast.topSheet()).toBe(undefined)
  })

  it('is heard of by the page that starts the app', () => {
    expect(readFileSync('src/main.ts', 'utf8')).toContain(
      'app.config.errorHandler = tellRefused(isQuotaError)',
    )
  })
})

/** They write, catch nothing and say nothing of it themselves: the app says it for them. Each was looked at: nothing typed goes before it is stored. */
const LEFT_TO_THE_APP = [
  ...['helping/LoggedForList.vue', 'home/GoalSheet.vue', 'ledger/ActEntry.vue', 'ledger/LedgerView.vue'],
  ...['ledger/WaitingDetail.vue', 'log/AfterTrip.vue', 'log/LogPage.vue', 'log/RouteChips.vue'],
  ...['log/RoutesView.vue', 'log/use-routes.ts', 'me/PersonCard.vue', 'me/use-goal-draft.ts'],
  ...['rewards/OfferList.vue', 'rewards/OfferView.vue', 'rewards/VoucherRequest.vue'],
  // Their words are said by `use-voice-form.ts`.
  ...['voice/FeedbackView.vue', 'voice/NominateView.vue'],
]
const WRITES = new RegExp(
  [
    ...['ledger\\.act\\(', 'acts\\.(?:record|undo)\\(', 'takeBack\\(', '\\.set(?:Favourites|Routes|Goal)\\('],
    ...[
      'use(?:PlantingActions|PickupActions|DrawActions|Helpers|OfferFavourites|Routes|GoalDraft|People)\\(',
    ],
  ].join('|'),
)

describe('a screen', () => {
  const files = globSync(['src/views/**/*.{ts,vue}', 'src/components/**/*.{ts,vue}'])
  /** Asked for and never waited for: what it says nobody hears. */
  const UNHEARD =
    /\bvoid (?:(?:ledger|acts|trips|helped|people|draws)\.(?!send|refresh)\w+|takeBack|toggle|undo)\(/

  it('never lets a write go without hearing how it ended', () => {
    expect(files.length).toBeGreaterThan(100)
    expect(files.filter((path) => UNHEARD.test(readFileSync(path, 'utf8')))).toEqual([])
  })

  it('that writes catches what is refused, or stands in one of the tables above', () => {
    const silent = files
      .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }))
      .filter(({ text }) => WRITES.test(text) && !/\bcatch\b/.test(text))
      .map(({ path }) => path.replace(/^src\/views\//, ''))
    const known = [...SCREENS.map(({ file }) => `${file}.vue`), ...LEFT_TO_THE_APP]
    expect(silent.filter((path) => !known.includes(path))).toEqual([])
    expect(LEFT_TO_THE_APP.filter((path) => !silent.includes(path))).toEqual([])
  })
})
