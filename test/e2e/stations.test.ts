/** Somebody in Weifang looks for a bike: online, then with no network at all, on the built app. Where they are never leaves the phone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CityStations } from '../../src/contract/stations.ts'
import { placeAt } from '../../src/domain/base/place.ts'
import { formatTime } from '../../src/text/format-date.ts'
import { type Server, startServer } from '../support/server.ts'
import { Person } from './person.ts'

/** As the browser gives it: more digits than any station has, so that it can be told apart in what is sent. */
let here: { latitude: number; longitude: number }
let nearest: CityStations['stations'][number]
let server: Server
let person: Person
const sent: string[] = []

beforeAll(async () => {
  server = await startServer()
  const answer = await fetch(`${server.url}/api/v1/cities/weifang/stations`)
  const { stations } = (await answer.json()) as CityStations
  // One at the edge, which is far down the list from the centre.
  const bikes = stations.filter(({ kind, isOpen }) => kind === 'bike' && isOpen)
  nearest = bikes[bikes.length - 1] as typeof nearest
  const { lat, lon } = placeAt(nearest, { metres: 220, bearing: 180 })
  here = { latitude: lat, longitude: lon }
  person = await Person.with(server.url, { geolocation: here, permissions: ['geolocation'] })
  watchRequests()
  await countAsking()
})
afterAll(async () => {
  await person?.end()
  await server?.end()
})

function watchRequests(): void {
  person.page.context().on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
}

/** How often the page asked the browser for a position. */
async function countAsking(): Promise<void> {
  await person.page.addInitScript(() => {
    const { geolocation } = navigator
    const ask = geolocation.getCurrentPosition.bind(geolocation)
    const count = window as { asked?: number }
    count.asked = 0
    geolocation.getCurrentPosition = (...given) => {
      count.asked = (count.asked ?? 0) + 1
      ask(...given)
    }
  })
}
const asked = () => person.page.evaluate(() => (window as { asked?: number }).asked)
const lines = () => person.page.locator('main ul.list li')
const names = async () => (await lines().allInnerTexts()).map((text) => text.split('\n')[0] ?? '')
const locate = () => person.page.getByRole('button', { name: '用我的位置' }).click()

describe('with a network', () => {
  it('the city’s page leads there; it is sorted from the centre, and nobody’s position is asked for', async () => {
    await person.choosesCity('潍坊')
    await person.goto('/city/weifang')
    await person.page.getByRole('link', { name: '附近站点' }).click()
    await person.sees('按离市中心的距离排')
    await person.sees('刚刚更新')
    expect(await lines().count()).toBe(20)
    expect((await names())[0]).not.toBe(nearest.nameZh)
    expect(await asked()).toBe(0)
  })

  it('after a tap the nearest is first, with distance and direction', async () => {
    await locate()
    await person.sees('按离我的距离排')
    const first = lines().first()
    expect(await first.innerText()).toMatch(new RegExp(`^${nearest.nameZh}\\s+220\\s?m 北\\s+步行约 4 分钟`))
  })

  it('a favourite comes before everything else, and stays one', async () => {
    const last = (await names()).at(-1) ?? ''
    await person.page.getByRole('button', { name: `把${last}加入常用` }).click()
    expect((await names()).slice(0, 2)).toEqual([last, nearest.nameZh])
    await person.page.getByRole('button', { name: `把${last}移出常用` }).click()
    expect((await names())[0]).toBe(nearest.nameZh)
  })

  it('only stations that serve the purpose are left by the filter', async () => {
    await person.page.getByText(/^有位可还/).click()
    const shown = await lines().allInnerTexts()
    expect(shown.length).toBeGreaterThan(0)
    for (const text of shown) expect(text).not.toMatch(/停用|没位可还/)
    await person.page.getByText(/^全部/).click()
  })

  it('a tap near a mark of the picture chooses its station', async () => {
    const picture = person.page
      .getByRole('img', { name: /方位图/ })
      .locator('svg')
      .first()
    const box = await picture.boundingBox()
    if (!box) throw new Error('no picture')
    // 220 m north of the middle lies right above it; a thumb need only be near.
    await picture.click({ position: { x: box.width / 2 + 6, y: box.height / 2 - 12 } })
    const chosen = person.page.locator('.chosen')
    expect(await chosen.innerText()).toContain(nearest.nameZh)
    await chosen.getByRole('button').first().click()
    await person.page.getByRole('dialog', { name: nearest.nameZh }).waitFor()
  })

  it('the map links carry the station’s coordinates, and say in which system they are', async () => {
    const dialog = person.page.getByRole('dialog')
    const href = async (name: string) =>
      new URL((await dialog.getByRole('link', { name }).getAttribute('href')) ?? '')
    const amap = await href('高德地图')
    expect(amap.searchParams.get('position')).toBe(`${nearest.lon.toFixed(5)},${nearest.lat.toFixed(5)}`)
    expect(amap.searchParams.get('coordinate')).toBe('wgs84')
    const baidu = await href('百度地图')
    expect(baidu.searchParams.get('location')).toBe(`${nearest.lat.toFixed(5)},${nearest.lon.toFixed(5)}`)
    expect(baidu.searchParams.get('coord_type')).toBe('wgs84')
    expect(await dialog.innerText()).toContain(`${nearest.lat.toFixed(5)}, ${nearest.lon.toFixed(5)}`)
  })

  it('from a station one goes on to log the ride, and comes back to the same list', async () => {
    await person.page.getByRole('link', { name: '记一笔骑行' }).click()
    // The kind leaves the address as soon as it is chosen.
    await person.page.waitForURL(({ pathname }) => pathname === '/log')
    await person.page.getByRole('radio', { name: '骑行', checked: true }).waitFor()
    await person.page.getByRole('textbox', { name: '里程' }).waitFor()
    await person.page.goBack()
    await person.sees('按离我的距离排')
  })
})

