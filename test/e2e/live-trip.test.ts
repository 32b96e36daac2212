/** A ride of twenty minutes as it happens: no network, a tunnel, the page loaded anew in the midst of it; logged, synced, and explained. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Server, startServer } from '../support/server.ts'
import { bikeRide, record } from '../support/tracks.ts'
import { Person } from './person.ts'
import { ledgerId, outbox, rowsOf } from './stored.ts'

const MINUTE = 60_000
/** As often a place is heard of. */
const STEP = 10_000
/** Nothing is received between these minutes of the ride. */
const TUNNEL = [8, 10] as const

let server: Server
let person: Person

beforeAll(async () => {
  server = await startServer()
  person = await Person.with(server.url, { permissions: ['geolocation'] })
})
afterAll(async () => {
  await person?.end()
  await server?.end()
})

/** The page's clock goes on, and where it then is, the phone hears of it: each place is stored before the next comes. */
async function rideOn(from: number, to: number): Promise<void> {
  const { page } = person
  const all = record({ ...bikeRide, skipShare: 0, startAt: 0 })
  for (let at = from + STEP; at <= to; at += STEP) {
    await page.clock.runFor(STEP)
    const place = all[at / 1000]
    const isInTunnel = at > TUNNEL[0] * MINUTE && at < TUNNEL[1] * MINUTE
    if (!place || isInTunnel) continue
    const before = await stored()
    await page.context().setGeolocation({ latitude: place.lat, longitude: place.lon, accuracy: 8 })
    await expect.poll(stored, { interval: 5 }).toBeGreaterThan(before)
  }
}

async function stored(): Promise<number> {
  const { page } = person
  return (await rowsOf(page, `greentrace-ledger-${await ledgerId(page)}`, 'tripPoints')).length
}

it('a ride is recorded in a tunnel and over a reload without a network, and is what it was in the ledger afterwards', async () => {
  const { page } = person
  await page.clock.install({ time: Date.now() - 21 * MINUTE })
  await person.choosesCity('潍坊')
  await page.context().setGeolocation({ latitude: 36.70681, longitude: 119.10112, accuracy: 8 })
  await server.stop()

  await person.goto('/log/trip')
  await page.getByRole('button', { name: '开始记录' }).click()
  await person.sees(/正在记，每一点都已存到/)
  await rideOn(0, 5 * MINUTE)
  await person.sees(/1\.[3-6]\d.km/)

  await page.reload()
  await person.sees(/正在记，每一点都已存到|正在找卫星/)
  await rideOn(5 * MINUTE, 15 * MINUTE)
  await person.goto('/')
  await person.sees('正在记录行程')
  await page.getByRole('link', { name: /正在记录行程/ }).click()
  await rideOn(15 * MINUTE, 20 * MINUTE)
  await person.sees('1 处没有记录')
  await page.getByRole('button', { name: '结束', exact: true }).click()

  await person.sees('看起来像骑行')
  await person.sees(/没有信号，按直线计/)
  await person.sees(/预计/)
  await page.getByRole('button', { name: '看看会发出去什么' }).click()
  await person.sees('每一段只发这些，没有地点，也没有路线。')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '记下 1 段' }).click()
  await person.sees('这次行程已记下')
  const [asked] = await outbox(page)
  const { body } = JSON.parse(asked?.text ?? '{}')
  expect(body).toMatchObject({ code: 'bike', city: 'weifang', evidence: { trust: 'gps' } })
  expect(body.quantity.value).toBeGreaterThan(5300)
  expect(body.quantity.value).toBeLessThan(6300)
  expect(asked?.text).not.toMatch(/36\.7|119\.1/)
  expect((await person.ledgerRows())[0]).toMatch(/骑行.*仅在本机/)

  await server.start()
  await person.signsIn('13812340021')
  await person.untilSynced()
  const [row] = await person.ledgerRows()
  expect(row).toMatch(/骑行 5\.\d|骑行 6\.\d/)
  expect(row).not.toMatch(/仅在本机|已发送|不计/)
  await page.locator('main a[href^="/ledger/"]').first().click()
  await person.sees(/手机轨迹/)
  expect(person.errors).toEqual([])
})
