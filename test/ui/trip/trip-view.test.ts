/** The page of a trip: what is said before it, what it shows while it runs, what a reload and another page do to it, and how its legs are logged. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import { noteTripLedger } from '../../../src/composables/trip-ledger.ts'
import { useToast } from '../../../src/composables/useToast.ts'
import { usePeople } from '../../../src/stores/people.ts'
import { useTripStore } from '../../../src/stores/trip.ts'
import { language } from '../../../src/text/language.ts'
import TripView from '../../../src/views/trip/TripView.vue'
import { TEST_START } from '../../support/clock.ts'
import { placeEast } from '../../support/straight-ride.ts'
import { WorkerHere } from '../../support/worker-here.ts'
import { now, openWorld, type World } from '../me/world.ts'

/** Pack v3 is in force. */
const START = Date.parse('2026-12-02T08:00:00+08:00')

let world: World
let receiver: ReturnType<typeof receiverOf>

/** A receiver that says what the test says, to whoever listens. */
function receiverOf() {
  const listeners = new Map<
    number,
    { told: PositionCallback; failed?: PositionErrorCallback | null | undefined }
  >()
  let ids = 0
  return {
    listeners,
    geolocation: {
      watchPosition(told: PositionCallback, failed?: PositionErrorCallback | null) {
        listeners.set(++ids, { told, failed })
        return ids
      },
      clearWatch: (id: number) => listeners.delete(id),
    },
    /** At that many metres to the east, by the clock of now. */
    says(metres: number, accuracy = 8) {
      const { lat, lon } = placeEast(metres)
      const coords = { latitude: lat, longitude: lon, accuracy } as GeolocationCoordinates
      for (const { told } of listeners.values()) told({ coords, timestamp: now() } as GeolocationPosition)
    },
    fails(code: number) {
      for (const { failed } of listeners.values()) failed?.({ code } as GeolocationPositionError)
    },
  }
}

beforeEach(() => {
  language.value = 'zh-CN'
  now.set(START)
  receiver = receiverOf()
  vi.stubGlobal('isSecureContext', true)
  vi.stubGlobal('Worker', WorkerHere)
  Object.defineProperty(navigator, 'geolocation', { value: receiver.geolocation, configurable: true })
  Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true })
})
afterEach(async () => {
  await world.close()
  noteTripLedger(null)
  useToast().dismiss()
  Reflect.deleteProperty(navigator, 'geolocation')
  Reflect.deleteProperty(navigator, 'locks')
  vi.unstubAllGlobals()
  now.set(TEST_START)
})

const text = () => world.page.text().replaceAll('\u00a0', ' ')
const button = (words: string) => world.page.findAll('button').find((each) => each.text() === words)
const press = async (words: string) => {
  await world.settle(() => button(words) !== undefined)
  await button(words)?.trigger('click')
}
const trips = async () => (await world.device.db?.trips.toArray()) ?? []
const fixes = async () => (await world.device.db?.tripPoints.toArray()) ?? []
const outbox = async () => (await world.device.db?.outbox.toArray()) ?? []

async function open(): Promise<void> {
  world = await openWorld(TripView, { path: '/log/trip' })
  await world.settle(() => text().includes('开始记录'))
}

async function start(): Promise<void> {
  await open()
  await press('开始记录')
  await world.settle(() => receiver.listeners.size === 1)
}

/** 18 km/h, that many places, one every two seconds. */
async function ride(places: number, from = 0): Promise<void> {
  const before = (await fixes()).length
  for (let i = 0; i < places; i++) {
    now.advance(2000)
    receiver.says(from + i * 10)
  }
  await world.settle(() => useTripStore().fixes.length === before + places)
}

describe('before a trip', () => {
  test('says what the phone does with its screen off, what stays here, and what a track does not show', async () => {
    await open()
    expect(text()).toContain('屏幕关了，手机多半会停止定位')
    expect(text()).toContain('只存在这部手机上，不上传')
    expect(text()).toContain('地铁、公交、新能源打车：轨迹只能证明在动，证明不了坐的是什么，按 50% 计')
    expect(world.page.find('a[href="/log"]').text()).toBe('改为手动填写')
  })

  test('under a pack that takes no live tracks that is said before anybody sets out', async () => {
    now.set(Date.parse('2026-11-28T08:00:00+08:00'))
    await open()
    expect(text()).toContain('现在的核算规则还不认手机轨迹')
  })

  test.each([
    ['over plain http', () => vi.stubGlobal('isSecureContext', false), '这个网址不是 https'],
    [
      'in a browser without a receiver',
      () => Reflect.deleteProperty(navigator, 'geolocation'),
      '这个浏览器不提供位置',
    ],
  ])('%s nothing begins, and why is said', async (_, prepare, words) => {
    prepare()
    await open()
    await press('开始记录')
    await world.settle(() => text().includes(words))
    expect(await trips()).toEqual([])
  })

  test('refused, it never was: no empty trip is left, and where to allow it is said', async () => {
    await start()
    receiver.fails(1)
    await world.settle(() => text().includes('没有定位权限'))
    await world.settle(() => button('开始记录') !== undefined)
    expect(await trips()).toEqual([])
  })
})

