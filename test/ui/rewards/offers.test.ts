import { describe, expect, test } from 'vitest'
import { offerFacts } from '../../../src/components/offer/offer-facts.ts'
import { shownState } from '../../../src/components/voucher/voucher-face.ts'
import { REFUSAL_CODES } from '../../../src/domain/base/reason.ts'
import { startOfDay } from '../../../src/domain/base/time.ts'
import { refusalText } from '../../../src/text/ledger/refusals.ts'
import { voucherState } from '../../../src/views/rewards/voucher-state.ts'
import { nameOf, validityWords } from '../../../src/views/rewards/voucher-words.ts'
import { journalOffer as offer } from '../../support/big-journal.ts'

const now = startOfDay('2026-11-20') + 12 * 3_600_000
const stock = { total: 100, remaining: 37, budgetFen: 10_000, spentFen: 3600 }
const person = { spendable: 1000, had: 0, now, pointsPerGram: 1 }
const words = (text: string) => text.replaceAll('\u00a0', ' ')

describe('an offer', () => {
  test('tells what is left, the rate per kilogram, and what remains', () => {
    expect(offerFacts({ offer, stock }, person)).toEqual({
      state: 'open',
      missingPoints: 0,
      remainingPoints: 200,
      fenPerKg: 100, // 800 points are 800 g at one point a gram, and buy 80 fen
      budgetLeftPerMille: 640,
      had: 0,
    })
  })

  test.each([
    [{ spendable: 700 }, {}, {}, 'short'],
    [{ had: 2 }, {}, { perPersonMax: 2 }, 'limit'],
    [{}, { remaining: 0 }, {}, 'sold_out'],
    [{}, { spentFen: 9950 }, {}, 'budget_spent'],
    [{}, {}, { endsAt: now }, 'ended'],
  ] as const)('%j %j %j is %s', (ofPerson, ofStock, ofOffer, state) => {
    const facts = offerFacts(
      { offer: { ...offer, ...ofOffer }, stock: { ...stock, ...ofStock } },
      { ...person, ...ofPerson },
    )
    expect(facts.state).toBe(state)
    if (state === 'short') expect(facts.missingPoints).toBe(100)
  })
})

describe('a voucher', () => {
  const voucher = {
    id: 'v',
    seq: 1,
    offerId: offer.id,
    offerVersion: 1,
    merchantId: offer.merchantId,
    pricePoints: 800,
    issuedAt: now,
    expiresAt: startOfDay('2026-12-04'),
    code: '7K2M 94QX 13',
    token: 't',
    offer,
    state: 'active',
  } as const
  const known = { voucher, hasRequest: false, isRefused: false, isCancelling: false, isDonation: false, now }

  test('is past by the clock before the backend has said so', () => {
    expect(shownState(voucher, voucher.expiresAt - 1, false)).toBe('active')
    expect(shownState(voucher, voucher.expiresAt, false)).toBe('expired')
    expect(shownState({ ...voucher, state: 'used' }, now, true)).toBe('donated')
  })

  test('goes from the request to its end', () => {
    const none = { ...known, voucher: undefined }
    expect(voucherState(none)).toBeUndefined()
    expect(voucherState({ ...none, hasRequest: true })).toBe('requested')
    expect(voucherState({ ...none, isRefused: true })).toBe('refused')
    expect(voucherState(known)).toBe('active')
    expect(voucherState({ ...known, isCancelling: true })).toBe('returning')
    expect(voucherState({ ...known, voucher: { ...voucher, state: 'used' }, isCancelling: true })).toBe(
      'used',
    )
  })

  test('says until when, the last day in hours', () => {
    expect(words(validityWords(voucher.expiresAt, now, 'zh-CN'))).toBe('有效至 12月3日 · 还有 13 天')
    const evening = startOfDay('2026-12-03') + 18.5 * 3_600_000
    expect(words(validityWords(voucher.expiresAt, evening, 'zh-CN'))).toBe(
      '今天 24:00 前有效 · 还有 5 小时 30 分钟',
    )
  })

  test('keeps its name when its offer is gone', () => {
    expect(nameOf(offer, 'en').title).toBe('Sample coffee, medium')
    expect(nameOf(undefined, 'zh-CN', 'sample-cafe')).toMatchObject({
      title: '兑换券',
      merchant: 'sample-cafe',
      isSample: false,
    })
  })
})

test('every refusal has its sentence in both languages, with its numbers', () => {
  for (const code of REFUSAL_CODES) {
    for (const language of ['zh-CN', 'en'] as const) {
      const sentence = refusalText[language][code]({ price: 1200, available: 300, limit: 2 })
      expect(sentence).toMatch(/\S/)
      expect(sentence).not.toMatch(/undefined|NaN/)
    }
  }
  expect(refusalText['zh-CN'].points_not_enough({ price: 1200, available: 300 })).toContain('1,200')
})
