/** What the figures were measured on: without it no figure can be compared. */
import { execFile } from 'node:child_process'
import { cpus, freemem, loadavg, totalmem } from 'node:os'
import { promisify } from 'node:util'
import { chromiumPath } from '../support/browser.ts'
import { formatted } from './figures.ts'

const run = promisify(execFile)

export async function machineFacts(): Promise<string[]> {
  const cores = cpus()
  const gigabytes = (bytes: number) => formatted(bytes / 1e9, 1)
  return [
    `${cores.length} cores (${cores[0]?.model ?? 'unknown'}), ${gigabytes(totalmem())} GB memory, ${gigabytes(freemem())} GB free`,
    `Node ${process.version}, ${await chromiumVersion()}`,
    loadLine(),
  ]
}

/** Other work on the machine makes every time longer: shown before each part. */
export function loadLine(): string {
  return `load average ${loadavg()
    .map((each) => each.toFixed(1))
    .join(' ')} on ${cpus().length} cores`
}

async function chromiumVersion(): Promise<string> {
  try {
    const { stdout } = await run(await chromiumPath(), ['--version'])
    return stdout.trim()
  } catch {
    return 'no Chromium'
  }
}
