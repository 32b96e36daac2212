// The walk to the bus, the bus, the walk from it: each a leg, none of their metres twice or lost; a jam, a hill, a light, a tunnel part nothing.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { legsOf } from '../../src/domain/evidence/legs.ts'
import type { TrackPoint } from '../../src/domain/evidence/track-grid.ts'
import { measure } from '../../src/domain/evidence/track-metrics.ts'
import { paceOf } from '../../src/domain/evidence/track-pace.ts'
import type { Stretch } from '../../src/domain/evidence/track-runs.ts'
import { modeOf } from '../../src/domain/evidence/travel-mode.ts'
import { importTrack } from '../../src/tracks/import-track.ts'
import { honestTrip, joined, type Sort } from '../support/honest-people.ts'
import { gpxOf } from '../support/tracks.ts'

const walk: Sort = {
  name: 'walk',
  means: 'walk',
  way: 'blocks',
  metres: [250, 600],
  cruise: [1.2, 1.5],
  receiver: { white: 1.5, drift: { metres: 3, memory: 30 } },
  recorder: { every: 1 },
}
const bus: Sort = {
  ...walk,
  name: 'bus',
  means: 'vehicle',
  metres: [3000, 6000],
  cruise: [9, 13],
  halts: { apart: [400, 900], seconds: [10, 40], share: 0.9 },
}
const bike: Sort = {
  ...walk,
  name: 'bike',
  means: 'bike',
  metres: [2500, 5000],
  cruise: [4, 6],
  halts: { apart: [200, 500], seconds: [20, 110], share: 0.8 },
}
const jam: Sort = {
  ...bus,
  metres: [300, 600],
  cruise: [1.5, 3.5],
  halts: { apart: [12, 50], seconds: [4, 30], share: 1 },
}
const hill: Sort = { ...walk, means: 'bike', cruise: [1.9, 2.3] }

const trip = (points: readonly TrackPoint[], sport?: string) => ({
  sport,
  stretches: [{ points, after: 'pause' }] satisfies Stretch[],
})
const ways = (sorts: readonly Sort[], seed = 1) => sorts.map((sort, i) => honestTrip(sort, seed * 10 + i))
const recorded = (sorts: readonly Sort[], waits: readonly number[] = [], seed = 1) =>
  joined(ways(sorts, seed), waits)
const lengths = (points: readonly TrackPoint[], sport?: string) =>
  legsOf(trip(points, sport)).map(({ stretches }) => measure(stretches).recordedMetres)
const kinds = (points: readonly TrackPoint[]) =>
  legsOf(trip(points)).map(({ stretches }) => modeOf(paceOf(stretches)).kind)

describe('legs part', () => {
  it('where a walk becomes a ride and a ride a walk', () => {
    expect(kinds(recorded([walk, bus, walk], [60, 10]))).toEqual(['walk', 'vehicle', 'walk'])
    expect(kinds(recorded([walk, bike, walk], [40, 40]))).toEqual(['walk', 'bike', 'walk'])
    expect(kinds(recorded([bus, walk]))).toEqual(['vehicle', 'walk'])
  })

  it('and each is as long as what was walked or ridden', () => {
    const sorts = [walk, bus, walk]
    const found = lengths(recorded(sorts, [60, 10]))
    ways(sorts).forEach(({ metres }, i) => {
      expect(Math.abs(found[i]! - metres)).toBeLessThan(60)
    })
  })

  it('at a stop of more than three minutes, whose drift is in neither', () => {
    expect(lengths(recorded([bike, bike], [170])).length).toBe(1)
    const points = recorded([bike, bike], [400])
    const [first, second, ...others] = legsOf(trip(points))
    expect(others).toEqual([])
    expect(measure(second!.stretches).startedAt - measure(first!.stretches).endedAt).toBeGreaterThan(380_000)
  })

  it('where a recorder that rests on the spot wrote nothing for four minutes', () => {
    const { halts: _, ...nonStop } = bike
    const points = honestTrip(nonStop, 4).points
    const rested = points.map((point, i) =>
      i > points.length / 2 ? { ...point, at: point.at + 240_000 } : point,
    )
    expect(lengths(rested).length).toBe(2)
  })
})

