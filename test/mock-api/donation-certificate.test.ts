/** A donation's certificate says what was given, to whom and when, names nobody, and each thing that is wrong with one has its name. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkCertificate } from '../../src/actions/check-certificate.ts'
import { readDonation } from '../../src/proof/donation-certificate.ts'
import { claimsOf, type KeySet, signJws } from '../../src/proof/keys.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import type { Client } from '../support/client.ts'
import { type Bought, buy, newOffer, richClient } from '../support/shop.ts'

describe('a donation’s certificate', () => {
  let backend: Backend
  let me: Client
  let given: Bought
  let keys: KeySet
  beforeAll(async () => {
    backend = await startBackend()
    me = await richClient(backend)
    const offer = await newOffer(backend, {
      category: 'donation',
      merchantId: 'sample-forest' as never,
      merchantZh: '示例公益林',
      merchantEn: 'Sample Community Forest',
      perPersonMax: 5,
    })
    given = await buy(backend, me, offer)
    keys = await backend.deps.keyring.publicKeys()
  })
  afterAll(() => backend.close())

  const token = () => given.detail.voucher?.certificate ?? ''
  const check = (text: string, own = keys) => checkCertificate(text, { keys: [], audience: '', own })
  const part = (n: number) => Buffer.from(token().split('.')[n] ?? '', 'base64url').toString()

  it('is a verifiable credential that says what was given, to whom and when, and names no account', async () => {
    expect(await readDonation(token(), keys)).toMatchObject({
      id: given.id,
      issuer: 'urn:greentrace:demo',
      points: 50,
      fen: 50,
      beneficiaryZh: '示例公益林',
      isSample: true,
    })
    const claims = claimsOf(part(1))
    expect(claims).toMatchObject({ type: ['VerifiableCredential', 'DonationCertificate'] })
    expect(JSON.parse(part(0))).toMatchObject({ alg: 'ES256', typ: 'vc+jwt' })
    expect(Date.parse(String(claims?.validFrom)) / 1000).toBe(claims?.iat)
    expect(part(1)).not.toContain(me.accountId)
  })

  it('bears the same pseudonym on all of one person’s, and another on another’s', async () => {
    const offer = await newOffer(backend, {
      category: 'donation',
      merchantId: 'sample-forest' as never,
      perPersonMax: 5,
    })
    const of = async (client: Client) => {
      const { detail } = await buy(backend, client, offer)
      const read = await readDonation(detail.voucher?.certificate ?? '', keys)
      return typeof read === 'string' ? read : read.pseudonym
    }
    const [mine, again, yours] = [await of(me), await of(me), await of(await richClient(backend))]
    expect(mine).toBe(again)
    expect(yours).not.toBe(mine)
  })

  it('is found good without a network, also with a line break behind it', async () => {
    expect(await check(`${token()}\n`)).toMatchObject({ result: 'donation', donation: { points: 50 } })
  })

  it('is refused with the name of its fault', async () => {
    const [header, , signature] = token().split('.')
    const more = Buffer.from(part(1).replace('"points":50', '"points":5000')).toString('base64url')
    expect(await check([header, more, signature].join('.'))).toEqual({ result: 'forged' })
    expect(await check(token(), { keys: [] })).toEqual({ result: 'unknownIssuer' })
    const { kid } = await backend.deps.keyring.signingKey('certificates')
    expect(await check(token(), { ...keys, revoked: [{ kid, at: 0, keeps: [] }] })).toEqual({
      result: 'revoked',
    })
    const own = keys.keys.map((key) => (key.kid === kid ? { ...key, notAfter: 1 } : key))
    expect(await readDonation(token(), { keys: own })).toBe('key_not_in_force')
    const byDocuments = await signJws(part(1), 'vc+jwt', await backend.deps.keyring.signingKey('documents'))
    expect(await readDonation(byDocuments, keys)).toBe('key_of_another')
    const other = await signJws(
      '{"type":["VerifiableCredential"]}',
      'vc+jwt',
      await backend.deps.keyring.signingKey('certificates'),
    )
    expect(await check(other)).toEqual({ result: 'other' })
    const none = `${Buffer.from('{"alg":"none","typ":"vc+jwt"}').toString('base64url')}.e30.AA`
    expect(await check(none)).toEqual({ result: 'forged' })
    expect(await readDonation(given.token, keys)).toBe('typ_wrong')
  })

  it('is not on what was donated before there were any, which is read all the same', async () => {
    const { certificate: _, ...before } = given.detail.voucher ?? {}
    expect(before).toMatchObject({ offerVersion: 1 })
    const offer = await newOffer(backend)
    expect((await buy(backend, me, offer)).detail.voucher).not.toHaveProperty('certificate')
  })
})
