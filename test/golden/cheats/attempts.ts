/** Attempts to be paid for what was not done, by sort. What the same person could honestly claim is theirs; more is gained. */
import type { TrackPoint } from '../../../src/domain/evidence/track-grid.ts'
import * as copy from './copies.ts'
import { computed, hopping, still } from './forged.ts'
import type { HandIn } from './hand-in.ts'
import { CANYON, PHONE, type Receiver, receive, SPARING, WATCH, type Where } from './receiver.ts'
import { MOVERS, type Mover, tripOf } from './way.ts'

export interface Attempt {
  readonly sort: string
  readonly handIns: readonly HandIn[]
  /** How many of the first are honest: what is granted beyond them is gained. */
  readonly honest: number
  /** What one's word alone would be granted for the metres; a track must not bring more. Absent: nothing is due. */
  readonly asOneSaysMetres?: number
  /** No single track can tell it: bounded by the caps alone. */
  readonly isPerfect?: true
  /** Found often, and not always: too little is left of the original. */
  readonly isPartly?: true
}

const DAY_MS = 24 * 3600_000

type Track = readonly TrackPoint[]

/** `seed`: another set of the same sorts, of `each` (at most five) a sort. `now`: when they are handed in. */
export function attempts(seed: number, { now, each }: { now: number; each: number }): Attempt[] {
  const where: Where = { lat: 36.7, lon: 119.1, startAt: Math.floor((now - 20 * DAY_MS) / 1000) * 1000 }
  let sorts = 0
  const n = (i: number) => seed * 100_000 + sorts * 100 + i
  const some = <T>(make: (i: number) => T): T[] => {
    sorts++
    return Array.from({ length: each }, (_, i) => make(i))
  }
  const trip = (mover: Mover, metres: number, i: number, receiver: Receiver = PHONE) =>
    receive(tripOf(mover, metres, { person: n(i), day: 1 }), receiver, { ...where, seed: n(i) })
  const rides = () =>
    some((i) => {
      const receiver = [PHONE, WATCH, PHONE, CANYON, WATCH][i]!
      return i === 3
        ? { code: 'walk', points: trip(MOVERS.walker, 2200, i, WATCH) }
        : { code: 'bike', points: trip(MOVERS.cyclist, 3500 + 900 * i, i, receiver) }
    })
  const copies = (sort: string, change: (track: Track, i: number) => Track): Attempt[] =>
    rides().map(({ code, points }, i) => ({
      sort,
      handIns: [
        { code, points },
        { code, points: change(copy.later(points, 1 + i), i) },
      ],
      honest: 1,
    }))
  const alone = (sort: string, code: string, tracks: readonly Track[]): Attempt[] =>
    tracks.map((points) => ({ sort, handIns: [{ code, points }], honest: 0 }))
  return [
    ...copies('copy: another day', (track) => track),
    ...copies('copy: shifted by parts of a second', (track, i) => copy.later(track, 0, 137 * (i + 1))),
    ...copies('copy: scaled', (track, i) => copy.scaled(track, [1.3, 0.8, 1.15, 1.1, 1.25][i]!)),
    ...copies('copy: moved', (track, i) => copy.moved(track, [0.3 - 0.15 * i, 0.4 * i])),
    ...copies('copy: mirrored', (track) => copy.mirrored(track)),
    ...copies('copy: backwards', (track) => copy.reversed(track)),
    ...copies('copy: thinned', (track, i) => copy.thinned(track, [2, 3, 5, 3, 8][i]!)),
    ...copies('copy: trimmed', (track, i) => copy.trimmed(track, 0.1 * i, 0.55 + 0.1 * i)),
    ...copies('copy: noise added', (track, i) => copy.noised(track, [0.5, 1, 1.5, 0.5, 1][i]!, n(i))),
    ...copies('copy: places rounded to five digits', (track) => copy.rounded(track, 5)),
    ...rides().map(({ code, points }, i): Attempt => {
      const handIns = [
        { code, points },
        { code, points: copy.later(points, 2 + i), by: 1 },
      ]
      return { sort: 'copy: for another account', handIns, honest: 1 }
    }),
    ...rides().map(({ code, points }): Attempt => {
      return {
        sort: 'one file, two accounts',
        handIns: [
          { code, points },
          { code, points, by: 1 },
        ],
        honest: 1,
      }
    }),
    ...some((i): Attempt => {
      const ride = tripOf(MOVERS.cyclist, 5000, { person: n(i), day: 1 })
      const both = [PHONE, WATCH].map((receiver, at) =>
        receive(ride, receiver, { ...where, seed: n(i) + 70 * at }),
      )
      return {
        sort: 'two phones, one ride',
        handIns: both.map((points) => ({ code: 'bike', points })),
        honest: 1,
      }
    }),
    ...some((i): Attempt => {
      const [one, two] = [trip(MOVERS.cyclist, 3000, i), trip(MOVERS.cyclist, 3600, i + 40)]
      const known = [one, copy.later(two, 1)].map((points) => ({ code: 'bike', points }))
      const both = { code: 'bike', points: copy.later(copy.joined(one, two), 3) }
      return { sort: 'copies joined in one file', handIns: [...known, both], honest: 2 }
    }),
    ...alone(
      'one ride, joined with itself',
      'bike',
      some((i) => copy.joined(...Array.from({ length: 2 + (i % 3) }, () => trip(MOVERS.cyclist, 2600, i)))),
    ),
    ...some((i): Attempt => {
      const track = trip(MOVERS.cyclist, 4000, i)
      const more = Array.from({ length: 11 }, (_, day) => ({
        code: 'bike',
        points: copy.later(track, day + 1),
        batch: true as const,
      }))
      return {
        sort: 'one ride on twelve days at once',
        handIns: [{ code: 'bike', points: track }, ...more],
        honest: 1,
      }
    }),
    ...some((i): Attempt => {
      const points = trip(MOVERS.car, 8000, i)
      return { sort: 'a car as a bus', handIns: [{ code: 'bus', points }], honest: 0, asOneSaysMetres: 8500 }
    }),
    ...alone(
      'a car in a jam as a bicycle',
      'bike',
      some((i) => trip(MOVERS.jam, 5000, i, [PHONE, WATCH, CANYON][i % 3])),
    ),
    ...alone(
      'a car as a bicycle',
      'bike',
      some((i) => trip(MOVERS.car, 7000, i)),
    ),
    ...alone(
      'a bus as a bicycle',
      'bike',
      some((i) => trip(MOVERS.bus, 7000, i, [PHONE, SPARING][i % 2])),
    ),
    ...alone(
      'a car as a walk',
      'walk',
      some((i) => trip(MOVERS.jam, 3000, i)),
    ),
    ...alone(
      'an even speed, with noise',
      'bike',
      some((i) =>
        computed(
          { metres: 5000, speed: 4 + 0.3 * i, noise: [0, 1, 2, 3, 3][i]!, stays: [0, 0, 0, 0, 0.9][i]! },
          where,
          n(i),
        ),
      ),
    ),
    ...alone(
      'a walk at an even speed, with noise',
      'walk',
      some((i) => computed({ metres: 2600, speed: 1.3, noise: [0, 0.5, 1, 3, 5][i]! }, where, n(i))),
    ),
    ...alone(
      'a planner’s export',
      'bike',
      some((i) =>
        computed(
          {
            metres: 6000,
            speed: 4.5,
            perEdge: [0, 0.1, 0.15, 0.2, 0.1][i]!,
            every: [1, 1, 2, 5, 5][i]!,
            decimals: [7, 6, 7, 6, 7][i]!,
          },
          where,
          n(i),
        ),
      ),
    ),
    ...alone(
      'a real line at one speed',
      'bike',
      some((i) => copy.evened(copy.thinned(trip(MOVERS.car, 6000, i), 3), 4 + 0.2 * i)),
    ),
    ...some((i): Attempt => {
      const points = copy.evened(copy.thinned(trip(MOVERS.car, 6000, i + 9), 4), 4.4)
      return {
        sort: 'a real line at one speed, as FIT',
        handIns: [{ code: 'bike', points, format: 'fit' }],
        honest: 0,
      }
    }),
    ...alone(
      'places on a grid',
      'bike',
      some((i) => copy.rounded(trip(MOVERS.crawl, 5000, i), 3 + (i % 2))),
    ),
    ...alone(
      'a phone in a drawer',
      'walk',
      some((i) =>
        still(
          2400 + 600 * i,
          { ...PHONE, slow: [3, 8, 8, 12, 18][i]!, quick: [1, 2, 3, 4, 5][i]!, canyons: 0 },
          where,
          n(i),
        ),
      ),
    ),
    ...alone(
      'a still phone between towers',
      'bike',
      some((i) =>
        hopping(
          {
            places: 3 + (i % 3),
            apart: 900,
            every: [30, 60, 20, 60, 30][i]!,
            stay: 3 + i,
            spread: 20,
            seconds: 3600,
          },
          where,
          n(i),
        ),
      ),
    ),
    ...some((i): Attempt => {
      const hop = {
        places: 3 + (i % 3),
        apart: 700,
        every: [60, 30, 60, 20, 60][i]!,
        stay: 2 + i,
        spread: 60,
      }
      const points = hopping({ ...hop, seconds: 3600 }, where, n(i))
      const handIns = [{ code: 'bus', points }]
      return { sort: 'a still phone between towers, as a bus', handIns, honest: 0, asOneSaysMetres: 3000 }
    }),
    ...alone(
      'there and back between two pins',
      'bike',
      some((i) =>
        hopping(
          {
            places: 2,
            apart: 1500,
            every: [60, 120, 180, 300, 90][i]!,
            stay: i % 3,
            spread: i,
            seconds: 5400,
          },
          where,
          n(i),
        ),
      ),
    ),
    // Sorts that were thought of later stand last, so that those before keep their dice.
    ...copies('copy: read off at other moments, with noise', (track, i) =>
      copy.noised(copy.resampled(track, [1300, 2000, 2700, 4000, 7000][i]!), 1, n(i)),
    ),
    ...copies('copy: mirrored in part', (track) => copy.mirroredInPart(track)),
    ...copies('copy: its halves swapped', (track) => copy.swapped(track)),
    ...alone(
      'one ride, and the same way back in time',
      'bike',
      some((i) => copy.withItselfReversed(trip(MOVERS.cyclist, 3600 + 600 * i, i))),
    ),
    ...copies('copy: a faster or slower clock', (track, i) =>
      copy.slowed(track, [0.9, 1.1, 0.8, 1.05, 1.25][i]!),
    ),
    ...copies('copy: another clock, mirrored and thinned', (track, i) =>
      copy.mirrored(copy.thinned(copy.slowed(track, [1.1, 0.95, 0.85, 1.1, 1.2][i]!), 3)),
    ),
    ...copies('copy: another clock, scaled, backwards', (track, i) =>
      copy.reversed(copy.scaled(copy.slowed(track, [0.9, 1.1, 1.05, 0.95, 1.15][i]!), 1.1)),
    ),
  ]
}

