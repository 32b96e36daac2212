/** The small code of a voucher: the same token again, byte for byte, in a code of few modules; and each thing that is none has its own name. */
import fc from 'fast-check'
import { encode } from 'uqr'
import { beforeAll, describe, expect, it } from 'vitest'
import { DAY_MS, dayOf, startOfDay } from '../../src/domain/base/time.ts'
import { fromBase45, toBase45 } from '../../src/proof/base45.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import type { KeySet, PublicKey } from '../../src/proof/keys.ts'
import { type CodeReader, readSmallCode, smallCodeOf } from '../../src/proof/small-code.ts'
import { signVoucher } from '../../src/proof/voucher-token.ts'
import first from '../golden/voucher.json' with { type: 'json' }
import { makeTestKey, signFreely, type TestKey } from '../support/keys.ts'

const FROM = Date.parse('2026-11-29T00:00:00Z')
const LIFE = { notBefore: FROM - DAY_MS, notAfter: FROM + 800 * DAY_MS }
const voucher = {
  jti: '6f1d0c52-93a4-4d5e-8f60-1a2b3c4d5e6f',
  sub: '8d3c7a11-2f4e-8abc-9def-001122334455',
  merchant: 'sample-cafe',
  offer: 'coffee-medium',
  version: 3,
  points: 1200,
  fen: 1500,
  n: 7,
  iat: FROM,
  exp: startOfDay('2026-12-30'),
}

let key: TestKey
let old: TestKey
let keys: KeySet
let cafe: CodeReader
let token: string
let code: string

beforeAll(async () => {
  key = await makeTestKey('0011223344556677', { purpose: 'vouchers', ...LIFE })
  old = await makeTestKey('from before', LIFE)
  keys = { keys: [key.key, old.key] }
  cafe = { merchantId: voucher.merchant, offers: [{ n: voucher.n, id: voucher.offer }], keys }
  token = await signVoucher(voucher, key.signing)
  code = (await smallCodeOf(token)) ?? ''
})

/** Far beyond what is sold. */
const issued = fc.record({
  jti: fc.uuid(),
  sub: fc.uuid(),
  merchant: fc.string({ minLength: 1, maxLength: 60, unit: 'binary' }),
  offer: fc.string({ minLength: 1, maxLength: 60 }),
  version: fc.integer({ min: 1, max: 100_000 }),
  points: fc.integer({ min: 0, max: 10 ** 8 }),
  fen: fc.integer({ min: 0, max: 10 ** 8 }),
  n: fc.integer({ min: 1, max: 100_000 }),
  iat: fc.integer({ min: FROM, max: FROM + 700 * DAY_MS }),
  validDays: fc.integer({ min: 0, max: 3650 }),
})

describe('the small code', () => {
  it('is the token again, byte for byte, in a code of version 8 at most, whatever was bought', async () => {
    await fc.assert(
      fc.asyncProperty(issued, async ({ validDays, ...given }) => {
        const exp = startOfDay(dayOf(given.iat)) + (validDays + 1) * DAY_MS
        const signed = await signVoucher({ ...given, exp }, key.signing)
        const small = (await smallCodeOf(signed)) ?? ''
        expect(encode(small, { ecc: 'M', boostEcc: false }).version).toBeLessThanOrEqual(8)
        const reader = { merchantId: given.merchant, offers: [{ n: given.n, id: given.offer }], keys }
        expect(await readSmallCode(small, reader)).toMatchObject({
          token: signed,
          claims: { ...given, exp, iat: expect.any(Number) },
        })
      }),
      { numRuns: 100 },
    )
  })

  it('is of version 7 for what shops sell, where the full token is of 16', () => {
    expect(encode(code, { ecc: 'M', boostEcc: false }).version).toBe(7)
    expect(encode(token, { ecc: 'M', boostEcc: false }).version).toBeGreaterThanOrEqual(16)
  })

  it('carries an end in the middle of a day as well', async () => {
    const odd = await signVoucher({ ...voucher, exp: voucher.iat + 1000 }, key.signing)
    expect(await readSmallCode((await smallCodeOf(odd)) ?? '', cafe)).toMatchObject({ token: odd })
  })

  it('is not made of a token that it could not give back: of before, with claims of its own, or no token', async () => {
    const { fen: _, n: __, ...first } = voucher
    const seconds = { ...voucher, iat: voucher.iat / 1000, exp: voucher.exp / 1000 }
    const typ = 'greentrace-voucher+jwt'
    for (const other of [
      await signFreely(canonicalJson(first), old.signing),
      await signFreely(canonicalJson({ ...seconds, cnf: 'x' }), key.signing, { typ }),
      await signFreely(JSON.stringify(seconds), key.signing, { typ }),
      await signFreely(canonicalJson({ ...seconds, jti: 'v1' }), key.signing, { typ }),
      '',
      'a.b.c',
      `${token}.x`,
    ])
      expect(await smallCodeOf(other), other).toBeUndefined()
  })
})

