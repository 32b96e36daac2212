/** Tails that are not what they say: each is refused by its own name, and nothing of it is kept. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chainHash, commitment } from '../../mock-api/base/hash.ts'
import { audit } from '../../mock-api/book/audit.ts'
import type { WireRecord } from '../../src/contract/sync.ts'
import { TAIL_PART_RECORDS_MAX, TAIL_RECORDS_MAX, type TailAnswer } from '../../src/contract/tail.ts'
import type { RecordBody, RecordDetail } from '../../src/domain/ledger/record.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { type Cursor, START } from '../../src/proof/chain.ts'
import { type Head, readHead, signHead } from '../../src/proof/head.ts'
import type { PublicKey, SigningKey } from '../../src/proof/keys.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { type Client, signIn } from '../support/client.ts'
import { cleanPlate } from '../support/commands.ts'
import type { Snapshot } from '../support/database.ts'

let backend: Backend
let me: Client
let stranger: Client
let backup: Snapshot
let whole: { records: WireRecord[]; head: string }
let foreign: { records: WireRecord[]; head: string }

beforeAll(async () => {
  backend = await startBackend()
  me = await signIn(backend)
  stranger = await signIn(backend)
  await me.sync([cleanPlate(backend)])
  backup = await backend.snapshot()
  whole = await me.sync([cleanPlate(backend), cleanPlate(backend, { note: '一句话' })])
  foreign = await stranger.sync([cleanPlate(backend), cleanPlate(backend), cleanPlate(backend)])
})
beforeEach(() => backend.restoreAsSaid(backup))
afterAll(() => backend.close())

interface Part {
  after: Cursor
  records: readonly WireRecord[]
  head?: string
  keys?: readonly unknown[]
}

const tailOf = (records: readonly WireRecord[]) => records.slice(1)
const firstOf = ({ records: [first] }: typeof whole) => first as WireRecord
const cursorAt = ({ seq, hash }: WireRecord): Cursor => ({ seq, hash })
const honest = (): Part => ({
  after: cursorAt(firstOf(whole)),
  records: tailOf(whole.records),
  head: whole.head,
})

const post = (part: Part, client = me) =>
  client.call('POST', `/api/v1/accounts/${client.accountId}/tail`, { wire: 2, ...part })
const handIn = async (part: Part, client = me) => (await (await post(part, client)).json()) as TailAnswer

/** The records with one of them changed, and the chain made whole again behind it. */
function rewritten(
  after: Cursor,
  records: readonly WireRecord[],
  change: (body: RecordBody, place: number) => object,
): WireRecord[] {
  let previous = after.hash
  return records.map((record, place) => {
    const body = canonicalJson(change(JSON.parse(record.body) as RecordBody, place))
    previous = chainHash(previous, body)
    return { ...record, body, hash: previous }
  })
}

async function headOver(
  records: readonly WireRecord[],
  key: SigningKey,
  given: Partial<Head> = {},
): Promise<string> {
  const known = await readHead(whole.head, await backend.deps.keyring.publicKeys())
  if (!known) throw new Error('no head')
  const last = records.at(-1) as WireRecord
  return signHead({ ...known, seq: last.seq, hash: last.hash, ...given }, key)
}

async function expectNothing(): Promise<void> {
  const rows = await backend.db.query<{ count: number }>(
    'select count(*) as count from records where account_id = $1',
    [me.accountId],
  )
  expect(rows[0]?.count).toBe(1)
  expect(await backend.db.query('select * from tails')).toEqual([])
  expect(await backend.db.query('select * from tail_records')).toEqual([])
  expect(await audit(backend.db)).not.toHaveProperty('fault')
}

const greedy = (body: RecordBody) => ({
  ...body,
  transfers: body.transfers.map((each) => ({ ...each, amount: 9999 })),
})

