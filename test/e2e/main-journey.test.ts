/** The main job, end to end, on the built app in a real browser: the server is really stopped, the browser really closed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Server, startServer } from '../support/server.ts'
import { bikeRide, gpxOf, record } from '../support/tracks.ts'
import { Person } from './person.ts'

const HOUR = 3600_000
const PHONE_NUMBER = '13812345678'
let server: Server
let person: Person
let second: Person

beforeAll(async () => {
  server = await startServer({ CODE_INTERVAL: '2' })
  person = await Person.with(server.url)
})
afterAll(async () => {
  await person?.end()
  await second?.end()
  await server?.end()
})

/** A ride of today or yesterday: tracks older than 45 days would rightly not count. */
const gpx = () => gpxOf(record({ ...bikeRide, startAt: Date.now() - 26 * HOUR }))

describe('one person walks through every room', () => {
  it('1. opens the app, chooses a city and, without an account, logs a bike ride: grams, points and why, at once', async () => {
    await person.choosesCity('潍坊')
    await person.logsTrip('骑行', '3.2')
    await person.sees('64 g')
    await person.sees('+64')
    await person.sees('为什么是这个数')
    await person.sees('仅在本机')
  })

  it('2. with the server stopped and the app closed and opened again, logs a bus ride and a real GPX file; both wait in the ledger', async () => {
    await server.stop()
    await person.reopen('/')
    await person.sees('潍坊')
    await person.logsTrip('公交', '6')
    await person.sees('81 g')
    await person.logsTrack({ name: 'ride.gpx', text: gpx() })
    const rows = await person.ledgerRows()
    expect(rows.length).toBe(3)
    for (const row of rows) expect(row).toMatch(/仅在本机/)
  })

  it('3. back online, signs in by phone and code: the guest ledger is adopted once and everything gets its verdict without a further tap', async () => {
    await server.start()
    await person.signsIn(PHONE_NUMBER)
    await person.sees('可用积分')
    await person.untilSynced()
    const rows = await person.ledgerRows()
    expect(rows.filter((row) => /仅在本机|已发送/.test(row))).toEqual([])
    expect(rows.filter((row) => /骑行|公交/.test(row)).length).toBe(3)
  })

  it('4. spends points on a sample offer, gets a voucher with its QR code, and opens it with the server stopped', async () => {
    const code = await person.buysVoucher()
    await server.stop()
    await person.reopen(new URL(person.page.url()).pathname)
    await person.sees(code)
    expect(await person.page.getByRole('img', { name: /二维码|兑换券/ }).count()).toBeGreaterThan(0)
  })

  it('5. reads the city’s climate actions offline, all five cities', async () => {
    await person.goto('/city')
    for (const [name, path] of [
      ['济南', 'jinan'],
      ['青岛', 'qingdao'],
      ['潍坊', 'weifang'],
      ['淄博', 'zibo'],
      ['滨州', 'binzhou'],
    ]) {
      await person.goto(`/city/${path}`)
      await person.sees(new RegExp(`${name}市`))
      await person.page.locator('main a[href*="/field/"]').first().waitFor()
    }
    await person.page.locator('main a[href*="/field/"]').first().click()
    await person.page.locator('main a[href*="/measure/"]').first().click()
    await person.sees(/滨政字〔2023〕84号/)
  })

  it('6. the same account in a second browser shows the same ledger, refusals included', async () => {
    await server.start()
    await person.logsTrip('步行', '14') // the day's cap cuts it
    await person.logsTrip('骑行', '0.2') // below what counts: recorded, and refused in words
    await person.untilSynced()
    second = await Person.with(server.url)
    await second.choosesCity('济南')
    await second.signsIn(PHONE_NUMBER)
    await second.untilSynced()
    const rows = await second.ledgerRows()
    expect(rows).toEqual(await person.ledgerRows())
    expect(rows.some((row) => /未通过/.test(row))).toBe(true)
    expect(rows.some((row) => /已调整/.test(row))).toBe(true)
  })

  it('7. exports everything, wipes the browser, signs in again and has it all; then deletes the account on both sides, with a receipt', async () => {
    const before = await person.ledgerRows()
    await person.goto('/me/privacy')
    const download = person.page.waitForEvent('download')
    await person.page.getByRole('button', { name: /导出/ }).first().click()
    const file = await (await download).createReadStream()
    const chunks: Buffer[] = []
    for await (const chunk of file) chunks.push(chunk as Buffer)
    const exported = JSON.parse(Buffer.concat(chunks).toString()) as { journal: unknown[]; outbox: unknown[] }
    expect(exported.journal.length).toBeGreaterThanOrEqual(before.length)

    await person.end()
    person = await Person.with(server.url)
    await person.choosesCity('潍坊')
    await person.signsIn(PHONE_NUMBER)
    await person.untilSynced()
    expect(await person.ledgerRows()).toEqual(before)

    await person.goto('/me/privacy')
    await person.page.getByRole('button', { name: '注销账户' }).click()
    await person.page.getByRole('dialog').getByRole('textbox').fill('注销')
    await person.page.getByRole('dialog').getByRole('button', { name: '注销账户' }).click()
    await person.sees('账户已注销')
    await person.sees('注销回执')
    await second.goto('/')
    await second.sees(/账户已在别处注销|账户已注销/)
  })

  it('and no step wrote an error into the console', () => {
    expect([...person.errors, ...(second?.errors ?? [])]).toEqual([])
  })
})
