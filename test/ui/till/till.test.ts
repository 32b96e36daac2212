/** The till's screens: coming in, what stands large for each thing that is shown, what is typed wrong, and who may refund. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import ScanCode from '../../../src/components/scan/ScanCode.vue'
import type { TillRow } from '../../../src/db/till.ts'
import { DAY_MS, HOUR_MS } from '../../../src/domain/base/time.ts'
import type { KeySet } from '../../../src/proof/keys.ts'
import { useTillStore } from '../../../src/stores/till.ts'
import type { TillExchange } from '../../../src/sync/till-exchange.ts'
import { SyncProblem } from '../../../src/sync/transport.ts'
import TillView from '../../../src/views/till/TillView.vue'
import { fillDisk } from '../../actions/full-disk.ts'
import { TEST_START } from '../../support/clock.ts'
import { BRANCH, Counter, type Sold } from '../../support/counter.ts'
import { makeTestKey } from '../../support/keys.ts'
import { now, openWorld, type World } from '../me/world.ts'

let row: TillRow
let keys: KeySet
let sold: readonly Sold[]
let lastDay: Sold
let elsewhere: Sold
let unknown: Sold
let world: World
let role: TillRow['role'] = 'manager'
let makeRoom = () => {}

beforeAll(async () => {
  const counter = await Counter.open()
  row = (await counter.tills.tills.get(BRANCH)) as TillRow
  keys = { keys: [counter.key.key] }
  sold = [await counter.sells(), await counter.sells()]
  lastDay = await counter.sells({ validDays: 0 })
  elsewhere = await counter.sells({ merchant: 'sample-books' })
  const purpose = { purpose: 'vouchers', notBefore: 0, notAfter: TEST_START + DAY_MS } as const
  unknown = await counter.sells({ key: await makeTestKey('ffffffffffffffff', purpose) })
  counter.close()
})
beforeEach(() => {
  now.set(TEST_START)
  role = 'manager'
})
afterEach(async () => {
  makeRoom()
  await world.close()
})

const exchange = {
  async join(_keys: unknown, { code }: { code: string }) {
    if (!/^7k2m/i.test(code)) throw new SyncProblem('code_wrong')
    return {
      tillId: 't',
      role,
      name: '一号',
      branch: { accountId: BRANCH, ...row.place },
      sessionSecret: 's',
    }
  },
  demoCode: async () => undefined,
  heldKeys: async () => keys,
  askKeys: async () => keys,
  loop: () => ({ poke: async () => undefined, stop: async () => undefined }),
  sendAll: async () => undefined,
} as unknown as TillExchange

const text = () => world.page.text().replaceAll('\u00a0', ' ')
const button = (words: string) => world.page.findAll('button').find((each) => each.text() === words)
const verdict = () => world.page.find('[data-verdict]')

async function typeInto(label: string, typed: string): Promise<void> {
  const field = world.page.findAll('label').find((each) => each.text().startsWith(label))
  const id = field?.attributes('for')
  await (id ? world.page.get(`[id="${id}"]`) : field?.get('input'))?.setValue(typed)
}

async function open(): Promise<void> {
  const routes = [{ path: '/till/:part?', component: TillView }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  world = await openWorld(TillView, { path: '/till', router, tillExchange: exchange })
  await world.settle(() => text().includes('把这台设备设为收银台'))
}

/** Joined, and told by the backend this very moment. */
async function joined(told: Partial<TillRow['told'] & object> = {}): Promise<void> {
  await open()
  await typeInto('加入码', '7k2m 94qx 13')
  await world.page.get('form').trigger('submit')
  await world.settle(() => text().includes('一店'))
  await useTillStore().tills.tills.update(BRANCH, { told: { ...row.told, at: now(), ...told } as never })
  await world.settle(() => useTillStore().current?.told !== undefined)
}

async function shown(code: string): Promise<string> {
  world.page.findComponent(ScanCode).vm.$emit('read', code)
  await world.settle(() => verdict().exists())
  return verdict().attributes('data-verdict') ?? ''
}

