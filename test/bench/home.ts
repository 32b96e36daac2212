/** Home reads a handful of rows, however long the journal is: the same start with 100 and with 100,000 records. */
import type { Page } from 'playwright-core'
import { newProfile, type Profile, untilOfflineReady } from '../support/browser.ts'
import { type Server, startServer } from '../support/server.ts'
import { noteSight, openUntilReadable, slowDown, withLedgerKit } from './app-page.ts'
import { formatted, type Part, sizeFrom } from './figures.ts'

const FEW = 100
const MANY = sizeFrom('BENCH_RECORDS', 100_000)
const RUNS = sizeFrom('BENCH_RUNS', 7)
const SETTLE_MS = 1000
const SLOWDOWNS = [1, 4]

export const homePart: Part = {
  name: 'home',
  how: 'ms from the start of the navigation to the frame with the available points; warm worker, backend gone; the two phones take turns',
  needsBuild: true,
  async run(report) {
    const server = await startServer({ DEMO: '1' })
    const phones: BigPhone[] = []
    try {
      for (const count of [FEW, MANY]) phones.push(await bigPhone(server, count))
      await server.stop()
      for (const { count, filledMs } of phones)
        report.row(`made and stored a journal of ${formatted(count)} records`, filledMs / 1000, {
          unit: 's',
          digits: 1,
        })
      for (const times of SLOWDOWNS) {
        const runs = new Map<number, number[]>(phones.map(({ count }) => [count, []]))
        for (const { page } of phones) await slowDown(page, times)
        for (let i = 0; i < RUNS + 1; i++)
          for (const { page, count, home } of phones) {
            const took = await openUntilReadable(page, home)
            // What the start leaves for later must not run into the next phone's turn.
            await page.waitForTimeout(SETTLE_MS)
            if (i > 0) runs.get(count)?.push(took) // the first one warms up
          }
        const [few = [], many = []] = [...runs.values()]
        report.row(`home readable, ${formatted(FEW)} records, CPU ${times}× slowed`, few, { unit: 'ms' })
        report.row(`home readable, ${formatted(MANY)} records, CPU ${times}× slowed`, many, { unit: 'ms' })
        // Taken in turns, so that what else the machine does then meets both.
        const more = many.map((each, i) => each - (few[i] ?? Number.NaN))
        report.row(`  ${formatted(MANY)} over ${formatted(FEW)}, in each turn`, more, {
          unit: 'ms',
          goal: '≤ 100 ms',
        })
      }
    } finally {
      for (const { profile } of phones) await profile.end()
      await server.end()
    }
  },
}

export interface BigPhone {
  readonly profile: Profile
  readonly page: Page
  readonly count: number
  readonly home: string
  readonly filledMs: number
}

/** A phone with a journal of so many records, its worker at work. Pages opened from then on note when home is readable. */
export async function bigPhone(server: Server, count: number): Promise<BigPhone> {
  const profile = await newProfile()
  const { context, page } = await profile.open()
  await withLedgerKit(page, server.url)
  const startedAt = performance.now()
  const available = await page.evaluate((records) => globalThis.ledgerKit.openBigLedger(records), count)
  const filledMs = performance.now() - startedAt
  const home = `${server.url}/`
  await noteSight(context, { selector: '#main .figure', text: available.toLocaleString('zh-CN') })
  await openUntilReadable(page, home)
  await untilOfflineReady(page)
  return { profile, page, count, home, filledMs }
}
