// Mislaid fixes are filtered by way and time, whatever the interval; what somebody really rode is not.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TrackPoint } from '../../src/domain/evidence/track-grid.ts'
import { measure, metricsFor } from '../../src/domain/evidence/track-metrics.ts'
import { moved, straightRide } from '../support/straight-ride.ts'
import { bikeRide, busRide, lengthOf, record } from '../support/tracks.ts'

const lengthIn = (points: readonly TrackPoint[]) =>
  metricsFor(measure([{ points, after: 'pause' }]), 30_000).distanceMetres

describe('a bad fix', () => {
  it('half a kilometre and more beside the way costs nothing, at any interval and place', () => {
    const every = fc.constantFrom(1, 2, 5, 10, 20, 30, 60)
    const north = fc.integer({ min: 500, max: 20_000 })
    fc.assert(
      fc.property(every, north, fc.nat(), fc.boolean(), (seconds, metres, place, isNorth) => {
        const points = straightRide({ metres: 7200, seconds: 1800, every: seconds })
        const at = 1 + (place % (points.length - 2))
        const bad = points.map((point, i) =>
          i === at ? moved(point, { north: isNorth ? metres : -metres }) : point,
        )
        expect(Math.abs(lengthIn(bad) - lengthIn(points))).toBeLessThan(50)
      }),
      { numRuns: 60 },
    )
  })

  it.each([1, 2, 5, 10, 20, 30])(
    'that is the second or the last but one costs nothing, one fix in %d s',
    (every) => {
      const points = straightRide({ metres: 7200, seconds: 1800, every })
      for (const at of [1, points.length - 2])
        for (const north of [500, -640, 1800]) {
          const bad = points.map((point, i) => (i === at ? moved(point, { north }) : point))
          expect(Math.abs(lengthIn(bad) - lengthIn(points)), `${at}, ${north}`).toBeLessThanOrEqual(1)
        }
    },
  )

  it.each(['first', 'last'] as const)('that is the %s one costs no more than itself', (which) => {
    const points = straightRide({ metres: 3000, seconds: 600, every: 10 })
    const at = which === 'first' ? 0 : points.length - 1
    const bad = points.map((point, i) => (i === at ? moved(point, { north: 700 }) : point))
    expect(Math.abs(lengthIn(bad) - 2950)).toBeLessThan(20)
  })

  it.each([
    { every: 10, off: 80, nth: 5 },
    { every: 10, off: -150, nth: 4 },
    { every: 15, off: 60, nth: 6 },
    { every: 10, off: 40, nth: 5 },
    { every: 10, off: 80, nth: 5, metres: 7200 },
  ])('of each $nth, $off metres beside a way of a fix in $every s, costs and pays nothing', (bad) => {
    const { every, metres = 2400 } = bad
    const points = straightRide({ metres, seconds: 1800, every })
    const beside = points.map((point, i) => (i % bad.nth === 2 ? moved(point, { north: bad.off }) : point))
    expect(Math.abs(lengthIn(beside) / metres - 1)).toBeLessThan(0.02)
  })

  it('three in a row that lie together are one', () => {
    const points = straightRide({ metres: 3000, seconds: 600, every: 10 })
    const bad = points.map((point, i) => (i >= 30 && i < 33 ? moved(point, { north: 900 }) : point))
    expect(Math.abs(lengthIn(bad) - 3000)).toBeLessThan(60)
  })
})

describe('an honest way is kept', () => {
  it.each([5, 10, 20, 30])('with its corners, stops and noise, one fix in %d s', (every) => {
    for (const trip of [bikeRide, { ...busRide, tunnel: [0, 0] as const }]) {
      const points = record(trip).filter(({ at }) => (at / 1000) % every === 0)
      const { jumps } = measure([{ points, after: 'pause' }])
      expect(jumps).toBeLessThanOrEqual(1)
      const metrics = metricsFor(measure([{ points, after: 'pause' }]), 200_000)
      expect(metrics.distanceMetres / lengthOf(trip.route)).toBeGreaterThan(0.96)
    }
  })

  it('there and back in a dead end is no spike', () => {
    const there = straightRide({ metres: 400, seconds: 80, every: 20 })
    const back = straightRide({ metres: 400, seconds: 80, every: 20, from: 400, isWestward: true })
    const points = [...there, ...back.slice(1).map((point) => moved(point, { ms: 80_000 }))]
    expect(Math.abs(lengthIn(points) - 800)).toBeLessThan(20)
  })
})
