/** A long time without a network: 10,000 acts recorded on the phone, then sent. */

import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { newProfile } from '../support/browser.ts'
import { startServer } from '../support/server.ts'
import { noteSight, openUntilReadable, withLedgerKit } from './app-page.ts'
import { formatted, type Part, type Report, sizeFrom } from './figures.ts'
import { pouchRate } from './pouch.ts'
import { tellStatements } from './statements.ts'

const COMMANDS = sizeFrom('BENCH_COMMANDS', 10_000)
const PHONE_NUMBER = '13900000001'
const PATIENCE_MS = 600_000

export const outboxPart: Part = {
  name: 'outbox',
  how: `${formatted(COMMANDS)} acts recorded one by one in Chromium, adopted by an account, sent by the app to a server process on PGlite; what the sync page shows is compared with the outbox itself; then the same commands as documents of PouchDB`,
  needsBuild: true,
  async run(report) {
    const server = await startServer({ DEMO: '1' })
    const profile = await newProfile()
    try {
      const { context, page } = await profile.open({ serviceWorkers: 'block' })
      await withLedgerKit(page, server.url)
      await page.evaluate(() => globalThis.ledgerKit.openGuestLedger())
      const took = await page.evaluate((count) => globalThis.ledgerKit.recordActs(count), COMMANDS)
      report.row('recorded without a network, each in its own transaction', (COMMANDS / took) * 1000, {
        unit: 'commands/s',
      })

      await noteSight(context, { selector: '#main .figure' })
      const readable: number[] = []
      for (let i = 0; i < 3; i++) readable.push(await openUntilReadable(page, `${server.url}/`))
      report.row(`home readable with ${formatted(COMMANDS)} waiting`, readable, { unit: 'ms' })

      await withLedgerKit(page, server.url)
      const { adopted, took: adoptionMs } = await page.evaluate(
        (phone) => globalThis.ledgerKit.signIn(phone),
        PHONE_NUMBER,
      )
      report.row('signed in and adopted', `${formatted(adopted)} commands in ${formatted(adoptionMs)} ms`)
      const commands = await page.evaluate(() => globalThis.ledgerKit.waitingTexts())
      const rate = await watchSync(report, page, server.url)
      const pouch = await pouchRate(report, commands)
      report.row(
        'the app against PouchDB 9, which decides and signs nothing',
        `${formatted(rate / pouch, 2)}×`,
        {
          goal: '≥ 1×',
        },
      )
    } finally {
      await profile.end()
      await server.end()
    }
    await tellStatements(report)
  },
}

interface Shown {
  readonly at: number
  readonly done: number
  readonly of: number
}

/** Sends everything with the sync page open. The wire is what Chromium's network counts. Commands a second. */
async function watchSync(report: Report, page: Page, url: string): Promise<number> {
  const wire = { requests: 0, asked: 0, askedGzip: 0, answered: 0 }
  const counted: Promise<void>[] = []
  page.on('requestfinished', (request) => {
    if (!request.url().endsWith('/api/v1/sync')) return
    const body = request.postDataBuffer() ?? Buffer.alloc(0)
    wire.requests++
    wire.asked += body.length
    wire.askedGzip += gzipSync(body).length
    counted.push(
      request.sizes().then(({ responseBodySize }) => {
        wire.answered += responseBodySize
      }),
    )
  })
  await page.context().addInitScript(noteProgress)
  await page.goto(`${url}/me/sync`, { waitUntil: 'commit' })
  const handle = await page.waitForFunction(
    () => globalThis.syncSeen?.doneAt && globalThis.syncSeen,
    undefined,
    {
      polling: 200,
      timeout: PATIENCE_MS,
    },
  )
  const { shown, stored, startedAt, doneAt } = (await handle.jsonValue()) as SyncSeen
  await Promise.all(counted)
  const rate = (COMMANDS / (doneAt - startedAt)) * 1000
  report.row('sent, answered, checked and stored', rate, { unit: 'commands/s' })
  report.row(
    '  first request to empty outbox · requests',
    `${formatted(doneAt - startedAt)} ms · ${wire.requests}`,
  )
  const perCommand = (bytes: number) => `${formatted(bytes / COMMANDS)} B`
  report.row(
    'request: bytes per command as sent · if it were gzip',
    `${perCommand(wire.asked)} · ${perCommand(wire.askedGzip)}`,
  )
  report.row('answer: bytes per command as sent (packed)', perCommand(wire.answered))
  const isMonotone = shown.every((each, i) => i === 0 || each.done >= (shown[i - 1] as Shown).done)
  report.row('progress shown: steps · never goes back', `${shown.length} · ${isMonotone ? 'yes' : 'NO'}`)
  // The outbox was counted after the page showed the step: a row that it says is done must be gone by then.
  const ahead = shown.filter(({ at, done }) => {
    const next = stored.find((each) => each.at >= at)
    return next !== undefined && done > COMMANDS - next.left
  })
  report.row('progress shown: steps ahead of what was stored', ahead.length, { goal: '0' })
  const last = shown.at(-1)
  report.row('progress shown: last step', last ? `${formatted(last.done)} of ${formatted(last.of)}` : 'none')
  return rate
}

interface SyncSeen {
  readonly shown: Shown[]
  readonly stored: { at: number; left: number }[]
  startedAt: number
  doneAt: number
}

declare global {
  var syncSeen: SyncSeen
}

/** Runs in the page, by its text: notes each value of the bar, and counts the outbox in the database again and again. */
function noteProgress(): void {
  const seen: SyncSeen = { shown: [], stored: [], startedAt: 0, doneAt: 0 }
  globalThis.syncSeen = seen
  new MutationObserver(() => {
    const bar = document.querySelector('#main progress')
    const [done, of] = [Number(bar?.getAttribute('value')), Number(bar?.getAttribute('max'))]
    const last = seen.shown[seen.shown.length - 1]
    if (bar && of > 0 && (last?.done !== done || last.of !== of))
      seen.shown.push({ at: performance.now(), done, of })
  }).observe(document, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['value'],
  })
  new PerformanceObserver((entries) => {
    const first = entries.getEntries().find(({ name }) => name.endsWith('/api/v1/sync'))
    if (first && !seen.startedAt) seen.startedAt = first.startTime
  }).observe({ type: 'resource', buffered: true })

  const wanted = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  async function watchOutbox(): Promise<void> {
    const device = await wanted(indexedDB.open('greentrace-device'))
    const current = await wanted(device.transaction('facts').objectStore('facts').get('currentLedgerId'))
    device.close()
    const db = await wanted(indexedDB.open(`greentrace-ledger-${current.value}`))
    for (;;) {
      const left = await wanted(db.transaction('outbox').objectStore('outbox').count())
      const at = performance.now()
      seen.stored.push({ at, left })
      if (left === 0) {
        db.close()
        // One more look at the bar before the end is told.
        setTimeout(() => Object.assign(seen, { doneAt: at }), 500)
        return
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  void watchOutbox()
}
