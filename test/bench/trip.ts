/** A trip as it happens: from the tap to a trip that records, how soon a fix is written, and what three hours weigh on the phone. */

import type { Page } from 'playwright-core'
import { newProfile } from '../support/browser.ts'
import { startServer } from '../support/server.ts'
import { slowDown, withLedgerKit } from './app-page.ts'
import { type Part, percentile, sizeFrom } from './figures.ts'

const RUNS = sizeFrom('BENCH_RUNS', 7)
const SECONDS = sizeFrom('BENCH_SECONDS', 3 * 3600)

export const tripPart: Part = {
  name: 'trip',
  how: `ms from the tap on "start" to the frame that shows a trip recording, backend gone; ${SECONDS} seconds, a fix every two, written one by one in Chromium, the site's data before and after`,
  needsBuild: true,
  async run(report) {
    const server = await startServer({ DEMO: '1' })
    const profile = await newProfile()
    try {
      const geolocation = { latitude: 36.7068, longitude: 119.1011, accuracy: 8 }
      const { page } = await profile.open({ permissions: ['geolocation'], geolocation })
      await withLedgerKit(page, server.url)
      await page.evaluate(() => globalThis.ledgerKit.openGuestLedger())
      await page.goto(`${server.url}/log/trip`)
      await page.locator('main button.start').waitFor()
      for (const times of [1, 4]) {
        await slowDown(page, times)
        const took: number[] = []
        for (let i = 0; i < RUNS + 1; i++) took.push(await tapToRecording(page))
        report.row(`tap to recording, CPU ${times}× slowed`, took.slice(1), { unit: 'ms', goal: '≤ 300 ms' })
      }
      await slowDown(page, 1)
      await withLedgerKit(page, server.url)
      const { took, before, after } = await page.evaluate(
        (count) => globalThis.ledgerKit.recordTrip(count),
        SECONDS,
      )
      const written = { unit: 'ms', digits: 1, goal: '≤ 2,000 ms' } as const
      report.row('a fix is written, median', percentile(took, 0.5), written)
      report.row('a fix is written, slowest of all', Math.max(...took), written)
      report.row(`${SECONDS / 3600} h, as the browser counts`, (after - before) / 1e6, {
        unit: 'MB',
        digits: 2,
        goal: '≤ 1.5 MB for 3 h',
      })
    } finally {
      await profile.end()
      await server.end()
    }
  },
}

/** Then the trip is ended and thrown away. */
async function tapToRecording(page: Page): Promise<number> {
  const took = await page.evaluate(async () => {
    const start = document.querySelector('main button.start') as HTMLElement
    const begun = performance.now()
    start.click()
    await new Promise<void>((resolve) => {
      const look = () =>
        document.querySelector('main .figures') ? requestAnimationFrame(() => resolve()) : setTimeout(look)
      look()
    })
    return performance.now() - begun
  })
  await page.locator('main .buttons button').last().click()
  await page.locator('main .btns button').last().click()
  await page.locator('main button.start').waitFor()
  return took
}
