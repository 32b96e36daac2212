import { describe, expect, it } from 'vitest'
import { readVoucherStatus, signVoucherStatus } from '../../src/proof/voucher-status.ts'
import { signVoucher } from '../../src/proof/voucher-token.ts'
import { makeTestKey } from '../support/keys.ts'

const AT = 5_000_000
const STATUS = { sub: 'sample-cafe', iat: AT, ended: ['one', 'two'] }

describe("the list of a merchant's ended vouchers", () => {
  it('is read as it was signed, by a key of vouchers in force', async () => {
    const { key, signing } = await makeTestKey('v', { purpose: 'vouchers' })
    const jws = await signVoucherStatus(STATUS, signing)
    expect(await readVoucherStatus(jws, { keys: [key] })).toEqual(STATUS)
    const more = { ...STATUS, revokedKeys: ['old'] }
    expect(await readVoucherStatus(await signVoucherStatus(more, signing), { keys: [key] })).toEqual(more)
  })

  it('is none by a key of heads, by a revoked key, or when it is a voucher', async () => {
    const heads = await makeTestKey('h', { purpose: 'heads' })
    const { key, signing } = await makeTestKey('v', { purpose: 'vouchers' })
    const jws = await signVoucherStatus(STATUS, signing)
    const revoked = [{ kid: 'v', at: AT / 1000 + 60, keeps: [] }]
    expect(await readVoucherStatus(jws, { keys: [key], revoked })).toBeUndefined()
    const byHeads = await signVoucherStatus(STATUS, heads.signing)
    expect(await readVoucherStatus(byHeads, { keys: [heads.key] })).toBeUndefined()
    const offer = { merchant: 'sample-cafe', offer: 'o', version: 1, points: 1, fen: 1, n: 1 }
    const voucher = await signVoucher({ jti: 'j', sub: 's', ...offer, iat: AT, exp: AT + 1000 }, signing)
    expect(await readVoucherStatus(voucher, { keys: [key] })).toBeUndefined()
  })
})