async function next(): Promise<void> {
  await (button('下一张') ?? button('不收'))?.trigger('click')
  await world.settle(() => !verdict().exists())
}

describe('coming in', () => {
  it('says before what is lost with a lost device, and what a wrong code is', async () => {
    await open()
    expect(text()).toContain('由店里承担')
    await typeInto('加入码', '0000 0000 00')
    await world.page.get('form').trigger('submit')
    await world.settle(() => text().includes('这个码不对'))
  })

  it('a phone that was switched off is the same till after', async () => {
    await joined()
    await world.reload()
    await world.settle(() => text().includes('一店'))
    expect(text()).toContain('核对')
  })
})

describe('what is shown', () => {
  it('is valid, with what to hand out and by when to connect; and is yes only once it is written', async () => {
    await joined()
    expect(await shown(sold[0]?.code ?? '')).toBe('accept')
    expect(text()).toMatch(/有效.*中杯咖啡.*限堂食.*12.00 元.*须在.*前联网/s)
    expect(await useTillStore().db?.outbox.count()).toBe(0)
    await button('核销')?.trigger('click')
    await world.settle(() => text().includes('已核销，请交付'))
    expect(await useTillStore().db?.outbox.count()).toBe(1)
    await next()
    await world.settle(() => text().includes('1 笔还需联网'))
    expect(await shown(sold[0]?.code ?? '')).toBe('already_accepted')
  })

  it('and is not to be handed out for, has words, a colour and a shape of its own', async () => {
    await joined({ ended: [sold[1]?.id ?? ''] })
    const cases = [
      [elsewhere.code, 'other_shop', '别家的券'],
      [`${sold[0]?.token.slice(0, -6)}AAAAAA`, 'forged', '券是假的'],
      [sold[1]?.code, 'ended', '已经失效'],
      ['https://example.org', 'not_a_voucher', '不是兑换券'],
      [sold[0]?.code.slice(0, -9), 'damaged', '没读完整'],
      [unknown.code, 'cannot_check', '联一下网就好'],
    ] as const
    const faces = new Set<string>()
    for (const [code = '', kind, words] of cases) {
      expect(await shown(code)).toBe(kind)
      expect(text()).toContain(words)
      expect(button('核销')).toBeUndefined()
      const [colour = ''] = verdict()
        .classes()
        .filter((name) => name !== 'verdict')
      faces.add(`${colour} ${verdict().get('.sign').html()} ${verdict().get('h1').text()}`)
      await next()
    }
    now.advance(DAY_MS)
    expect(await shown(lastDay.code)).toBe('expired')
    await next()
    now.advance(2 * DAY_MS)
    expect(await shown(sold[0]?.code ?? '')).toBe('cannot_check')
    expect(text()).toContain('太久没有联网')
    expect(faces.size).toBe(cases.length)
  })

  it('on a full disk is not to be handed out for, and nothing else is said', async () => {
    await joined()
    await shown(sold[0]?.code ?? '')
    makeRoom = fillDisk('aborts')
    await button('核销')?.trigger('click')
    await world.settle(() => text().includes('没有记下，请不要交付'))
    expect(verdict().find('dl').exists()).toBe(false)
    expect(verdict().attributes('data-verdict')).toBe('not_written')
  })
})

describe('a number', () => {
  const types = async (typed: string) => {
    await typeInto('券号', typed)
    await world.page.get('form').trigger('submit')
  }

  it('that is not whole is said at its field, and one that is right is a voucher', async () => {
    await joined()
    await types('7K2M 94QX')
    await world.settle(() => text().includes('少了几个字'))
    await types(sold[0]?.number.toLowerCase() ?? '')
    await world.settle(() => verdict().exists())
    expect(verdict().attributes('data-verdict')).toBe('accept')
  })

  it('wrong three times makes one wait a minute, also after the page was closed', async () => {
    await joined()
    const { number = '' } = sold[0] ?? {}
    const wrong = number.slice(0, -1) + (number.endsWith('0') ? '1' : '0')
    for (let i = 0; i < 3; i++) {
      await types(wrong)
      await world.settle(() => verdict().exists())
      expect(verdict().attributes('data-verdict')).toBe('wrong_number')
      await next()
    }
    await world.settle(() => text().includes('连错三次'))
    await world.reload()
    await world.settle(() => text().includes('连错三次'))
    expect(world.page.get('button[type=submit]').attributes('disabled')).toBeDefined()
  })
})

