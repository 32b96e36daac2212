/** Trips that were made, by generated persons with receivers as they are: none of them may be cut without a reason that is theirs. */

import { randomOf } from '../../support/random.ts'
import * as copy from './copies.ts'
import type { HandIn } from './hand-in.ts'
import { CANYON, MINUTELY, PHONE, type Receiver, receive, SPARING, WATCH, type Where } from './receiver.ts'
import { hilly, laps, MOVERS, type Moment, type Mover, townRoute, travel, tripOf } from './way.ts'

export interface Honest {
  readonly name: string
  readonly handIns: readonly HandIn[]
}

const DAY_MS = 24 * 3600_000
const HOUR_MS = 3600_000

export function honestTrips(seed: number, now: number): Honest[] {
  const where: Where = { lat: 36.65, lon: 117.0, startAt: Math.floor((now - 30 * DAY_MS) / 1000) * 1000 }
  const n = (i: number) => seed * 1000 + i
  const one = (
    name: string,
    code: string,
    mover: Mover,
    metres: number,
    receiver: Receiver,
    i: number,
  ): Honest => {
    const moments = tripOf(mover, metres, { person: n(i), day: 1 })
    return { name, handIns: [{ code, points: receive(moments, receiver, { ...where, seed: n(i) }) }] }
  }
  const each = [
    ['watch', WATCH],
    ['phone', PHONE],
    ['between houses', CANYON],
    ['sparing recorder', SPARING],
  ] as const
  const by = (name: string, code: string, mover: Mover, metres: number, from: number): Honest[] =>
    each.flatMap(([how, receiver], at) =>
      [0, 1].map((twice) =>
        one(`${name}, ${how}`, code, mover, metres * (1 + 0.4 * twice), receiver, from + 2 * at + twice),
      ),
    )
  const gap = (name: string, mover: Mover, code: string, gapped: Receiver['gap'], i: number) =>
    one(name, code, mover, 5000, { ...PHONE, gap: gapped! }, i)
  const round = (
    name: string,
    code: string,
    mover: Mover,
    [count, wide, long]: [number, number, number],
    i: number,
  ): Honest => {
    const moments = travel(laps(count, [wide, long]), mover, randomOf(n(i)))
    return { name, handIns: [{ code, points: receive(moments, WATCH, { ...where, seed: n(i) }) }] }
  }
  return [
    ...by('a walk', 'walk', MOVERS.walker, 1400, 100),
    ...by('an elder’s walk', 'walk', MOVERS.elder, 800, 120),
    ...by('a ride to work', 'bike', MOVERS.cyclist, 4500, 140),
    ...by('a fast ride', 'bike', { ...MOVERS.racer, cruise: 7.2 }, 12_000, 160),
    ...by('an e-bike', 'ebike', MOVERS.ebike, 6000, 180),
    ...by('a bus ride', 'bus', MOVERS.bus, 8000, 200),
    ...[0, 1, 2].map((i) => one('a walk, a fix a minute', 'walk', MOVERS.walker, 2500, MINUTELY, 220 + i)),
    ...[0, 1, 2].map((i) => one('a ride, a fix a minute', 'bike', MOVERS.cyclist, 7000, MINUTELY, 225 + i)),
    gap('a ride through a tunnel', MOVERS.cyclist, 'bike', [300, 70], 230),
    gap('a ride, the screen off for four minutes', MOVERS.cyclist, 'bike', [400, 150], 231),
    gap('a bus through a tunnel', MOVERS.bus, 'bus', [200, 90], 232),
    ...[0, 1].map((i) => round('round a sports ground', 'walk', MOVERS.walker, [8, 80, 120], 240 + i)),
    ...[0, 1].map((i) => round('round a park by bicycle', 'bike', MOVERS.cyclist, [4, 400, 600], 245 + i)),
    ...[0, 1].map((i) => round('a runner’s lap at a walk', 'walk', MOVERS.walker, [5, 150, 200], 250 + i)),
    ...outAndBack(where, n),
    ...midnight(where, n),
    ...friends(where, n),
    ...commute(where, n),
    ...dayAfterDay(where, n),
  ]
}

