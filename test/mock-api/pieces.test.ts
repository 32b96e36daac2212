/** An account's state in pieces: what is read and written of it, that nothing is decided upon pieces of two moments, and states of before. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { applyTombstones } from '../../mock-api/book/tombstone.ts'
import { readAccountWithState } from '../../mock-api/storage/accounts.ts'
import type { Param, Queryable, Statement } from '../../mock-api/storage/db.ts'
import { lookUp, lookUpAll, MovedOn, openState } from '../../mock-api/storage/state.ts'
import type { ActivityId } from '../../src/domain/base/ids.ts'
import { DAY_MS } from '../../src/domain/base/time.ts'
import { FOLD } from '../../src/domain/ledger/ledger-state.ts'
import { NO_NEEDS } from '../../src/domain/ledger/needs.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { START } from '../../src/proof/chain.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { trackedRide } from '../support/builders.ts'
import { type Client, signIn } from '../support/client.ts'
import { cleanPlate, withdraw } from '../support/commands.ts'
import { ENGINES } from '../support/database.ts'
import { balancesOf } from '../support/shop.ts'
import { storedState } from '../support/stored-state.ts'

/** What the version before was heard saying. */
function recorded(...beginnings: string[]): string[] {
  const path = new URL('../golden/statements/2026-11-28-whole-states.json', import.meta.url)
  const said = JSON.parse(readFileSync(path, 'utf8')) as { text: string }[]
  return beginnings.map(
    (each) => said.find(({ text }) => text.replaceAll(/\s+/g, ' ').startsWith(each))?.text ?? '',
  )
}

