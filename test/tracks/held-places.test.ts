// A recorder that repeats its last place until it hears of a new one: the way is as long as without the repeats, and a stand stays one.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutHeldPlaces } from '../../src/domain/evidence/held-places.ts'
import type { TrackPoint } from '../../src/domain/evidence/track-grid.ts'
import { measure, metricsFor } from '../../src/domain/evidence/track-metrics.ts'
import { importTrack } from '../../src/tracks/import-track.ts'
import { straightRide } from '../support/straight-ride.ts'
import { bikeRide, busRide, fitOf, gpxOf, lengthOf, randomFrom, record } from '../support/tracks.ts'

const sha256 = async (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const rideIn = async (bytes: Uint8Array | string) => {
  const whole = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
  const result = await importTrack({ name: 'x', bytes: new Uint8Array(whole).buffer }, sha256)
  if (result.status === 'failed') throw new Error(result.failure.code)
  return result.trips
}
const ridden = record(bikeRide)
const length = lengthOf(bikeRide.route)
/** Each place as long as it stood in the file before the next was heard of. */
const held = (points: readonly TrackPoint[], isNew: (i: number) => boolean): TrackPoint[] => {
  let place = points[0]!
  return points.map((point, i) => {
    if (isNew(i)) place = point
    return { ...place, at: point.at }
  })
}

describe('a ride whose places are written again and again', () => {
  it.each([2, 3, 5, 8, 20, 30])('each %i times is as long as it was', async (times) => {
    const points = held(ridden, (i) => i % times === 0)
    for (const file of [gpxOf(points), fitOf(points)]) {
      const trips = await rideIn(file)
      expect(trips).toHaveLength(1)
      const { distanceMetres, startedAt, endedAt } = trips[0]!.metrics
      expect(Math.abs(distanceMetres / length - 1)).toBeLessThan(0.02)
      expect(trips[0]!.guess).toBe('bike')
      expect([startedAt, endedAt]).toEqual([ridden[0]!.at, ridden.at(-1)!.at])
    }
  })

  it('as often as it comes is as long as it was', async () => {
    const random = randomFrom(11)
    for (const mean of [1.5, 3, 5]) {
      const [trip] = await rideIn(gpxOf(held(ridden, () => random() < 1 / mean)))
      expect(Math.abs(trip!.metrics.distanceMetres / length - 1), `${mean}`).toBeLessThan(0.02)
    }
  })

  it('since its figures end at ten metres is as long as it was', async () => {
    const [trip] = await rideIn(gpxOf(ridden, { decimals: 4 }))
    expect(Math.abs(trip!.metrics.distanceMetres / length - 1)).toBeLessThan(0.01)
  })

  it('has the digest of all that its file holds', async () => {
    const points = held(ridden, (i) => i % 5 === 0)
    const [one] = await rideIn(gpxOf(points))
    const [other] = await rideIn(fitOf(points))
    expect(one!.digest).toBe(other!.digest)
    expect(one!.digest).not.toBe((await rideIn(gpxOf(ridden)))[0]!.digest)
  })

  it('keeps the minutes that somebody stood', () => {
    const there = straightRide({ every: 1, metres: 500, seconds: 100 })
    const end = there.at(-1)!
    const stood = Array.from({ length: 120 }, (_, i) => ({ ...end, at: end.at + (i + 1) * 1000 }))
    const on = straightRide({ every: 1, metres: 500, seconds: 100, from: 500, at: end.at + 121_000 })
    const points = held([...there, ...stood, ...on], (i) => i % 5 === 0)
    const kept = withoutHeldPlaces(points)
    const metrics = metricsFor(measure([{ points: kept, after: 'pause' }]), 30_000)
    expect(Math.abs(metrics.distanceMetres - 1000)).toBeLessThan(20)
    expect(metrics.movingSeconds).toBeLessThan(240)
    const steps = kept.slice(1).map(({ at }, i) => at - kept[i]!.at)
    expect(Math.max(...steps)).toBeGreaterThan(100_000)
    expect(steps.filter((ms) => ms > 6000)).toHaveLength(1)
  })
})

describe('nothing is taken', () => {
  it.each([
    ['of a ride with stops at lights', ridden],
    ['of a bus that stands at each stop', record({ ...busRide, tunnel: [0, 0], noiseMetres: 0 })],
    ['of a phone that lies still', held(ridden.slice(0, 60), () => false)],
  ])('%s', (_what, points) => {
    expect(withoutHeldPlaces(points)).toBe(points)
  })
})

it('whatever is held for however long, each length is a number', () => {
  const times = fc.integer({ min: 2, max: 120 })
  const off = fc.integer({ min: 0, max: 400 })
  fc.assert(
    fc.property(times, off, (each, metres) => {
      const points = held(ridden.slice(metres), (i) => i % each === 0)
      for (const given of [points, withoutHeldPlaces(points)]) {
        const { recordedMetres, gaps } = measure([{ points: given, after: 'pause' }])
        expect(Number.isFinite(recordedMetres)).toBe(true)
        expect(gaps.every((gap) => Number.isFinite(gap.metres))).toBe(true)
      }
    }),
    { numRuns: 12 },
  )
})
