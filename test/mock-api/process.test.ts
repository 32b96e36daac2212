/** The real process: starts with a line, holds its folder, survives kill −9 with all it acknowledged, stops cleanly. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPinnedKeys } from '../../src/contract/pinned-keys.ts'
import type { SyncAnswer } from '../../src/contract/sync.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { GENESIS_HASH } from '../../src/proof/chain.ts'
import { KEY_PURPOSES } from '../../src/proof/keys.ts'
import { uuidFrom } from '../support/ids.ts'
import { randomOf } from '../support/random.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const random = randomOf(Date.now())

interface Running {
  readonly child: ChildProcess
  readonly url: string
}

/** Seven processes start one after the other, each with a database to open. */
const SEVEN_STARTS_MS = 240_000

const started: ChildProcess[] = []

function node(script: string, env: Record<string, string>, args: readonly string[] = []): ChildProcess {
  const child = spawn(process.execPath, [join(root, script), ...args], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  return child
}

async function start(dataDir: string, env: Record<string, string> = {}): Promise<Running> {
  const child = node('mock-api/main.ts', { DATA_DIR: dataDir, PORT: '0', ...env })
  for await (const chunk of child.stdout ?? []) {
    const url = /http:\/\/localhost:\d+/.exec(String(chunk))?.[0]
    if (url) return { child, url }
  }
  throw new Error('the server did not start')
}

async function finished(child: ChildProcess): Promise<{ code: number | null; out: string }> {
  let out = ''
  child.stdout?.on('data', (chunk) => {
    out += chunk
  })
  child.stderr?.on('data', (chunk) => {
    out += chunk
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  return { code, out }
}

async function signIn(url: string): Promise<{ accountId: string; cookie: string }> {
  const phone = `137${String(random.below(1e8)).padStart(8, '0')}`
  const post = (path: string, body: unknown) =>
    fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body) })
  await post('/api/v1/sign-in/codes', { phone })
  const { code } = (await (await fetch(`${url}/api/v1/demo/sms?phone=${phone}`)).json()) as { code: string }
  const body = { phone, code, deviceId: uuidFrom(random), deviceName: 'Test', city: 'jinan' }
  const response = await post('/api/v1/sign-in', body)
  const { accountId } = (await response.json()) as { accountId: string }
  return {
    accountId,
    cookie: response.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; '),
  }
}

async function sync(
  url: string,
  who: { accountId: string; cookie: string },
  commands: string[],
  seq = 0,
  hash = GENESIS_HASH,
) {
  const response = await fetch(`${url}/api/v1/sync`, {
    method: 'POST',
    headers: { cookie: who.cookie },
    body: JSON.stringify({ accountId: who.accountId, cursor: { seq, hash }, sentAt: Date.now(), commands }),
  })
  return (await response.json()) as SyncAnswer & { state: 'ok' }
}

function plate(): string {
  const body = {
    code: 'clean-plate',
    city: 'jinan',
    startedAt: Date.now() - 60_000,
    evidence: { trust: 'manual' },
  }
  return canonicalJson({ id: uuidFrom(random), kind: 'activity.record', at: Date.now(), body })
}

/** What anybody but the owner may read, write or enter, from the folder itself on. */
function openToOthers(dataDir: string): string[] {
  const below = readdirSync(dataDir, { recursive: true }).map((name) => join(dataDir, String(name)))
  return [dataDir, ...below].filter((path) => (statSync(path).mode & 0o077) !== 0)
}