describe('the list', () => {
  async function withBooked(): Promise<void> {
    await joined()
    const { db } = useTillStore()
    const one = {
      id: 'a',
      names: [],
      acceptedAt: now() - HOUR_MS,
      fen: 1200,
      titleZh: '中杯咖啡',
      titleEn: 'Coffee',
    }
    await db?.acceptances.add({ ...one, seq: 1, outcome: 'accepted' })
    await db?.acceptances.add({ ...one, id: 'b', connectBy: now() + 50 * HOUR_MS })
    await world.router.push('/till/today')
  }

  it('says of each where it stands, and how long it has to be sent', async () => {
    await withBooked()
    const list = await openList()
    expect(list).toMatch(/已入账/)
    expect(list).toMatch(/还需联网 · 还有 50 小时/)
  })

  it('lets a manager refund with a word why, and a cashier not', async () => {
    await withBooked()
    await openList()
    expect(button('退款')).toBeDefined()
    await world.close()
    role = 'till'
    await withBooked()
    await openList()
    expect(button('退款')).toBeUndefined()
  })

  it('says of one that a restored backend has forgotten whom it waits for, and presses nobody', async () => {
    await withBooked()
    const { db } = useTillStore()
    const row = { n: 1, id: 'b', text: '{}', state: 'waiting' } as const
    await db?.outbox.add({ ...row, text: '{"at":1,"body":{},"id":"b","kind":"voucher.accept"}' })
    await openList()
    await world.settle(() => text().includes('等顾客的手机'))
    expect(text()).toContain('最晚到券到期后三天')
    expect(text()).not.toContain('还有 50 小时')
    expect(text()).not.toContain('笔还需联网')
  })

  async function openList(): Promise<string> {
    await world.settle(() => world.page.findAll('[data-state]').length === 2)
    return text()
  }
})

describe('several branches on one device', () => {
  const OTHER = '00000000-0000-4000-8000-0000000000b2'
  const switcher = () => world.page.find('[aria-label="换一家门店"]')

  async function withTwo(): Promise<void> {
    await joined()
    expect(switcher().exists()).toBe(false)
    const { tills, current } = useTillStore()
    const place = { ...row.place, merchantId: 'sample-books', nameZh: '二店', nameEn: 'Second' }
    const told = { ...row.told, at: now() } as never
    await tills.tills.put({
      ...(current as TillRow),
      accountId: OTHER,
      tillId: 'u',
      name: '前台',
      place,
      told,
    })
    await world.settle(() => switcher().exists())
  }

  async function turnTo(branch: string): Promise<void> {
    await switcher().trigger('click')
    const to = () =>
      world.page.findAll('button').find((each) => each.attributes('aria-label') === `换到这家：${branch}`)
    await world.settle(() => to() !== undefined)
    await to()?.trigger('click')
    await world.settle(() => world.page.get('h1').text() === branch)
  }

  it('are turned to by one button, each with its own list; a voucher of one is another shop’s at the other', async () => {
    await withTwo()
    expect(await shown(sold[0]?.code ?? '')).toBe('accept')
    await button('核销')?.trigger('click')
    await world.settle(() => text().includes('已核销，请交付'))
    await next()
    await turnTo('二店')
    expect(text()).toContain('前台')
    expect(await useTillStore().db?.acceptances.count()).toBe(0)
    expect(await shown(sold[1]?.code ?? '')).toBe('other_shop')
    await next()
    await switcher().trigger('click')
    await world.settle(() => text().includes('1 笔还需联网'))
    await turnTo('一店')
    expect(await useTillStore().db?.acceptances.count()).toBe(1)
  })

  it('what was read at one is not accepted at the other, also where another tab turns the device', async () => {
    await withTwo()
    expect(await shown(sold[1]?.code ?? '')).toBe('accept')
    await useTillStore().choose(OTHER)
    await world.settle(() => !verdict().exists())
    expect(await useTillStore().db?.outbox.count()).toBe(0)
    await turnTo('一店')
    expect(await useTillStore().db?.outbox.count()).toBe(0)
  })
})

