/** The list of offers: found by what is typed in any of three ways, marked, and told of when there is more. */
import { describe, expect, it, test } from 'vitest'
import { SAMPLE_OFFERS } from '../../../mock-api/demo/seed-offers.ts'
import { offerFacts } from '../../../src/components/offer/offer-facts.ts'
import { openOfferSearch } from '../../../src/content/offer-search.ts'
import { DAY_MS } from '../../../src/domain/base/time.ts'
import { newsOfOffers, notedBack } from '../../../src/domain/kinds/news-of-offers.ts'
import { journalOffer as offer } from '../../support/big-journal.ts'

const now = Date.UTC(2026, 10, 20, 4)

describe('an offer is found', () => {
  const search = openOfferSearch(SAMPLE_OFFERS.map((sample) => sample.offer))
  test.each([
    ['咖啡', 'coffee-medium'],
    ['kafei', 'coffee-medium'],
    ['Coffee', 'coffee-medium'],
    ['ＣＯＦＦＥＥ medium', 'coffee-medium'],
    ['裁縫', 'mending'],
    ['单车 骑行', 'bike-day'],
    ['bulb', 'led-bulb'],
    ['kāfēi', 'coffee-medium'],
    ['ka1fei1', 'coffee-medium'],
    ['“咖啡”', 'coffee-medium'],
    ['咖\u200b啡。', 'coffee-medium'],
    ['coffee, medium', 'coffee-medium'],
  ])('by %s', (typed, id) => {
    expect([...search.find(typed)]).toContain(id)
  })

  test.each(['咖啡 裁缝', 'qqzz', '火箭', 'ffee', '。'])('and none by %s', (typed) => {
    expect([...search.find(typed)]).toEqual([])
  })
})

describe('an offer’s state', () => {
  const stock = { total: 100, remaining: 37, budgetFen: 10_000, spentFen: 3600 }
  const person = { spendable: 1000, had: 0, now, pointsPerGram: 1 }

  test.each([
    [{ stopsAt: now }, {}, 'ended'],
    [{ release: 'draw' as const }, {}, 'draw'],
    [{}, { fenLeft: { week: offer.valueFen - 1 } }, 'value_limit'],
    [{}, { fenLeft: { week: offer.valueFen, year: 0 } }, 'value_limit'],
    [{}, { fenLeft: { week: offer.valueFen } }, 'open'],
  ])('%j %j is %s', (ofOffer, ofPerson, state) => {
    expect(offerFacts({ offer: { ...offer, ...ofOffer }, stock }, { ...person, ...ofPerson }).state).toBe(
      state,
    )
  })
})

describe('whoever waits for more of an offer', () => {
  const waiting = { coffee: { waitsSince: now - DAY_MS }, bulb: {} }

  it('is told once there is some, by one piece of news that stays the same', () => {
    expect(notedBack(waiting, new Set(['bulb']), now)).toBeUndefined()
    const noted = notedBack(waiting, new Set(['coffee', 'bulb']), now)
    expect(noted).toEqual({ coffee: { backAt: now }, bulb: {} })
    expect(notedBack(noted ?? {}, new Set(['coffee']), now + 1)).toBeUndefined()
    expect(newsOfOffers(noted ?? {}, now + DAY_MS)).toEqual([
      {
        id: `offer:coffee:${now}`,
        topic: 'offerBack',
        at: now,
        path: '/rewards/offer/coffee',
        about: 'coffee',
      },
    ])
    expect(newsOfOffers(noted ?? {}, now + 31 * DAY_MS)).toEqual([])
  })
})
