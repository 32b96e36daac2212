/** What a till says of each thing that can be shown to it, and that whoever obeys it can still be paid. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS, dayOf, HOUR_MS, MINUTE_MS, startOfDay } from '../../../src/domain/base/time.ts'
import { SETTLEMENT_WINDOW_MS } from '../../../src/domain/offers/voucher.ts'
import { tillTime } from '../../../src/domain/till/till-clock.ts'
import {
  type Fault,
  type Shown,
  type ShownCode,
  STATUS_MAX_AGE_MS,
  type TillKnowledge,
  type TillOffer,
  type TillStatus,
  verdictOf,
} from '../../../src/domain/till/verdict.ts'

const NOW = Date.parse('2026-11-29T14:00:00+08:00')

const coffee: TillOffer = {
  n: 3,
  id: 'coffee-medium',
  version: 2,
  titleZh: '中杯咖啡',
  titleEn: 'Medium coffee',
  category: 'food',
  valueFen: 1200,
  termsZh: '限堂食',
  termsEn: 'In the shop',
}

const shown: ShownCode = {
  from: 'code',
  voucherId: '0190a5b8-0000-7000-8000-000000000001',
  signs: '7K2M94QX13',
  offerId: 'coffee-medium',
  version: 2,
  fen: 1200,
  expiresAt: NOW + 5 * DAY_MS,
}

const byNumber: Shown = { from: 'number', signs: '7K2M94QX13', n: 3, expiresOn: dayOf(NOW) }

const fresh: TillStatus = { at: NOW - 2 * HOUR_MS, ended: new Set(), offers: [coffee] }

function knowledge(more: Partial<TillKnowledge> = {}): TillKnowledge {
  return { clock: { device: NOW, offset: 0, heardAt: NOW - 2 * HOUR_MS }, status: fresh, ...more }
}

const clockOf = (device: number, more = {}) => ({ device, offset: 0, heardAt: NOW - 2 * HOUR_MS, ...more })

describe('a voucher that is good', () => {
  it('is accepted, with what to hand out, what the shop is paid and by when to connect', () => {
    expect(verdictOf(shown, knowledge())).toEqual({
      kind: 'accept',
      offer: coffee,
      fen: 1200,
      connectBy: fresh.at + 72 * HOUR_MS,
    })
  })

  it('is accepted by its number alone, also in the last minute of its last day', () => {
    const device = startOfDay(dayOf(NOW)) + DAY_MS - MINUTE_MS
    expect(verdictOf(byNumber, knowledge({ clock: clockOf(device) }))).toMatchObject({
      kind: 'accept',
      fen: 1200,
    })
  })

  it('is worth what its code says, whatever the offer is worth by now', () => {
    const dearer = { ...coffee, version: 3, valueFen: 1500, titleZh: '大杯咖啡' }
    const status = { ...fresh, offers: [coffee, dearer] }
    expect(verdictOf(shown, knowledge({ status }))).toMatchObject({
      fen: 1200,
      offer: { titleZh: '中杯咖啡' },
    })
  })

  it('of a first code, which names no value, is worth what its version is, and untold where that is unknown', () => {
    const { fen: _, ...first } = shown
    expect(verdictOf(first, knowledge())).toMatchObject({ fen: 1200 })
    const later = { ...fresh, offers: [{ ...coffee, version: 3, valueFen: 1500 }] }
    expect(verdictOf(first, knowledge({ status: later }))).not.toHaveProperty('fen')
  })

  it('by its number, is not given a value where the offer has had two', () => {
    const status = { ...fresh, offers: [coffee, { ...coffee, version: 3, valueFen: 1500 }] }
    const verdict = verdictOf(byNumber, knowledge({ status }))
    expect(verdict).toMatchObject({ kind: 'accept', offer: { version: 3 } })
    expect(verdict).not.toHaveProperty('fen')
  })
})

/** Section 10 of the design, as far as it touches a till; the last word is what it says. */
const refused: readonly [attempt: string, shown: Shown, knowledge: TillKnowledge, said: object][] = [
  [
    'cancelled before the till last heard',
    shown,
    knowledge({ status: { ...fresh, ended: new Set([shown.voucherId]) } }),
    { kind: 'ended' },
  ],
  [
    'cancelled, and its number is typed',
    byNumber,
    knowledge({ status: { ...fresh, ended: new Set(['7K2M94QX13']) } }),
    { kind: 'ended' },
  ],
  [
    'shown again at the same till',
    shown,
    knowledge({ accepted: { acceptedAt: NOW - MINUTE_MS } }),
    { kind: 'already_accepted', at: NOW - MINUTE_MS },
  ],
  [
    'a screenshot of it, after another till of this branch',
    shown,
    knowledge({ accepted: { acceptedAt: NOW - HOUR_MS, till: '二号收银台' } }),
    { kind: 'already_accepted', at: NOW - HOUR_MS, till: '二号收银台' },
  ],
  [
    'shown again after its end: who was first counts more than that it is over',
    { ...shown, expiresAt: NOW - 1 },
    knowledge({ accepted: { acceptedAt: NOW - DAY_MS } }),
    { kind: 'already_accepted' },
  ],
  ['expired this very moment', { ...shown, expiresAt: NOW }, knowledge(), { kind: 'expired', at: NOW }],
  [
    'its number, on the day after its last',
    { ...byNumber, expiresOn: dayOf(NOW - DAY_MS) },
    knowledge(),
    { kind: 'expired', at: startOfDay(dayOf(NOW)) },
  ],
  [
    'expired, and the clock is set back behind what was last signed',
    { ...shown, expiresAt: NOW - HOUR_MS },
    knowledge({ clock: clockOf(NOW - 3 * HOUR_MS) }),
    { kind: 'cannot_check', why: 'clock' },
  ],
  [
    'expired, and the clock is set back behind what this till has seen since',
    { ...shown, expiresAt: NOW - HOUR_MS },
    knowledge({ clock: clockOf(NOW - 90 * MINUTE_MS, { seenAt: NOW }) }),
    { kind: 'cannot_check', why: 'clock' },
  ],
  [
    'a till that has not connected for 48 hours',
    shown,
    knowledge({ status: { ...fresh, at: NOW - STATUS_MAX_AGE_MS } }),
    { kind: 'cannot_check', why: 'status_old', statusAt: NOW - STATUS_MAX_AGE_MS },
  ],
  [
    'a till that has never connected',
    shown,
    { clock: { device: NOW, offset: 0 } },
    { kind: 'cannot_check', why: 'clock' },
  ],
  [
    'a till without a list',
    shown,
    knowledge({ status: undefined }),
    { kind: 'cannot_check', why: 'status_old' },
  ],
  [
    'an offer of which it has not heard',
    { ...shown, offerId: 'tea' },
    knowledge(),
    { kind: 'cannot_check', why: 'offer_unknown' },
  ],
  [
    'a number of an offer of which it has not heard',
    { ...byNumber, n: 9 },
    knowledge(),
    { kind: 'cannot_check', why: 'offer_unknown' },
  ],
  ...(
    [
      ['another app’s code', 'not_a_voucher', { kind: 'not_a_voucher' }],
      ['a code of a newer app', 'newer', { kind: 'cannot_check', why: 'app_old' }],
      ['a code that is cut off', 'damaged', { kind: 'damaged' }],
      ['another shop’s', 'other_shop', { kind: 'other_shop' }],
      ['altered points', 'forged', { kind: 'forged' }],
      ['a key of which it has not heard', 'key_unknown', { kind: 'cannot_check', why: 'keys_old' }],
      ['a guessed number', 'wrong_number', { kind: 'wrong_number' }],
      ['a number of ten characters', 'old_number', { kind: 'cannot_check', why: 'needs_network' }],
    ] as const satisfies readonly (readonly [string, Fault, object])[]
  ).map(([attempt, fault, said]): (typeof refused)[number] => [attempt, { fault }, knowledge(), said]),
]

