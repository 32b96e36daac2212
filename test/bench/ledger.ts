/** The ledger of 100,000 entries under a fast finger: does every painted frame show rows, and what stays in memory. */
import type { CDPSession, Page } from 'playwright-core'
import { startServer } from '../support/server.ts'
import { formatted, type Part, percentile, type Report, sizeFrom } from './figures.ts'
import { bigPhone } from './home.ts'
import { type Flung, fling } from './page/fling.ts'

const MANY = sizeFrom('BENCH_RECORDS', 100_000)
/** Places along the list, and at each of them: flicks down on top of each other, then one back up. */
const PLACES = 8
const FLICKS = [12_000, 12_000, 12_000, -12_000] as const
const HEAP_GOAL = '≤ 120 MB'
const LISTED = '#main li .list-row'

export const ledgerPart: Part = {
  name: 'ledger',
  how: `flicks of ${formatted(FLICKS[0])} px/s at ${PLACES} places of the list; after each painted frame: rows still grey in sight, or more than 1 px of the list's part of the screen without any row`,
  needsBuild: true,
  async run(report) {
    const server = await startServer({ DEMO: '1' })
    const phone = await bigPhone(server, MANY)
    try {
      await server.stop()
      const { page } = phone
      const session = await page.context().newCDPSession(page)
      for (const times of [1, 4]) {
        await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
        await page.goto(`${phone.home}ledger`)
        await page.waitForSelector(LISTED)
        const before = times === 1 ? await heapOf(session) : undefined
        await session.send('Emulation.setCPUThrottlingRate', { rate: times })
        tell(report, times, await scroll(page))
        await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
        if (before) await tellHeap(report, session, before)
      }
    } finally {
      await phone.profile.end()
      await server.end()
    }
  },
}

async function scroll(page: Page): Promise<Flung[]> {
  const flung: Flung[] = []
  for (let place = 0; place < PLACES; place++)
    flung.push(await page.evaluate(fling, { share: place / PLACES, flicks: [...FLICKS] }))
  return flung
}

function tell(report: Report, times: number, flung: readonly Flung[]): void {
  const frames = flung.flatMap((each) => each.frames)
  const slowed = `CPU ${times}× slowed`
  const grey = frames.filter((frame) => frame.grey > 0)
  const bare = frames.filter((frame) => frame.barePx > 1)
  const longest = Math.max(
    0,
    ...flung.map(({ frames: each }) => longestRun(each.map((frame) => frame.grey > 0 || frame.barePx > 1))),
  )
  const ms = frames.map((frame) => frame.ms)
  report.row(
    `scrolled while measuring, ${slowed}`,
    `${formatted(frames.length)} frames, ${formatted(frames.reduce((sum, frame) => sum + Math.abs(frame.moved), 0))} px`,
  )
  report.row(`frames with a grey row in sight, ${slowed}`, grey.length, { goal: '0' })
  report.row(`frames with a bare stretch in sight, ${slowed}`, bare.length, { goal: '0' })
  report.row(`  longest run of such frames`, longest, { goal: '≤ 1' })
  report.row(
    `frame time: median · 95 % · longest, ${slowed}`,
    `${[0.5, 0.95, 1].map((share) => formatted(percentile(ms, share))).join(' · ')} ms`,
  )
  report.row(
    `after a jump: frames until every row stands, ${slowed}`,
    flung.slice(1).map((each) => each.framesAfterJump),
  )
}

function longestRun(flags: readonly boolean[]): number {
  let run = 0
  let longest = 0
  for (const flag of flags) {
    run = flag ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}

interface Heap {
  readonly megabytes: number
  readonly nodes: number
  readonly listeners: number
}

async function heapOf(session: CDPSession): Promise<Heap & { readonly unswept: number }> {
  const { usedSize: unswept } = await session.send('Runtime.getHeapUsage')
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters')
  return { unswept: unswept / 1e6, megabytes: usedSize / 1e6, nodes, listeners: jsEventListeners }
}

async function tellHeap(report: Report, session: CDPSession, before: Heap): Promise<void> {
  const after = await heapOf(session)
  report.row('JS heap before scrolling, collected', before.megabytes, { unit: 'MB', digits: 1 })
  report.row('JS heap after scrolling, as it stood', after.unswept, {
    unit: 'MB',
    digits: 1,
    goal: HEAP_GOAL,
  })
  report.row('JS heap after scrolling, collected', after.megabytes, {
    unit: 'MB',
    digits: 1,
    goal: HEAP_GOAL,
  })
  report.row('DOM nodes · listeners before', `${formatted(before.nodes)} · ${formatted(before.listeners)}`)
  report.row('DOM nodes · listeners after', `${formatted(after.nodes)} · ${formatted(after.listeners)}`)
}
