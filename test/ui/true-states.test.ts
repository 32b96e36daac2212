/** What a screen says is so while it is read, after it failed, and on a phone that is full: nothing is said too early, and no button stays dead. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Component, defineComponent, h, shallowRef } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { sendFeedback } from '../../src/actions/send-feedback.ts'
import { useToast } from '../../src/composables/useToast.ts'
import type { Device } from '../../src/contract/session.ts'
import { writeKept } from '../../src/db/kept.ts'
import { writeMeta } from '../../src/db/meta.ts'
import { DAY_MS, dayOf } from '../../src/domain/base/time.ts'
import { headOf } from '../../src/domain/ledger/ledger-part.ts'
import { emptyLedger } from '../../src/domain/ledger/ledger-state.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { useKeptStore } from '../../src/stores/kept.ts'
import { useLedgerStore } from '../../src/stores/ledger.ts'
import { useServices } from '../../src/stores/services.ts'
import type { BackendApi } from '../../src/sync/backend-api.ts'
import { language } from '../../src/text/language.ts'
import CheckInPanel from '../../src/views/city/events/CheckInPanel.vue'
import PickupDetail from '../../src/views/ledger/PickupDetail.vue'
import BackupView from '../../src/views/me/BackupView.vue'
import BadgesView from '../../src/views/me/badges/BadgesView.vue'
import DevicesView from '../../src/views/me/DevicesView.vue'
import ExportPanel from '../../src/views/me/ExportPanel.vue'
import GoalField from '../../src/views/me/GoalField.vue'
import MeView from '../../src/views/me/MeView.vue'
import OutboxList from '../../src/views/me/OutboxList.vue'
import SyncView from '../../src/views/me/SyncView.vue'
import ServicesView from '../../src/views/me/services/ServicesView.vue'
import NewsView from '../../src/views/news/NewsView.vue'
import NoticesPanel from '../../src/views/news/NoticesPanel.vue'
import PeriodView from '../../src/views/period/PeriodView.vue'
import BookPickupView from '../../src/views/pickups/BookPickupView.vue'
import PickupsView from '../../src/views/pickups/PickupsView.vue'
import DrawView from '../../src/views/rewards/DrawView.vue'
import OfferView from '../../src/views/rewards/OfferView.vue'
import RewardsView from '../../src/views/rewards/RewardsView.vue'
import VoiceView from '../../src/views/voice/VoiceView.vue'
import { fillDisk } from '../actions/full-disk.ts'
import { now, openWorld, problem, type Setting, type World } from './me/world.ts'

let world: World
let makeRoom = () => {}
const toast = useToast()
beforeEach(() => {
  language.value = 'zh-CN'
  toast.dismiss()
})
afterEach(async () => {
  makeRoom()
  makeRoom = () => {}
  await world.close()
})

const text = () => world.page.text().replaceAll('\u00a0', ' ')
const buttons = (words: string) => world.page.findAll('button').filter((each) => each.text() === words)
const isDead = (words: string) => buttons(words)[0]?.attributes('disabled') !== undefined
const db = () => {
  if (!world.device.db) throw new Error('no ledger is open')
  return world.device.db
}

/** The page opens on what `before` has left on the phone; answers all that it says until then. */
async function open(
  view: Component,
  setting: Setting & { before?: () => Promise<unknown> },
  until: () => boolean,
): Promise<string> {
  const shown = shallowRef<Component>({ template: '<div />' })
  const Shell = defineComponent(() => () => h(shown.value))
  const routes = ['/rewards/draw/:id', '/rewards/offer/:id', '/:all(.*)*'].map((path) => ({
    path,
    component: Shell,
  }))
  const router = createRouter({ history: createMemoryHistory(), routes })
  world = await openWorld(Shell, { isAccount: true, ...setting, router })
  await setting.before?.()
  shown.value = view
  await world.page.vm.$nextTick()
  const seen: string[] = []
  await world.settle(() => {
    seen.push(text())
    return until()
  })
  return seen.join('\n')
}

