/** A certificate proves what a provider reported to whoever holds it, and nothing else passes for one. */
import { beforeAll, describe, expect, it } from 'vitest'
import { checkCertificate } from '../../src/actions/check-certificate.ts'
import type { ReportClaims } from '../../src/proof/report-token.ts'
import { AUDIENCE, KEY_LIFE, makeProvider, signReport, type TestProvider } from '../support/provider-keys.ts'

const IAT = Date.UTC(2026, 10, 29, 4)
const REPORT: Omit<ReportClaims, 'provider'> = {
  jti: 'tree-1',
  iat: IAT,
  handle: 'b'.repeat(32),
  event: 'act-reported',
  body: {
    ...{ reference: 'grove-7/3', code: 'tree', city: 'qingdao', startedAt: IAT / 1000 - 3600 },
    quantity: { value: 2, unit: 'count' },
  },
}

let office: TestProvider
beforeAll(async () => {
  office = await makeProvider('planting')
})

const check = (text: string, key = office.key) =>
  checkCertificate(text, { keys: [key], audience: AUDIENCE, own: { keys: [] } })

describe('a certificate', () => {
  it('says what was done, when and who reported it, also with a line break behind it', async () => {
    expect(await check(`${await signReport(office, REPORT)}\n`)).toMatchObject({
      result: 'good',
      claims: { provider: 'planting', iat: IAT },
      act: { reference: 'grove-7/3', claim: { code: 'tree', quantity: { value: 2, unit: 'count' } } },
    })
  })

  it('with one letter changed in it is forged, and so is one under another key of that name', async () => {
    const token = await signReport(office, REPORT)
    const [header, claims = '', signature] = token.split('.')
    const more = Buffer.from(claims, 'base64url').toString().replace('"value":2', '"value":9')
    const altered = [header, Buffer.from(more).toString('base64url'), signature].join('.')
    expect(await check(altered)).toEqual({ result: 'forged' })
    const other = await makeProvider('planting')
    expect(await check(token, { ...other.key, kid: office.key.kid })).toEqual({ result: 'forged' })
  })

  it('of a key that is not on this phone is unknown, of a revoked one not to be trusted', async () => {
    const token = await signReport(office, REPORT)
    expect(await checkCertificate(token, { keys: [], audience: AUDIENCE, own: { keys: [] } })).toEqual({
      result: 'unknown',
    })
    expect(await check(token, { ...office.key, revokedAt: KEY_LIFE.notBefore })).toEqual({
      result: 'revoked',
    })
  })

  it.each([
    ['nothing', ''],
    ['a letter', '亲爱的，附上证书'],
    ['a picture’s bytes', '\u0089PNG\r\n\u001a\n'],
    ['a token without a signature', 'eyJhbGciOiJub25lIn0.e30.'],
    ['a book', 'x'.repeat(20_000)],
  ])('is not %s', async (_what, text) => {
    expect(await check(text)).toEqual({ result: 'notOne' })
  })

  it('is of an act that stands: a link or one that was taken back is none', async () => {
    const taken = { ...REPORT, event: 'act-withdrawn', body: { reference: 'grove-7/3' } } as const
    expect(await check(await signReport(office, taken))).toEqual({ result: 'other' })
    const linked = { ...REPORT, event: 'link-confirmed', body: { subject: 'card' } } as const
    expect(await check(await signReport(office, linked))).toEqual({ result: 'other' })
  })
})