/** Each with a signature of this very backend under its end, so that only its own fault is left. */
const signed: [string, string, () => WireRecord[]][] = [
  [
    'a body that is another than the one hashed',
    'hash',
    () =>
      tailOf(whole.records).map((each, i) => (i ? { ...each, body: each.body.replace('72', '73') } : each)),
  ],
  ['a record left out', 'gap', () => whole.records.slice(2)],
  ['records in another order', 'gap', () => tailOf(whole.records).toReversed()],
  [
    'a detail in other words',
    'detail',
    () =>
      tailOf(whole.records).map((each) => ({
        ...each,
        detail: (each.detail ?? '').replace('一句话', '别的话'),
      })),
  ],
  [
    'a detail left out',
    'detail',
    () => tailOf(whole.records).map(({ detail: _, salt: __, ...each }) => each),
  ],
  ['a salt that is no salt', 'detail', () => tailOf(whole.records).map((each) => ({ ...each, salt: 'zz' }))],
  [
    'records of another account',
    'account',
    () =>
      rewritten(cursorAt(firstOf(whole)), tailOf(whole.records), (body) => ({
        ...body,
        account: stranger.accountId,
      })),
  ],
  [
    'a record that gives itself another place',
    'body',
    () =>
      rewritten(cursorAt(firstOf(whole)), tailOf(whole.records), (body) => ({ ...body, seq: body.seq + 1 })),
  ],
  [
    'a command that is another than the one hashed',
    'body',
    () =>
      rewritten(cursorAt(firstOf(whole)), tailOf(whole.records), (body) => ({
        ...body,
        command: 'f'.repeat(64),
      })),
  ],
  [
    'a refusal that pays',
    'body',
    () =>
      rewritten(cursorAt(firstOf(whole)), tailOf(whole.records), (body) => ({ ...body, outcome: 'refused' })),
  ],
  [
    'a record of a shape to come',
    'body',
    () => rewritten(cursorAt(firstOf(whole)), tailOf(whole.records), (body) => ({ ...body, v: 2 })),
  ],
  ['an id that stands twice', 'doubled', () => doubled()],
]

function doubled(): WireRecord[] {
  const [second, third] = tailOf(whole.records) as [WireRecord, WireRecord]
  const { seq } = third
  const body = canonicalJson({ ...(JSON.parse(second.body) as RecordBody), seq })
  return [second, { ...second, seq, body, hash: chainHash(second.hash, body) }]
}

describe('a tail', () => {
  it('that is honest is taken; the same again is already there', async () => {
    expect(await handIn(honest())).toEqual({ state: 'taken', lastSeq: 3 })
    expect(await handIn(honest())).toEqual({ state: 'replayed', lastSeq: 3, records: 0 })
    expect((await me.sync()).records).toEqual(whole.records)
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })

  it.each(signed)('with %s is refused as %s', async (_what, fault, make) => {
    const records = make()
    const head = await headOver(records, await backend.deps.keyring.signingKey('heads'))
    expect(await handIn({ ...honest(), records, head })).toEqual({ state: 'refused', fault })
    await expectNothing()
  })

  it('that somebody wrote at home is refused by its signature, whoever endorses the key', async () => {
    const { now } = backend.deps
    const records = rewritten(cursorAt(firstOf(whole)), tailOf(whole.records), greedy)
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
      'sign',
      'verify',
    ])
    const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
    const key: PublicKey = { kid: 'home', kty: 'EC', crv: 'P-256', x, y, notBefore: 0, notAfter: now() * 2 }
    const head = await headOver(records, { kid: 'home', privateKey: pair.privateKey })
    const own = await backend.deps.keyring.publicKeys()
    const [first] = own.keys
    const offers: readonly unknown[][] = [
      [],
      [key],
      [{ ...key, endorsement: head }],
      // Under the name of the backend's own key.
      [{ ...key, kid: first?.kid }],
    ]
    for (const keys of offers)
      expect(await handIn({ ...honest(), records, head, keys: keys as unknown[] })).toEqual({
        state: 'refused',
        fault: 'signature',
      })
    await expectNothing()
  })

  it('of another account is refused, in its own words and under its own head', async () => {
    const after = START
    expect(await handIn({ after, records: foreign.records, head: foreign.head })).toEqual({
      state: 'refused',
      fault: 'account',
    })
    expect(await handIn({ ...honest(), head: foreign.head })).toEqual({ state: 'refused', fault: 'head' })
    expect((await post(honest(), { ...stranger, accountId: me.accountId })).status).toBe(401)
    await expectNothing()
  })

  it('under a head of an earlier record, of another history, of other balances, or of none that is one', async () => {
    const key = await backend.deps.keyring.signingKey('heads')
    const { records } = honest()
    const early = await headOver(records.slice(0, 1), key)
    expect(await handIn({ ...honest(), head: early })).toEqual({ state: 'refused', fault: 'head' })
    const elsewhere = await headOver(records, key, { hash: 'f'.repeat(64) })
    expect(await handIn({ ...honest(), head: elsewhere })).toEqual({ state: 'refused', fault: 'head' })
    const richer = await headOver(records, key, { available: 99_999 })
    expect(await handIn({ ...honest(), head: richer })).toEqual({ state: 'refused', fault: 'balance' })
    expect(await handIn({ ...honest(), head: 'x.y.z' })).toEqual({ state: 'refused', fault: 'signature' })
    await expectNothing()
  })

  it('that no ledger could have had is refused, even signed', async () => {
    const records = rewritten(cursorAt(firstOf(whole)), tailOf(whole.records), (body) => ({
      ...body,
      transfers: [{ asset: 'points', debit: 'available', credit: 'merchant', amount: 5000, lot: '2026-11' }],
    }))
    const head = await headOver(records, await backend.deps.keyring.signingKey('heads'))
    expect(await handIn({ ...honest(), records, head })).toEqual({ state: 'refused', fault: 'fold' })
    await expectNothing()
  })

  it('that begins where this backend has never been is refused', async () => {
    const after = { seq: 1, hash: 'a'.repeat(64) }
    expect(await handIn({ ...honest(), after })).toEqual({ state: 'refused', fault: 'elsewhere' })
    expect(
      await handIn({
        after: cursorAt(whole.records[1] as WireRecord),
        records: whole.records.slice(2),
        head: whole.head,
      }),
    ).toEqual({
      state: 'refused',
      fault: 'elsewhere',
    })
    await expectNothing()
  })

  it('a part that does not follow the last one is refused, and what was kept of it goes', async () => {
    const [second, third] = tailOf(whole.records) as [WireRecord, WireRecord]
    const after = cursorAt(firstOf(whole))
    expect(await handIn({ after, records: [third], head: whole.head })).toEqual({
      state: 'refused',
      fault: 'gap',
    })
    expect(await handIn({ after, records: [second] })).toEqual({ state: 'staged', lastSeq: 2 })
    const forged = { ...third, body: third.body.replace('72', '73') }
    expect(await handIn({ after, records: [forged], head: whole.head })).toEqual({
      state: 'refused',
      fault: 'hash',
    })
    await expectNothing()
  })

  it('that is staged and never ended goes by itself', async () => {
    const [second] = tailOf(whole.records) as [WireRecord]
    await handIn({ after: cursorAt(firstOf(whole)), records: [second] })
    backend.now.advance(2 * 3600_000)
    await backend.sweep()
    await expectNothing()
  })

  it('longer than the bound is refused while it comes, and before all of it is kept', async () => {
    const text = canonicalJson({ reasons: [] } satisfies RecordDetail)
    const salt = '00'
    let previous: Cursor = cursorAt(firstOf(whole))
    const next = (): WireRecord => {
      const seq = previous.seq + 1
      const body = canonicalJson({
        ...{ v: 1, account: me.accountId, seq, at: 1, kind: 'lot.expire', id: `x:${seq}` },
        ...{ outcome: 'accepted', transfers: [], detail: commitment(salt, text) },
      })
      previous = { seq, hash: chainHash(previous.hash, body) }
      return { ...previous, body, detail: text, salt }
    }
    const after = previous
    let answer: TailAnswer = { state: 'staged', lastSeq: 0 }
    for (let part = 0; answer.state === 'staged' && part < 30; part++)
      answer = await handIn({ after, records: Array.from({ length: TAIL_PART_RECORDS_MAX }, next) })
    expect(answer).toEqual({ state: 'refused', fault: 'too_long' })
    expect(previous.seq - after.seq).toBe(TAIL_RECORDS_MAX + TAIL_PART_RECORDS_MAX)
    await expectNothing()
  })
})