/** Of which too little is left to be found always. */
export function partly(seed: number, now: number): Attempt[] {
  const where: Where = { lat: 36.7, lon: 119.1, startAt: Math.floor((now - 20 * DAY_MS) / 1000) * 1000 }
  const as = (sort: string, change: (track: Track, from: number, seed: number) => Track): Attempt[] =>
    [0, 1, 2, 3, 4].map((i) => {
      const person = seed * 100_000 + 60_000 + sort.length * 100 + i
      const metres = 3500 + 900 * i
      const moments = tripOf(MOVERS.cyclist, metres, { person, day: 1 })
      const points = receive(moments, PHONE, { ...where, seed: person })
      const again = change(copy.later(points, 1 + i), 0.12 * i, person)
      return {
        sort,
        handIns: [points, again].map((each) => ({ code: 'bike', points: each })),
        honest: 1,
        isPartly: true,
      }
    })
  const cut = (share: number) => (track: Track, from: number) => copy.trimmed(track, from, from + share)
  return [
    ...as('copy: cut to half', cut(0.5)),
    ...as('copy: cut to two fifths', cut(0.4)),
    ...as('copy: cut to three tenths', cut(0.3)),
    ...as('copy: another clock, cut to half', (track, from) => cut(0.5)(copy.slowed(track, 1.1), from)),
    ...as('copy: another clock, with noise', (track, _, seed) =>
      copy.noised(copy.slowed(track, 0.9), 1.5, seed),
    ),
  ]
}

/** What no single track can tell: only the caps bound it. */
export function perfect(seed: number, now: number): Attempt[] {
  const where: Where = { lat: 36.7, lon: 119.1, startAt: Math.floor((now - 20 * DAY_MS) / 1000) * 1000 }
  const as = (sort: string, mover: Mover, change: (track: Track) => Track = (track) => track): Attempt[] =>
    [1, 2, 3].map((i) => {
      const person = seed * 100_000 + 50_000 + sort.length * 100 + i
      const track = receive(tripOf(mover, 5000, { person, day: 1 }), PHONE, { ...where, seed: person })
      return { sort, handIns: [{ code: 'bike', points: change(track) }], honest: 0, isPerfect: true }
    })
  return [
    ...as('a perfect forgery', MOVERS.cyclist),
    ...as('a crawling car as a bicycle', MOVERS.crawl),
    ...as('a pedelec as a bicycle', { ...MOVERS.ebike, cruise: 6.2 }),
    ...as('a car’s file with a slow clock', MOVERS.car, (track) => copy.slowed(track, 2.7)),
  ]
}