describe('without a network', () => {
  let before: number
  let after: number

  it('closed and opened again, all stations are there, with the time they are of', async () => {
    before = Date.now()
    await person.page.getByRole('button', { name: '更新', exact: true }).click()
    await person.sees('刚刚更新')
    after = Date.now()
    await server.stop()
    await person.reopen('/city/weifang/stations')
    watchRequests()
    await person.sees(/连不上服务器，显示 \d\d:\d\d 的数据/)
    await person.page.context().setOffline(true)
    await person.sees(/断网，显示 \d\d:\d\d 的数据/)
    const [time] = /\d\d:\d\d/.exec(await person.page.getByText(/断网，显示/).innerText()) ?? []
    expect([before - 60_000, before, after].map((at) => formatTime(at, 'zh-CN'))).toContain(time)
    expect(await lines().count()).toBe(20)
  })

  it('distances need no network either', async () => {
    await locate()
    await person.sees('按离我的距离排')
    expect((await names())[0]).toBe(nearest.nameZh)
  })

  it('a city that was never looked at says so, with one thing to do', async () => {
    await person.goto('/city/zibo/stations')
    await person.sees('手机里还没有站点数据')
    await person.page.getByRole('button', { name: '更新' }).waitFor()
  })

  it('and comes by itself once there is a network', async () => {
    await server.start()
    await person.page.context().setOffline(false)
    await person.sees('刚刚更新')
    await person.page.locator('label').filter({ hasText: '综合能源' }).click()
    await person.sees('示例综合能源 1 号站')
  })

  it('in all this nothing that was sent held the person’s position', () => {
    expect(sent.some((each) => each.includes('/stations'))).toBe(true)
    const digits = [here.latitude, here.longitude].map((each) => each.toFixed(5))
    expect(sent.filter((each) => digits.some((digit) => each.includes(digit)))).toEqual([])
    expect(person.errors).toEqual([])
  })
})

describe('where no position can be had', () => {
  it('a refusal is told with what can be done, and the list stays', async () => {
    const other = await Person.with(server.url)
    try {
      await other.choosesCity('潍坊')
      await other.goto('/city/weifang/stations')
      await other.page.getByRole('button', { name: '用我的位置' }).click()
      await other.sees('没有定位权限。可以在浏览器的网站设置里允许，再点一次。')
      expect(await other.page.locator('main ul.list li').count()).toBe(20)
      expect(other.errors).toEqual([])
    } finally {
      await other.end()
    }
  })

  it('somebody far away is told so, and sees the city from its centre', async () => {
    const other = await Person.with(server.url, {
      geolocation: { latitude: 39.9, longitude: 116.4 },
      permissions: ['geolocation'],
    })
    try {
      await other.choosesCity('潍坊')
      await other.goto('/city/weifang/stations')
      await other.page.getByRole('button', { name: '用我的位置' }).click()
      await other.sees(/你离潍坊约 429\s?km，先按市中心排。/)
    } finally {
      await other.end()
    }
  })
})
