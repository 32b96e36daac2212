/** How long until the app is there without a network: a new phone's first visit over a line on which each way there and back takes its time. */
import { createServer, type Server as HttpServer, type RequestListener, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { newProfile } from '../support/browser.ts'
import { startServer } from '../support/server.ts'
import { type Part, sizeFrom } from './figures.ts'

const RUNS = sizeFrom('BENCH_RUNS', 5)
/** The machine's own loopback, a good 4G, a poor one. */
const ROUND_TRIPS_MS = [0, 60, 200]

export const offlinePart: Part = {
  name: 'offline',
  how: 'ms from the first navigation of a new browser until the worker keeps all files of the app, over a proxy that holds each request for as long as a way there and back takes; the lines take turns',
  needsBuild: true,
  async run(report) {
    const server = await startServer({ DEMO: '1' })
    const lines = await Promise.all(ROUND_TRIPS_MS.map((ms) => openLine(server.port, ms)))
    const runs = new Map<number, number[]>(ROUND_TRIPS_MS.map((ms) => [ms, []]))
    try {
      let files = 0
      for (let i = 0; i < RUNS; i++)
        for (const { url, ms } of lines) {
          const visit = await firstVisit(url)
          runs.get(ms)?.push(visit.took)
          files = visit.files
        }
      for (const [ms, took] of runs)
        report.row(`all ${files} files kept, ${ms} ms there and back`, took, { unit: 'ms' })
    } finally {
      for (const { line } of lines) line.close()
      await server.end()
    }
  },
}

async function firstVisit(url: string): Promise<{ took: number; files: number }> {
  const profile = await newProfile()
  try {
    const { page } = await profile.open()
    await page.goto(url)
    return await page.evaluate(async () => {
      await navigator.serviceWorker.ready
      const took = performance.now()
      const kept = (await caches.keys()).find((name) => name.includes('precache')) ?? ''
      return { took, files: (await (await caches.open(kept)).keys()).length }
    })
  } finally {
    await profile.end()
  }
}

/** What holds every request back, in front of the server at that port. */
async function openLine(port: number, ms: number): Promise<{ url: string; ms: number; line: HttpServer }> {
  const hold: RequestListener = (asked, answer) => {
    const { method, url: path, headers } = asked
    const on = () => {
      const there = request({ host: 'localhost', port, method, path, headers }, (back) => {
        answer.writeHead(back.statusCode ?? 502, back.headers)
        back.pipe(answer)
      })
      there.once('error', () => answer.destroy())
      asked.pipe(there)
    }
    setTimeout(on, ms)
  }
  const line = createServer(hold)
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve))
  return { url: `http://localhost:${(line.address() as AddressInfo).port}/`, ms, line }
}
