// A way is as long as it was, whatever the receiver made of it: noise does not pay, and an honest way loses nothing.
import { describe, expect, it } from 'vitest'
import { withoutRepeats } from '../../src/domain/evidence/repeated-fixes.ts'
import { slowDriftOf } from '../../src/domain/evidence/slow-drift.ts'
import type { TrackPoint } from '../../src/domain/evidence/track-grid.ts'
import { measure } from '../../src/domain/evidence/track-metrics.ts'
import { onPlane } from '../../src/domain/evidence/track-plane.ts'
import { runsOf } from '../../src/domain/evidence/track-runs.ts'
import { type HonestTrip, honestTrip, type Receiver, type Sort } from '../support/honest-people.ts'
import { OTHER_RECEIVERS, otherTrip } from '../support/other-receivers.ts'
import { randomOf } from '../support/random.ts'
import { SATELLITE_SORTS } from '../support/satellite-sorts.ts'
import { satelliteTrip } from '../support/satellite-trips.ts'
import { moved, RIDE_AT, straightRide } from '../support/straight-ride.ts'

const clear: Receiver = { white: 1, drift: { metres: 2, memory: 20 } }
const bike: Sort = {
  name: 'bike',
  means: 'bike',
  way: 'blocks',
  metres: [4000, 6000],
  cruise: [4, 6],
  halts: { apart: [300, 900], seconds: [15, 80], share: 0.6 },
  receiver: clear,
  recorder: { every: 1 },
}
const walk: Sort = {
  ...bike,
  name: 'walk',
  means: 'walk',
  metres: [1500, 2500],
  cruise: [1.1, 1.6],
  halts: { apart: [150, 500], seconds: [10, 60], share: 0.5 },
}
const bus: Sort = {
  ...bike,
  name: 'bus',
  means: 'vehicle',
  cruise: [9, 14],
  halts: { apart: [350, 800], seconds: [10, 45], share: 1 },
}
const softly: Receiver = { white: 0.5, drift: { metres: 5, memory: 12 } }
const reflections = (how: 'abrupt' | 'gliding'): Receiver => ({
  ...clear,
  reflections: { how, share: 0.2, metres: [15, 50], seconds: [15, 50] },
})
const metresIn = (points: readonly TrackPoint[]) => measure([{ points, after: 'pause' }]).recordedMetres
const errorOf = ({ points, metres }: HonestTrip) => (metresIn(points) / metres - 1) * 100
/** In per cent, of five persons the middle one. */
const usualError = (sort: Sort) =>
  [1, 2, 3, 4, 5].map((seed) => errorOf(honestTrip(sort, seed))).sort((a, b) => a - b)[2]!

describe('an honest way is right within two per cent', () => {
  it.each<[string, Sort]>([
    ['on foot', walk],
    ['by bicycle', bike],
    ['with the jitter of each fix', { ...bike, receiver: { white: 5 } }],
    ['on foot with the jitter of each fix', { ...walk, receiver: { white: 4 } }],
    ['when reflections throw it aside', { ...walk, receiver: reflections('abrupt') }],
    ['when reflections pull it aside', { ...bike, receiver: reflections('gliding') }],
    ['round the bends of a park', { ...walk, way: 'park' }],
    ['on a winding road', { ...bike, way: 'winding' }],
    ['there and back', { ...walk, way: 'there-and-back' }],
    ['with a fix in ten seconds, more or less', { ...walk, recorder: { every: 10, jitter: 0.4 } }],
    ['round corners with a fix in twenty seconds', { ...bike, recorder: { every: 20, jitter: 0.3 } }],
    ['through a town with a fix in half a minute', { ...bike, recorder: { every: 30 } }],
    ['on foot through a town with a fix in half a minute', { ...walk, recorder: { every: 30 } }],
    ['through a town with a fix a minute', { ...bus, recorder: { every: 60 } }],
    ['on a winding road with a fix in twenty seconds', { ...bike, way: 'winding', recorder: { every: 20 } }],
    ['with an error that each fix has anew', { ...walk, receiver: softly, recorder: { every: 10 } }],
    ['in a bus that stands at each stop', bus],
    [
      'from light to light in a jam',
      { ...bike, means: 'vehicle', cruise: [8, 11], halts: { apart: [60, 220], seconds: [8, 60], share: 1 } },
    ],
  ])('%s', (_, sort) => {
    expect(Math.abs(usualError(sort))).toBeLessThan(2)
  })

  it('on foot with a chip’s filter, whose errors come and go softly', () => {
    const sort = OTHER_RECEIVERS.find(({ name }) => name === 'walk, a filter’s soft errors')!
    const errors = [1, 2, 3, 4, 5].map((seed) => errorOf(otherTrip(sort, seed)))
    expect(Math.abs(errors.sort((a, b) => a - b)[2]!)).toBeLessThan(2)
  })
})