const CONSENT = '00000000-0000-4000-8000-0000000000cc'
const provider = {
  ...{ id: 'recycling', kind: 'recycling', cities: ['weifang'], collects: ['paper'], keys: [] },
  ...{ nameZh: '再生站', nameEn: 'R', operatorZh: '某公司', operatorEn: 'O', whatZh: '称重', whatEn: 'W' },
  ...{ whyZh: '算', whyEn: 'C', declarations: [], terms: '2026-11-29', keptDays: 30, sample: true },
}
const linked = {
  consents: {
    [CONSENT]: {
      ...{ id: CONSENT, scope: 'provider:recycling', handle: '0'.repeat(32), terms: '2026-11-29' },
      givenAt: now(),
    },
  },
} as never
const keepProviders = () =>
  writeKept(useServices().device, {
    key: 'providers',
    value: { providers: [provider], audience: 'x' },
    at: now(),
  })
const withConsent = async () => {
  await keepProviders()
  await writeMeta(db(), 'ledger', headOf({ ...emptyLedger(), ...(linked as object) }))
}

describe('before the ledger is read', () => {
  it('a linked service is not said to be none', async () => {
    const seen = await open(ServicesView, { before: withConsent }, () => text().includes('已同意'))
    expect(seen).not.toContain('未关联')
  })

  it('who can book a pick-up is not sent away to link first', async () => {
    const seen = await open(BookPickupView, { before: withConsent }, () => buttons('预约').length > 0)
    expect(seen).not.toContain('还没有关联')
  })

  it('a backup of yesterday is not said to have never been made', async () => {
    const before = () => writeMeta(db(), 'exportedAt', now())
    const seen = await open(BackupView, { before }, () => text().includes('上次备份 · 今天'))
    expect(seen).not.toContain('还没有备份过')
  })

  it('what waits is not said to be nothing, nor that there was never a sync', async () => {
    const before = () => writeMeta(db(), 'lastSyncedAt', now())
    const seen = await open(SyncView, { before, records: 1, path: '/me/sync' }, () => text().includes('光盘'))
    expect(seen).not.toContain('没有等着上传的记录')
    expect(seen).not.toContain('上次同步还没有过')
  })

  it('who has checked in to an event is not asked for the code again', async () => {
    const today = dayOf(now())
    const occurrence = {
      ...{ id: 'walk', city: 'weifang', titleZh: '走', titleEn: 'W', fromDay: today, toDay: today },
      ...{ hasCheckIn: true, points: 5, sample: false },
    }
    const Panel = defineComponent(() => () => h(CheckInPanel, { occurrence, today, now: now() } as never))
    const command = {
      id: CONSENT,
      kind: 'event.check-in',
      at: now(),
      body: { occurrenceId: 'walk', code: 'A' },
    }
    const before = () =>
      db().outbox.add({ id: CONSENT, text: canonicalJson(command as never), state: 'queued' } as never)
    const seen = await open(Panel, { before }, () => text().includes('已签到'))
    expect(seen).not.toContain('签到码')
  })

  it('what was weighed at a pick-up is not said to be nothing', async () => {
    const booking = { provider: 'recycling', city: 'weifang', goods: ['paper'], address: '三号楼' }
    const entry = { id: 'p', kind: 'pickup.book', outcome: 'accepted', postedAt: 0, points: 0, grams: 0 }
    const times = { from: now(), to: now() + DAY_MS }
    const Detail = defineComponent(
      () => () => h(PickupDetail, { entry, booking: { ...booking, ...times } } as never),
    )
    const seen = await open(Detail, {}, () => text().includes('还没有称重'))
    expect(seen.split('\n')[0]).not.toContain('还没有称重')
  })

  it('a goal is not said to be none, nor a backup to have never been made', async () => {
    const before = async () => {
      await writeMeta(db(), 'goalGrams', 12_000 as never)
      await writeMeta(db(), 'exportedAt', now())
    }
    const Both = defineComponent(() => () => [h(GoalField), h(MeView)])
    const seen = await open(
      Both,
      { before },
      () => text().includes('只给自己看') && text().includes('上次备份'),
    )
    expect(seen).not.toContain('还没有目标')
    expect(seen).not.toContain('还没有备份过')
  })

  it('one’s own entry in a draw is not said to be none', async () => {
    const id = '00000000-0000-4000-8000-0000000000dd'
    const before = async () => {
      const ledger = useLedgerStore()
      await world.settle(() => ledger.isReady)
    }
    const seen = await open(DrawView, { before, path: `/rewards/draw/${id}` }, () =>
      text().includes('没有这次抽取'),
    )
    // The ledger's other rows are there: whether this one is, has still to be looked up.
    expect(seen.split('\n')[0]).not.toContain('没有这次抽取')
  })
})

