/** The same promise in browsers of other makers: what was recorded is there after a start without a network. */
import { describe } from 'vitest'
import type { Server } from '../support/server.ts'
import { inOtherBrowsers } from './in-other-browsers.ts'
import { type Driven, startsIn } from './other-browsers.ts'

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
  inOtherBrowsers('has the ride that was recorded', ({ browser, server }) =>
    recordsAndStartsOffline(browser, server),
  )
})
