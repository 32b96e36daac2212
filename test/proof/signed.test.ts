/** What is signed: each kind by its own key and under its own name, in force and not revoked; and nothing passes for another kind. */
import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { readDeletion, signDeletion } from '../../src/proof/deletion-receipt.ts'
import { readHead, signHead } from '../../src/proof/head.ts'
import { KEY_PURPOSES, type KeyPurpose, type KeySet, type SigningKey } from '../../src/proof/keys.ts'
import { readRevocations, signRevocations } from '../../src/proof/revocations.ts'
import { readVoucher, signVoucher } from '../../src/proof/voucher-token.ts'
import { LIFE, makeTestKey, signFreely, type TestKey } from '../support/keys.ts'

const AT = LIFE.notBefore + 500_000
const head = { account: 'x', seq: 3, hash: 'h', available: 5, held: 0, at: AT }
const receipt = { account: 'x', deletedAt: AT, records: 7, hash: 'h' }
const common = { jti: 'v', sub: 'x', merchant: 'm', offer: 'o', version: 1, points: 100 }
const voucher = { ...common, fen: 80, n: 4, iat: AT, exp: AT + 60_000 }
const list = { epoch: 5, revoked: [{ kid: 'z', at: 9, keeps: ['t'] }] }

interface Kind {
  readonly purpose: KeyPurpose
  readonly sign: (key: SigningKey, at: number) => Promise<string>
  readonly read: (jws: string, keys: KeySet) => Promise<unknown>
  readonly data: unknown
}

const KINDS: Record<string, Kind> = {
  head: {
    purpose: 'heads',
    sign: (key, at) => signHead({ ...head, at }, key),
    read: (jws, keys) => readHead(jws, keys),
    data: head,
  },
  voucher: {
    purpose: 'vouchers',
    sign: (key, at) => signVoucher({ ...voucher, iat: at }, key),
    read: readVoucher,
    data: { ...voucher, token: 2 },
  },
  'deletion receipt': {
    purpose: 'documents',
    sign: (key, at) => signDeletion(receipt, { key, at }),
    read: readDeletion,
    data: receipt,
  },
  'list of revoked keys': {
    purpose: 'documents',
    sign: (key, at) => signRevocations(list, { key, at }),
    read: readRevocations,
    data: { ...list, iat: AT / 1000 },
  },
}
const kinds = Object.entries(KINDS).map(([name, kind]) => ({ name, ...kind }))
const pairs = kinds.flatMap((signed) =>
  kinds.map((read) => ({ signed: signed.name, read: read.name, isSame: signed.name === read.name })),
)

let keys: Record<KeyPurpose, TestKey>
let old: TestKey
let all: KeySet

beforeAll(async () => {
  const made = await Promise.all(KEY_PURPOSES.map((purpose) => makeTestKey(`key of ${purpose}`, { purpose })))
  keys = Object.fromEntries(KEY_PURPOSES.map((purpose, i) => [purpose, made[i]])) as typeof keys
  old = await makeTestKey('from before')
  all = { keys: [...made, old].map(({ key }) => key) }
})

const signerOf = (kind: Kind) => keys[kind.purpose].signing

