/** A ride as it happens, in browsers of other makers: begun, paused, begun anew in the midst of it without a network, ended, looked at, logged. */
import { describe, expect } from 'vitest'
import type { Server } from '../support/server.ts'
import { bikeRide, record } from '../support/tracks.ts'
import { inOtherBrowsers } from './in-other-browsers.ts'
import { type Driven, startsIn } from './other-browsers.ts'
import type { Gateway } from './place-gateway.ts'

const MINUTE = 60_000
/** As often a place is heard of. */
const STEP_SECONDS = 5
const ride = record({ ...bikeRide, skipShare: 0, startAt: 0 })

const OUTBOX = `
  const { name } = (await indexedDB.databases()).find((each) => each.name.startsWith('greentrace-ledger-'))
  const db = await new Promise((resolve, reject) => {
    const opening = indexedDB.open(name)
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
  const all = await new Promise((resolve) => {
    const reading = db.transaction('outbox').objectStore('outbox').getAll()
    reading.onsuccess = () => resolve(reading.result)
  })
  db.close()
  return all.map(({ text }) => text)`

/** From one second of the ride to another, place by place. */
async function rideOn(browser: Driven, from: number, to: number): Promise<void> {
  const places = ride
    .filter((_, second) => second > from && second <= to && second % STEP_SECONDS === 0)
    .map(({ lat, lon }) => [lat, lon])
  await browser.run(`
    while (window.listeners() === 0) await new Promise((done) => setTimeout(done, 20))
    for (const [lat, lon] of ${JSON.stringify(places)}) {
      window.tell(lat, lon, ${STEP_SECONDS * 1000})
      await new Promise((done) => setTimeout(done, 5))
    }`)
}

async function ridesAndLogs(browser: Driven, { url }: Gateway, server: Server): Promise<void> {
  await startsIn(browser, url, '潍坊')
  await browser.run(`window.pass(${-20 * MINUTE})`)
  await browser.goto(`${url}/log/trip`)
  await browser.tap('//button[contains(., "开始记录")]')
  await rideOn(browser, 0, 300)
  await browser.sees('正在记，每一点都已存到')

  await server.stop()
  await browser.restart()
  await browser.goto(`${url}/log/trip`)
  await browser.finds('//button[contains(., "暂停")]')
  await rideOn(browser, 300, 600)
  await browser.tap('//button[contains(., "暂停")]')
  await browser.sees('已暂停，不计时也不计路。')
  await browser.run(`window.pass(${2 * MINUTE})`)
  await browser.tap('//button[contains(., "继续")]')
  await rideOn(browser, 600, 720)
  await browser.sees('1 处没有记录')
  await browser.tap('//button[normalize-space(.) = "结束"]')

  await browser.sees('看起来像骑行')
  await browser.tap('//button[contains(., "看看会发出去什么")]')
  await browser.sees('每一段只发这些，没有地点，也没有路线。')
  await browser.tap('//dialog[@open]//button[@aria-label = "关闭"]')
  await browser.tap('//button[starts-with(normalize-space(.), "记下 ")]')
  await browser.sees('这次行程已记下')
  const asked = (await browser.run(OUTBOX)) as string[]
  const claims = asked.map((text) => JSON.parse(text).body)
  expect(claims.map(({ code, evidence }) => [code, evidence.trust])).toContainEqual(['bike', 'gps'])
  const metres = claims.reduce((sum, { quantity }) => sum + quantity.value, 0)
  expect(metres).toBeGreaterThan(3000)
  expect(metres).toBeLessThan(4000)
  expect(asked.join()).not.toMatch(/36\.7|119\.1/)
  await browser.goto(`${url}/ledger`)
  await browser.sees('骑行')
  await browser.sees('仅在本机')
}

describe('a ride as it happens', () => {
  inOtherBrowsers('has every place of it and logs it', ({ browser, server, gateway }) =>
    ridesAndLogs(browser, gateway, server),
  )
})
