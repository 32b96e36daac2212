/** The exchange: every command gets a record, once; records come in pages under a signed head; a fork is told. */
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BATCH_COMMANDS_MAX } from '../../src/contract/limits.ts'
import type { SyncAnswer } from '../../src/contract/sync.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import type { RecordBody, RecordDetail } from '../../src/domain/ledger/record.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { findChainFault, GENESIS_HASH, START } from '../../src/proof/chain.ts'
import { readHead } from '../../src/proof/head.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { type Client, call, signIn } from '../support/client.ts'
import { accept, appeal, cleanPlate, feedback, newCommandId, redeem, withdraw } from '../support/commands.ts'
import { countingDb } from '../support/counting-db.ts'
import { ENGINES, openTestDb } from '../support/database.ts'
import { joinTill } from '../support/till.ts'

const at = (page: SyncAnswer & { state: 'ok' }) => {
  const last = page.records.at(-1)
  return last ? { seq: last.seq, hash: last.hash } : START
}

describe.each(ENGINES)('sync on %s', (engine) => {
  let backend: Backend
  let client: Client
  beforeAll(async () => {
    backend = await startBackend({ db: engine })
    client = await signIn(backend)
  })
  afterAll(() => backend.close())

  const headOf = async (page: { head: string }) =>
    readHead(page.head, await backend.deps.keyring.publicKeys())

  it('records an activity and answers with the record under a signed head', async () => {
    const me = await signIn(backend)
    const command = cleanPlate(backend)
    const page = await me.sync([command])
    expect(page.receipts).toEqual([{ id: command.id, outcome: 'accepted', seq: 1 }])
    expect(page.records).toHaveLength(1)
    expect(await findChainFault(START, page.records)).toBeUndefined()
    expect(await headOf(page)).toMatchObject({ account: me.accountId, seq: 1, available: 72, held: 0 })
    const detail = JSON.parse(page.records[0]?.detail ?? '') as RecordDetail
    expect(detail.command).toBe(canonicalJson(command))
    expect(detail.assessment?.rewardGrams).toBe(72)
  })

  it('answers an empty journal with a head at its beginning', async () => {
    const me = await signIn(backend)
    const page = await me.sync()
    expect(page).toMatchObject({ records: [], lastSeq: 0, hasMore: false })
    expect(await headOf(page)).toMatchObject({ seq: 0, hash: GENESIS_HASH, available: 0, held: 0 })
  })

  it('gives every command a record, refused ones too', async () => {
    const me = await signIn(backend)
    const commands = [
      cleanPlate(backend),
      cleanPlate(backend, { code: 'no-such-act' }),
      redeem(backend, { id: 'coffee-medium', points: 1200 }),
      withdraw(backend, newCommandId(backend)),
      appeal(backend, newCommandId(backend)),
    ]
    const page = await me.sync(commands)
    expect(page.receipts.map(({ outcome, seq }) => [outcome, seq])).toEqual([
      ['accepted', 1],
      ['rejected', 2],
      ['refused', 3],
      ['refused', 4],
      ['refused', 5],
    ])
    expect(page.records.map(({ body }) => (JSON.parse(body) as RecordBody).transfers.length)).toEqual([
      2, 0, 0, 0, 0,
    ])
  })

  it('answers a repeated command with its first receipt, and writes nothing', async () => {
    const me = await signIn(backend)
    const command = cleanPlate(backend)
    const first = await me.sync([command])
    const again = await me.sync([command, command])
    expect(again.receipts).toEqual([first.receipts[0], first.receipts[0]])
    expect(again.lastSeq).toBe(1)
  })

  it('flags a known id with another text, in a later batch and in the same', async () => {
    const me = await signIn(backend)
    const command = cleanPlate(backend)
    const other = { ...command, at: command.at + 1 }
    const page = await me.sync([command, other])
    expect(page.receipts).toEqual([
      { id: command.id, outcome: 'accepted', seq: 1 },
      { id: command.id, outcome: 'accepted', seq: 1, differs: true },
    ])
    expect((await me.sync([other])).receipts[0]).toMatchObject({ seq: 1, differs: true })
    expect((await me.sync()).lastSeq).toBe(1)
  })

  it('puts off what it cannot read without stopping the rest', async () => {
    const me = await signIn(backend)
    const good = cleanPlate(backend)
    const unknownKind = canonicalJson({ ...good, id: newCommandId(backend), kind: 'lottery.play' })
    const notCanonical = JSON.stringify({
      kind: good.kind,
      at: good.at,
      id: newCommandId(backend),
      body: good.body,
    })
    const tooLong = canonicalJson({ ...good, id: newCommandId(backend), padding: 'x'.repeat(9000) })
    const extra = canonicalJson({ ...good, id: newCommandId(backend), extra: 1 })
    const hostile = ['{', '[]', 'null', '"x"', `{"id":"${'x'.repeat(500)}"}`, '{"id":{}}', '\u0000']
    const page = await me.sync([unknownKind, notCanonical, tooLong, extra, ...hostile, good])
    expect(
      page.receipts.slice(0, -1).every(({ outcome, seq }) => outcome === 'deferred' && seq === undefined),
    ).toBe(true)
    expect(page.receipts[0]?.id).toBe((JSON.parse(unknownKind) as { id: string }).id)
    expect(page.receipts.at(-1)).toMatchObject({ id: good.id, outcome: 'accepted', seq: 1 })
  })

  it('keeps words as they were written, whatever they hold', async () => {
    const me = await signIn(backend)
    const note = 'a\u0000b \ud800 "引号" \\ 😀 \u2028'
    const page = await me.sync([cleanPlate(backend, { note })])
    const detail = JSON.parse(page.records[0]?.detail ?? '') as RecordDetail
    expect((JSON.parse(detail.command ?? '') as { body: { note: string } }).body.note).toBe(note)
    expect(await findChainFault(START, page.records)).toBeUndefined()
  })

  it('takes 500 commands in one go and refuses 501 as too large', async () => {
    const me = await signIn(backend)
    const commands = Array.from({ length: BATCH_COMMANDS_MAX }, () => cleanPlate(backend))
    const page = await me.sync(commands)
    expect(page.receipts.at(-1)?.seq).toBe(BATCH_COMMANDS_MAX)
    expect(await findChainFault(START, page.records)).toBeUndefined()
    const response = await me.syncRaw([...commands, cleanPlate(backend)])
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ code: 'too_large' })
  })

  it('takes as many of a guest, who names each of them once more', async () => {
    const me = await signIn(backend)
    const commands = Array.from({ length: BATCH_COMMANDS_MAX }, () => cleanPlate(backend))
    const page = await me.sync(commands, { fromGuest: commands.map(({ id }) => id) })
    expect(page.receipts.at(-1)?.seq).toBe(BATCH_COMMANDS_MAX)
  })

  it('pages in order until the end, with a head at each page', async () => {
    const me = await signIn(backend)
    for (let i = 0; i < 3; i++) await me.sync(Array.from({ length: 500 }, () => cleanPlate(backend)))
    const first = await me.sync()
    expect(first).toMatchObject({ lastSeq: 1500, hasMore: true })
    expect(await headOf(first)).toMatchObject({ seq: first.records.length, hash: at(first).hash })
    let cursor = at(first)
    let pages = 1
    for (let hasMore = true; hasMore; pages++) {
      const page = await me.sync([], { cursor })
      expect(await findChainFault(cursor, page.records)).toBeUndefined()
      cursor = at(page)
      hasMore = page.hasMore
    }
    expect(cursor.seq).toBe(1500)
    expect(pages).toBeGreaterThan(1)
  })

  it('ends a page at a thousand short records as well, and says that more come', async () => {
    const me = await signIn(backend)
    const refused = () => withdraw(backend, newCommandId(backend))
    for (const count of [500, 500, 1]) await me.sync(Array.from({ length: count }, refused))
    const page = await me.sync()
    expect([page.records.length, page.lastSeq, page.hasMore]).toEqual([1000, 1001, true])
    const last = await me.sync([], { cursor: at(page) })
    expect([last.records.length, last.hasMore]).toEqual([1, false])
  })

  it('tells a fork: a cursor beyond the end, or with another hash', async () => {
    const me = await signIn(backend)
    const page = await me.sync([cleanPlate(backend), cleanPlate(backend)])
    const [first, second] = page.records
    const forks = [
      { seq: 3, hash: second?.hash ?? '' },
      { seq: 2, hash: first?.hash ?? '' },
      { seq: 1, hash: second?.hash ?? '' },
      { seq: 0, hash: first?.hash ?? '' },
    ]
    for (const cursor of forks) {
      const command = cleanPlate(backend)
      expect(await (await me.syncRaw([command], { cursor })).json()).toMatchObject({ state: 'fork' })
    }
    expect((await me.sync()).lastSeq).toBe(2)
  })

  it('answers a device that knows more than a restored backup with fork, and takes its commands again', async () => {
    const own = await startBackend({ db: engine })
    const me = await signIn(own)
    const kept = cleanPlate(own)
    await me.sync([kept])
    const backup = await own.snapshot()
    const lost = cleanPlate(own)
    const before = await me.sync([lost])
    await own.restore(backup)
    expect(await (await me.syncRaw([], { cursor: at(before) })).json()).toMatchObject({ state: 'fork' })
    const after = await me.sync([lost])
    expect(after.receipts).toEqual([{ id: lost.id, outcome: 'accepted', seq: 2 }])
    expect(after.records).toHaveLength(2)
    await own.close()
  })

  it('refuses what is not the exchange', async () => {
    const hostile = ['{', '[]', 'null', '{"accountId":1}', JSON.stringify({ accountId: client.accountId })]
    for (const body of hostile) {
      const response = await client.call('POST', '/api/v1/sync', body)
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
        400,
        'malformed',
      ])
    }
    const dashes = await client.call('POST', '/api/v1/sync', {
      accountId: '-'.repeat(36),
      cursor: START,
      sentAt: 0,
      commands: [],
    })
    expect(dashes.status).toBe(401)
    const stranger = await signIn(backend)
    const other = await stranger.call('POST', '/api/v1/sync', {
      accountId: client.accountId,
      cursor: START,
      sentAt: 0,
      commands: [],
    })
    expect(other.status).toBe(401)
  })

  it('takes gzip and no more than its limit, before and after unpacking', async () => {
    const send = (body: Uint8Array<ArrayBuffer>, encoding: string) =>
      backend.fetch(
        new Request('http://localhost:4173/api/v1/sync', {
          method: 'POST',
          headers: { cookie: client.cookie, 'content-encoding': encoding },
          body,
        }),
      )
    const request = { accountId: client.accountId, cursor: START, sentAt: backend.now(), commands: [] }
    const small = gzipSync(JSON.stringify(request)) as Buffer<ArrayBuffer>
    expect((await send(small, 'gzip')).status).toBe(200)
    const bomb = gzipSync(Buffer.alloc(50_000_000, 32)) as Buffer<ArrayBuffer>
    expect((await send(bomb, 'gzip')).status).toBe(413)
    expect((await send(Buffer.from('not gzip'), 'gzip')).status).toBe(400)
    expect((await send(small, 'zstd')).status).toBe(400)
    expect((await send(Buffer.alloc(1_100_000, 32), 'identity')).status).toBe(413)
  })

  it('limits syncs a session and says when to come back', async () => {
    const own = await startBackend({
      db: backend.db,
      samples: false,
      limits: { syncsPerSession: { name: 'syncs', max: 3, windowMs: 60_000 } },
    })
    const me = await signIn(own)
    for (let i = 0; i < 3; i++) expect((await me.syncRaw()).status).toBe(200)
    const refused = await me.syncRaw()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
    own.now.advance(60_000)
    expect((await me.syncRaw()).status).toBe(200)
  })

  it('limits commands a day per account', async () => {
    const own = await startBackend({
      db: backend.db,
      samples: false,
      limits: { commandsPerDay: { name: 'few', max: 3, windowMs: DAY_MS } },
    })
    const me = await signIn(own)
    const commands = [cleanPlate(own), cleanPlate(own), cleanPlate(own)]
    await me.sync(commands)
    await me.sync(commands) // a phone on a bad line asks again: nothing new
    expect((await me.syncRaw([cleanPlate(own)])).status).toBe(429)
  })

  it('takes a day’s commands by number and by length', async () => {
    const own = await startBackend({
      db: backend.db,
      samples: false,
      limits: { commandsPerDay: { name: 'units', max: 6, windowMs: DAY_MS } },
    })
    const me = await signIn(own)
    const long = feedback(own, { text: '长'.repeat(1000) }) // 3 kB and more: counts as two
    await me.sync([long, long, cleanPlate(own), cleanPlate(own)])
    await me.sync([feedback(own, { text: '长'.repeat(1000) })])
    const full = await me.syncRaw([cleanPlate(own)])
    expect(full.status).toBe(429)
    expect(Number(full.headers.get('retry-after'))).toBeGreaterThan(3600)
  })

  it('judges ages by the clock that timed the act, and reviews what no clock explains', async () => {
    const me = await signIn(backend)
    // A phone three hours fast: its "an hour ago" lies two hours ahead of the backend.
    const fast = 3 * HOUR_MS
    const command = cleanPlate(backend, { startedAt: backend.now() + fast - HOUR_MS })
    expect((await me.sync([command], { sentAt: backend.now() + fast })).receipts[0]?.outcome).toBe('accepted')
    const other = await signIn(backend)
    expect(
      (await other.sync([cleanPlate(backend, { startedAt: backend.now() + 2 * HOUR_MS })])).receipts[0]
        ?.outcome,
    ).toBe('rejected')
    const wrong = -400 * DAY_MS
    const lost = {
      ...cleanPlate(backend, { startedAt: backend.now() + wrong - HOUR_MS }),
      at: backend.now() + wrong,
    }
    const page = await other.sync([lost], { sentAt: backend.now() + wrong })
    expect(page.receipts[0]?.outcome).toBe('review')
    const detail = JSON.parse(page.records.at(-1)?.detail ?? '') as RecordDetail
    expect(detail.reasons).toContainEqual({
      code: 'clock_implausible',
      numbers: { given: (400 * DAY_MS) / 60_000 },
    })
  })

  it('corrects an act that was timed by a clock of another year, and shows the day that it was', async () => {
    const me = await signIn(backend)
    const page = '0123456789abcdef'
    const at = Date.parse('2090-05-01T08:00:00Z')
    const tapped = backend.now()
    const act = {
      ...cleanPlate(backend, { startedAt: at - HOUR_MS }),
      at,
      clock: { page, elapsed: 60_000, syncedAt: tapped - DAY_MS },
    }
    backend.now.advance(2 * HOUR_MS)
    const answer = await me.sync([act], { clock: { page, elapsed: 60_000 + 2 * HOUR_MS } })
    expect(answer.receipts[0]?.outcome).toBe('accepted')
    const { assessment } = JSON.parse(answer.records.at(-1)?.detail ?? '') as RecordDetail
    expect(assessment).toMatchObject({ startedAt: tapped - HOUR_MS, day: '2026-11-20' })
  })

  it('gives a track to the first account that sends it', async () => {
    const [one, two] = [await signIn(backend), await signIn(backend)]
    const startedAt = backend.now() - 3 * HOUR_MS
    const ride = () =>
      cleanPlate(backend, {
        code: 'bike',
        startedAt,
        endedAt: startedAt + 1_800_000,
        quantity: { value: 8000, unit: 'metre' },
        evidence: {
          trust: 'import',
          digest: 'ab'.repeat(32),
          points: 900,
          movingSeconds: 1700,
          maxSpeedMetresPerHour: 24_000,
        },
      })
    const first = ride()
    expect((await one.sync([first])).receipts[0]?.outcome).toBe('accepted')
    const page = await two.sync([ride()])
    expect(page.receipts[0]?.outcome).toBe('rejected')
    expect(page.records[0]?.detail).toContain('duplicate_track')
    expect((await one.sync([first])).receipts[0]?.outcome).toBe('accepted')
  })

  it('looks at a device of more than five accounts', async () => {
    const deviceId = newCommandId(backend)
    const people: Client[] = []
    for (let i = 0; i < 6; i++) people.push(await signIn(backend, { deviceId }))
    const page = await (people[5] as Client).sync([cleanPlate(backend)])
    expect(page.receipts[0]?.outcome).toBe('review')
    expect(page.records[0]?.detail).toContain('"code":"shared_device","numbers":{"accounts":6,"limit":5}')
  })

  it('refuses a merchant’s command to a citizen and a citizen’s to a merchant', async () => {
    for (const role of ['till', 'manager'] as const) {
      const till = await joinTill(backend, { role, name: role })
      const page = await till.sync([cleanPlate(backend)])
      expect(page.records.at(-1)?.detail, role).toContain('kind_not_for_account')
    }
    const page = await client.sync([accept(backend, 'a.b.c')])
    expect(page.records.at(-1)?.detail).toContain('kind_not_for_account')
  })

  it('asks 401 of who is not signed in', async () => {
    const body = { accountId: client.accountId, cursor: START, sentAt: 0, commands: [] }
    const response = await call(backend, { method: 'POST', path: '/api/v1/sync', body })
    expect(response.status).toBe(401)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
  })
})