describe('an error that glides for half a minute, and shows in no two fixes', () => {
  /** In per cent, of nine persons the middle one. */
  function usualUnder(name: string): number {
    const sort = SATELLITE_SORTS.find((each) => each.name === name)!
    const errors = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((seed) => errorOf(satelliteTrip(sort, seed)))
    return errors.sort((a, b) => a - b)[4]!
  }

  it('adds little to a walk between towers, where the fixes lie twenty metres off', () => {
    expect(Math.abs(usualUnder('walk between towers'))).toBeLessThan(4)
  })

  it('adds next to nothing where some fixes are a café’s', () => {
    expect(Math.abs(usualUnder('walk, cafés’ networks'))).toBeLessThan(1.5)
  })

  it('is told from the bends of a park, and from the starts and stops of a bus', () => {
    const driftIn = (sort: Sort, pace: number) => {
      const { points } = honestTrip(sort, 1)
      const spots = onPlane(runsOf([{ points, after: 'pause' }]).runs[0]!.written)
      return slowDriftOf(spots, { pace, every: 1, noise: 0.5 })
    }
    const [park, still]: [Sort, Receiver] = [{ ...walk, way: 'park' }, { white: 0.5 }]
    expect(driftIn({ ...park, receiver: still }, 1.3)).toBeLessThan(4)
    expect(driftIn({ ...bus, receiver: still }, 11)).toBeLessThan(4)
    expect(
      driftIn({ ...park, receiver: { white: 0.5, drift: { metres: 12, memory: 60 } } }, 1.3),
    ).toBeGreaterThan(5)
    // In the eight seconds that tell it on a bicycle, half of such a drift is the same before and after.
    expect(
      driftIn({ ...bike, receiver: { white: 0.5, drift: { metres: 10, memory: 25 } } }, 5),
    ).toBeGreaterThan(6)
  })
})

describe('a thin track through a town', () => {
  it('goes round no corner where its fixes lie askew by what they are off', () => {
    const sort: Sort = { ...walk, metres: [3000, 5000], receiver: { white: 6 }, recorder: { every: 40 } }
    const errors = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((seed) => errorOf(honestTrip(sort, seed)))
    expect(errors.sort((a, b) => a - b)[4]!).toBeLessThan(2)
  })
})

describe('a receiver that says its last place once more', () => {
  const ride: Sort = {
    ...bike,
    receiver: { white: 0.5, drift: { metres: 5, memory: 30 } },
    recorder: { every: 2 },
  }

  /** In per cent, of five persons the middle one. */
  function usualWith(repeats: number): number {
    const errors = [1, 2, 3, 4, 5].map((seed) => {
      const { points, ...trip } = honestTrip(ride, seed)
      const random = randomOf(seed)
      const said: TrackPoint[] = []
      for (const point of points)
        said.push(random() < repeats && said.length > 0 ? { ...said.at(-1)!, at: point.at } : point)
      return errorOf({ ...trip, points: said })
    })
    return errors.sort((a, b) => a - b)[2]!
  }

  it('takes nothing from a ride', () => {
    expect(usualWith(0.25)).toBeGreaterThan(usualWith(0) - 0.8)
  })

  it('is believed of a place that it was thrown to and back from, and of who hardly moves', () => {
    const fixes = (norths: readonly number[]) =>
      norths.map((north, i) => ({ lat: 3_667_000 + north, lon: 11_702_000, second: 2 * i }))
    const seconds = (norths: readonly number[]) => withoutRepeats(fixes(norths)).map(({ second }) => second)
    expect(seconds([0, 10, 20, 20, 40, 50])).toEqual([0, 2, 4, 8, 10])
    expect(seconds([0, 10, 60, 60, 40, 50])).toEqual([0, 2, 4, 6, 8, 10])
    expect(seconds([0, 1, 2, 2, 3, 4])).toEqual([0, 2, 4, 6, 8, 10])
  })

  it('still stands where it stands', () => {
    const [ride, on] = [
      straightRide({ every: 1 }),
      straightRide({ every: 1, at: RIDE_AT + 390_000, from: 1500 }),
    ]
    const wait = Array.from({ length: 89 }, (_, i) => moved(ride.at(-1)!, { north: 0, ms: (i + 1) * 1000 }))
    expect(Math.abs(metresIn([...ride, ...wait, ...on]) - 3000)).toBeLessThan(10)
  })
})

