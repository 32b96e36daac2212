// What moved somebody is told by the pace, with how sure that is; the list that says so is data, and whole.
import { describe, expect, it } from 'vitest'
import { paceOf } from '../../src/domain/evidence/track-pace.ts'
import list from '../../src/domain/evidence/travel-mode.json' with { type: 'json' }
import { modeOf } from '../../src/domain/evidence/travel-mode.ts'
import { honestTrip } from '../support/honest-people.ts'
import { OTHER_SORTS } from '../support/honest-sorts.ts'
import { straightRide } from '../support/straight-ride.ts'

const modeIn = (points: Parameters<typeof paceOf>[0][number]['points']) =>
  modeOf(paceOf([{ points, after: 'pause' }]))

describe('the means', () => {
  it('of persons that nothing was tuned on are told, nine of ten', () => {
    const persons = OTHER_SORTS.flatMap((sort) => [901, 902, 903].map((seed) => honestTrip(sort, seed)))
    const right = persons.filter(({ points, means }) => modeIn(points).kind === means)
    expect(right.length / persons.length).toBeGreaterThan(0.9)
  })

  it('are less sure the nearer two are: at 33 km/h from light to light it may have been either', () => {
    const walk = modeOf({ p50: 4500, p85: 5500, p95: 6200, stands: 20, gain: 2500 })
    expect(walk.kind).toBe('walk')
    const doubtful = modeOf({ p50: 25_000, p85: 30_000, p95: 33_000, stands: 14, gain: 17_500 })
    expect(new Set([doubtful.kind, doubtful.runnerUp])).toEqual(new Set(['bike', 'vehicle']))
    expect(doubtful.permille).toBeLessThan(walk.permille - 100)
  })

  it('are known of a recorder that is too slow to show a start', () => {
    expect(modeIn(straightRide({ every: 60, metres: 3000, seconds: 2400 })).kind).toBe('walk')
    expect(modeIn(straightRide({ every: 60, metres: 6000, seconds: 1200 })).kind).toBe('bike')
    expect(modeIn(straightRide({ every: 60, metres: 20_000, seconds: 1200 })).kind).toBe('vehicle')
  })

  it('of somebody who never moved is no vehicle', () => {
    expect(modeIn(straightRide({ metres: 0 })).kind).toBe('walk')
  })
})

describe('the list', () => {
  it('is small, and its last rule takes what no other did', () => {
    expect(JSON.stringify(list).length).toBeLessThan(30_000)
    expect(list.at(-1)!.when).toEqual({})
  })

  it('names each time another runner-up, and is never wholly sure', () => {
    for (const { kind, runnerUp, permille } of list) {
      expect(runnerUp).not.toBe(kind)
      expect(permille).toBeLessThan(1000)
    }
  })
})