describe('a request that is no tail', () => {
  it.each([
    ['without records', { records: [] }],
    ['with a member that nobody knows', { more: 1 }],
    [
      'with too many records',
      {
        records: Array.from({ length: TAIL_PART_RECORDS_MAX + 1 }, () => ({
          seq: 1,
          body: '',
          hash: 'a'.repeat(64),
        })),
      },
    ],
    ['of another version of the wire', { wire: 1 }],
    ['with keys that are none', { keys: [{ kid: 'x' }] }],
  ])('%s is malformed', async (_what, given) => {
    const body = { wire: 2, after: START, records: [{ seq: 1, body: '', hash: 'a'.repeat(64) }], ...given }
    const response = await stranger.call('POST', `/api/v1/accounts/${stranger.accountId}/tail`, body)
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([400, 'malformed'])
  })

  it('a text that is not JSON, or nested without end, is no record', async () => {
    const nested = '['.repeat(100_000)
    for (const text of ['', 'null', '[]', '{"a":1.5}', nested]) {
      const record = { seq: 1, body: text, hash: chainHash(START.hash, text) }
      expect(await handIn({ after: START, records: [record], head: 'x' }, stranger)).toEqual({
        state: 'refused',
        fault: 'body',
      })
    }
  })

  it('keys that nobody endorsed are not taken back', async () => {
    const key = { kid: 'home', kty: 'EC', crv: 'P-256', x: 'a', y: 'b', notBefore: 0, notAfter: 1 }
    const path = `/api/v1/accounts/${stranger.accountId}/keys`
    expect((await stranger.call('POST', path, { keys: [key] })).status).toBe(204)
    expect((await stranger.call('POST', path, { keys: [{ ...key, endorsement: 'x.y.z' }] })).status).toBe(204)
  })
})