describe('statements', () => {
  it('a pull writes nothing, and a batch of 500 costs a handful', async () => {
    const { db, close } = await openTestDb()
    const counting = countingDb(db)
    const backend = await startBackend({ db: counting })
    const me = await signIn(backend)
    const page = await me.sync([cleanPlate(backend)])
    const cursor = { seq: 1, hash: page.records[0]?.hash ?? '' }
    counting.statements.length = 0
    await me.sync([], { cursor })
    expect(counting.statements).toHaveLength(2)
    expect(counting.statements.every((text) => text.startsWith('select'))).toBe(true)
    counting.statements.length = 0
    await me.sync(
      Array.from({ length: 500 }, () => cleanPlate(backend)),
      { cursor },
    )
    expect(counting.statements.length).toBeLessThanOrEqual(12)
    await backend.close()
    await close()
  })

  it('a tap reads the account once, and answers what it has just written', async () => {
    const { db, close } = await openTestDb()
    const counting = countingDb(db)
    const backend = await startBackend({ db: counting })
    const me = await signIn(backend)
    let cursor = START
    for (let round = 0; round < 3; round++) {
      counting.statements.length = 0
      counting.messages = 0
      const { records, lastSeq, hasMore, receipts } = await me.sync([cleanPlate(backend)], { cursor })
      // Three more: twice a day for what is forgotten, once a session for its first request.
      expect(counting.statements).toHaveLength(round === 0 ? 12 : 9)
      // Who asks; the account with what is known of the batch; what it is decided upon; the append.
      expect(counting.messages).toBe(round === 0 ? 5 : 4)
      // The account, what is known of its commands, and the days that they concern.
      expect(counting.statements.filter((text) => /from (accounts|records)\b/.test(text))).toHaveLength(3)
      expect(receipts[0]?.seq).toBe(round + 1)
      const pulled = await me.sync([], { cursor })
      expect({ records, lastSeq, hasMore }).toEqual({
        records: pulled.records,
        lastSeq: pulled.lastSeq,
        hasMore: pulled.hasMore,
      })
      cursor = { seq: round + 1, hash: records[0]?.hash ?? '' }
    }
    // Behind, or with nothing new, the journal is read as it is.
    const behind = await me.sync([cleanPlate(backend)])
    expect(behind.records.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
    await backend.close()
    await close()
  })

  it('an account that moved on between reading and writing is decided upon again, and its page begins at the cursor', async () => {
    const { db, close } = await openTestDb()
    let meanwhile: (() => Promise<unknown>) | undefined
    const backend = await startBackend({
      db: {
        ...db,
        async transaction(work) {
          const first = meanwhile
          meanwhile = undefined
          await first?.()
          return db.transaction(work)
        },
      },
    })
    const me = await signIn(backend)
    const [mine, other] = [cleanPlate(backend), cleanPlate(backend)]
    meanwhile = () => me.sync([other])
    const page = await me.sync([mine])
    expect(page.receipts).toEqual([{ id: mine.id, outcome: 'accepted', seq: 2 }])
    expect(page).toMatchObject({ lastSeq: 2, hasMore: false })
    expect(await findChainFault(START, page.records)).toBeUndefined()
    expect(page.records).toHaveLength(2)
    // The same command from two sides: the second finds it known, and answers its record.
    const twice = cleanPlate(backend)
    const cursor = at(page)
    meanwhile = () => me.sync([twice])
    const again = await me.sync([twice], { cursor })
    expect(again.receipts).toEqual([{ id: twice.id, outcome: 'accepted', seq: 3 }])
    expect(again.records.map(({ seq }) => seq)).toEqual([3])
    expect(await findChainFault(cursor, again.records)).toBeUndefined()
    await backend.close()
    await close()
  })
})
