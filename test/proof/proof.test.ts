import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/proof/canonical.ts'
import {
  type ChainLink,
  chainHash,
  commitment,
  findChainFault,
  GENESIS_HASH,
  START,
} from '../../src/proof/chain.ts'
import { readHead, signHead } from '../../src/proof/head.ts'
import {
  endorsedText,
  type PublicKey,
  type SigningKey,
  signJws,
  trustedKeys,
  verifyJws,
} from '../../src/proof/keys.ts'
import { readVoucher, signVoucher } from '../../src/proof/voucher-token.ts'

async function makeKey(
  kid: string,
  given: Partial<PublicKey> = {},
): Promise<{ signing: SigningKey; key: PublicKey }> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])
  const jwk = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const key: PublicKey = {
    kid,
    kty: 'EC',
    crv: 'P-256',
    x: jwk.x ?? '',
    y: jwk.y ?? '',
    notBefore: 0,
    notAfter: 10_000,
    ...given,
  }
  return { signing: { kid, privateKey: pair.privateKey }, key }
}

async function chainOf(bodies: readonly string[]): Promise<ChainLink[]> {
  const links: ChainLink[] = []
  let hash = GENESIS_HASH
  for (const [i, text] of bodies.entries()) {
    const detail = JSON.stringify({ text })
    const salt = (i + 1).toString(16).padStart(32, '0')
    const body = canonicalJson({ seq: i + 1, detail: await commitment(salt, detail) })
    hash = await chainHash(hash, body)
    links.push({ seq: i + 1, body, hash, detail, salt })
  }
  return links
}

describe('canonical JSON', () => {
  it('sorts members by code unit and leaves out what is undefined', () => {
    expect(canonicalJson({ b: 1, a: '绿', B: [true, undefined as never].slice(0, 1), c: undefined })).toBe(
      '{"B":[true],"a":"绿","b":1}',
    )
  })

  it('gives the same text whatever the order of members, and parses back to the same data', () => {
    const data = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.string(),
        fc.maxSafeInteger(),
        fc.boolean(),
        fc.array(tie('value')),
        fc.dictionary(fc.string(), tie('value')),
      ),
    })).value
    fc.assert(
      fc.property(fc.dictionary(fc.string(), data), (value) => {
        const text = canonicalJson(value)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(canonicalJson(Object.fromEntries(Object.entries(value).reverse()))).toBe(text)
        expect(canonicalJson(JSON.parse(text))).toBe(text)
      }),
    )
  })

  it.each([[1.5], [null], [Number.NaN], [2 ** 60], [() => 1], [1n]])(
    'refuses %s, on which two implementations could differ',
    (value) => {
      expect(() => canonicalJson({ value })).toThrow(TypeError)
    },
  )
})

describe('the chain', () => {
  it('holds for an untouched journal, from the start and from the middle', async () => {
    const links = await chainOf(['a', 'b', 'c', 'd'])
    expect(await findChainFault(START, links)).toBeUndefined()
    expect(await findChainFault(links[1] as ChainLink, links.slice(2))).toBeUndefined()
  })

  it('shows a changed body, a changed detail, a missing record and a swapped one', async () => {
    const links = await chainOf(['a', 'b', 'c', 'd'])
    const [a, b, c, d] = links as [ChainLink, ChainLink, ChainLink, ChainLink]
    expect(await findChainFault(START, [a, { ...b, body: b.body.replace('2', '3') }, c, d])).toEqual({
      seq: 2,
      what: 'hash',
    })
    expect(await findChainFault(START, [a, { ...b, detail: '{"text":"x"}' }, c, d])).toEqual({
      seq: 2,
      what: 'detail',
    })
    expect(await findChainFault(START, [a, c, d])).toEqual({ seq: 3, what: 'gap' })
    expect(await findChainFault(START, [a, { ...c, seq: 2 }, { ...b, seq: 3 }, d])).toMatchObject({
      seq: 2,
      what: 'hash',
    })
  })

  it('still holds when personal detail was deleted', async () => {
    const links = (await chainOf(['a', 'b'])).map(({ seq, body, hash }) => ({ seq, body, hash }))
    expect(await findChainFault(START, links)).toBeUndefined()
  })
})

describe('signatures', () => {
  it('a head is read when its key is known and was in force, and not otherwise', async () => {
    const { signing, key } = await makeKey('a')
    const stranger = await makeKey('a')
    const head = { account: 'x', seq: 3, hash: 'h', available: 5, held: 0, at: 500 }
    const jws = await signHead(head, signing)
    expect(await readHead(jws, { keys: [key] })).toEqual(head)
    expect(await readHead(jws, { keys: [stranger.key] })).toBeUndefined()
    expect(await readHead(jws, { keys: [] })).toBeUndefined()
    expect(await readHead(jws, { keys: [{ ...key, notAfter: 500 }] })).toBeUndefined()
    expect(await readHead(`${jws.slice(0, -4)}AAAA`, { keys: [key] })).toBeUndefined()
    expect(await readHead('not a token', { keys: [key] })).toBeUndefined()
  })

  it('a voucher token carries its claims', async () => {
    const { signing, key } = await makeKey('a')
    const claims = {
      jti: 'v',
      sub: 'x',
      merchant: 'm',
      offer: 'o',
      version: 1,
      points: 100,
      iat: 10,
      exp: 20,
    }
    expect(await readVoucher(await signVoucher(claims, signing), { keys: [key] })).toEqual(claims)
  })

  it('a new key is trusted when a trusted one signed it, also over several rotations', async () => {
    const [a, b, c, evil] = await Promise.all(['a', 'b', 'c', 'evil'].map((kid) => makeKey(kid)))
    if (!a || !b || !c || !evil) throw new Error('keys')
    const endorse = async (key: PublicKey, by: SigningKey) => ({
      ...key,
      endorsement: await signJws(endorsedText(key), by),
    })
    const second = await endorse(b.key, a.signing)
    const third = await endorse(c.key, b.signing)
    const forged = await endorse(evil.key, evil.signing)
    const trusted = await trustedKeys({ keys: [a.key] }, { keys: [third, forged, second] })
    expect(trusted.keys.map((key) => key.kid).sort()).toEqual(['a', 'b', 'c'])
    const jws = await signJws('{}', evil.signing)
    expect(await verifyJws(jws, trusted)).toBeUndefined()
  })

  it('a trusted key cannot be replaced by another under its name', async () => {
    const a = await makeKey('a')
    const other = await makeKey('a')
    expect((await trustedKeys({ keys: [a.key] }, { keys: [other.key] })).keys).toEqual([a.key])
  })
})