describe('a trip is not shattered', () => {
  it.each([
    ['a commute by bicycle with all its lights', [bike]],
    ['a jam before the ride', [jam, bus]],
    ['a jam amid the ride', [bus, jam, bus]],
    ['a jam at the end of the ride', [bus, jam]],
    ['a hill before the ride', [hill, bike]],
    ['a hill amid the ride', [bike, hill, bike]],
    ['a bicycle that is pushed for a while', [bike, walk, bike]],
    [
      'a walk between towers',
      [
        {
          ...walk,
          metres: [1500, 2000],
          receiver: {
            white: 2,
            reflections: { how: 'abrupt', share: 0.3, metres: [15, 60], seconds: [10, 40] },
          },
        },
      ],
    ],
    ['a tunnel', [{ ...bus, recorder: { every: 1, gaps: { count: 1, seconds: [100, 170] } } }]],
  ] satisfies [string, Sort[]][])('by %s', (_, sorts) => {
    for (const seed of [1, 2, 3]) expect(lengths(recorded(sorts, [], seed)).length).toBe(1)
  })

  it('and a device that was set to one sport knows better', () => {
    expect(lengths(recorded([walk, bike]), 'bike').length).toBe(1)
  })

  it('nor changed: the one leg is the trip itself', () => {
    const whole = trip(honestTrip(bike, 2).points)
    expect(legsOf(whole)).toEqual([whole])
  })
})

describe('no step is in two legs or in none', () => {
  const sort = fc.constantFrom(walk, bus, bike, jam)
  const wait = fc.constantFrom(0, 30, 100, 250, 600)

  it('whatever follows what', () => {
    fc.assert(
      fc.property(
        fc.array(sort, { minLength: 1, maxLength: 4 }),
        fc.array(wait, { maxLength: 3 }),
        fc.nat(99),
        (sorts, waits, seed) => {
          const points = recorded(sorts, waits, seed + 1)
          const legs = legsOf(trip(points)).map(({ stretches }) =>
            stretches.flatMap((stretch) => stretch.points),
          )
          const inLegs = new Map<number, number>()
          for (const { at } of legs.flat()) inLegs.set(at, (inLegs.get(at) ?? 0) + 1)
          const bounds = legs.map((leg) => [leg[0]!.at, leg.at(-1)!.at] as const)
          for (let i = 1; i < bounds.length; i++)
            expect(bounds[i]![0]).toBeGreaterThanOrEqual(bounds[i - 1]![1])
          for (const { at } of points) {
            const isWithin = bounds.some(([from, to]) => from <= at && at <= to)
            const isShared = bounds.some(([from]) => from === at) && bounds.some(([, to]) => to === at)
            expect(inLegs.get(at) ?? 0).toBe(isShared ? 2 : isWithin ? 1 : 0)
          }
          const sum = lengths(points).reduce((all, metres) => all + metres, 0)
          const whole = measure(trip(points).stretches).recordedMetres
          // Beside a cut the way is a little longer or shorter to either side: its course is read from less of it.
          expect(Math.abs(sum - whole)).toBeLessThan(60 * legs.length + whole / 30)
        },
      ),
      { numRuns: 15 },
    )
  }, 30_000)
})

describe('a file', () => {
  const sha256 = async (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
  const imported = async (points: readonly TrackPoint[]) => {
    const bytes = new TextEncoder().encode(gpxOf(points)).buffer
    const result = await importTrack({ name: 'x.gpx', bytes }, sha256)
    return result.status === 'ok' ? result.trips : []
  }

  it('of a walk, a bus and a walk gives three, each with a digest of its own and the file’s beside it', async () => {
    const legs = await imported(recorded([walk, bus, walk], [60, 10]))
    expect(legs.map(({ guess }) => guess)).toEqual(['walk', 'vehicle', 'walk'])
    expect(new Set(legs.map(({ digest }) => digest)).size).toBe(3)
    expect(new Set(legs.map(({ file }) => file)).size).toBe(1)
    expect(legs[0]!.file).toHaveLength(64)
    for (const { mode } of legs) expect(mode.permille).toBeGreaterThan(800)
  })

  it('of one leg keeps the digest of the file', async () => {
    const [leg, ...others] = await imported(honestTrip(bike, 3).points)
    expect(others).toEqual([])
    expect(leg!.file).toBeUndefined()
  })
})
