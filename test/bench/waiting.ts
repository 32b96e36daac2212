/** A tap while very many commands wait, and a page of records stored beside very many acts: neither may grow with what is there already. */
import type { Page } from 'playwright-core'
import { newProfile } from '../support/browser.ts'
import { type Server, startServer } from '../support/server.ts'
import { noteSight, openUntilReadable, slowDown, withLedgerKit } from './app-page.ts'
import { formatted, median, type Part, type Report, sizeFrom } from './figures.ts'

const WAITING = [100, 1_000, sizeFrom('BENCH_COMMANDS', 10_000)]
const HELD = [100, sizeFrom('BENCH_RECORDS', 10_000)]
const TAPS = 5
const SLOWED = 4
/** Time enough for all that a tap sets off, also where it decides everything again. */
const SETTLE_MS = 4000
/** A button of home that logs a usual act again. */
const TILE = '#main button.trip'

export const waitingPart: Part = {
  name: 'waiting',
  how: `${TAPS} taps on a usual act of home, CPU ${SLOWED}× slowed: long tasks (over 50 ms) in the ${SETTLE_MS / 1000} s after each; pages of one act checked and stored by the app’s code`,
  needsBuild: true,
  async run(report) {
    const server = await startServer({ DEMO: '1' })
    try {
      for (const count of WAITING) await tapBeside(report, server, count)
      const [few = [], many = []] = [
        await storeBeside(server, HELD[0] ?? 0),
        await storeBeside(server, HELD[1] ?? 0),
      ]
      report.row(`a page stored, ${formatted(HELD[0] ?? 0)} acts in the window`, few, { unit: 'ms' })
      report.row(`a page stored, ${formatted(HELD[1] ?? 0)} acts in the window`, many, { unit: 'ms' })
      report.row('  beyond the small case, medians', median(many) - median(few), {
        unit: 'ms',
        goal: '≤ 15 ms',
      })
    } finally {
      await server.end()
    }
  },
}

async function tapBeside(report: Report, server: Server, count: number): Promise<void> {
  const profile = await newProfile()
  try {
    const { context, page } = await profile.open({ serviceWorkers: 'block' })
    await withLedgerKit(page, server.url)
    await page.evaluate(() => globalThis.ledgerKit.openGuestLedger())
    await page.evaluate((acts) => globalThis.ledgerKit.recordActs(acts), count)
    await noteSight(context, { selector: '#main .figure' })
    await context.addInitScript(noteLongTasks)
    await openUntilReadable(page, `${server.url}/`)
    await page.waitForSelector(TILE)
    await page.waitForTimeout(SETTLE_MS)
    await slowDown(page, SLOWED)
    const sums: number[] = []
    for (let tap = 0; tap < TAPS; tap++) sums.push(await longTasksOf(page))
    report.row(`long tasks of a tap, ${formatted(count)} waiting`, sums, { unit: 'ms', goal: '≤ 100 ms' })
  } finally {
    await profile.end()
  }
}

declare global {
  var longTasks: number[]
}

/** Runs in the page, by its text. */
function noteLongTasks(): void {
  globalThis.longTasks = []
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) globalThis.longTasks.push(duration)
  }).observe({ type: 'longtask' })
}

/** Milliseconds of all long tasks that the tap sets off. */
async function longTasksOf(page: Page): Promise<number> {
  await page.evaluate(() => {
    globalThis.longTasks = []
  })
  await page.locator(TILE).first().click()
  await page.waitForTimeout(SETTLE_MS)
  return page.evaluate(() => globalThis.longTasks.reduce((sum, each) => sum + each, 0))
}

async function storeBeside(server: Server, count: number): Promise<number[]> {
  const profile = await newProfile()
  try {
    const { page } = await profile.open({ serviceWorkers: 'block' })
    await withLedgerKit(page, server.url)
    await slowDown(page, SLOWED)
    return await page.evaluate((acts) => globalThis.ledgerKit.storeBeside(acts), count)
  } finally {
    await profile.end()
  }
}
