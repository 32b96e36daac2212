/** What the first screen loads, and what the whole app weighs. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { CITY_IDS } from '../../src/domain/base/city.ts'
import { newProfile } from '../support/browser.ts'
import { type Server, startServer } from '../support/server.ts'
import { noteSight, openUntilReadable, type Sight, withLedgerKit } from './app-page.ts'
import { formatted, kilobytes, type Part, type Report } from './figures.ts'

const DIST = 'dist'
const FIRST_SCREEN_GOAL = '≤ 95.0 kB gzip'
const WAITING = 3
/** Lighthouse's slow 4G. On a fast line, files that nobody waits for would come before the screen is drawn and be counted with it. */
const SLOW_LINE = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_638_400 / 8,
  uploadThroughput: 675_000 / 8,
}
/** What comes within this time after the screen is readable is counted beside it. */
const SETTLE_MS = 3000

export const sizePart: Part = {
  name: 'size',
  how: 'JS and CSS whose last byte came before the screen was readable, in a fresh Chromium on a slow 4G line: gzip -9 of the files, and bytes as served',
  needsBuild: true,
  async run(report) {
    const server = await startServer({ DEMO: '1' })
    try {
      await firstScreen(report, server, 'first visit, /welcome', {
        path: '/welcome',
        sight: { selector: '#main h1' },
        prepare: async () => {},
      })
      await firstScreen(report, server, 'home, guest with an empty ledger', {
        path: '/',
        sight: { selector: '#main .figure' },
        prepare: () => globalThis.ledgerKit.openGuestLedger(),
      })
      await firstScreen(report, server, `home, guest with ${WAITING} waiting acts`, {
        path: '/',
        sight: { selector: '#main .figure' },
        prepare: async (count) => {
          await globalThis.ledgerKit.openGuestLedger()
          await globalThis.ledgerKit.recordActs(count)
        },
      })
      await firstScreen(report, server, 'home, an account with 100 records', {
        path: '/',
        sight: { selector: '#main .figure' },
        prepare: async () => void (await globalThis.ledgerKit.openBigLedger(100)),
      })
    } finally {
      await server.end()
    }
    wholeApp(report)
  },
}

interface Visit {
  readonly path: string
  readonly sight: Sight
  /** Runs in the page, with the ledger kit. */
  readonly prepare: (waiting: number) => Promise<void>
}

interface Loaded {
  readonly file: string
  readonly served: number
  readonly endedAt: number
}

async function firstScreen(report: Report, server: Server, name: string, visit: Visit): Promise<void> {
  const profile = await newProfile()
  try {
    // Without the worker every file comes from the server, and its bytes as served are seen.
    const { context, page } = await profile.open({ serviceWorkers: 'block' })
    await withLedgerKit(page, server.url)
    await page.evaluate(visit.prepare, WAITING)
    await noteSight(context, visit.sight)
    const session = await context.newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', SLOW_LINE)
    const readableAt = await openUntilReadable(page, server.url + visit.path)
    await page.waitForTimeout(SETTLE_MS)
    const loaded = await filesOf(page)
    const first = loaded.filter((each) => each.endedAt <= readableAt)
    const gzip = (files: readonly Loaded[]) => sum(files.map(({ file }) => gzipOf(file)))
    report.row(`${name}: until readable, gzip`, kilobytes(gzip(first)), { goal: FIRST_SCREEN_GOAL })
    const served = kilobytes(sum(first.map((each) => each.served)))
    report.row(
      '  as served · files · all loaded after 3 s, gzip',
      `${served} · ${first.length} · ${kilobytes(gzip(loaded))}`,
    )
    const heaviest = [...first].sort((a, b) => gzipOf(b.file) - gzipOf(a.file)).slice(0, 7)
    report.note(heaviest.map(({ file }) => `${nameOf(file)} ${formatted(gzipOf(file) / 1000, 1)}`).join(', '))
  } finally {
    await profile.end()
  }
}

async function filesOf(page: Page): Promise<Loaded[]> {
  const entries = await page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).map(
      ({ name, encodedBodySize, responseEnd }) => ({
        file: new URL(name).pathname,
        served: encodedBodySize,
        endedAt: responseEnd,
      }),
    ),
  )
  return entries.filter(({ file }) => /\.(js|css)$/.test(file))
}

type CityPart = 'pack' | 'piece' | 'quiz'

/** All three are called by their city. */
function partIn(file: string): CityPart {
  const text = readFileSync(join(DIST, file), 'utf8')
  if (text.includes('questionZh')) return 'quiz'
  return text.slice(0, 200).includes('terms') ? 'piece' : 'pack'
}

function wholeApp(report: Report): void {
  const assets = readdirSync(join(DIST, 'assets')).map((file) => `/assets/${file}`)
  const ofCities = assets.filter((file) =>
    CITY_IDS.some((city) => new RegExp(`/${city}-[^/]*\\.js$`).test(file)),
  )
  const sizeOf = (kind: CityPart) =>
    kilobytes(sum(ofCities.filter((file) => partIn(file) === kind).map(gzipOf)))
  report.row('content packs of five cities, gzip', sizeOf('pack'), { goal: '≤ 150.0 kB' })
  report.row('their pieces of the search’s index, and quizzes', `${sizeOf('piece')}, ${sizeOf('quiz')}`)
  const decoder = sum(assets.filter((file) => file.startsWith('/assets/scan-worker-')).map(gzipOf))
  report.row('what reads codes at a till, gzip', kilobytes(decoder), { goal: '≤ 350.0 kB' })
  const worker = readFileSync(join(DIST, 'sw.js'), 'utf8')
  const urls = [...worker.matchAll(/["']?url["']?:\s*[`"']([^`"']+)[`"']/g)].map(([, url = '']) => `/${url}`)
  const bytes = sum(urls.map((url) => readFileSync(join(DIST, url)).length))
  const gzip = sum(urls.map(gzipOf))
  report.row(
    'kept for offline use (precache)',
    `${urls.length} files, ${kilobytes(bytes)}, ${kilobytes(gzip)} gzip`,
  )
  report.row('the worker itself, gzip', kilobytes(gzipOf('/sw.js')))
  const largest = assets.map((file) => ({ file, gzip: gzipOf(file) })).sort((a, b) => b.gzip - a.gzip)
  for (const { file, gzip: size } of largest.slice(0, 8))
    report.row(`largest chunks: ${nameOf(file)}`, `${kilobytes(size)} gzip`)
}

const sizes = new Map<string, number>()

function gzipOf(file: string): number {
  const known = sizes.get(file) ?? gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length
  sizes.set(file, known)
  return known
}

/** `index-Bq3.js` → `index.js`: the hash changes with every build. */
function nameOf(file: string): string {
  return file.replace(/^\/assets\//, '').replace(/-[\w-]{8}(\.\w+)$/, '$1')
}

function sum(values: readonly number[]): number {
  return values.reduce((total, each) => total + each, 0)
}
