// A file's recording as trips: cut at long stops, other sports and ways that nobody recorded; nothing is ridden twice.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { legsOf } from '../../src/domain/evidence/legs.ts'
import { type Section, splitTrips } from '../../src/domain/evidence/split-trips.ts'
import { withoutStrayTimes } from '../../src/domain/evidence/stray-times.ts'
import type { TrackPoint } from '../../src/domain/evidence/track-grid.ts'
import { measure, metricsFor } from '../../src/domain/evidence/track-metrics.ts'
import { moved, placeEast, RIDE_AT, type StraightRide, straightRide } from '../support/straight-ride.ts'
import { randomFrom } from '../support/tracks.ts'

const MINUTE_MS = 60_000
const section = (...segments: readonly (readonly TrackPoint[])[]): Section => ({ segments })
const later = (minutes: number, given: StraightRide = {}) =>
  straightRide({ at: RIDE_AT + 300_000 + minutes * MINUTE_MS, from: 1500, ...given })
const lengths = (sections: readonly Section[]) =>
  splitTrips(sections).map(({ stretches }) => metricsFor(measure(stretches), 30_000).distanceMetres)
const about = (...metres: readonly number[]) => metres.map((each) => expect.closeTo(each, -1.4))

describe('one trip', () => {
  it('a rest of 29 minutes on the spot does not end it; one of 31 does', () => {
    expect(lengths([section([...straightRide(), ...later(29)])])).toEqual(about(3000))
    expect(lengths([section([...straightRide(), ...later(31)])])).toEqual(about(1500, 1500))
  })

  it('two tracks that go on where the other ended are one', () => {
    expect(lengths([section(straightRide()), section(later(10))])).toEqual(about(3000))
  })

  it('two tracks with a way between are two: the minutes between stay free', () => {
    expect(lengths([section(straightRide()), section(later(10, { from: 3000 }))])).toEqual(about(1500, 1500))
  })

  it('another sport is another trip, at once', () => {
    const walk: Section = { sport: 'walk', segments: [later(0.2)] }
    expect(lengths([{ sport: 'bike', segments: [straightRide()] }, walk])).toEqual(about(1500, 1500))
  })

  it('a recorder that lay in an office for hours, with all its jitter, ends the trip on arrival', () => {
    const random = randomFrom(9)
    const jitter = () => (random() - 0.5) * 40
    const office = Array.from({ length: 3 * 360 }, (_, i) =>
      moved({ ...placeEast(1500 + jitter()), at: RIDE_AT + 300_000 + (i + 1) * 10_000 }, { north: jitter() }),
    )
    const trips = splitTrips([section([...straightRide(), ...office, ...later(181)])])
    const real = trips
      .map(({ stretches }) => measure(stretches))
      .filter(({ recordedMetres }) => recordedMetres > 100)
    expect(real.map(({ endedAt }) => endedAt - RIDE_AT < 10 * MINUTE_MS)).toEqual([true, false])
    expect(real.map(({ recordedMetres }) => Math.round(recordedMetres / 100))).toEqual([15, 15])
  })

  it('rounds in a small garden are a walk and no stop', () => {
    const rounds = Array.from({ length: 3600 }, (_, i) =>
      moved(
        { ...placeEast(30 * Math.cos(i / 25)), at: RIDE_AT + i * 1000 },
        { north: 30 * Math.sin(i / 25) },
      ),
    )
    expect(splitTrips([section(rounds)]).length).toBe(1)
  })
})

describe('laps', () => {
  it.each([20, 30, 60])(
    'of %i s each, at the same place whenever a minute is over, are one ride and no stop',
    (lap) => {
      const random = randomFrom(lap)
      const radius = (7 * lap) / 2 / Math.PI
      const laps = Array.from({ length: 40 * 60 }, (_, i) => {
        const angle = (i * 2 * Math.PI) / lap
        const [east, north] = [
          radius * Math.cos(angle) + random() * 4,
          radius * Math.sin(angle) + random() * 4,
        ]
        return moved({ ...placeEast(east), at: RIDE_AT + i * 1000 }, { north })
      })
      const trips = splitTrips([section(laps)]).flatMap(legsOf)
      expect(trips.map(({ stretches }) => stretches.flatMap(({ points }) => points).length)).toEqual([2400])
    },
  )

  it('before and after a wait of an hour leave the wait out', () => {
    const angle = (i: number) => (i * 2 * Math.PI) / 60
    const lap = (i: number, at: number) =>
      moved({ ...placeEast(67 * Math.cos(angle(i))), at }, { north: 67 * Math.sin(angle(i)) })
    const round = (from: number) => Array.from({ length: 600 }, (_, i) => lap(i, from + i * 1000))
    const stood = Array.from({ length: 3600 }, (_, i) => lap(0, RIDE_AT + (600 + i) * 1000))
    const points = [...round(RIDE_AT), ...stood, ...round(RIDE_AT + 4200 * 1000)]
    const trips = splitTrips([section(points)])
    expect(trips.map(({ stretches }) => measure(stretches).recordedSeconds < 620)).toEqual([true, true])
  })
})

describe('nothing is ridden twice', () => {
  it('the same ride as two tracks, one with fewer points', () => {
    expect(lengths([section(straightRide()), section(straightRide({ every: 20 }))])).toEqual(about(1500))
  })

  it('two phones of one ride, some metres apart', () => {
    const other = straightRide().map((point) => moved(point, { north: 40, ms: 2000 }))
    expect(lengths([section(straightRide()), section(other)])[0]).toBeLessThan(1530)
  })

  it('whatever the order of points, segments and tracks', () => {
    const parts = [straightRide(), later(5), later(120), later(20, { from: 5000 })]
    const whole = lengths(parts.map((part) => section(part)))
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: parts.length }), (shuffled) => {
        expect(lengths(shuffled.map((part) => section([...part].reverse())))).toEqual(whole)
      }),
      { numRuns: 24 },
    )
  })
})

describe('stray times', () => {
  const strays = (sections: readonly Section[]) => withoutStrayTimes(sections).strays

  it('a few points of another year go, the ride stays', () => {
    const old = straightRide({ at: RIDE_AT - 400 * 1440 * MINUTE_MS }).slice(0, 5)
    const cleaned = withoutStrayTimes([section([...old, ...straightRide()])])
    expect(cleaned.strays).toBe(5)
    expect(lengths(cleaned.sections)).toEqual(about(1500))
  })

  it('a quarter of a segment that is months away goes too; as a track of its own it is a trip', () => {
    const old = straightRide({ at: RIDE_AT - 90 * 1440 * MINUTE_MS }).slice(0, 20)
    expect(strays([section([...old, ...straightRide()])])).toBe(20)
    expect(strays([section(old), section(straightRide())])).toBe(0)
  })

  it('the way home in the evening and the ride of the next day are none', () => {
    expect(strays([section([...straightRide(), ...later(600)])])).toBe(0)
    expect(strays([section([...straightRide(), ...later(1440)])])).toBe(0)
  })
})
