// A stamp that leaps by minutes among stamps in order is no time of the ride's; points of one to a track are one line.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutOutOfOrder } from '../../src/domain/evidence/out-of-order.ts'
import { withSinglesJoined } from '../../src/domain/evidence/single-points.ts'
import { moved, straightRide } from '../support/straight-ride.ts'

const ride = straightRide({ metres: 6000, seconds: 1200, every: 10 })
const MINUTE_MS = 60_000

describe('points out of order', () => {
  const from = fc.integer({ min: 10, max: ride.length - 20 })
  const minutes = fc.oneof(fc.integer({ min: 3, max: 600 }), fc.integer({ min: -600, max: -3 }))

  it('up to five in a row are set aside, early or late, whichever way the file is written', () => {
    fc.assert(
      fc.property(from, fc.integer({ min: 1, max: 5 }), minutes, fc.boolean(), (at, count, off, isBack) => {
        const isOff = (i: number) => i >= at && i < at + count
        const written = ride.map((point, i) => (isOff(i) ? moved(point, { ms: off * MINUTE_MS }) : point))
        const { points, strays } = withoutOutOfOrder(isBack ? [...written].reverse() : written)
        expect(strays).toBe(count)
        const right = ride.filter((_, i) => !isOff(i))
        expect(points).toEqual(isBack ? right.reverse() : right)
      }),
    )
  })

  it.each<[string, (i: number) => number, number?]>([
    ['six in a row are another recording', (i: number) => (i >= 40 && i < 46 ? -10 * MINUTE_MS : 0)],
    ['a clock that is set back by less than a minute is set right', (i: number) => (i > 60 ? -50_000 : 0)],
    ['a clock that is set ahead is set right', (i: number) => (i > 60 ? 20 * MINUTE_MS : 0)],
    ['of few points none is the right one', (i: number) => (i === 3 ? -10 * MINUTE_MS : 0), 8],
  ])('%s: none is set aside', (_, ms, count = ride.length) => {
    const written = ride.slice(0, count).map((point, i) => moved(point, { ms: ms(i) }))
    expect(withoutOutOfOrder(written)).toEqual({ points: written, strays: 0 })
  })
})

describe('a track for each point', () => {
  const singles = (sport?: string) => ride.slice(0, 3).map((point) => ({ sport, segments: [[point]] }))

  it('is one line, as long as the sport is one', () => {
    expect(withSinglesJoined([...singles('walk'), ...singles('bike')])).toEqual([
      { sport: 'walk', segments: [ride.slice(0, 3)] },
      { sport: 'bike', segments: [ride.slice(0, 3)] },
    ])
  })

  it('leaves alone what two or more points were recorded of', () => {
    const [a, b] = [ride.slice(0, 2), ride.slice(2, 4)]
    const sections = [
      { sport: undefined, segments: [a, b] },
      { sport: undefined, segments: [b] },
    ]
    expect(withSinglesJoined(sections)).toEqual(sections)
    expect(withSinglesJoined([{ segments: [a, [ride[5]!], [ride[6]!], [], b] }])).toEqual([
      { sport: undefined, segments: [a, [ride[5], ride[6]], b] },
    ])
  })
})