/** The same way twice on one day is two trips. */
function outAndBack(where: Where, n: (i: number) => number): Honest[] {
  return [0, 1, 2].map((i) => {
    const there = receive(tripOf(MOVERS.cyclist, 4000, { person: n(260 + i), day: 1 }), PHONE, {
      ...where,
      seed: n(260 + i),
    })
    const day = receive(tripOf(MOVERS.cyclist, 4000, { person: n(260 + i), day: 2 }), PHONE, {
      ...where,
      seed: n(265 + i),
    })
    const back = copy.later(day, 0, 9 * HOUR_MS)
    return {
      name: 'there in the morning, back in the evening',
      handIns: [
        { code: 'bike', points: there },
        { code: 'bike', points: back },
      ],
    }
  })
}

function midnight(where: Where, n: (i: number) => number): Honest[] {
  const at = Math.ceil(where.startAt / DAY_MS) * DAY_MS + 16 * HOUR_MS - 600_000
  const moments = tripOf(MOVERS.cyclist, 6000, { person: n(270), day: 1 })
  return [
    {
      name: 'over midnight',
      handIns: [{ code: 'bike', points: receive(moments, PHONE, { ...where, startAt: at, seed: n(270) }) }],
    },
  ]
}

/** Side by side, each with a phone: one motion, two receivers, two accounts. */
function friends(where: Where, n: (i: number) => number): Honest[] {
  return [MOVERS.cyclist, MOVERS.walker, MOVERS.bus, MOVERS.cyclist].map((mover, i) => {
    const moments = tripOf(mover, mover === MOVERS.walker ? 2500 : 6000, { person: n(280 + i), day: 1 })
    const code = mover === MOVERS.walker ? 'walk' : mover === MOVERS.bus ? 'bus' : 'bike'
    const of = (receiver: Receiver, by: number) => ({
      code,
      by,
      points: receive(moments, receiver, { ...where, seed: n(290 + 2 * i + by) }),
    })
    return { name: 'friends on one ride', handIns: [of(PHONE, 0), of(i % 2 ? WATCH : PHONE, 1)] }
  })
}

/** The same way, the same person, another day’s lights and pace. */
function commute(where: Where, n: (i: number) => number): Honest[] {
  return [MOVERS.cyclist, MOVERS.walker].map((mover, i) => {
    const handIns = Array.from({ length: 12 }, (_, day) => {
      const moments = tripOf(mover, mover === MOVERS.walker ? 1800 : 5200, { person: n(300 + i), day })
      const track = receive(moments, PHONE, { ...where, seed: n(310 + 20 * i + day) })
      return { code: i === 0 ? 'bike' : 'walk', points: copy.later(track, day) }
    })
    return { name: 'a commute of twelve days', handIns }
  })
}

/** What the place or a timetable makes alike: rounds of one ground, a hilly road without a light, the metro. */
function dayAfterDay(where: Where, n: (i: number) => number): Honest[] {
  const road = (metres: number) => townRoute(randomOf(n(400)), metres)
  const waits = (stop: number) => 25 + randomOf(n(401) + stop).below(20)
  const ways: [string, string, (day: number) => Moment[]][] = [
    [
      'rounds of a sports ground, day after day',
      'walk',
      (day) => travel(laps(8, [80, 120]), { ...MOVERS.walker, sway: 0.05, red: 0 }, randomOf(n(410 + day))),
    ],
    [
      'a hilly road without a light, day after day',
      'bike',
      (day) =>
        travel(road(6000), { ...MOVERS.cyclist, red: 0 }, randomOf(n(430 + day)), hilly(randomOf(n(402)))),
    ],
    [
      'the metro by its timetable, day after day',
      'metro',
      (day) => travel(road(14_000), MOVERS.metro, randomOf(n(450 + day)), { waits }),
    ],
  ]
  return ways.map(([name, code, wayOf]) => {
    const handIns = Array.from({ length: 8 }, (_, day) => {
      const points = receive(wayOf(day), PHONE, { ...where, seed: n(470 + day) })
      return { code, city: 'jinan' as const, points: copy.later(points, day) }
    })
    return { name, handIns }
  })
}
