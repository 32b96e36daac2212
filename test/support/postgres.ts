/** A throwaway PostgreSQL from the machine's own binaries, on a free port of loopback. It can be killed without a word and started again. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPostgresql } from '../../mock-api/storage/postgresql.ts'
import { freePort } from './server.ts'

const BINARIES = '/usr/lib/postgresql'
const READY_WITHIN_MS = 30_000

export interface Cluster {
  readonly url: string
  /** Of its own folder of programs: pg_dump, psql. */
  readonly bin: string
  readonly port: number
  /** What it wrote since its first start. */
  log(): string
  /** `kill -9` of the server and of every process of it. */
  kill(): Promise<void>
  /** Stands still without ending, as behind a line that swallows everything; and goes on. */
  freeze(): void
  thaw(): void
  /** Starts it anew on the same data, and answers when it takes connections. */
  start(): Promise<void>
  end(): Promise<void>
}

/** Undefined where PostgreSQL is not installed. */
export function postgresBinaries(): string | undefined {
  if (!existsSync(BINARIES)) return undefined
  const versions = readdirSync(BINARIES).sort((a, b) => Number(b) - Number(a))
  return versions.map((each) => join(BINARIES, each, 'bin')).find((each) => existsSync(join(each, 'initdb')))
}

/** `settings`: as behind `-c`, each for this server alone. */
export async function startCluster(bin: string, settings: readonly string[] = []): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'greentrace-postgres-'))
  const user = owner()
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  // A home that its user may read: it looks for certificates there.
  const options = { ...user, cwd: folder, env: { ...process.env, HOME: folder } }
  const init = ['-D', data, '-U', 'greentrace', '-A', 'trust', '-E', 'UTF8', '--no-sync']
  execFileSync(join(bin, 'initdb'), init, options)
  const port = await freePort()
  const url = `postgres://greentrace@127.0.0.1:${port}/postgres`
  const log = openSync(join(folder, 'log'), 'a')
  const args = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder]
  for (const setting of ['max_connections=200', ...settings]) args.push('-c', setting)
  let child: ChildProcess | undefined
  const start = async () => {
    const giveUpAt = performance.now() + READY_WITHIN_MS
    for (;;) {
      if (!child || hasEnded(child))
        child = spawn(join(bin, 'postgres'), args, { ...options, stdio: ['ignore', log, log] })
      if (await answers(url)) return
      if (performance.now() > giveUpAt) throw new Error('PostgreSQL does not start')
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const everyone = () => (child?.pid === undefined ? [] : [child.pid, ...childrenOf(child.pid)])
  const signal = (name: NodeJS.Signals) => {
    for (const pid of everyone()) send(pid, name)
  }
  const cluster: Cluster = {
    url,
    bin,
    port,
    log: () => readFileSync(join(folder, 'log'), 'utf8'),
    start,
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    kill: () => gone(child, () => signal('SIGKILL')),
    async end() {
      signal('SIGCONT')
      // SIGINT is its fast stop: sessions are ended, and what was committed is safe.
      await gone(child, () => child?.kill('SIGINT'))
      closeSync(log)
      rmSync(folder, { recursive: true, force: true })
    },
  }
  try {
    await start()
    return cluster
  } catch (error) {
    await cluster.end()
    throw error
  }
}

/** It refuses to run as root: then it runs as the user that Debian made for it. */
function owner(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

async function answers(url: string): Promise<boolean> {
  const db = openPostgresql(url)
  try {
    await db.ping()
    return true
  } catch {
    return false
  } finally {
    await db.close()
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

async function gone(child: ChildProcess | undefined, end: () => void): Promise<void> {
  if (!child || hasEnded(child)) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  end()
  await ended
}

/** Each is a session of its own, so that a signal to the group would not reach it. */
function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === parent)
    .map(Number)
}

function parentOf(pid: string): number | undefined {
  try {
    // Behind the name in brackets: the state, then the parent.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1])
  } catch {
    return undefined // it has ended since
  }
}

function send(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