describe('what the list of before says', () => {
  const old = () => ({ names: [], acceptedAt: now() - 2 * DAY_MS, fen: 1200, titleZh: '中杯咖啡' })

  it('is so when it changes: what was sent or refunded meanwhile does not read as before', async () => {
    await joined()
    const { db } = useTillStore()
    await db?.acceptances.add({ ...old(), id: 'a', connectBy: now() - DAY_MS } as never)
    await db?.acceptances.add({ ...old(), id: 'b', seq: 1, outcome: 'accepted' } as never)
    await world.router.push('/till/today')
    await world.settle(() => button('再早一些') !== undefined)
    await button('再早一些')?.trigger('click')
    await world.settle(() => text().includes('已过期限') && button('退款') !== undefined)
    await db?.acceptances.update('a', { seq: 2, outcome: 'accepted' } as never)
    await db?.acceptances.update('b', { refundedAt: now() })
    const states = () => world.page.findAll('[data-state]').map((each) => each.attributes('data-state'))
    await world.settle(() => states().sort().join() === 'booked,refunded')
    expect(text()).not.toContain('已过期限')
  })
})

describe('the devices of a branch', () => {
  const people: { tillId: string }[] = []
  const api = () => ({
    people: async () => people,
    code: async () => Promise.reject(new SyncProblem('offline')),
  })
  const withApi = () => Object.assign(exchange as object, { api })

  it('a name that was typed for a new one is still there when no code could be had for it', async () => {
    withApi()
    await joined()
    await world.router.push('/till/tills')
    await world.settle(() => text().includes('怎么叫它'))
    await typeInto('怎么叫它', '二号收银台')
    await button('给一个码')
      ?.element.closest('form')
      ?.dispatchEvent(new Event('submit', { cancelable: true }))
    await world.settle(() => world.page.find('dialog [role=alert]').exists())
    await world.reload()
    await world.router.push('/till/tills')
    await world.settle(() => text().includes('怎么叫它'))
    const typed = world.page.findAll('input').map((each) => (each.element as HTMLInputElement).value)
    expect(typed).toContain('二号收银台')
  })

  it('are read once the branch makes this one a manager’s, and do not load for ever', async () => {
    withApi()
    role = 'till'
    await joined()
    await world.router.push('/till/tills')
    await world.settle(() => world.page.find('#other-tills').exists())
    await useTillStore().tills.tills.update(BRANCH, { role: 'manager' })
    await world.settle(() => button('给一个码') !== undefined)
    await world.settle(() => !world.page.find('.skeleton').exists())
  })
})

it('a till whose exchange could not be loaded says that it is offline, and goes on with the next try', async () => {
  let tries = 0
  let poked = 0
  const { loop } = exchange
  const failing = exchange as { loop: unknown }
  await joined()
  failing.loop = (_of: unknown, tell: (status: { phase: string }) => void) => {
    if (++tries === 1) throw new TypeError('Failed to fetch dynamically imported module')
    const poke = async () => {
      poked++
      tell({ phase: 'idle' })
    }
    return { poke, stop: async () => undefined }
  }
  await world.reload()
  await world.settle(() => text().includes('没有网络，照常可以收券'))
  await useTillStore().poke()
  expect(poked).toBeGreaterThan(0)
  await world.settle(() => !text().includes('没有网络'))
  failing.loop = loop
})