describe('nothing is handed out for', () => {
  it.each(refused)('%s', (_attempt, what, known, said) => {
    expect(verdictOf(what, known)).toMatchObject(said)
  })
})

describe('a till’s clock', () => {
  it('that is wrong by years, and was so at the last exchange, tells the right time', () => {
    const off = 6 * 365 * DAY_MS
    const clock = { device: NOW - off, offset: off, heardAt: NOW - HOUR_MS }
    expect(tillTime(clock)).toBe(NOW)
    expect(verdictOf({ ...shown, expiresAt: NOW + 1 }, knowledge({ clock }))).toMatchObject({
      kind: 'accept',
    })
  })

  it('may be a minute slow: that is the network’s, and nobody’s clock', () => {
    expect(tillTime({ device: NOW - MINUTE_MS, offset: 0, heardAt: NOW })).toBe(NOW - MINUTE_MS)
    expect(tillTime({ device: NOW - MINUTE_MS - 1, offset: 0, heardAt: NOW })).toBeUndefined()
  })
})

describe('whoever obeys the till is paid', () => {
  const anywhen = fc.integer({ min: 0, max: 6 * DAY_MS })

  it('whenever the voucher was cancelled or expires: its points come back only after the hour that was shown', () => {
    fc.assert(
      fc.property(anywhen, anywhen, anywhen, anywhen, (heard, shownAfter, cancelled, expires) => {
        const at = NOW + shownAfter
        const expiresAt = NOW + expires
        const cancelledAt = NOW + cancelled
        const heardAt = NOW + heard
        fc.pre(heardAt <= at)
        // What is cancelled by then stands on the list.
        const ended = new Set(cancelledAt <= heardAt ? [shown.voucherId] : [])
        const status = { at: heardAt, ended, offers: [coffee] }
        const verdict = verdictOf({ ...shown, expiresAt }, { clock: clockOf(at, { heardAt }), status })
        if (verdict.kind !== 'accept') return
        const returnsAt = Math.min(cancelledAt, expiresAt) + SETTLEMENT_WINDOW_MS
        expect(at).toBeLessThan(expiresAt)
        expect(verdict.connectBy).toBeLessThanOrEqual(returnsAt)
        expect(verdict.connectBy - at).toBeGreaterThanOrEqual(24 * HOUR_MS)
      }),
    )
  })
})
