/** Settings, the lock, and faults on purpose. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError } from '../../mock-api/base/config-error.ts'
import { readConfig } from '../../mock-api/start/config.ts'
import { LockedError, takeLock } from '../../mock-api/start/lock.ts'
import { startBackend } from '../support/backend.ts'
import { call } from '../support/client.ts'

describe('settings', () => {
  it('begin with a demo on this machine only', () => {
    expect(readConfig({})).toMatchObject({ port: 4173, host: '127.0.0.1', demo: true, publicOrigins: [] })
    expect(readConfig({})).not.toHaveProperty('opsToken')
    expect(readConfig({ HOST: '0.0.0.0' }).demo).toBe(false)
    expect(readConfig({ DATABASE_URL: 'postgres://x/y', KEY_SECRET: 'x'.repeat(20) }).demo).toBe(false)
    expect(readConfig({ HOST: '0.0.0.0', DEMO: '1' }).demo).toBe(true)
    expect(readConfig({ FAULTS: '7:300' }).faults).toEqual({ seed: 7, perMille: 300 })
    expect(readConfig({ FAULTS: '0' })).not.toHaveProperty('faults')
    expect(readConfig({}).codeIntervalMs).toBe(60_000)
    expect(readConfig({ CODE_INTERVAL: '5' }).codeIntervalMs).toBe(5000)
    expect(
      readConfig({ PUBLIC_ORIGINS: 'https://a.example, http://b.example:8080' }).publicOrigins,
    ).toHaveLength(2)
  })

  it('name everything that makes no sense at once', () => {
    const bad = {
      PORT: '99999',
      DATABASE_URL: 'mysql://x',
      DEMO: 'yes',
      OPS_TOKEN: 'short',
      KEY_SECRET: 'short',
      CODE_INTERVAL: '0',
      FAULTS: 'many',
      PUBLIC_ORIGINS: 'https://a.example/path',
    }
    expect(() => readConfig(bad)).toThrow(ConfigError)
    try {
      readConfig(bad)
    } catch (error) {
      for (const name of Object.keys(bad)) expect((error as Error).message).toContain(name)
    }
    expect(() => readConfig({ DATABASE_URL: 'postgres://x/y' })).toThrow('KEY_SECRET')
  })
})

describe('lock', () => {
  it('is one process’s, is given back, and is taken over from one that is gone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'greentrace-lock-'))
    try {
      const release = takeLock(folder, process.pid)
      expect(() => takeLock(folder, process.ppid)).toThrow(LockedError)
      release()
      const gone = 4_000_000
      writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: gone, startedAt: '1' }))
      takeLock(folder, process.pid)()
      // The same number as a live process, but begun at another time: the number was given out anew.
      writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: process.ppid, startedAt: 'long ago' }))
      takeLock(folder, process.pid)
      expect(readFileSync(join(folder, 'lock'), 'utf8')).toContain(String(process.pid))
      writeFileSync(join(folder, 'lock'), '')
      takeLock(folder, process.pid)()
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('faults', () => {
  it('go wrong by seed, the same each time', async () => {
    const run = async () => {
      const backend = await startBackend({ samples: false, config: { faults: { seed: 3, perMille: 500 } } })
      const statuses: number[] = []
      for (let i = 0; i < 40; i++)
        statuses.push((await call(backend, { method: 'GET', path: '/api/v1/health' })).status)
      await backend.close()
      return statuses
    }
    const first = await run()
    expect(new Set(first)).toEqual(new Set([200, 500, 503]))
    expect(await run()).toEqual(first)
  })
})
