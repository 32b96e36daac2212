/** A trip as it happens: its states, what ends them, why something is missing, and what of it goes the way of a file. */
import { describe, expect, it } from 'vitest'
import { NO_WAY, onward, speedNow } from '../../src/domain/evidence/live-figures.ts'
import {
  claimed,
  ended,
  gapsOf,
  hidden,
  isTaken,
  type LiveTrip,
  lastedMs,
  newTrip,
  paused,
  regained,
  resumed,
  sectionsOf,
  shown,
  type TripChange,
  type TripFix,
  unclaimed,
} from '../../src/domain/evidence/live-trip.ts'
import { splitTrips } from '../../src/domain/evidence/split-trips.ts'
import { measure, metricsFor } from '../../src/domain/evidence/track-metrics.ts'
import { NOON } from '../support/builders.ts'
import { straightRide } from '../support/straight-ride.ts'

const MINUTE = 60_000
const at = (minutes: number) => NOON + minutes * MINUTE

function tripOf(...changes: TripChange[]): LiveTrip {
  return changes.reduce((trip, change) => change(trip) ?? trip, newTrip(NOON))
}

/** 18 km/h to the east, a fix a second. */
function fixes({ from = 0, minutes = 5, metres = 0 } = {}): TripFix[] {
  const ride = { at: at(from), metres: minutes * 300, seconds: minutes * 60, every: 1, from: metres }
  return straightRide(ride).map((point) => ({ ...point, accuracyMetres: 8 }))
}

const causes = (trip: LiveTrip, all: readonly TripFix[]) =>
  gapsOf(
    trip,
    all.map((fix) => fix.at),
    all.at(-1)?.at ?? 0,
  ).map(({ cause, from, to }) => [cause, (from - NOON) / MINUTE, (to - NOON) / MINUTE])

describe('the states of a trip', () => {
  it('records, pauses, goes on, ends and is claimed, and nothing else from where it stands', () => {
    const recording = newTrip(NOON)
    expect(resumed(at(1))(recording)).toBeUndefined()
    expect(claimed(at(1))(recording)).toBeUndefined()
    const rested = tripOf(paused(at(5)))
    expect(rested.state).toBe('paused')
    expect(paused(at(6))(rested)).toBeUndefined()
    expect(tripOf(paused(at(5)), resumed(at(7))).state).toBe('recording')
    const over = tripOf(ended(at(9)))
    expect(over).toMatchObject({ state: 'ended', endedAt: at(9) })
    expect(ended(at(10))(over)).toBeUndefined()
    const logged = tripOf(ended(at(9)), claimed(at(12)))
    expect(logged).toMatchObject({ state: 'claimed', claimedAt: at(12) })
    expect(claimed(at(13))(logged)).toBeUndefined()
    expect(resumed(at(13))(logged)).toBeUndefined()
    expect(unclaimed(logged)).toEqual(over)
  })

  it('goes on after it was ended by mistake, and what lies between is a pause', () => {
    const again = tripOf(ended(at(5)), resumed(at(8)))
    expect(again.state).toBe('recording')
    expect(again.endedAt).toBeUndefined()
    expect(causes(again, [...fixes(), ...fixes({ from: 8, minutes: 2 })])).toEqual([['pause', 5, 8]])
    const paused5 = tripOf(paused(at(5)), ended(at(6)), resumed(at(8)))
    expect(causes(paused5, [...fixes(), ...fixes({ from: 8, minutes: 2 })])).toEqual([['pause', 5, 8]])
  })

  it('counts its time without its pauses, until it ended', () => {
    const trip = tripOf(paused(at(5)), resumed(at(7)), paused(at(10)))
    expect(lastedMs(trip, at(12))).toBe(8 * MINUTE)
    expect(lastedMs(tripOf(paused(at(5)), ended(at(9))), at(60))).toBe(5 * MINUTE)
  })

  it('found by another page it goes on; found much later it waits, paused since it was last heard of', () => {
    const soon = tripOf(regained({ lastAt: at(5), now: at(9) }))
    expect(soon.state).toBe('recording')
    expect(causes(soon, [...fixes(), ...fixes({ from: 9, minutes: 1 })])).toEqual([['screen', 5, 9]])
    const late = tripOf(regained({ lastAt: at(5), now: at(40) }))
    expect(late).toMatchObject({ state: 'paused', marks: [{ kind: 'pause', at: at(5) }] })
    expect(tripOf(regained({ lastAt: at(5), now: at(5) + 2000 })).marks).toEqual([])
    expect(regained({ lastAt: at(5), now: at(9) })(tripOf(paused(at(5))))).toBeUndefined()
  })
})