describe('while it runs', () => {
  test('shows time, way and speed, and each place is stored as it comes', async () => {
    await start()
    expect(text()).toContain('正在找卫星')
    await ride(31)
    expect(await fixes()).toHaveLength(31)

    await world.settle(() => /0\.(28|29|30) km/.test(text()))
    expect(text()).toContain('正在记，每一点都已存到这部手机上')
    receiver.says(400, 5000)
    await nextTick()
    expect(text()).toContain('“精确位置”')
    receiver.fails(3)
    await nextTick()
    expect(text()).toContain('收不到位置，可能在隧道或室内')
  })

  test('a pause stops the receiver, and going on starts it', async () => {
    await start()
    await ride(10)
    await press('暂停')
    await world.settle(() => text().includes('已暂停'))
    expect(receiver.listeners.size).toBe(0)
    now.advance(60_000)
    await press('继续')
    await world.settle(() => receiver.listeners.size === 1)
    await ride(10, 50)
    const [trip] = await trips()
    expect(trip?.marks.map(({ kind }) => kind)).toEqual(['pause', 'resume'])
  })

  test('loaded anew in the midst of it, it goes on by itself, and the gap is told with its cause', async () => {
    await start()
    await ride(40)
    receiver.listeners.clear()
    await world.reload()
    await world.settle(() => text().includes('暂停'))
    now.advance(60_000)
    await world.settle(() => receiver.listeners.size === 1)
    await ride(20, 500)
    expect(await fixes()).toHaveLength(60)
    await world.settle(() => text().includes('1 处没有记录'))
    expect((await trips()).map(({ state }) => state)).toEqual(['recording'])
  })

  test('found again much later, it waits for the person', async () => {
    await start()
    await ride(5)
    receiver.listeners.clear()
    now.advance(3 * 3_600_000)
    await world.reload()
    await world.settle(() => text().includes('已暂停'))
    expect(receiver.listeners.size).toBe(0)
  })

  test('permission that is taken away on the way is a pause, and nothing of it is lost', async () => {
    await start()
    await ride(5)
    receiver.fails(1)
    await world.settle(() => text().includes('定位权限被关掉了，已暂停'))
    expect(await fixes()).toHaveLength(5)
  })

  test('belongs to the ledger in which it began, whoever’s is open meanwhile', async () => {
    await start()
    await ride(5)
    const mine = world.device.current?.ledgerId
    await usePeople().addGuest('奶奶', 'weifang')
    await world.settle(() => text().includes('记在'))
    await world.settle(() => useTripStore().owner?.ledgerId === mine)
    expect(text()).toContain('路上换到别人的账本，也还是记在这一本')
    await press('结束')
    await world.settle(() => world.device.current?.ledgerId === mine)
    await world.settle(() => world.router.currentRoute.value.query.at !== undefined)
    expect((await trips()).map(({ state }) => state)).toEqual(['ended'])
  })
})

describe('after it', () => {
  test('its leg is recognised, estimated, shown as it would be sent, logged once and taken back', async () => {
    await start()
    await ride(150)
    await press('结束')
    await world.settle(() => text().includes('记下 1 段'))
    expect(text()).toContain('1.5 km')
    expect(world.page.get<HTMLInputElement>('input[value="bike"]').element.checked).toBe(true)
    await world.settle(() => /预计 \d+ g/.test(text()))
    await press('看看会发出去什么')
    await world.settle(() => world.page.find('dialog[open]').exists())
    expect(world.page.get('dialog[open]').text()).toContain('手机轨迹')
    await press('记下 1 段')
    await world.settle(() => text().includes('这次行程已记下'))
    const [row] = await outbox()
    expect(JSON.parse(row?.text ?? '{}')).toMatchObject({
      body: { code: 'bike', evidence: { trust: 'gps' } },
    })
    expect(row?.text).not.toMatch(/36\.8|118\.0/)
    useToast().current.value?.action?.run()
    await world.settle(() => text().includes('记下 1 段'))
    expect(await outbox()).toEqual([])
  })

  test('one tap says how it really was, and the estimate follows; a leg that is none is not logged', async () => {
    await start()
    await ride(150)
    await press('结束')
    await world.settle(() => /预计 \d+ g/.test(text()))
    await world.page.get('input[value="ebike"]').setValue()
    await world.settle(() => text().includes('50%'))
    await world.page.get('input[value="skipped"]').setValue()
    await world.settle(() => button('至少选一段') !== undefined)
    expect(button('至少选一段')?.attributes('aria-disabled')).toBe('true')
  })

  test('thrown away, it is gone with its places, and back by one tap', async () => {
    await start()
    await ride(30)
    await press('结束')
    await press('不要这次行程')
    await world.settle(() => text().includes('开始记录'))
    expect([await trips(), await fixes()]).toEqual([[], []])
    useToast().current.value?.action?.run()
    await world.settle(() => text().includes('还没记下的行程'))
    expect(await fixes()).toHaveLength(30)
  })

  test('ended by mistake, it goes on', async () => {
    await start()
    await ride(30)
    await press('结束')
    await press('还没到，接着记')
    await world.settle(() => receiver.listeners.size === 1)
    expect((await trips()).map(({ state }) => state)).toEqual(['recording'])
  })
})
