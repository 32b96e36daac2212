// What was not recorded is not ridden; a lost signal is bridged within limits, and what is not bridged is shown.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bridge, type Gap } from '../../src/domain/evidence/track-gaps.ts'
import type { TrackPoint } from '../../src/domain/evidence/track-grid.ts'
import { measure, metricsFor, type Stretch } from '../../src/domain/evidence/track-metrics.ts'
import { moved, RIDE_AT, straightRide } from '../support/straight-ride.ts'

const BIKE = 30_000
const ride = (metres: number, seconds: number, from: number, after: number) =>
  straightRide({ metres, seconds, every: 1, from, at: RIDE_AT + after * 1000 })
/** 3 km in ten minutes, nothing for `seconds` and `metres`, 3 km in ten minutes. */
const withGap = (metres: number, seconds: number): TrackPoint[] => [
  ...ride(3000, 600, 0, 0),
  ...ride(3000, 600, 3000 + metres, 600 + seconds),
]
const of = (points: readonly TrackPoint[], fastest = BIKE) =>
  metricsFor(measure([{ points, after: 'pause' }]), fastest)
/** What is left after the last anchor of each run (< 15 m) is dropped. */
const near = (value: number, expected: number) => expect(Math.abs(value - expected)).toBeLessThan(31)

describe('a lost signal', () => {
  it('of four minutes and 1.2 km is bridged by bicycle, way and time', () => {
    const metrics = of(withGap(1200, 240))
    near(metrics.distanceMetres, 7200)
    near(metrics.bridgedMetres, 1200)
    expect(metrics).toMatchObject({ movingSeconds: 1440, missingMetres: 0 })
  })

  it.each([
    ['longer than ten minutes', 1400, 601],
    ['faster than the kind is', 1400, 150],
    ['more than a fifth of the whole', 1600, 500],
  ])('%s is not bridged but shown', (_, metres, seconds) => {
    const metrics = of(withGap(metres, seconds))
    near(metrics.distanceMetres, 6000)
    near(metrics.missingMetres, metres)
    expect(metrics).toMatchObject({ movingSeconds: 1200, missingSeconds: seconds, bridgedMetres: 0 })
  })

  it('follows the kind that is chosen: 34 km/h is no bicycle, but a bus', () => {
    const points = withGap(1400, 150)
    near(of(points, BIKE).distanceMetres, 6000)
    near(of(points, 80_000).distanceMetres, 7400)
  })

  it('of one step of a slow recorder is no gap', () => {
    const points = straightRide({ metres: 6000, seconds: 1200, every: 60 })
    expect(of(points)).toMatchObject({ distanceMetres: 6000, movingSeconds: 1200, missingMetres: 0 })
  })
})

describe('from one segment to the next of a slow recorder', () => {
  const inSegments = (every: number, pauseMs = 0) => {
    const points = straightRide({ metres: 6000, seconds: 1200, every })
    const stretches = [points.slice(0, 10), points.slice(10).map((point) => moved(point, { ms: pauseMs }))]
    return metricsFor(measure(stretches.map((part) => ({ points: part, after: 'segment' }))), BIKE)
  }

  it.each([10, 30, 45, 60])('there is its usual step of %i s and no pause', (every) => {
    const metrics = inSegments(every)
    near(metrics.distanceMetres, Math.floor(1200 / every) * every * 5)
    expect(metrics).toMatchObject({ missingMetres: 0, bridgedMetres: 0 })
  })

  it.each([30, 60])('there is a pause where it is longer than from fix to fix, each %i s', (every) => {
    const metrics = inSegments(every, every * 1000)
    near(metrics.distanceMetres, 6000 - every * 5)
    near(metrics.missingMetres, every * 5)
  })
})

describe('a signal lost round a corner', () => {
  const [origin] = straightRide({ metres: 10, seconds: 10, every: 10 })
  const at = (east: number, north: number, second: number): TrackPoint => {
    const point = moved(origin!, { north, ms: second * 1000 })
    return { ...point, lon: point.lon + east / (111_195 * Math.cos((point.lat * Math.PI) / 180)) }
  }
  const seconds = Array.from({ length: 401 }, (_, second) => second)
  /** At 5 m/s two kilometres east, nothing, and two north: 200 m before the corner and 200 m after it were not seen. */
  const lost = (silence: number) => [
    ...seconds.map((second) => at(5 * second, 0, second)),
    ...seconds.map((second) => at(2200, 200 + 5 * second, 400 + silence + second)),
  ]

  it('is as long as both legs at the pace around it', () => {
    expect(Math.abs(of(lost(80)).bridgedMetres - 400)).toBeLessThan(12)
  })

  it('is no longer than one would have got at that pace, and no shorter than the straight line', () => {
    expect(Math.abs(of(lost(65)).bridgedMetres - 325)).toBeLessThan(8)
    expect(Math.abs(of(lost(40)).bridgedMetres - 283)).toBeLessThan(4)
  })
})

describe('a pause', () => {
  const parts = (after: Stretch['after'], seconds: number): Stretch[] => [
    { points: ride(3000, 600, 0, 0), after: 'pause' },
    { points: ride(3000, 600, 3900, 600 + seconds), after },
  ]

  it('contributes nothing, however short and plausible', () => {
    const metrics = metricsFor(measure(parts('pause', 200)), BIKE)
    near(metrics.distanceMetres, 6000)
    near(metrics.missingMetres, 900)
    expect(metrics.movingSeconds).toBe(1200)
  })

  it('nor does the jump from one segment to the next', () => {
    near(metricsFor(measure(parts('segment', 200)), BIKE).distanceMetres, 6000)
    near(metricsFor(measure(parts('segment', 20)), BIKE).distanceMetres, 6000)
  })

  it('on the spot costs no metre', () => {
    const cut = Array.from({ length: 10 }, (_, i) => ({
      points: ride(300, 60, 300 * i, 90 * i),
      after: 'pause' as const,
    }))
    near(metricsFor(measure(cut), BIKE).distanceMetres, 3000)
  })
})

describe('bridges', () => {
  const gap = fc.record({
    of: fc.constantFrom('step', 'signal', 'pause'),
    seconds: fc.integer({ min: 1, max: 2000 }),
    metres: fc.integer({ min: 15, max: 20_000 }),
  })
  const gaps: fc.Arbitrary<Gap[]> = fc.array(gap, { maxLength: 30 })

  it('keep to a fifth, account for each metre, and do not depend on the order', () => {
    fc.assert(
      fc.property(
        gaps,
        fc.nat({ max: 50_000 }),
        fc.constantFrom(8000, 30_000, 80_000),
        (all, recorded, fastest) => {
          const result = bridge(all, { recordedMetres: recorded, fastest })
          expect(result.bridgedMetres * 5).toBeLessThanOrEqual(recorded + result.metres)
          expect(result.metres + result.missingMetres).toBe(all.reduce((sum, { metres }) => sum + metres, 0))
          expect(bridge([...all].reverse(), { recordedMetres: recorded, fastest })).toEqual(result)
        },
      ),
    )
  })
})
