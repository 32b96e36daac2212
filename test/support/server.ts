/** The backend as a process of its own, as `npm run preview` runs it: a free port, a data folder of its own, stopped by its process id. */
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const MAIN = join(ROOT, 'mock-api/main.ts')

export interface Server {
  readonly url: string
  readonly port: number
  readonly dataDir: string
  readonly pid: number
  /** What it wrote to stdout until now. */
  readonly output: () => string
  /** Ends it and waits until it is gone; its exit code. The data stays. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
  /** Starts it anew on the same port and data. */
  start(): Promise<void>
  /** Stops it and removes the data. */
  end(): Promise<void>
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return address.port
}

/** Node's options as they stand in package.json: what is tested and measured is what is started. */
function nodeOptions(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: { preview: string }
  }
  return scripts.preview.split(' ').filter((each) => each.startsWith('--'))
}

/** With every core at work for somebody else a start takes more than a minute. */
const READY_WITHIN_MS = 180_000

/** Names the data folder of a backend that has been started once, where a run has made one. */
export const FIRST_START = 'GREENTRACE_FIRST_START'

/** `main` names the entry of another copy of the project, with a build of its own. */
export async function startServer(env: Record<string, string> = {}, main = MAIN): Promise<Server> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'greentrace-'))
  // Inside, so that what lies beside a data folder (tombstones) goes with it.
  const dataDir = join(folder, 'data')
  const first = process.env[FIRST_START]
  if (first && !env.DATABASE_URL) cpSync(first, dataDir, { recursive: true })
  let child: ChildProcess
  let output = ''

  async function start(): Promise<void> {
    child = spawn(process.execPath, [...nodeOptions(), main], {
      env: { PATH: process.env.PATH ?? '', PORT: String(port), DATA_DIR: dataDir, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let errors = ''
    child.stderr?.on('data', (data: Buffer) => {
      errors = (errors + data.toString()).slice(-4000)
    })
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`the server is not ready: ${errors}`)), READY_WITHIN_MS)
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${errors}`)))
      child.stdout?.on('data', (data: Buffer) => {
        output += data.toString()
        if (!output.includes('http://')) return
        clearTimeout(timer)
        resolve()
      })
    })
    child.removeAllListeners('exit')
  }

  function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode)
    return new Promise((resolve) => {
      child.once('exit', (code) => resolve(code))
      child.kill(signal)
      output = ''
    })
  }

  await start()
  return {
    url: `http://localhost:${port}`,
    port,
    dataDir,
    get pid() {
      return child.pid as number
    },
    output: () => output,
    stop,
    start,
    async end() {
      await stop('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