describe.each(ENGINES)('the state in pieces on %s', (engine) => {
  let backend: Backend
  const said: { text: string; params: readonly Param[] }[] = []
  /** Called before a statement, once it matches. */
  let meanwhile: { at: RegExp; run: () => Promise<void> } | undefined

  /** A second process before the same database. */
  let other: Backend
  beforeAll(async () => {
    backend = await startBackend({ db: engine })
    const hear = async ({ text, params = [] }: Statement) => {
      const due = meanwhile?.at.test(text) ? meanwhile : undefined
      if (due) meanwhile = undefined
      await due?.run()
      said.push({ text, params })
    }
    const heard = (target: Queryable): Pick<Queryable, 'query' | 'several'> => ({
      async query<T extends object>(text: string, params: readonly Param[] = []) {
        await hear({ text, params })
        return target.query<T>(text, params)
      },
      async several(statements, isLast) {
        for (const each of statements) await hear(each)
        return target.several(statements, isLast)
      },
    })
    other = await startBackend({
      db: {
        ...backend.db,
        ...heard(backend.db),
        async transaction(work) {
          const due = meanwhile?.at.test('begin') ? meanwhile : undefined
          if (due) meanwhile = undefined
          await due?.run()
          return backend.db.transaction((tx) => work({ ...tx, ...heard(tx) }))
        },
      },
      now: backend.now,
      samples: false,
    })
  })
  afterAll(async () => {
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    await backend.close()
  })

  const rowOf = async (me: Client) => (await readAccountWithState(backend.db, me.accountId))?.state ?? ''
  const daysOf = async (me: Client) => {
    const rows = await backend.db.query<{ day: string }>(
      'select day from day_acts where account_id = $1 order by day',
      [me.accountId],
    )
    return rows.map(({ day }) => day)
  }
  const plate = (daysAgo = 0) => cleanPlate(backend, { startedAt: backend.now() - daysAgo * DAY_MS })
  /** By the process that is listened to. */
  async function sync(me: Client, commands: readonly object[]) {
    const body = {
      accountId: me.accountId,
      cursor: START,
      sentAt: backend.now(),
      commands: commands.map(canonicalJson),
    }
    const response = await other.fetch(
      new Request('http://localhost:4173/api/v1/sync', {
        method: 'POST',
        headers: { cookie: me.cookie },
        body: JSON.stringify(body),
      }),
    )
    expect(response.status).toBe(200)
    return (await response.json()) as { receipts: { outcome: string }[] }
  }
  /** As a process of the version before leaves it. */
  async function writeWhole(me: Client): Promise<void> {
    const whole = canonicalJson(await storedState(backend.db, me.accountId))
    await backend.db.query('update accounts set state = $2 where account_id = $1', [me.accountId, whole])
  }

  it('holds balances and sums in the account’s row, and each day apart', async () => {
    const me = await signIn(backend)
    await me.sync([plate(), plate(2), plate(2)])
    expect(await rowOf(me)).not.toContain('startedAt')
    expect(await daysOf(me)).toHaveLength(2)
    expect(Object.values((await storedState(backend.db, me.accountId)).days).flat()).toHaveLength(3)
  })

  it('writes the days that changed, and reads no others than it needs', async () => {
    const me = await signIn(backend)
    const ride = cleanPlate(backend, trackedRide(backend.now() - 9 * DAY_MS))
    await me.sync([plate(), plate(3), plate(5), ride])
    said.length = 0
    await sync(me, [plate(3)])
    const put = said.filter(({ text }) => /insert into day_acts/.test(text))
    expect(put).toHaveLength(1)
    expect(put[0]?.params).toHaveLength(3)
    const read = said.filter(({ text }) => /day_acts/.test(text) && /^select/.test(text))
    expect(read.map(({ params }) => params[1])).toEqual([[(await daysOf(me))[2]]])
    said.length = 0
    await sync(me, [withdraw(backend, ride.id as ActivityId)])
    expect(said.filter(({ text }) => /insert into day_acts/.test(text))[0]?.params[1]).toBe(
      (await daysOf(me))[0],
    )
  })

  it('is read by no pull, whole or in pieces', async () => {
    const me = await signIn(backend)
    await me.sync([plate()])
    said.length = 0
    await sync(me, [])
    expect(said.length).toBeGreaterThan(2)
    expect(said.filter(({ text }) => /\bstate\b.* from accounts|day_acts|day_digests/.test(text))).toEqual([])
  })

  it('finds a track by its digest and a file by its own, on whatever day it was', async () => {
    const me = await signIn(backend)
    const ride = trackedRide(backend.now() - 20 * DAY_MS)
    const evidence = { ...ride.evidence, file: 'f'.repeat(64) }
    const again = trackedRide(backend.now() - 4 * DAY_MS, { evidence: ride.evidence })
    const asFile = trackedRide(backend.now() - 6 * DAY_MS, {
      evidence: { ...ride.evidence, digest: 'f'.repeat(64) } as typeof ride.evidence,
    })
    await me.sync([cleanPlate(backend, { ...ride, evidence } as typeof ride)])
    const { receipts } = await sync(me, [cleanPlate(backend, again), cleanPlate(backend, asFile)])
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['rejected', 'rejected'])
  })

  it('forgets days of before its window, with their tracks, and keeps what was recorded on such a day since', async () => {
    const me = await signIn(backend)
    await me.sync([cleanPlate(backend, trackedRide(backend.now() - 10 * DAY_MS)), plate(1)])
    backend.now.advance(58 * DAY_MS)
    await me.sync([plate(1), plate(100)])
    const digests = await backend.db.query('select day from day_digests where account_id = $1', [
      me.accountId,
    ])
    expect(digests).toEqual([])
    expect(await daysOf(me)).toHaveLength(3)
    backend.now.advance(DAY_MS)
    await me.sync([plate()])
    expect(await daysOf(me)).toHaveLength(3)
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })

  it.each([
    ['after its head was read', /day_acts/],
    ['after its days were read', /^begin$/],
  ])('is decided upon anew when another process was first %s', async (_when, at) => {
    const me = await signIn(backend)
    await me.sync([plate(5)])
    meanwhile = { at, run: async () => void (await me.sync([plate(), plate(), plate()])) }
    const { receipts } = await sync(me, [plate(), plate(5)])
    expect(meanwhile).toBeUndefined()
    // Three a day count, and those of the other process were first.
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['adjusted', 'accepted'])
    expect((await balancesOf(backend, me)).available).toBe(5 * 72)
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })

  it('is not put together from two moments', async () => {
    const me = await signIn(backend)
    await me.sync([plate(5)])
    const account = await readAccountWithState(backend.db, me.accountId)
    if (!account?.state) throw new Error('no state')
    const days = [...(await daysOf(me))]
    const reader = () => ({ ...openState(account.state ?? ''), account })
    await lookUp(backend.db, reader(), { ...NO_NEEDS, days })
    await me.sync([plate()])
    await expect(lookUp(backend.db, reader(), { ...NO_NEEDS, days })).rejects.toThrow(MovedOn)
    await expect(lookUpAll(backend.db, reader())).rejects.toThrow(MovedOn)
  })

  it('goes with its account', async () => {
    const me = await signIn(backend)
    await me.sync([cleanPlate(backend, trackedRide(backend.now() - DAY_MS))])
    await me.call('DELETE', `/api/v1/accounts/${me.accountId}`)
    expect(await daysOf(me)).toEqual([])
    expect(
      await backend.db.query('select day from day_digests where account_id = $1', [me.accountId]),
    ).toEqual([])
  })

  describe('that was whole before', () => {
    it('stays so while it is only read, and is put into pieces by the next append, in its transaction', async () => {
      const me = await signIn(backend)
      await me.sync([plate(), plate(1), cleanPlate(backend, trackedRide(backend.now() - 7 * DAY_MS))])
      await writeWhole(me)
      await backend.db.query('delete from day_acts where account_id = $1', [me.accountId])
      await backend.db.query('delete from day_digests where account_id = $1', [me.accountId])
      const before = await rowOf(me)
      await me.sync()
      expect(await rowOf(me)).toBe(before)
      expect(await audit(backend.db)).not.toHaveProperty('fault')
      await sync(me, [plate(1)])
      expect(await rowOf(me)).not.toContain('startedAt')
      expect(await daysOf(me)).toHaveLength(3)
      const written = said.findLastIndex(({ text }) => /^update accounts\s+set next_seq/.test(text))
      expect(
        said.findIndex(({ text }, i) => i > written && /insert into day_acts/.test(text)),
      ).toBeGreaterThan(written)
      expect(await audit(backend.db)).not.toHaveProperty('fault')
    })

    it('and that a process of the version before writes whole again, in a roll-out, counts before the pieces that it leaves behind', async () => {
      const me = await signIn(backend)
      await me.sync([plate(), plate(1), plate(1), plate(1)])
      const text = await rowOf(me)
      // What that version asks of a state, to take it for one of its own fold; else it folds the records anew.
      const { fold = 1 } = JSON.parse(text) as { fold?: unknown }
      for (let known = 1; known <= FOLD; known++) expect(fold).not.toBe(known)
      // It takes an act back, and knows nothing of pieces.
      const ghost = await signIn(backend)
      const [ride] = [plate(1)]
      await ghost.sync([plate(), ride])
      const stale = await backend.db.query<{ day: string; acts: string }>(
        'select day, acts from day_acts where account_id = $1',
        [ghost.accountId],
      )
      await ghost.sync([withdraw(backend, ride?.id as ActivityId)])
      await writeWhole(ghost)
      for (const { day, acts } of stale)
        await backend.db.query('update day_acts set acts = $3 where account_id = $1 and day = $2', [
          ghost.accountId,
          day,
          acts,
        ])
      // A day that the whole state has let go by now.
      const gone = '2026-01-02'
      await backend.db.query(
        `insert into day_acts select account_id, $2 as day, acts from day_acts where account_id = $1 limit 1`,
        [ghost.accountId, gone],
      )
      expect(await daysOf(ghost)).toContain(gone)
      expect(await audit(backend.db)).not.toHaveProperty('fault')
      const { receipts } = await ghost.sync([plate(1), plate(1), plate(1)])
      expect(await daysOf(ghost)).not.toContain(gone)
      expect(receipts.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted'])
      expect(openState(await rowOf(ghost)).ledger.part).toBeDefined()
      expect(await audit(backend.db)).not.toHaveProperty('fault')
    })

    it('and that such a process deletes with its account is gone at the next start, its days too', async () => {
      const me = await signIn(backend)
      await me.sync([cleanPlate(backend, trackedRide(backend.now() - DAY_MS))])
      for (const text of recorded('update accounts set deleted_at', 'update records set detail'))
        await backend.db.query(text, text.includes('$2') ? [me.accountId, backend.now()] : [me.accountId])
      expect(await daysOf(me)).toHaveLength(1)
      await applyTombstones(backend.deps)
      expect(await daysOf(me)).toEqual([])
      expect(await audit(backend.db)).not.toHaveProperty('fault')
    })

    it('is written by that version’s own statement, over a head', async () => {
      const [advance = ''] = recorded('update accounts set next_seq')
      const me = await signIn(backend)
      await me.sync([plate(), plate(1)])
      const before = await readAccountWithState(backend.db, me.accountId)
      // As after a batch of commands that were all known: a state folded anew replaces the one of another fold.
      const whole = canonicalJson(await storedState(backend.db, me.accountId))
      const params = [
        me.accountId,
        3,
        before?.fence ?? 0,
        0,
        0,
        0,
        before?.headHash ?? '',
        whole,
        before?.nextDueAt ?? null,
      ]
      expect(await backend.db.query(advance, params)).toHaveLength(1)
      expect(await rowOf(me)).toBe(whole)
      expect((await me.sync([plate(1)])).receipts[0]?.outcome).toBe('accepted')
      expect(await audit(backend.db)).not.toHaveProperty('fault')
    })
  })
})
