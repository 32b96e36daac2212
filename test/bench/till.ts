/** A till at the counter: from a page that is opened without a backend to one that takes vouchers, and from a picture to what the screen says of it. */

import type { Page } from 'playwright-core'
import { liveSixWeeks } from '../e2e/lived-in.ts'
import { Person } from '../e2e/person.ts'
import { startServer } from '../support/server.ts'
import { slowDown } from './app-page.ts'
import { type Part, sizeFrom } from './figures.ts'

const RUNS = sizeFrom('BENCH_RUNS', 7)
/** Until somebody who waits at the counter minds. */
const GOALS = { start: '≤ 1,500 ms', verdict: '≤ 1,000 ms at 4×' } as const

export const tillPart: Part = {
  name: 'till',
  how: `backend gone, in Chromium: ms from the navigation to the till's form, and from choosing a picture of a voucher's page to the verdict on the screen; ${RUNS} runs each`,
  needsBuild: true,
  async run(report) {
    const server = await startServer({ DEMO: '1' })
    const person = await Person.with(server.url)
    try {
      await person.choosesCity('潍坊')
      await person.signsIn('13812340001')
      await liveSixWeeks(person)
      await person.goto('/rewards/offer/coffee-tasting')
      await person.page.getByRole('button', { name: /兑换/ }).first().click()
      await person.page.waitForURL(/\/vouchers\//)
      await person.page.getByRole('img', { name: /兑换券/ }).waitFor()
      const picture = await person.page.screenshot()
      await person.goto('/till')
      await person.page.getByRole('button', { name: /示例商户/ }).click()
      await person.sees(/联过网/)
      await person.page.addInitScript(noteWhenReady)
      await server.stop()
      for (const times of [1, 4]) {
        await slowDown(person.page, times)
        const starts: number[] = []
        for (let i = 0; i < RUNS; i++) starts.push(await start(person, server.url))
        report.row(`starts, CPU ${times}× slowed`, starts, { unit: 'ms', goal: GOALS.start })
        const took: number[] = []
        for (let i = 0; i < RUNS + 1; i++) took.push(await verdictOn(person.page, picture))
        report.row(`picture to verdict, CPU ${times}× slowed, the first`, took[0] as number, { unit: 'ms' })
        report.row(`picture to verdict, CPU ${times}× slowed`, took.slice(1), {
          unit: 'ms',
          goal: GOALS.verdict,
        })
      }
    } finally {
      await person.end()
      await server.end()
    }
  },
}

/** In each page from its beginning: when the form that takes a number stands. */
function noteWhenReady(): void {
  const found = () => document.querySelector('nav.bar') && document.querySelector('main form')
  const observer = new MutationObserver(() => {
    if (!found()) return
    observer.disconnect()
    requestAnimationFrame(() => performance.mark('till-ready'))
  })
  observer.observe(document, { childList: true, subtree: true })
}

async function start({ page }: Person, url: string): Promise<number> {
  await page.goto(`${url}/till`)
  await page.waitForFunction(() => performance.getEntriesByName('till-ready').length > 0)
  return page.evaluate(() => performance.getEntriesByName('till-ready')[0]?.startTime ?? 0)
}

async function verdictOn(page: Page, picture: Buffer): Promise<number> {
  await page.evaluate(() => {
    const input = document.querySelector('main input[type=file]') as HTMLInputElement
    input.addEventListener('change', () => performance.mark('chosen'), { once: true, capture: true })
    const observer = new MutationObserver(() => {
      if (!document.querySelector('[data-verdict]')) return
      observer.disconnect()
      requestAnimationFrame(() => performance.mark('said'))
    })
    observer.observe(document.body, { childList: true, subtree: true })
  })
  await page
    .locator('main input[type=file]')
    .setInputFiles({ name: 'screen.png', mimeType: 'image/png', buffer: picture })
  await page.locator('[data-verdict=accept]').waitFor()
  await page.waitForFunction(() => performance.getEntriesByName('said').length > 0)
  const took = await page.evaluate(() => {
    const ms = performance.measure('verdict', 'chosen', 'said').duration
    for (const name of ['chosen', 'said']) performance.clearMarks(name)
    return ms
  })
  await page.getByRole('button', { name: '不收' }).click()
  await page.locator('[data-verdict]').waitFor({ state: 'detached' })
  return took
}