describe('while the first restore is under way', () => {
  const before = async () => {
    await writeMeta(db(), 'restore', { isComplete: false, lastSeq: 90 })
  }

  it('the vouchers and pick-ups that are still to come are not said to be none', async () => {
    await open(RewardsView, { before, path: '/rewards?tab=vouchers' }, () => text().includes('我的券'))
    await flushPromises()
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(text()).not.toContain('还没有券')
    await world.close()
    await open(PickupsView, { before, path: '/pickups' }, () => text().includes('预约'))
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(text()).not.toContain('还没有约过')
  })

  it('what is asked for meanwhile stands in its list, also where the rest does not come', async () => {
    const said = '希望站前路修一条自行车道'
    const saysSo = async () => {
      await before()
      const body = { city: 'weifang', topic: 'idea', text: said } as const
      await useLedgerStore().act((context) => sendFeedback(context, body))
    }
    await open(VoiceView, { before: saysSo, path: '/city/weifang/voice' }, () => text().includes(said))
  })
})

describe('while the first restore is under way, what is not all of it', () => {
  const before = () => writeMeta(db(), 'restore', { isComplete: false, lastSeq: 90 })
  const quiet = async () => {
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setTimeout(resolve, 5))
  }

  it.each<[string, Component, string]>([
    ['no badges', BadgesView, '还没有徽章'],
    ['no figures of a period', PeriodView, '减碳量'],
    ['no news', NewsView, '还没有消息'],
  ])('is not shown as all: %s', async (_, view, words) => {
    await open(view, { before }, () => world.page.find('h1').exists())
    await quiet()
    expect(text()).not.toContain(words)
    await writeMeta(db(), 'restore', { isComplete: true, lastSeq: 90 })
    await world.settle(() => text().includes(words))
  })
})

describe('a request that waits for a network', () => {
  it('does not read as done: a service whose unlinking waits still reports', async () => {
    await open(ServicesView, { before: withConsent }, () => buttons('解除关联').length > 0)
    await buttons('解除关联')[0]?.trigger('click')
    await world.settle(() => buttons('解除关联').length > 1)
    expect(text()).toContain('没有网络就等联上')
    await buttons('解除关联').at(-1)?.trigger('click')
    await world.settle(() => toast.current.value !== null)
    expect(toast.current.value?.text).toBe('已申请解除，送达后生效：再生站')
    await world.settle(() => text().includes('等联网后解除'))
    expect(text()).not.toContain('未关联')
  })
})

describe('on a phone that is full', () => {
  it('what a city’s feed says now is shown, not what an older answer said', async () => {
    const feed = ((name: string) =>
      name === 'providers'
        ? Promise.resolve({
            value: { providers: [{ ...provider, nameZh: '新站' }], audience: 'x' },
            etag: 'y',
          })
        : problem('offline')()) as unknown as BackendApi['feed']
    const before = async () => {
      await keepProviders()
      makeRoom = fillDisk('fails')
    }
    await open(ServicesView, { before, api: { feed } }, () => text().includes('新站'))
    expect(text()).not.toContain('再生站')
  })

  it('a file that was saved is not said to have failed', async () => {
    const save = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
    const address = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:x')
    await open(ExportPanel, { records: 1 }, () => buttons('备份到文件').length > 0)
    makeRoom = fillDisk('refuses')
    await buttons('备份到文件')[0]?.trigger('click')
    await world.settle(() => save.mock.calls.length > 0 && toast.current.value !== null)
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(text()).not.toContain('没有做成文件')
    save.mockRestore()
    address.mockRestore()
  })

  it('the button that sends once more works again when there is room', async () => {
    const before = () => db().outbox.toCollection().modify({ state: 'deferred' })
    await open(OutboxList, { before, records: 1 }, () => buttons('重新发送').length > 0)
    makeRoom = fillDisk('fails')
    await buttons('重新发送')[0]?.trigger('click')
    await world.settle(() => toast.current.value !== null)
    expect(isDead('重新发送')).toBe(false)
  })

  it('notices that could not be turned on do not look as if they were', async () => {
    vi.stubGlobal('Notification', { permission: 'granted', requestPermission: async () => 'granted' })
    vi.stubGlobal('isSecureContext', true)
    Object.defineProperty(navigator, 'serviceWorker', { configurable: true, value: {} })
    await open(NoticesPanel, {}, () => world.page.find('[role=switch]').exists())
    makeRoom = fillDisk('fails')
    await world.page.get('[role=switch]').setValue(true)
    await world.settle(() => toast.current.value !== null)
    await flushPromises()
    const control = world.page.get('[role=switch]')
    expect((control.element as HTMLInputElement).checked).toBe(false)
    expect(control.attributes('aria-checked')).toBe('false')
    vi.unstubAllGlobals()
    Reflect.deleteProperty(navigator, 'serviceWorker')
  })
})

