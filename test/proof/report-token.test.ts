/** A provider's report proves itself: each fault of a token has its own name, and the phone finds out whether a record says what was reported. */
import { beforeAll, describe, expect, it } from 'vitest'
import { checkReport } from '../../src/actions/check-report.ts'
import type { ReportFacts } from '../../src/domain/evidence/report.ts'
import { type ProviderKey, type ReportClaims, readReport } from '../../src/proof/report-token.ts'
import { reportedAct } from '../../src/proof/reported-act.ts'
import { AUDIENCE, KEY_LIFE, makeProvider, signReport, type TestProvider } from '../support/provider-keys.ts'

const IAT = Date.UTC(2026, 10, 29, 4)
const ACT = {
  reference: 'ride-1',
  code: 'bike',
  city: 'weifang',
  startedAt: IAT / 1000 - 1800,
  endedAt: IAT / 1000,
  quantity: { value: 6000, unit: 'metre' },
}
const REPORT: Omit<ReportClaims, 'provider'> = {
  jti: 'j-1',
  iat: IAT,
  handle: 'a'.repeat(32),
  event: 'act-reported',
  body: ACT,
}

let bike: TestProvider
let bus: TestProvider
beforeAll(async () => {
  bike = await makeProvider('sample-bike')
  bus = await makeProvider('sample-bus', 'EdDSA')
})

const read = (token: string, keys: readonly ProviderKey[] = [bike.key, bus.key]) =>
  readReport(token, { keys, audience: AUDIENCE })

describe('a token', () => {
  it('of either kind of key says who reports what of whom', async () => {
    for (const provider of [bike, bus])
      expect(await read(await signReport(provider, REPORT))).toEqual({
        ...REPORT,
        provider: provider.key.provider,
      })
  })

  it('may be meant for several', async () => {
    const token = await signReport(bike, REPORT, { claims: { aud: ['https://other.example', AUDIENCE] } })
    expect(await read(token)).toMatchObject({ jti: 'j-1' })
  })

  const claims = (odd: object) => async () => read(await signReport(bike, REPORT, { claims: odd }))
  const header = (odd: object) => async () => read(await signReport(bike, REPORT, { header: odd }))
  const withKey = (odd: Partial<ProviderKey>) => async () =>
    read(await signReport(bike, REPORT), [{ ...bike.key, ...odd }])
  const none = `${Buffer.from('{"alg":"none","kid":"sample-bike-1","typ":"secevent+jwt"}').toString('base64url')}.e30.`

  it.each<[string, () => Promise<unknown>]>([
    ['not_a_token', () => read('what is this')],
    ['typ_wrong', header({ typ: 'JWT' })],
    ['alg_refused', () => read(none)],
    ['alg_refused', withKey({ alg: 'EdDSA' })],
    ['key_unknown', header({ kid: 'nobody' })],
    [
      'signature_wrong',
      async () =>
        read(await signReport({ ...bike, privateKey: (await makeProvider('x')).privateKey }, REPORT)),
    ],
    ['signature_wrong', async () => read((await signReport(bike, REPORT)).replace(/\.[^.]{4}/, '.AAAA'))],
    ['key_of_another', claims({ iss: 'sample-bus' })],
    ['key_not_in_force', claims({ iat: KEY_LIFE.notAfter / 1000 })],
    ['key_not_in_force', claims({ iat: KEY_LIFE.notBefore / 1000 - 1 })],
    ['key_revoked', withKey({ revokedAt: IAT })],
    ['claims_missing', claims({ jti: 7 })],
    ['claims_missing', claims({ iat: 1.5 })],
    ['audience_wrong', claims({ aud: 'https://other.example' })],
    ['subject_missing', claims({ sub_id: { format: 'phone_number', phone_number: '+86' } })],
    ['event_unknown', claims({ events: { 'urn:greentrace:event:act-imagined': ACT } })],
    ['event_unknown', claims({ events: {} })],
    ['event_unknown', claims({ events: { 'urn:greentrace:event:act-reported': 'ride' } })],
  ])('is refused as %s', async (fault, tried) => {
    expect(await tried()).toBe(fault)
  })

  it('before its key was revoked holds for ever', async () => {
    const token = await signReport(bike, REPORT)
    expect(await read(token, [{ ...bike.key, revokedAt: IAT + 1000 }])).toMatchObject({ jti: 'j-1' })
  })
})

describe('a reported act', () => {
  const of = (body: object) =>
    reportedAct({ ...REPORT, provider: 'sample-bike', body: body as ReportClaims['body'] })

  it('is a claim on the provider’s evidence', () => {
    expect(of(ACT)).toEqual({
      reference: 'ride-1',
      claim: {
        code: 'bike',
        city: 'weifang',
        startedAt: IAT - 1800_000,
        endedAt: IAT,
        quantity: { value: 6000, unit: 'metre' },
        evidence: { trust: 'provider', provider: 'sample-bike', reference: 'ride-1' },
      },
    })
  })

  it.each([
    { city: 'atlantis' },
    { startedAt: 'now' },
    { endedAt: 1.5 },
    { quantity: { value: -1, unit: 'metre' } },
    { quantity: { value: 1, unit: 'mile' } },
    { quantity: 'much' },
    { reference: 5 },
  ])('is none with %j', (odd) => {
    expect(of({ ...ACT, ...odd })).toBeUndefined()
  })
})

describe('on the phone, a record of a report', () => {
  async function facts(odd: Partial<ReportFacts> = {}): Promise<ReportFacts> {
    const act = reportedAct({ ...REPORT, provider: 'sample-bike' })
    return {
      provider: 'sample-bike',
      jti: 'j-1',
      token: await signReport(bike, REPORT),
      reference: 'ride-1',
      claimId: '0'.repeat(64),
      iat: IAT,
      consentId: 'c',
      ...(act ? { claim: act.claim } : {}),
      ...odd,
    }
  }
  const known = () => ({ keys: [bike.key, bus.key], audience: AUDIENCE })

  it('is good when the signature holds and it says what was reported', async () => {
    expect(await checkReport(await facts(), known())).toBe('good')
  })

  it('differs when it says anything else', async () => {
    const { claim } = await facts()
    const more = { ...claim, quantity: { value: 9000, unit: 'metre' } } as NonNullable<ReportFacts['claim']>
    expect(await checkReport(await facts({ claim: more }), known())).toBe('differs')
    expect(await checkReport(await facts({ jti: 'j-2' }), known())).toBe('differs')
  })

  it('is bad when the signature does not hold, and not checked without the key', async () => {
    const forged = await signReport({ ...bike, privateKey: (await makeProvider('x')).privateKey }, REPORT)
    expect(await checkReport(await facts({ token: forged }), known())).toBe('bad')
    expect(await checkReport(await facts(), { keys: [bus.key], audience: AUDIENCE })).toBe('absent')
    expect(await checkReport(await facts(), undefined)).toBe('absent')
  })
})