describe.each(kinds)('a $name', (kind) => {
  it('carries what was signed', async () => {
    expect(await kind.read(await kind.sign(signerOf(kind), AT), all)).toEqual(kind.data)
  })

  it.each(KEY_PURPOSES)('is made by no key of another purpose: %s', async (purpose) => {
    const read = await kind.read(await kind.sign(keys[purpose].signing, AT), all)
    expect(read !== undefined).toBe(purpose === kind.purpose)
  })

  it('is nothing without its key, with another of the same name, or when a letter changes', async () => {
    const jws = await kind.sign(signerOf(kind), AT)
    const stranger = await makeTestKey(signerOf(kind).kid, { purpose: kind.purpose })
    expect(await kind.read(jws, { keys: [] })).toBeUndefined()
    expect(await kind.read(jws, { keys: [stranger.key] })).toBeUndefined()
    await fc.assert(
      fc.asyncProperty(fc.nat(jws.length - 2), async (place) => {
        const swapped = jws[place] === 'A' ? 'B' : 'A'
        const changed = jws.slice(0, place) + swapped + jws.slice(place + 1)
        expect(await kind.read(changed, all)).toBeUndefined()
      }),
      { numRuns: 60 },
    )
  })

  it('is nothing when its key was not in force at the time that it names', async () => {
    const key = signerOf(kind)
    expect(await kind.read(await kind.sign(key, LIFE.notBefore - 1000), all)).toBeUndefined()
    expect(await kind.read(await kind.sign(key, LIFE.notBefore), all)).toBeDefined()
    expect(await kind.read(await kind.sign(key, LIFE.notAfter), all)).toBeUndefined()
  })

  it('holds when its key was revoked later, and does not when it was before', async () => {
    const jws = await kind.sign(signerOf(kind), AT)
    const revokedAt = (seconds: number) => ({
      ...all,
      revoked: [{ kid: signerOf(kind).kid, at: seconds, keeps: [] }],
    })
    expect(await kind.read(jws, revokedAt(AT / 1000))).toBeUndefined()
    // A list is always new to whoever reads it: its signer must not be revoked at all.
    const later = await kind.read(jws, revokedAt(AT / 1000 + 1))
    expect(later !== undefined).toBe(kind.name !== 'list of revoked keys')
  })

  it('is refused in every form that asks the reader to trust it', async () => {
    const { kid } = signerOf(kind)
    const [protectedHeader = '', payload = ''] = (await kind.sign(signerOf(kind), AT)).split('.')
    const typ = (JSON.parse(Buffer.from(protectedHeader, 'base64url').toString()) as { typ: string }).typ
    const encoded = (data: unknown) => Buffer.from(JSON.stringify(data)).toString('base64url')
    const none = `${encoded({ alg: 'none', kid, typ })}.${payload}.`
    const { x, y } = keys[kind.purpose].key
    const signed = `${encoded({ alg: 'HS256', kid, typ })}.${payload}`
    const hmac = createHmac(
      'sha256',
      Buffer.concat([Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]),
    )
    const shared = `${signed}.${hmac.update(signed).digest('base64url')}`
    const thief = await makeTestKey('thief')
    const text = Buffer.from(payload, 'base64url').toString()
    const { x: jx, y: jy } = thief.key
    const brought = await signFreely(
      text,
      { ...thief.signing, kid },
      {
        typ,
        jwk: { kty: 'EC', crv: 'P-256', x: jx, y: jy },
      },
    )
    const unknown = await signFreely(text, thief.signing, { typ })
    for (const jws of [none, shared, brought, unknown, '', 'x', '..', `${payload}.${payload}.${payload}`])
      expect(await kind.read(jws, all), jws).toBeUndefined()
  })

  it('has to say what it is, when its key is one of a purpose', async () => {
    const [, payload = ''] = (await kind.sign(signerOf(kind), AT)).split('.')
    const text = Buffer.from(payload, 'base64url').toString()
    for (const typ of [undefined, 'JWT', 'greentrace', 1])
      expect(await kind.read(await signFreely(text, signerOf(kind), { typ }), all)).toBeUndefined()
  })
})

describe('what was signed as one thing', () => {
  it.each(pairs)('a $signed, read as a $read', async ({ signed, read, isSame }) => {
    const [from, as] = [KINDS[signed] as Kind, KINDS[read] as Kind]
    const jws = await from.sign(signerOf(from), AT)
    expect((await as.read(jws, all)) !== undefined).toBe(isSame)
    // Nor with a key of the other's purpose, nor with one from before there were any.
    expect((await as.read(await from.sign(signerOf(as), AT), all)) !== undefined).toBe(isSame)
    expect((await as.read(await from.sign(old.signing, AT), all)) !== undefined).toBe(isSame)
  })
})

describe('what was signed before there was a typ', () => {
  const first = { ...common, iat: AT, exp: AT + 60_000 }
  const texts = { head, voucher: first, 'deletion receipt': receipt, 'list of revoked keys': list }

  it('is still read, each as what it was', async () => {
    const jws = await signFreely(canonicalJson(first), old.signing)
    expect(await readVoucher(jws, all)).toEqual({ ...first, token: 1 })
    expect(await readHead(await signFreely(canonicalJson(head), old.signing), all)).toEqual(head)
    expect(await readDeletion(await signFreely(canonicalJson(receipt), old.signing), all)).toEqual(receipt)
  })

  it.each(pairs.filter(({ isSame, read }) => !isSame || read === 'list of revoked keys'))(
    'does not pass for another kind: a $signed, read as a $read',
    async ({ signed, read }) => {
      const jws = await signFreely(canonicalJson(texts[signed as keyof typeof texts]), old.signing)
      expect(await (KINDS[read] as Kind).read(jws, all)).toBeUndefined()
    },
  )

  it('has its times in ms, and what has a typ in seconds: neither is read as the other', async () => {
    const seconds = { ...first, iat: AT / 1000, exp: AT / 1000 + 60 }
    expect(await readVoucher(await signFreely(canonicalJson(seconds), old.signing), all)).toBeUndefined()
    const typed = await signFreely(canonicalJson(voucher), keys.vouchers.signing, {
      typ: 'greentrace-voucher+jwt',
    })
    expect(await readVoucher(typed, all)).toBeUndefined()
  })
})

describe('the times of a voucher', () => {
  it('are whole seconds within those of the ledger, whatever the ms', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 1, max: 9000 }), async (a, b) => {
        const [iat, exp] = [AT + a, AT + a + b]
        const read = await readVoucher(
          await signVoucher({ ...voucher, iat, exp }, keys.vouchers.signing),
          all,
        )
        if (!read) throw new Error('not read')
        expect([read.iat % 1000, read.exp % 1000]).toEqual([0, 0])
        expect(read.iat - iat).toBeGreaterThanOrEqual(0)
        expect(read.iat - iat).toBeLessThan(1000)
        expect(exp - read.exp).toBeGreaterThanOrEqual(0)
        expect(exp - read.exp).toBeLessThan(1000)
      }),
      { numRuns: 40 },
    )
  })
})
