/** The number of a voucher: a till reads offer and last day from it and tells a right one from a wrong one, without a network. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { VoucherId } from '../../src/domain/base/ids.ts'
import { addDays } from '../../src/domain/base/time.ts'
import { numberAsShown } from '../../src/domain/offers/voucher-number.ts'
import { bitsOfVoucher, checkNumber, writeNumber } from '../../src/proof/number-mark.ts'
import first from '../golden/voucher.json' with { type: 'json' }

const key = Uint8Array.from({ length: 32 }, (_, i) => i)
const otherKey = Uint8Array.from({ length: 32 }, (_, i) => i + 1)
const today = '2026-11-29'
const fields = { bits: 0x2_4f3a_91bc_77d1n, n: 7, expiresOn: '2026-12-29' }

const numbers = fc.record({
  bits: fc.bigInt({ min: 0n, max: 2n ** 50n - 1n }),
  n: fc.nat(1023),
  expiresOn: fc.integer({ min: -500, max: 500 }).map((days) => addDays(today, days)),
})

describe('a number', () => {
  it('is the one that was first issued for this voucher, key, offer and day', async () => {
    const { key: hex, voucherId, n, expiresOn, bits, text } = first.number
    const firstKey = Uint8Array.from(Buffer.from(hex, 'hex'))
    expect(await bitsOfVoucher(firstKey, voucherId as VoucherId)).toBe(BigInt(`0x${bits}`))
    expect(await writeNumber(firstKey, { bits: BigInt(`0x${bits}`), n, expiresOn })).toBe(text)
  })

  it('is five groups of four signs', async () => {
    expect(await writeNumber(key, fields)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}( [0-9A-HJKMNP-TV-Z]{4}){4}$/)
  })

  it('says offer and last day to whoever has the key, and nothing right to others', async () => {
    await fc.assert(
      fc.asyncProperty(numbers, async (given) => {
        const number = await writeNumber(key, given)
        expect(await checkNumber(number, { key, today })).toEqual(given)
        expect(await checkNumber(number, { key: otherKey, today })).toEqual({ fault: 'wrong' })
      }),
      { numRuns: 100 },
    )
  })

  it('is read as people type it', async () => {
    const number = await writeNumber(key, fields)
    const lower = number.toLowerCase()
    const letters = number.replaceAll('0', 'O').replaceAll('1', 'l')
    const wide = number.replaceAll(/[0-9A-Z]/g, (sign) =>
      String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0),
    )
    for (const typed of [
      lower,
      letters,
      wide,
      number.replaceAll(' ', ''),
      number.replaceAll(' ', ' - '),
      `　${number}\n`,
    ]) {
      expect(await checkNumber(typed, { key, today }), typed).toEqual(fields)
      expect(numberAsShown(typed)).toBe(number)
    }
  })

  it('is wrong with any other sign in any place', async () => {
    const number = (await writeNumber(key, fields)).replaceAll(' ', '')
    for (let place = 0; place < number.length; place++) {
      const sign = number[place] === '7' ? '8' : '7'
      const typed = number.slice(0, place) + sign + number.slice(place + 1)
      expect(await checkNumber(typed, { key, today }), typed).toEqual({ fault: 'wrong' })
    }
  })

  it.each([
    ['7K2M 94QX 13', 'of_before'],
    ['7K2M 94QX', 'too_short'],
    ['', 'too_short'],
    ['7K2M 94QX 13AB 0Z7C 11Q', 'too_short'],
    ['7K2M 94QX 13AB 0Z7C 11QWA', 'too_long'],
    ['7K2M 94QX 13AB 0Z7C 11QU', 'not_a_number'],
    ['咖啡', 'not_a_number'],
  ])('%s has its own fault: %s', async (typed, fault) => {
    expect(await checkNumber(typed, { key, today })).toEqual({ fault })
  })

  it('of ten signs is shown as it always was', () => {
    expect(numberAsShown('7k2m94qx13')).toBe('7K2M 94QX 13')
  })
})

describe('the bits of a voucher', () => {
  it('are the same whenever the till sees its code, and others at another merchant', async () => {
    const id = '6f1d0c52-93a4-4d5e-8f60-1a2b3c4d5e6f' as VoucherId
    const bits = await bitsOfVoucher(key, id)
    expect(await bitsOfVoucher(key, id)).toBe(bits)
    expect(bits).toBeLessThan(2n ** 50n)
    expect(await bitsOfVoucher(otherKey, id)).not.toBe(bits)
    const checked = await checkNumber(await writeNumber(key, { ...fields, bits }), { key, today })
    expect(checked).toMatchObject({ bits })
  })
})
