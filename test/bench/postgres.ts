/** A PostgreSQL for the bench: the one of TEST_DATABASE_URL, else the machine's own binaries on a free port, stopped and removed afterwards. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPostgresql } from '../../mock-api/storage/postgresql.ts'
import { freePort } from '../support/server.ts'

const BINARIES = '/usr/lib/postgresql'
const READY_WITHIN_MS = 30_000

export interface Postgres {
  readonly version: string
  /** An empty database of its own. */
  newDatabase(name: string): Promise<{ url: string; drop: () => Promise<void> }>
  end(): Promise<void>
}

/** Undefined where there is none. */
export async function openPostgres(): Promise<Postgres | undefined> {
  const given = process.env.TEST_DATABASE_URL
  if (given) return postgresAt(given, async () => {})
  const folder = binaries()
  return folder === undefined ? undefined : startCluster(folder)
}

function binaries(): string | undefined {
  if (!existsSync(BINARIES)) return undefined
  const versions = readdirSync(BINARIES).sort((a, b) => Number(b) - Number(a))
  return versions.map((each) => join(BINARIES, each, 'bin')).find((each) => existsSync(join(each, 'initdb')))
}

/** It refuses to run as root: then it runs as the user that Debian made for it. */
function owner(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

async function startCluster(bin: string): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'greentrace-postgres-'))
  const user = owner()
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const options = { ...user, cwd: folder }
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8'], options)
  const port = await freePort()
  const child = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder],
    { ...options, stdio: 'ignore' },
  )
  const end = async () => {
    await stopped(child)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const url = `postgres://bench@127.0.0.1:${port}/postgres`
    await untilReady(url)
    return await postgresAt(url, end)
  } catch (error) {
    await end()
    throw error
  }
}

async function untilReady(url: string): Promise<void> {
  const giveUpAt = performance.now() + READY_WITHIN_MS
  for (;;) {
    const db = openPostgresql(url)
    try {
      await db.query('select 1 as one')
      return
    } catch (error) {
      if (performance.now() > giveUpAt) throw error
      await new Promise((resolve) => setTimeout(resolve, 200))
    } finally {
      await db.close()
    }
  }
}

/** SIGINT is its fast stop: sessions are ended, and what was committed is safe. */
function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGINT')
  })
}

async function postgresAt(url: string, end: () => Promise<void>): Promise<Postgres> {
  const admin = openPostgresql(url)
  const [row] = await admin.query<{ version: string }>(`select current_setting('server_version') as version`)
  return {
    version: row?.version.split(' ')[0] ?? '?',
    async newDatabase(name) {
      await admin.script(`create database ${name}`)
      const own = new URL(url)
      own.pathname = `/${name}`
      return { url: own.href, drop: () => admin.script(`drop database ${name} with (force)`) }
    },
    async end() {
      await admin.close()
      await end()
    },
  }
}
