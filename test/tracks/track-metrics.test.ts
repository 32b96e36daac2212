import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalTrackText, type TrackPoint } from '../../src/domain/evidence/track-grid.ts'
import { measure, metricsFor } from '../../src/domain/evidence/track-metrics.ts'
import { paceOf } from '../../src/domain/evidence/track-pace.ts'
import { modeOf } from '../../src/domain/evidence/travel-mode.ts'
import { guessKind } from '../../src/tracks/guess-kind.ts'
import { bikeRide, lengthOf, randomFrom, record, type Trip } from '../support/tracks.ts'

const start = Date.UTC(2026, 4, 1)
/** A kind that may be as fast as it likes: gaps of ten minutes are bridged while they are a fifth of the whole. */
const ANY_SPEED = 200_000
const measureOf = (points: readonly TrackPoint[]) => measure([{ points, after: 'pause' }])
const metricsOf = (points: readonly TrackPoint[], fastest = ANY_SPEED) =>
  metricsFor(measureOf(points), fastest)
const north = (metres: number, second: number): TrackPoint => ({
  lat: 36.7 + metres / 111_195,
  lon: 119.1,
  at: start + second * 1000,
})
const steady = (metresPerSecond: number, seconds: number) =>
  Array.from({ length: seconds + 1 }, (_, second) => north(metresPerSecond * second, second))

describe('metrics', () => {
  it('a steady ride gives its length, its time and its speed', () => {
    const metrics = metricsOf(steady(5, 600))
    expect(metrics).toMatchObject({
      startedAt: start,
      endedAt: start + 600_000,
      points: 601,
      missingSeconds: 0,
      jumps: 0,
    })
    expect(metrics.movingSeconds).toBe(600)
    expect(Math.abs(metrics.distanceMetres - 3000)).toBeLessThan(16)
    expect(Math.abs(metrics.maxSpeedMetresPerHour - 18_000)).toBeLessThan(200)
  })

  it('no points and one point give zeros', () => {
    expect(metricsOf([])).toMatchObject({ startedAt: 0, distanceMetres: 0, points: 0 })
    expect(metricsOf([north(0, 0)])).toMatchObject({
      startedAt: start,
      endedAt: start,
      distanceMetres: 0,
      points: 1,
    })
  })

  it.each([
    [1.2, 'walk', 4],
    [4.5, 'bike', 4],
    [12, 'vehicle', 4],
  ] as const)(
    'a noisy trip at %d m/s is a %s, and its length is right within %d %%',
    (speed, kind, percent) => {
      const trip: Trip = { ...bikeRide, seed: 5, cruiseMetresPerSecond: speed, noiseMetres: 3 }
      const measured = measureOf(record(trip))
      const metrics = metricsFor(measured, ANY_SPEED)
      const length = lengthOf(trip.route)
      expect(Math.abs(metrics.distanceMetres / length - 1) * 100).toBeLessThan(percent)
      expect(guessKind(modeOf(paceOf([{ points: record(trip), after: 'pause' }])), measured)).toBe(kind)
    },
  )

  it('half an hour on a table is no walk', () => {
    const random = randomFrom(3)
    const jitter = () => (random() - 0.5) * 12
    const points = Array.from({ length: 1800 }, (_, second) => north(jitter(), second))
    const summed = points
      .slice(1)
      .reduce((sum, { lat }, i) => sum + Math.abs(lat - points[i]!.lat) * 111_195, 0)
    expect(summed).toBeGreaterThan(5000)
    expect(metricsOf(points).distanceMetres).toBeLessThan(50)
  })

  it('waiting at a red light is not moving', () => {
    const ride = [...steady(5, 100), ...Array.from({ length: 120 }, (_, i) => north(500, 101 + i))]
    const metrics = metricsOf([
      ...ride,
      ...steady(5, 100).map(({ lat }, i) => ({ ...north(500, 221 + i), lat: lat + 500 / 111_195 })),
    ])
    expect(metrics.movingSeconds).toBeGreaterThan(195)
    expect(metrics.movingSeconds).toBeLessThan(215)
  })

  it('standing through a gap is rest: neither way nor time, and nothing is missing', () => {
    const rest = [...steady(5, 120), ...steady(5, 120).map((_, i) => north(605 + 5 * i, 420 + i))]
    expect(metricsOf(rest)).toMatchObject({ movingSeconds: 240, missingMetres: 0, bridgedMetres: 0 })
  })

  it('an impossible jump and back is dropped and counted', () => {
    const ride = steady(5, 600)
    const broken = ride.map((point, i) => (i === 300 ? { ...point, lat: point.lat + 0.05 } : point))
    expect(metricsOf(broken)).toMatchObject({ jumps: 1 })
    expect(Math.abs(metricsOf(broken).distanceMetres - metricsOf(ride).distanceMetres)).toBeLessThan(10)
  })

  it('a first fix in the wrong town costs nothing but itself', () => {
    const metrics = metricsOf([{ ...north(0, 0), lat: 30 }, ...steady(5, 600).slice(1)])
    expect(metrics.jumps).toBe(1)
    expect(Math.abs(metrics.distanceMetres - 3000)).toBeLessThan(25)
  })

  it('a few bad fixes of fifty metres raise neither the length nor the top speed', () => {
    const bad = steady(5, 600).map((point, i) =>
      i % 60 === 30 ? { ...point, lon: point.lon + 0.0006 } : point,
    )
    const [clean, dirty] = [metricsOf(steady(5, 600)), metricsOf(bad)]
    expect(Math.abs(dirty.distanceMetres - clean.distanceMetres)).toBeLessThan(10)
    expect(dirty.maxSpeedMetresPerHour).toBe(clean.maxSpeedMetresPerHour)
  })
})

const point = fc.record({
  lat: fc.double({ min: 36.6, max: 36.8, noNaN: true }),
  lon: fc.double({ min: 119, max: 119.2, noNaN: true }),
  at: fc.integer({ min: start, max: start + 3_600_000 }),
})
const anyPoint = fc.record({ lat: fc.double(), lon: fc.double(), at: fc.double() })
const some = fc.array(point, { maxLength: 60 })
const all = (points: TrackPoint[]) => ({ text: canonicalTrackText(points), metrics: metricsOf(points) })

describe('what may not matter does not', () => {
  it('points that are written twice, anywhere', () => {
    fc.assert(
      fc.property(some, fc.array(fc.nat()), (points, picks) => {
        const twice = points.length ? picks.map((pick) => points[pick % points.length]!) : []
        expect(all([...points, ...twice])).toEqual(all(points))
      }),
    )
  })

  it('the order in the file', () => {
    fc.assert(
      fc.property(some, (points) => {
        expect(all([...points].reverse())).toEqual(all(points))
      }),
    )
  })

  it('decimals beyond the seventh, and milliseconds', () => {
    fc.assert(
      fc.property(some, (points) => {
        const exported = points.map(({ lat, lon, at }) => ({
          lat: +lat.toFixed(7),
          lon: +lon.toFixed(7),
          at: Math.floor(at / 1000) * 1000,
        }))
        expect(all(exported)).toEqual(all(points))
      }),
    )
  })

  it('and numbers stay whole, finite and not negative, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(point, anyPoint)), (points) => {
        for (const value of Object.values(metricsOf(points)))
          expect(Number.isSafeInteger(value) && value >= 0).toBe(true)
      }),
    )
  })
})
