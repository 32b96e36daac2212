/** Behind a gateway: whose address counts, whether the outside is https, and who is told to slow down. Headers are believed from the right only. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConfigError } from '../../mock-api/base/config-error.ts'
import { LIMITS } from '../../mock-api/base/limits.ts'
import { bucketOf, outsideOf } from '../../mock-api/http/gateway.ts'
import { type Config, readConfig } from '../../mock-api/start/config.ts'
import { MINUTE_MS } from '../../src/domain/base/time.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { call, codeFor, freshPhone } from '../support/client.ts'
import { uuidFrom } from '../support/ids.ts'

const trusting = (text: string) => readConfig({ TRUSTED_PROXIES: text }).trustedProxies
const seen = (peer: string, headers: Record<string, string>, setting?: string) =>
  outsideOf(peer, (name) => headers[name], setting === undefined ? undefined : trusting(setting))

describe('the address that counts', () => {
  const forged = { 'x-forwarded-for': '1.1.1.1, 203.0.113.7' }

  it('is the connection’s, whatever headers say, where no gateway is trusted', () => {
    expect(
      seen('10.0.0.2', { ...forged, forwarded: 'for=1.1.1.1;proto=https', 'x-forwarded-proto': 'https' }),
    ).toEqual({
      address: '10.0.0.2',
    })
    expect(readConfig({ TRUSTED_PROXIES: '0' })).not.toHaveProperty('trustedProxies')
  })

  it('is what the nearest trusted gateway wrote, never what a stranger wrote to its left', () => {
    expect(seen('10.0.0.2', forged, '1').address).toBe('203.0.113.7')
    expect(seen('10.0.0.2', { 'x-forwarded-for': '1.1.1.1, 203.0.113.7, 10.0.0.3' }, '2').address).toBe(
      '203.0.113.7',
    )
    const named = '10.0.0.0/8, 2001:db8::/32'
    expect(seen('10.0.0.2', forged, named).address).toBe('203.0.113.7')
    expect(
      seen('10.0.0.2', { 'x-forwarded-for': '1.1.1.1, 203.0.113.7, 2001:db8::1, 10.9.9.9' }, named).address,
    ).toBe('203.0.113.7')
    expect(seen('::ffff:10.0.0.2', forged, named).address).toBe('203.0.113.7')
    // Who is not on the list is not believed, even about others.
    expect(seen('192.0.2.1', forged, named).address).toBe('192.0.2.1')
  })

  it('is read from either header, with ports, brackets and quotes, and from neither where they contradict', () => {
    expect(seen('10.0.0.2', { 'x-forwarded-for': '203.0.113.7:4711' }, '1').address).toBe('203.0.113.7')
    expect(seen('10.0.0.2', { forwarded: 'for=1.1.1.1, For="[2001:DB8::7]:80";proto=https' }, '1')).toEqual({
      address: '2001:db8::7',
      scheme: 'https',
    })
    expect(
      seen('10.0.0.2', { 'x-forwarded-for': '203.0.113.7', forwarded: 'for=203.0.113.7' }, '1').address,
    ).toBe('203.0.113.7')
    expect(
      seen('10.0.0.2', { 'x-forwarded-for': '203.0.113.7', forwarded: 'for=1.1.1.1' }, '1').address,
    ).toBe('10.0.0.2')
  })

  it('is the last that can be read', () => {
    for (const nonsense of ['', ',,', 'unknown', '_hidden', '1.2.3', '1.1.1.1, <script>'])
      expect(seen('10.0.0.2', { 'x-forwarded-for': nonsense }, '1').address, nonsense).toBe('10.0.0.2')
    expect(seen('10.0.0.2', { 'x-forwarded-for': '203.0.113.7' }, '3').address).toBe('203.0.113.7')
  })

  it('says https by a trusted gateway only', () => {
    const https = { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https' }
    expect(seen('10.0.0.2', https, '1').scheme).toBe('https')
    expect(seen('192.0.2.1', https, '10.0.0.0/8').scheme).toBeUndefined()
    // A list has one for each hop: the stranger's stands to the left.
    expect(seen('10.0.0.2', { ...https, 'x-forwarded-proto': 'https, http' }, '1').scheme).toBe('http')
  })

  it('counts a network of IPv6 as one, since whoever has it can take any address in it', () => {
    expect(bucketOf('2001:db8:1:2:3:4:5:6')).toBe(bucketOf('2001:db8:1:2::9'))
    expect(bucketOf('2001:db8:1:3::9')).not.toBe(bucketOf('2001:db8:1:2::9'))
    expect(bucketOf('2001:db8::9')).toBe(bucketOf('2001:0db8:0:0:1::1'))
    expect(bucketOf('203.0.113.7')).toBe('203.0.113.7')
  })

  it('needs a setting that makes sense', () => {
    for (const bad of ['all', '10.0.0.0/33', '::1/129', '10.0.0.1,', '11', '-1', '1.5', '10.0.0.0/'])
      expect(() => readConfig({ TRUSTED_PROXIES: bad }), bad).toThrow(ConfigError)
  })
})

describe('a backend behind a gateway', () => {
  const OPS_TOKEN = 'operator-of-the-tests'
  let backend: Backend
  const lines: [string, string][] = []
  beforeAll(async () => {
    backend = await startBackend({
      config: { ...trustedBy('10.0.0.0/8'), opsToken: OPS_TOKEN },
      log: (level, event) => lines.push([level, event]),
    })
  })
  afterAll(() => backend.close())

  const trustedBy = (text: string): Partial<Config> => {
    const trustedProxies = trusting(text)
    return trustedProxies === undefined ? {} : { trustedProxies }
  }
  const through = (from: string, request: Parameters<typeof call>[1]) =>
    call(
      backend,
      { ...request, headers: { ...request.headers, 'x-forwarded-for': `1.1.1.1, ${from}` } },
      '10.0.0.2',
    )
  const ask = (from: string) =>
    through(from, { method: 'POST', path: '/api/v1/sign-in/codes', body: { phone: freshPhone() } })

  it('counts each person’s own address: a city behind one gateway is not one bucket', async () => {
    for (let i = 0; i < 130; i++) expect((await ask(`203.0.113.${i % 10}`)).status).toBe(200)
    const { max } = LIMITS.codesPerAddress
    for (let i = 0; i < max; i++) expect((await ask('203.0.113.99')).status).toBe(200)
    expect((await ask('203.0.113.99')).status).toBe(429)
    expect((await ask('203.0.113.98')).status).toBe(200)
  })

  it('sets Secure and HSTS when the outside is https, and only by the gateway’s word', async () => {
    const signIn = async (peer: string) => {
      const phone = freshPhone()
      const body = {
        phone,
        code: await codeFor(backend, phone),
        deviceId: uuidFrom(backend.random),
        deviceName: 'T',
        city: 'jinan',
      }
      const headers = { 'x-forwarded-for': '203.0.113.50', 'x-forwarded-proto': 'https' }
      return call(backend, { method: 'POST', path: '/api/v1/sign-in', body, headers }, peer)
    }
    const behind = await signIn('10.0.0.2')
    for (const cookie of behind.headers.getSetCookie()) expect(cookie).toContain('Secure')
    expect(behind.headers.get('strict-transport-security')).toContain('max-age')
    const direct = await signIn('192.0.2.77')
    for (const cookie of direct.headers.getSetCookie()) expect(cookie).not.toContain('Secure')
    expect(direct.headers.get('strict-transport-security')).toBeNull()
  })

  const enrols = (from: string, token: string) =>
    through(from, {
      method: 'POST',
      path: '/api/v1/ops/enrol/options',
      headers: { authorization: `Bearer ${token}` },
      body: { name: '第一位管理员' },
    })

  it('brakes and logs an address that guesses the operator’s token, and nobody else', async () => {
    lines.length = 0
    const { max } = LIMITS.wrongTokensPerAddress
    for (let i = 0; i < max; i++)
      expect((await enrols('198.51.100.1', `guess-${i}-of-many`)).status).toBe(401)
    const braked = await enrols('198.51.100.1', 'guess-once-more')
    expect([braked.status, Number(braked.headers.get('retry-after'))]).toEqual([429, 15 * 60])
    expect(lines).toEqual(Array.from({ length: max }, () => ['warn', 'operator token refused']))
    // Not even with the right one, or guessing would go on unseen.
    expect((await enrols('198.51.100.1', OPS_TOKEN)).status).toBe(429)
    expect((await enrols('198.51.100.2', OPS_TOKEN)).status).toBe(200)
    backend.now.advance(15 * MINUTE_MS)
    expect((await enrols('198.51.100.1', OPS_TOKEN)).status).toBe(200)
  })

  it('brakes guesses from many addresses together, and still hears the operator', async () => {
    const statuses = []
    for (let i = 0; i <= LIMITS.wrongTokens.max; i++)
      statuses.push((await enrols(`198.51.101.${i}`, 'a guess from a crowd')).status)
    expect(statuses.at(0)).toBe(401)
    expect(statuses.at(-1)).toBe(429)
    expect((await enrols('198.51.102.1', OPS_TOKEN)).status).toBe(200)
  })
})
