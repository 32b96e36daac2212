/** The same promise in browsers of other makers: what was recorded is there after a start without a network. */
import { afterEach, beforeEach, describe, it } from 'vitest'
import { type Server, startServer } from '../support/server.ts'
import { type Driven, OTHER_BROWSERS, startsIn } from './other-browsers.ts'

async function recordsAndStartsOffline(browser: Driven, server: Server): Promise<void> {
  await startsIn(browser, server.url, '潍坊')
  await browser.goto(`${server.url}/log?code=bike`)
  await browser.type('//*[@id = //label[contains(., "里程")]/@for]', '3.2')
  await browser.finds('//b[starts-with(., "64")]') // the estimate: the form has taken what was typed
  await browser.tap('//button[contains(., "记下") and not(@disabled)]')
  await browser.sees('已记下')

  await server.stop()
  await browser.restart()
  await browser.goto(`${server.url}/ledger`)
  await browser.sees('骑行')
  await browser.sees('仅在本机')
  await browser.goto(`${server.url}/city/qingdao`)
  await browser.sees('青岛')
}

describe('without a network', () => {
  let server: Server
  let browser: Driven | undefined
  beforeEach(async () => {
    server = await startServer()
  })
  afterEach(async () => {
    await browser?.end()
    browser = undefined
    await server.end()
  })

  for (const { name, lacking, open } of OTHER_BROWSERS)
    it.skipIf(lacking !== '')(`${name} has the ride that was recorded${lacking}`, async () => {
      browser = await open()
      await recordsAndStartsOffline(browser, server)
    })
})
