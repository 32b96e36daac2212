/** The city search on a slow phone: how soon the first result stands, and what the index costs. */

import type { Page } from 'playwright-core'
import { newProfile } from '../support/browser.ts'
import { startServer } from '../support/server.ts'
import { slowDown } from './app-page.ts'
import { type Part, sizeFrom } from './figures.ts'
import { kitCode } from './kit.ts'

const RUNS = sizeFrom('BENCH_RUNS', 7)
const SLOWED = 4
const QUERIES = ['公交', '垃圾分类', '光伏', '绿电', 'bus', 'waste', '氢能', '骑行', '充电', 'solar']
/** Between two queries, so that the work of the one before is over. */
const PAUSE_MS = 300
const FIRST_QUERY = '新能源'

export const searchPart: Part = {
  name: 'search',
  how: `CPU ${SLOWED}× slowed: ms from the input event to the frame with the first result, in the app; then index and queries alone`,
  needsBuild: true,
  async run(report) {
    const server = await startServer({ DEMO: '1' })
    const profile = await newProfile()
    try {
      const { page } = await profile.open({ serviceWorkers: 'block' })
      const first: number[] = []
      const warm: number[] = []
      for (let i = 0; i < RUNS; i++) {
        await slowDown(page, 1)
        await page.goto(`${server.url}/city/weifang`)
        await page.waitForSelector('#main h1')
        await slowDown(page, SLOWED)
        first.push(await firstResult(page, { query: FIRST_QUERY, pauseMs: 0 }))
        const queries = i === 0 ? QUERIES : QUERIES.slice(0, 2)
        for (const query of queries) warm.push(await firstResult(page, { query, pauseMs: PAUSE_MS }))
      }
      report.row('first query of a visit, from entering the field: packs, index, result', first, {
        unit: 'ms',
        goal: '≤ 150 ms',
      })
      report.row('first result of a query, index ready', warm, { unit: 'ms', goal: '≤ 50 ms' })

      await page.goto(`${server.url}/robots.txt`)
      await page.evaluate(await kitCode('searchKit'))
      const made: number[] = []
      const opened: number[] = []
      let records = 0
      for (let i = 0; i < RUNS; i++) {
        made.push((await page.evaluate(() => globalThis.searchKit.makeHere())).took)
        const built = await page.evaluate(() => globalThis.searchKit.openBuilt())
        opened.push(built.took)
        records = built.records
      }
      const finds: number[] = []
      for (const query of QUERIES)
        finds.push((await page.evaluate((text) => globalThis.searchKit.find(text), query)).took)
      report.row(`index of ${records} records, made at build time, opened`, opened, { unit: 'ms' })
      report.row('the same made in the page, as of later packs for all cities', made, { unit: 'ms' })
      report.row('one query of the index, without the screen', finds, {
        unit: 'ms',
        digits: 1,
        goal: '≤ 50 ms',
      })
    } finally {
      await profile.end()
      await server.end()
    }
  },
}

/** Goes into the field, types the whole query at once after a pause, and waits until its first result is painted. */
function firstResult(page: Page, asked: { query: string; pauseMs: number }): Promise<number> {
  return page.evaluate(async ({ query: text, pauseMs }) => {
    const input = document.querySelector<HTMLInputElement>('#main input[type=search]')
    if (!input) throw new Error('there is no search field')
    const results = () => document.querySelector('#main .results ul a')
    // Empty first, so that the results of the query before are gone.
    const put = (value: string) => {
      input.value = value
      input.dispatchEvent(new Event('input', { bubbles: true }))
    }
    put('')
    for (let i = 0; i < 100 && results(); i++) await new Promise(requestAnimationFrame)
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    const startedAt = performance.now()
    input.focus()
    put(text)
    return new Promise<number>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`nothing found for ${text}`)), 60_000)
      const look = () => {
        if (!results()) return
        observer.disconnect()
        clearTimeout(timer)
        requestAnimationFrame(() => resolve(performance.now() - startedAt))
      }
      const observer = new MutationObserver(look)
      observer.observe(document.body, { childList: true, subtree: true, characterData: true })
    })
  }, asked)
}
