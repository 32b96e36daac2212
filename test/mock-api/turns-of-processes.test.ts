/** Several processes before one database: one first key, one sweep at a time, a rotation that nobody is surprised by, limits over all. */
import { afterEach, describe, expect, it } from 'vitest'
import { sweepInTurn } from '../../mock-api/book/sweep-in-turn.ts'
import { type Keyring, openKeyring, SPREAD_MS } from '../../mock-api/keys/keyring.ts'
import { type App, createApp } from '../../mock-api/start/app.ts'
import type { Db } from '../../mock-api/storage/db.ts'
import { migrate } from '../../mock-api/storage/migrate.ts'
import { MINUTE_MS, SECOND_MS } from '../../src/domain/base/time.ts'
import { START } from '../../src/proof/chain.ts'
import { readHead, signHead } from '../../src/proof/head.ts'
import { KEY_PURPOSES } from '../../src/proof/keys.ts'
import { readRevocations } from '../../src/proof/revocations.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { signIn } from '../support/client.ts'
import { countingDb } from '../support/counting-db.ts'
import { ENGINES, openTestDb } from '../support/database.ts'
import { uuidFrom } from '../support/ids.ts'

describe.each(ENGINES)('several processes on %s', (engine) => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  async function one(): Promise<Backend> {
    const backend = await startBackend({ db: engine, samples: false })
    closing.push(() => backend.close())
    return backend
  }

  /** Each remembers by itself what it has read. */
  const keyrings = ({ deps }: Backend, count: number) =>
    Array.from({ length: count }, () => openKeyring({ ...deps, spreadMs: SPREAD_MS }))

  it('bring an empty database to its shape together', async () => {
    const { db, close } = await openTestDb(engine)
    closing.push(close)
    await Promise.all([migrate(db, 1), migrate(db, 2), migrate(db, 3)])
    const rows = await db.query<{ of: number; names: number }>(
      'select count(*) as of, count(distinct name) as names from migrations',
    )
    expect(rows[0]?.of).toBe(rows[0]?.names)
    expect(rows[0]?.of).toBeGreaterThan(10)
  })

  it.each(['42P07', '42710', '23505'])('go on where another has just made a table, by %s', async (code) => {
    const { db, close } = await openTestDb(engine)
    closing.push(close)
    let meetings = 2
    const met: Db = {
      ...db,
      query: (text, params) =>
        meetings-- > 0
          ? Promise.reject(Object.assign(new Error('already exists'), { code }))
          : db.query(text, params),
    }
    await migrate(met, 1)
    expect(await db.query('select name from migrations')).not.toEqual([])
  })

  it('have one first key for each purpose, also when all need it at once', async () => {
    const backend = await one()
    const sets = await Promise.all(
      keyrings(backend, 3).map(async (keyring) => {
        const signers = await Promise.all(KEY_PURPOSES.map((each) => keyring.signingKey(each)))
        return signers.map(({ kid }) => kid)
      }),
    )
    expect(sets).toEqual([sets[0], sets[0], sets[0]])
    expect((await backend.deps.keyring.publicKeys()).keys).toHaveLength(KEY_PURPOSES.length)
  })

  it('sign with a new key only when each knows it, and then all of them', async () => {
    const backend = await one()
    const [a, b, c] = keyrings(backend, 3) as [Keyring, Keyring, Keyring]
    const old = (await a.signingKey('heads')).kid
    await b.signingKey('heads')
    await c.signingKey('heads')
    const [made] = await a.rotate('heads')
    // At every moment of the change, what one signs the others read, and so does a phone that asked any of them for keys.
    const account = uuidFrom(backend.random)
    const signers = new Set<string>()
    for (let passed = 0; passed <= 2 * SPREAD_MS; passed += 20 * SECOND_MS) {
      for (const by of [a, b, c]) {
        const key = await by.signingKey('heads')
        signers.add(key.kid)
        const head = { account, seq: 1, hash: 'b'.repeat(64), available: 0, held: 0, at: backend.now() }
        const jws = await signHead(head, key)
        for (const reader of [a, b, c])
          expect(await readHead(jws, await reader.publicKeys())).toMatchObject({ seq: 1 })
      }
      backend.now.advance(20 * SECOND_MS)
    }
    expect([...signers]).toEqual([old, made?.kid])
    for (const each of [a, b, c]) expect((await each.signingKey('heads')).kid).toBe(made?.kid)
  })

  it('renew once, not once each', async () => {
    const backend = await one()
    const all = keyrings(backend, 3)
    const made = await (all[0] as (typeof all)[0]).publicKeys()
    const { notAfter = 0 } = made.keys[0] ?? {}
    backend.now.advance(notAfter - backend.now() - MINUTE_MS * 60 * 24)
    await Promise.all(all.map((keyring) => keyring.renew()))
    for (const keyring of all) await keyring.renew()
    expect((await backend.deps.keyring.publicKeys()).keys).toHaveLength(2 * KEY_PURPOSES.length)
  })

  it('go on with a revoked key until each knows, and none uses it after', async () => {
    const backend = await one()
    const [a, b] = keyrings(backend, 2) as [Keyring, Keyring]
    const { kid } = await a.signingKey('vouchers')
    await b.signingKey('vouchers')
    await a.revoke(kid, 'a drill')
    const listed = async () => (await readRevocations(await b.revocations(), await b.publicKeys()))?.revoked
    expect((await a.signingKey('vouchers')).kid).toBe(kid)
    expect((await b.signingKey('vouchers')).kid).toBe(kid)
    expect(await listed()).toEqual([])
    backend.now.advance(SPREAD_MS + SECOND_MS)
    const next = await Promise.all([a.signingKey('vouchers'), b.signingKey('vouchers')])
    expect(next[0].kid).toBe(next[1].kid)
    expect(next[0].kid).not.toBe(kid)
    expect((await listed())?.map((each) => each.kid)).toEqual([kid])
  })

  it('find a key that another took over from a phone a moment ago', async () => {
    const backend = await one()
    const [a, b] = keyrings(backend, 2) as [Keyring, Keyring]
    await b.publicKeys()
    const [made] = await a.rotate('vouchers')
    backend.now.advance(2 * SECOND_MS)
    const kids = async (naming?: string) => (await b.publicKeys(naming)).keys.map(({ kid }) => kid)
    expect(await kids()).not.toContain(made?.kid)
    expect(await kids(made?.kid)).toContain(made?.kid)
  })

  it('count the pulls of a session together, and write little for it', async () => {
    const backend = await one()
    const limits = { syncsPerSession: { name: 'syncs', max: 30, windowMs: MINUTE_MS } }
    const counted = countingDb(backend.db)
    // What says that there may be others is the database's kind.
    const db = { ...counted, kind: 'postgresql' as const }
    const apps = [1, 2, 3].map(() =>
      createApp({ ...backend.deps, db, limits: { ...backend.deps.limits, ...limits } }),
    )
    const me = await signIn(backend)
    const pull = (app: App) =>
      app.fetch(
        new Request('http://localhost:4173/api/v1/sync', {
          method: 'POST',
          headers: { cookie: me.cookie },
          body: JSON.stringify({
            accountId: me.accountId,
            cursor: START,
            sentAt: backend.now(),
            commands: [],
          }),
        }),
        { remoteAddress: '127.0.0.1' },
      )
    const statuses: number[] = []
    for (let i = 0; i < 60; i++) statuses.push((await pull(apps[i % 3] as App)).status)
    const passed = statuses.filter((status) => status === 200).length
    // At most one untold part of each process beyond the rule.
    expect(passed).toBeGreaterThanOrEqual(30)
    expect(passed).toBeLessThan(30 + 3 * 3)
    expect(statuses.slice(-10)).toEqual(Array(10).fill(429))
    const writes = counted.statements.filter((text) => text.startsWith('insert into rate_limits'))
    expect(writes.length).toBeLessThan(passed / 2)
    backend.now.advance(MINUTE_MS)
    expect((await pull(apps[0] as App)).status).toBe(200)
  })

  it('sweep one at a time, and go on for one that has ended without a word', async () => {
    const backend = await one()
    const [a, b] = [uuidFrom(backend.random), uuidFrom(backend.random)]
    let isAlone = true
    const busy = countingDb(backend.db)
    const during = {
      ...backend.deps,
      db: busy,
      recovery: {
        ...backend.deps.recovery,
        restoredAt: async () => {
          isAlone &&= !(await sweepInTurn(backend.deps, b))
          return undefined
        },
      },
    }
    expect(await sweepInTurn(during, a)).toBe(true)
    expect(isAlone).toBe(true)
    expect(await sweepInTurn(backend.deps, b)).toBe(true)
    // One that is killed in the middle holds the turn for two minutes, and no longer.
    busy.dieAt = /offer_claims/
    expect(await sweepInTurn({ ...during, recovery: backend.deps.recovery }, a)).toBe(false)
    expect(await sweepInTurn(backend.deps, b)).toBe(false)
    backend.now.advance(2 * MINUTE_MS)
    expect(await sweepInTurn(backend.deps, b)).toBe(true)
  })
})