describe('the pace of a walk', () => {
  /** Twenty minutes at 1.3 m/s eastward; `faster` for a while, beside the way by `beside` metres. */
  function walked(faster: (second: number) => number, beside = (_second: number) => 0) {
    const [start] = straightRide({ seconds: 1 })
    let metres = 0
    const points = Array.from({ length: 1200 }, (_, second) => {
      metres += 1.3 + faster(second)
      const point = moved(start!, { north: beside(second), ms: second * 1000 })
      return { ...point, lon: point.lon + metres / 111_195 / Math.cos((point.lat * Math.PI) / 180) }
    })
    return { points, metres: metres - 1.3 - faster(0) }
  }

  it('is believed where somebody runs for a minute', () => {
    const { points, metres } = walked((second) => (second >= 500 && second < 560 ? 2 : 0))
    expect(Math.abs(metresIn(points) / metres - 1)).toBeLessThan(0.01)
  })

  it('leaves a receiver that glides aside and back little of what it adds', () => {
    const glided = (second: number) => 15 * (1 - Math.cos((2 * Math.PI * Math.min(24, second % 150)) / 24))
    const { points, metres } = walked(() => 0, glided)
    const summed = points.slice(1).reduce((sum, { lat, lon }, i) => {
      const { lat: before, lon: behind } = points[i]!
      return sum + 111_195 * Math.hypot(lat - before, (lon - behind) * Math.cos((lat * Math.PI) / 180))
    }, 0)
    expect(summed / metres - 1).toBeGreaterThan(0.17)
    expect(Math.abs(metresIn(points) / metres - 1)).toBeLessThan(0.06)
  })
})

describe('noise does not pay', () => {
  /** An hour on a table; `drift` comes back within half a minute. */
  function onATable({ white, drift, every }: { white: number; drift: number; every: number }): TrackPoint[] {
    const random = randomOf(3)
    const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    const [still] = straightRide({ seconds: 1 })
    const keep = Math.exp(-every / 30)
    let [x, y] = [0, 0]
    return Array.from({ length: 3600 / every }, (_, i) => {
      x = keep * x + drift * Math.sqrt(1 - keep * keep) * gauss()
      y = keep * y + drift * Math.sqrt(1 - keep * keep) * gauss()
      const point = moved(still!, { north: y + white * gauss(), ms: i * every * 1000 })
      return { ...point, lon: point.lon + (x + white * gauss()) / 89_000 }
    })
  }

  it.each([
    { white: 8, drift: 0, every: 1 },
    { white: 3, drift: 8, every: 1 },
    { white: 8, drift: 0, every: 5 },
    { white: 3, drift: 8, every: 20 },
  ])('an hour in a drawer is no way: jitter $white m, drift $drift m, a fix in $every s', (receiver) => {
    expect(metresIn(onATable(receiver))).toBeLessThan(100)
  })

  it('what wanders about at a light is not ridden', () => {
    const [ride, on] = [
      straightRide({ every: 1 }),
      straightRide({ every: 1, at: RIDE_AT + 390_000, from: 1500 }),
    ]
    const random = randomOf(5)
    const wait = Array.from({ length: 89 }, (_, i) =>
      moved(ride.at(-1)!, { north: 12 * Math.sin(i / 9) + 2 * random(), ms: (i + 1) * 1000 }),
    )
    expect(Math.abs(metresIn([...ride, ...wait, ...on]) - 3000)).toBeLessThan(30)
  })

  it('half a minute forty metres beside the way is worth no metre', () => {
    const ride = straightRide({ every: 1, metres: 3000, seconds: 600 })
    const beside = ride.map((point, i) => (i > 200 && i < 230 ? moved(point, { north: 40 }) : point))
    expect(Math.abs(metresIn(beside) - 3000)).toBeLessThan(10)
  })
})