describe('what is missing', () => {
  it('is told by its cause: the screen, the signal, a pause', () => {
    const trip = tripOf(hidden(at(5)), shown(at(8)), paused(at(15)), resumed(at(16)))
    const all = [
      ...fixes(),
      ...fixes({ from: 8, minutes: 2 }),
      ...fixes({ from: 13, minutes: 2 }),
      ...fixes({ from: 16, minutes: 1 }),
    ]
    expect(causes(trip, all)).toEqual([
      ['screen', 5, 8],
      ['signal', 10, 13],
      ['pause', 15, 16],
    ])
  })

  it('is none where the phone went on hearing with its screen off, and none of a few seconds', () => {
    expect(causes(tripOf(hidden(at(1)), shown(at(3))), fixes())).toEqual([])
    expect(causes(newTrip(NOON), [...fixes(), ...fixes({ from: 5.4, minutes: 1 })])).toEqual([])
  })

  it('goes the way of a file: a short silence is bridged by the rule, a pause never', () => {
    const all = [...fixes({ minutes: 15 }), ...fixes({ from: 17, minutes: 15, metres: 5100 })]
    const metres = (trip: LiveTrip) => {
      const trips = splitTrips(sectionsOf(trip, all)).map((each) =>
        metricsFor(measure(each.stretches), 30_000),
      )
      const sum = (what: 'distanceMetres' | 'bridgedMetres') =>
        Math.round(trips.reduce((metres, each) => metres + each[what], 0) / 20) * 20
      return [sum('distanceMetres'), sum('bridgedMetres')]
    }
    expect(metres(newTrip(NOON))).toEqual([9600, 600])
    expect(metres(tripOf(hidden(at(15)), shown(at(17))))).toEqual([9600, 600])
    expect(metres(tripOf(paused(at(15) + 500), resumed(at(17) - 500)))).toEqual([9000, 0])
    expect(metres(tripOf(ended(at(15) + 500), resumed(at(17) - 500)))).toEqual([9000, 0])
  })
})

describe('while it runs', () => {
  it('takes good places, one every two seconds, and no others', () => {
    const [first, between, second] = fixes() as [TripFix, TripFix, TripFix]
    expect(isTaken(first, undefined)).toBe(true)
    expect(isTaken(second, first)).toBe(true)
    expect(isTaken(between, first)).toBe(false)
    expect(isTaken({ ...second, at: first.at - 5000 }, first)).toBe(false)
    expect(isTaken({ ...second, accuracyMetres: 80 }, first)).toBe(false)
  })

  it('tells way and speed, pays nothing for standing still, and guesses nothing over a gap', () => {
    const ride = fixes()
    expect(Math.round(ride.reduce(onward, NO_WAY).metres / 10) * 10).toBe(1500)
    expect(Math.round(speedNow(ride, at(5)) ?? 0)).toBeCloseTo(18_000, -2)
    expect(speedNow(ride, at(6))).toBeUndefined()
    const still = fixes().map((fix, i) => ({ ...fix, lat: 36.8 + (i % 3) * 5e-5, lon: 118 }))
    expect(still.reduce(onward, NO_WAY).metres).toBe(0)
    const far = fixes({ from: 9, minutes: 1, metres: 9000 })
    expect(Math.round([...ride, ...far].reduce(onward, NO_WAY).metres / 10) * 10).toBe(1800)
  })
})
