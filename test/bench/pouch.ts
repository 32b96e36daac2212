/** What a known offline database does with as many documents of the size of a command: PouchDB 9 pushes them to an endpoint that only stores them. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { newProfile } from '../support/browser.ts'
import { formatted, type Report } from './figures.ts'
import { kitCode } from './kit.ts'

/** As many as the app sends at once, and what PouchDB does unasked. */
const BATCHES = [500, 100] as const

/** The commands as the phone keeps them. @returns commands a second, of the quicker of PouchDB's ways */
export async function pouchRate(report: Report, commands: readonly string[]): Promise<number> {
  const documents = commands.map((text) => {
    const { id, ...command } = JSON.parse(text) as { id: string }
    return JSON.stringify({ _id: id, ...command })
  })
  const rates: number[] = []
  for (const batchSize of BATCHES) {
    const bare = await startBare()
    const profile = await newProfile()
    try {
      const { page } = await profile.open({ serviceWorkers: 'block' })
      await page.goto(`${bare.url}/acts`)
      await page.evaluate(await kitCode('pouchKit'))
      const keptMs = await page.evaluate((all) => globalThis.pouchKit.keepDocuments(all), documents)
      const { took, written } = await page.evaluate((size) => globalThis.pouchKit.pushAll(size), batchSize)
      if (written !== documents.length) throw new Error(`PouchDB wrote ${written} of ${documents.length}`)
      rates.push((written / took) * 1000)
      report.row(
        `PouchDB, batches of ${batchSize}: kept · pushed`,
        `${formatted((written / keptMs) * 1000)} · ${formatted((written / took) * 1000)} documents/s`,
      )
    } finally {
      await profile.end()
      await bare.end()
    }
  }
  return Math.max(...rates)
}

async function startBare(): Promise<{ url: string; end: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'bare-couch-'))
  const main = fileURLToPath(new URL('./bare-couch.ts', import.meta.url))
  const child = spawn(process.execPath, [main, join(folder, 'data')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [told] = (await once(child.stdout, 'data')) as [Buffer]
  return {
    url: told.toString().trim(),
    async end() {
      child.kill('SIGTERM')
      await once(child, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