describe('the process', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'greentrace-'))
  })
  afterAll(async () => {
    for (const child of started)
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })

  it('loses nothing it acknowledged to kill −9, and its audit passes', async () => {
    const dataDir = join(folder, 'killed')
    const acknowledged = new Map<string, number>()
    let server = await start(dataDir)
    const who = await signIn(server.url)
    for (let round = 0; round < 3; round++) {
      const { child, url } = server
      const writers = [1, 2, 3].map(async () => {
        for (;;) {
          const answer = await sync(url, who, [plate(), plate()])
          for (const { id, seq } of answer.receipts ?? []) if (seq !== undefined) acknowledged.set(id, seq)
        }
      })
      setTimeout(() => child.kill('SIGKILL'), 400 + 300 * round)
      await Promise.allSettled(writers) // each ends when the line breaks
      server = await start(dataDir)
      const seqs = new Map<string, number>()
      let cursor = { seq: 0, hash: GENESIS_HASH }
      for (let hasMore = true; hasMore; ) {
        const page = await sync(server.url, who, [], cursor.seq, cursor.hash)
        for (const { seq, body } of page.records) seqs.set((JSON.parse(body) as { id: string }).id, seq)
        cursor = page.records.at(-1) ?? cursor
        hasMore = page.hasMore
      }
      for (const [id, seq] of acknowledged) expect(seqs.get(id)).toBe(seq)
    }
    expect(acknowledged.size).toBeGreaterThan(10)
    server.child.kill('SIGTERM')
    expect((await finished(server.child)).code).toBe(0)
    const { code, out } = await finished(node('mock-api/audit-cli.ts', { DATA_DIR: dataDir }))
    expect([code, out]).toEqual([0, expect.stringMatching(/^ok: \d+ accounts, \d+ records\n$/)])
  })

  it('holds its folder, says who does, and gives it back on SIGTERM', async () => {
    const dataDir = join(folder, 'held')
    const { child, url } = await start(dataDir)
    expect(statSync(join(dataDir, 'key-secret')).mode & 0o777).toBe(0o600)
    const second = await finished(node('mock-api/main.ts', { DATA_DIR: dataDir, PORT: '0' }))
    expect([second.code, second.out]).toEqual([1, expect.stringContaining(`in use by process ${child.pid}`)])
    const page = await fetch(`${url}/api/v1/health`)
    expect(page.status).toBe(200)
    child.kill('SIGTERM')
    expect((await finished(child)).code).toBe(0)
    expect(existsSync(join(dataDir, 'lock'))).toBe(false)
  })

  it('keeps its folder to itself, also one that was open to others before', async () => {
    const dataDir = join(folder, 'open')
    mkdirSync(join(dataDir, 'content'), { recursive: true, mode: 0o755 })
    writeFileSync(join(dataDir, 'content', 'note.txt'), 'x', { mode: 0o644 })
    const first = await start(dataDir)
    expect(openToOthers(dataDir)).toEqual([])
    first.child.kill('SIGTERM')
    await finished(first.child)
    for (const path of [dataDir, join(dataDir, 'pglite'), join(dataDir, 'pglite', 'base')])
      chmodSync(path, 0o755)
    chmodSync(join(dataDir, 'key-secret'), 0o640)
    chmodSync(join(dataDir, 'pglite', 'PG_VERSION'), 0o644)
    expect(openToOthers(dataDir)).toHaveLength(5)
    const second = await start(dataDir)
    expect(openToOthers(dataDir)).toEqual([])
    await signIn(second.url)
    // What the database makes meanwhile is closed by the minute and at the end; nobody gets past the folder itself.
    expect(statSync(dataDir).mode & 0o777).toBe(0o700)
    second.child.kill('SIGTERM')
    await finished(second.child)
    expect(openToOthers(dataDir)).toEqual([])
  })

  it('says what is wrong with its settings and goes', async () => {
    const { code, out } = await finished(
      node('mock-api/main.ts', { PORT: 'many', DATA_DIR: join(folder, 'bad') }),
    )
    expect([code, out.trim()]).toEqual([1, 'PORT must be a number up to 65535, not many'])
  })

  it('backs up and restores; a device that knows more is told', async () => {
    const dataDir = join(folder, 'backed-up')
    const archive = join(folder, 'backup.tar.gz')
    let server = await start(dataDir)
    const who = await signIn(server.url)
    await sync(server.url, who, [plate()])
    server.child.kill('SIGINT')
    expect((await finished(server.child)).code).toBe(0)
    expect((await finished(node('mock-api/backup-cli.ts', { DATA_DIR: dataDir }, [archive]))).code).toBe(0)
    server = await start(dataDir)
    const later = await sync(server.url, who, [plate()])
    server.child.kill('SIGTERM')
    await finished(server.child)
    const refused = await finished(node('mock-api/restore-cli.ts', { DATA_DIR: dataDir }, [archive]))
    expect([refused.code, refused.out]).toEqual([1, expect.stringContaining('nothing is overwritten')])
    rmSync(join(dataDir, 'pglite'), { recursive: true })
    expect((await finished(node('mock-api/restore-cli.ts', { DATA_DIR: dataDir }, [archive]))).code).toBe(0)
    server = await start(dataDir)
    const { seq, hash } = later.records.at(-1) as { seq: number; hash: string }
    expect(await sync(server.url, who, [], seq, hash)).toMatchObject({ state: 'fork' })
    expect((await sync(server.url, who, [])).lastSeq).toBe(1)
    server.child.kill('SIGTERM')
    await finished(server.child)
    const said = await finished(node('mock-api/restore-cli.ts', { DATA_DIR: dataDir }, ['--restored']))
    expect([said.code, said.out]).toEqual([0, expect.stringContaining('marked as restored')])
  })

  it(
    'takes new keys and a new secret by hand, and starts with them',
    async () => {
      const dataDir = join(folder, 'keys')
      const byHand = (...args: string[]) =>
        finished(node('mock-api/rotate-key-cli.ts', { DATA_DIR: dataDir }, args))
      const rotated = await byHand()
      expect([rotated.code, rotated.out]).toEqual([
        0,
        expect.stringMatching(/^(?:(?:heads|vouchers|documents|certificates): \w+ signs from now on\n){4}$/),
      ])
      const kid = /vouchers: (\w+)/.exec(rotated.out)?.[1] ?? ''
      const revoked = await byHand('revoke', kid, 'a drill')
      expect([revoked.code, revoked.out]).toEqual([0, expect.stringContaining(`${kid} is revoked`)])
      expect((await byHand('revoke', kid)).code).toBe(1)
      const secretPath = join(dataDir, 'key-secret')
      const before = readFileSync(secretPath, 'utf8')
      expect((await finished(node('mock-api/rotate-secret-cli.ts', { DATA_DIR: dataDir }))).code).toBe(0)
      expect(readFileSync(secretPath, 'utf8')).not.toBe(before)
      expect(statSync(secretPath).mode & 0o777).toBe(0o600)
      // The first of each purpose, and the successor of the revoked one: as an app's build takes them.
      expect(readPinnedKeys((await byHand('list')).out)?.keys).toHaveLength(KEY_PURPOSES.length + 1)
      const server = await start(dataDir)
      server.child.kill('SIGTERM')
      await finished(server.child)
    },
    SEVEN_STARTS_MS,
  )
})