describe('when the network goes and comes', () => {
  afterEach(() => void window.dispatchEvent(new Event('online')))

  it('a phone that has lost it is not said to be in sync with an account that it cannot ask', async () => {
    const exchange: Setting['exchange'] = async (tell) => tell({ phase: 'idle' })
    await open(SyncView, { exchange, path: '/me/sync' }, () => text().includes('已同步'))
    window.dispatchEvent(new Event('offline'))
    await world.settle(() => text().includes('离线'))
    expect(text()).not.toContain('已同步')
  })

  it('a draw that could not be asked about is asked about again', async () => {
    let isDown = true
    const draw = (async () =>
      isDown
        ? problem('offline')()
        : { count: 41, state: 'open', pieces: 2, opensAt: 0, closesAt: 1 }) as never
    const path = '/rewards/draw/cake:1'
    await open(
      DrawView,
      { path, api: { draw } },
      () => text().includes('这次抽取怎么进行') || text().length > 30,
    )
    window.dispatchEvent(new Event('offline'))
    await flushPromises()
    isDown = false
    window.dispatchEvent(new Event('online'))
    await world.settle(() => text().includes('41'))
  })
})

it('a phone whose clock was put back asks the feeds as before', async () => {
  let count = 0
  const feed = (() => {
    count++
    return Promise.resolve({ value: { providers: [], audience: 'x' }, etag: 'y' })
  }) as unknown as BackendApi['feed']
  await open({ template: '<p>x</p>' }, { api: { feed } }, () => true)
  const kept = useKeptStore()
  await kept.refresh('providers')
  now.set(now() - DAY_MS)
  await kept.refresh('providers')
  expect(count).toBe(2)
  now.set(now() + DAY_MS)
})

describe('an offer by a link', () => {
  const path = '/rewards/offer/cake'

  it('on a phone without a network and without offers says so, and does not load for ever', async () => {
    await open(OfferView, { path }, () => text().includes('没有回应'))
    expect(text()).not.toContain('没有这一项')
    expect(text()).not.toContain('没有连上网络')
    expect(world.page.find('.skeleton').exists()).toBe(false)
  })

  it('on a phone that nobody has a ledger on is asked for, too', async () => {
    const before = async () => {
      const { device } = useServices()
      await device.profiles.clear()
      await world.settle(() => world.device.db === undefined)
    }
    await open(OfferView, { path, before }, () => text().includes('没有回应'))
  })
})

describe('another account on the same page', () => {
  it('never sees the devices of the one before', async () => {
    let isDown = false
    const list = [
      { deviceId: 'd', name: '旧账户的手机', isThis: false, lastSeenAt: now(), signedInAt: now() },
    ] as unknown as Device[]
    const devices = async () => (isDown ? problem('offline')() : list)
    await open(DevicesView, { api: { devices } }, () => text().includes('旧账户的手机'))
    isDown = true
    const { device } = useServices()
    const profile = await device.profiles.toCollection().first()
    const other = '22222222-2222-4222-8222-222222222222'
    await device.profiles.put({ ...profile, ledgerId: other } as never)
    await world.device.switchTo(other)
    await world.settle(() => text().includes('没有回应'))
    expect(text()).not.toContain('旧账户的手机')
  })
})
