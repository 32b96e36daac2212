import { CompactSign } from 'jose'
import { describe, expect, it } from 'vitest'
import { readDpop, signDpop } from '../../src/proof/dpop.ts'

const AT = Date.parse('2026-11-29T18:00:00+08:00')
const target = { method: 'POST', path: '/api/v1/tills/join' }

async function newKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
}

describe('a proof by a device key', () => {
  it('says which key, for which request, and when', async () => {
    const keys = await newKeys()
    const first = await readDpop(await signDpop(target, { keys, at: AT, jti: 'one' }))
    const second = await readDpop(await signDpop(target, { keys, at: AT + 1000, jti: 'two' }))
    expect(first).toEqual({
      ...target,
      iat: AT,
      jti: 'one',
      thumbprint: expect.stringMatching(/^[\w-]{43}$/),
    })
    expect(second?.thumbprint).toBe(first?.thumbprint)
    const other = await readDpop(await signDpop(target, { keys: await newKeys(), at: AT, jti: 'one' }))
    expect(other?.thumbprint).not.toBe(first?.thumbprint)
  })

  it('is none with another type, a private key in it, another signature, or no claims', async () => {
    const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
      'sign',
      'verify',
    ])
    const { privateKey } = keys
    const whole = await crypto.subtle.exportKey('jwk', privateKey)
    const { kty = '', crv = '', x = '', y = '' } = whole
    const jwk = { kty, crv, x, y }
    const claims = { htm: 'POST', htu: '/', iat: 1, jti: 'one' }
    const sign = (header: object, payload: unknown = claims) =>
      new CompactSign(Buffer.from(JSON.stringify(payload)))
        .setProtectedHeader({ alg: 'ES256', ...header })
        .sign(privateKey)
    const good = await sign({ typ: 'dpop+jwt', jwk })
    expect(await readDpop(good)).toBeDefined()
    const [header = '', , signature = ''] = good.split('.')
    const elsewhere = Buffer.from(JSON.stringify({ ...claims, htu: '/elsewhere' })).toString('base64url')
    for (const bad of [
      await sign({ typ: 'jwt', jwk }),
      await sign({ typ: 'dpop+jwt' }),
      await sign({ typ: 'dpop+jwt', jwk: { ...jwk, d: whole.d } }),
      await sign({ typ: 'dpop+jwt', jwk }, { ...claims, jti: 1 }),
      await sign({ typ: 'dpop+jwt', jwk }, [claims]),
      `${header}.${elsewhere}.${signature}`,
      `${good}${'A'.repeat(1500)}`,
      'not a proof',
      '',
    ])
      expect(await readDpop(bad)).toBeUndefined()
  })
})
