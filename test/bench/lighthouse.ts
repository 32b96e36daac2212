/** Lighthouse's four categories on the first screen of a new person and on the home of a returning one. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as launcher from 'chrome-launcher'
import lighthouse from 'lighthouse'
import { connect } from 'puppeteer-core'
import { CHROMIUM_ARGS, chromiumPath } from '../support/browser.ts'
import { startServer } from '../support/server.ts'
import { type Part, type Report, sizeFrom } from './figures.ts'
import { kitCode } from './kit.ts'

const RUNS = sizeFrom('BENCH_RUNS', 5)
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const
const GOALS: Record<Category, string> = {
  performance: '≥ 98',
  accessibility: '100',
  'best-practices': '100',
  seo: '100',
}
const METRICS = {
  'first-contentful-paint': 'first contentful paint',
  'largest-contentful-paint': 'largest contentful paint',
  'total-blocking-time': 'total blocking time',
  'cumulative-layout-shift': 'cumulative layout shift',
  'speed-index': 'speed index',
} as const
const WAITING = 3

type Category = (typeof CATEGORIES)[number]

export const lighthousePart: Part = {
  name: 'lighthouse',
  how: 'Lighthouse mobile with its simulated slow phone, a new Chromium profile for each run, nothing cached; home has a guest ledger with three waiting acts',
  needsBuild: true,
  async run(report) {
    const server = await startServer({ DEMO: '1' })
    try {
      await visit(report, `${server.url}/welcome`, false)
      await visit(report, `${server.url}/`, true)
    } finally {
      await server.end()
    }
  },
}

interface Scores {
  readonly categories: Record<Category, number>
  readonly metrics: Record<string, number>
  /** Lighthouse's own measure of how fast the machine was just then: about 3,000 when nothing else runs. */
  readonly machine: number
  /** Ids of audits that cost something, with the category. */
  readonly failing: readonly string[]
}

async function visit(report: Report, url: string, isHome: boolean): Promise<void> {
  const runs: Scores[] = []
  let failed = 0
  while (runs.length < RUNS && failed <= RUNS) {
    const scores = await once(url, isHome)
    if (scores) runs.push(scores)
    else failed++
  }
  const name = isHome ? '/ (home)' : '/welcome'
  for (const category of CATEGORIES) {
    const values = runs.map((run) => run.categories[category])
    report.row(`${name}: ${category}`, values, { goal: GOALS[category] })
  }
  for (const [id, words] of Object.entries(METRICS)) {
    const values = runs.map((run) => run.metrics[id] ?? Number.NaN)
    const isShift = id === 'cumulative-layout-shift'
    report.row(`${name}: ${words}`, values, isShift ? { digits: 3 } : { unit: 'ms' })
  }
  report.row(
    `${name}: Lighthouse's index of the machine's speed`,
    runs.map((run) => run.machine),
  )
  if (failed > 0) report.note(`${name}: ${failed} runs without a result, repeated`)
  const failing = new Map<string, number>()
  for (const id of runs.flatMap((run) => run.failing)) failing.set(id, (failing.get(id) ?? 0) + 1)
  for (const [id, times] of failing) report.note(`${name}: below full marks in ${times} of ${RUNS}: ${id}`)
}

/** Undefined when Lighthouse saw no page, as happens on a machine that does too much else. */
async function once(url: string, isHome: boolean): Promise<Scores | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'greentrace-lighthouse-'))
  const chrome = await launcher.launch({
    chromePath: await chromiumPath(),
    chromeFlags: ['--headless=new', ...CHROMIUM_ARGS, '--lang=zh-CN'],
    userDataDir: folder,
    logLevel: 'silent',
  })
  try {
    if (isHome) await prepareHome(chrome.port, url)
    const result = await lighthouse(url, {
      port: chrome.port,
      output: 'json',
      logLevel: 'error',
      onlyCategories: [...CATEGORIES],
      disableStorageReset: isHome,
    })
    if (!result) throw new Error('Lighthouse gave no result')
    return result.lhr.runtimeError ? undefined : scoresOf(result.lhr)
  } finally {
    chrome.kill()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

/** A ledger in the profile, before the app itself was ever loaded: its files still have to come from the network. */
async function prepareHome(port: number, url: string): Promise<void> {
  const browser = await connect({ browserURL: `http://127.0.0.1:${port}` })
  const page = await browser.newPage()
  await page.goto(`${new URL(url).origin}/robots.txt`)
  await page.evaluate(await kitCode('ledgerKit'))
  await page.evaluate(async (count) => {
    await globalThis.ledgerKit.openGuestLedger()
    await globalThis.ledgerKit.recordActs(count)
  }, WAITING)
  await page.close()
  await browser.disconnect()
}

type Lhr = NonNullable<Awaited<ReturnType<typeof lighthouse>>>['lhr']

function scoresOf(lhr: Lhr): Scores {
  const percent = (category: Category) => Math.round((lhr.categories[category]?.score ?? 0) * 100)
  return {
    categories: Object.fromEntries(CATEGORIES.map((each) => [each, percent(each)])) as Scores['categories'],
    metrics: Object.fromEntries(
      Object.keys(METRICS).map((id) => [id, lhr.audits[id]?.numericValue ?? Number.NaN]),
    ),
    machine: lhr.environment.benchmarkIndex,
    failing: CATEGORIES.filter((category) => percent(category) < 100).flatMap((category) =>
      failingOf(lhr, category),
    ),
  }
}

/** In performance the metrics alone make the score; in the others each audit with a weight. */
function failingOf(lhr: Lhr, category: Category): string[] {
  return (lhr.categories[category]?.auditRefs ?? []).flatMap(({ id, weight }) => {
    const score = lhr.audits[id]?.score ?? 1
    return weight > 0 && score < (category === 'performance' ? 0.9 : 1) ? [`${category}/${id}`] : []
  })
}