describe('whoever reads a code', () => {
  it('reads the one that was first issued, as long as its voucher may be shown', async () => {
    const { token, code, key, merchantId, offer } = first
    expect(await smallCodeOf(token)).toBe(code)
    const reader = { merchantId, offers: [offer], keys: { keys: [key as PublicKey] } }
    expect(await readSmallCode(code, reader)).toMatchObject({
      token,
      claims: { n: 9, points: 200, fen: 200 },
    })
  })

  it('takes the full token too, of today and of before', async () => {
    expect(await readSmallCode(token, cafe)).toMatchObject({ token, claims: { token: 2, points: 1200 } })
    const { fen: _, n: __, ...first } = voucher
    const before = await signFreely(canonicalJson(first), old.signing)
    expect(await readSmallCode(before, cafe)).toMatchObject({ token: before, claims: { token: 1 } })
  })

  it('hears that it is of another merchant', async () => {
    const other = { ...cafe, merchantId: 'sample-books' }
    expect(await readSmallCode(code, other)).toEqual({ fault: 'another_merchant' })
    expect(await readSmallCode(token, other)).toEqual({ fault: 'another_merchant' })
  })

  it('hears of which offer or key it does not know yet, since a sync may tell', async () => {
    expect(await readSmallCode(code, { ...cafe, offers: [] })).toEqual({ fault: 'offer_unknown', n: 7 })
    const late = { ...cafe, keys: { keys: [old.key] } }
    expect(await readSmallCode(code, late)).toEqual({ fault: 'key_unknown' })
    expect(await readSmallCode(token, late)).toEqual({ fault: 'key_unknown' })
  })

  it('hears that it is of a kind to come', async () => {
    expect(await readSmallCode('GT3:ABCDEF', cafe)).toEqual({ fault: 'newer' })
  })

  it.each([
    'https://example.com/pay?id=1',
    'wxp://f2f0abc',
    'HC1:NCFOXN%TSMAHN-H',
    '6901234567892',
    '',
    'a.b.c',
    'eyJhbGciOiJub25lIn0.e30.',
    'x'.repeat(4096),
  ])('does not take the code of another app for one of ours: %s', async (text) => {
    expect(await readSmallCode(text, cafe)).toEqual({ fault: 'not_ours' })
  })

  it('finds one that is cut off, or longer than any, damaged', async () => {
    for (const text of [
      code.slice(0, -1),
      code.slice(0, -3),
      `${code}000`,
      'GT2:',
      `GT2:${'A'.repeat(4096)}`,
    ])
      expect(await readSmallCode(text, cafe), text).toEqual({ fault: 'damaged' })
  })

  it('is never told a voucher when a single sign was altered', async () => {
    const signs = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
    await fc.assert(
      fc.asyncProperty(fc.nat(code.length - 5), fc.constantFrom(...signs), async (place, sign) => {
        const at = place + 4
        fc.pre(code[at] !== sign)
        const read = await readSmallCode(code.slice(0, at) + sign + code.slice(at + 1), cafe)
        expect(read).toHaveProperty('fault')
        expect(read).not.toHaveProperty('token')
      }),
      { numRuns: 300 },
    )
  })

  it('finds another price, holder or end forged, and a key that was not in force', async () => {
    const bytes = fromBase45(code.slice(4)) ?? new Uint8Array()
    for (const at of [0, 16, 43, 44, 45, 46, 47]) {
      const altered = Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ 1 : byte))
      expect(await readSmallCode(`GT2:${toBase45(altered)}`, cafe), `byte ${at}`).not.toHaveProperty('token')
    }
    const stranger = await makeTestKey(key.key.kid, { purpose: 'vouchers', ...LIFE })
    expect(await readSmallCode(code, { ...cafe, keys: { keys: [stranger.key] } })).toEqual({
      fault: 'forged',
    })
    const early = await signVoucher({ ...voucher, iat: LIFE.notBefore - DAY_MS }, key.signing)
    expect(await readSmallCode((await smallCodeOf(early)) ?? '', cafe)).toEqual({ fault: 'forged' })
    const revoked = [{ kid: key.key.kid, at: FROM / 1000 - 1, keeps: [] }]
    expect(await readSmallCode(code, { ...cafe, keys: { ...keys, revoked } })).toEqual({ fault: 'forged' })
  })

  it('finds a full token forged without a signature, and one of before that writes seconds', async () => {
    const encoded = (data: unknown) => Buffer.from(JSON.stringify(data)).toString('base64url')
    const [, payload = ''] = token.split('.')
    const none = `${encoded({ alg: 'none', kid: key.key.kid })}.${payload}.`
    expect(await readSmallCode(none, cafe)).toEqual({ fault: 'forged' })
    const { fen: _, n: __, ...first } = voucher
    const seconds = { ...first, iat: voucher.iat / 1000, exp: voucher.exp / 1000 }
    const mixed = await signFreely(canonicalJson(seconds), old.signing)
    expect(await readSmallCode(mixed, cafe)).toEqual({ fault: 'forged' })
  })

  it('never throws, whatever a camera reads', async () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.uint8Array({ maxLength: 150 }).map((bytes) => `GT2:${toBase45(bytes)}`),
      fc.stringMatching(/^GT2:[0-9A-Z $%*+./:-]{0,230}$/),
      fc
        .tuple(fc.json(), fc.json(), fc.base64String())
        .map((parts) => parts.map((part) => Buffer.from(part).toString('base64url')).join('.')),
      fc.string({ minLength: 4000, maxLength: 4096 }),
    )
    await fc.assert(
      fc.asyncProperty(anything, async (text) => {
        expect(await readSmallCode(text, cafe)).toHaveProperty('fault')
        expect(await smallCodeOf(text)).toBeUndefined()
      }),
      { numRuns: 400 },
    )
  })
})

describe('base45', () => {
  it('writes what RFC 9285 writes', () => {
    const bytesOf = (text: string) => new TextEncoder().encode(text)
    expect(toBase45(bytesOf('AB'))).toBe('BB8')
    expect(toBase45(bytesOf('Hello!!'))).toBe('%69 VD92EX0')
    expect(toBase45(bytesOf('base-45'))).toBe('UJCLQE7W581')
    expect(fromBase45('QED8WEX0')).toEqual(bytesOf('ietf!'))
  })

  it('reads back whatever it wrote, and nothing that it never writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(fromBase45(toBase45(bytes))).toEqual(Uint8Array.from(bytes))
      }),
    )
    for (const text of ['A', 'ABCD', 'GGW', ':::', '::', 'a00', 'Ü00'])
      expect(fromBase45(text), text).toBeUndefined()
  })
})
