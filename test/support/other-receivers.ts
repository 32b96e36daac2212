// Honest trips whose ways, motion and receivers err in other manners than those of honest-people.ts: errors of streets instead of moments, of smoothing
// filters, of networks of towers, with heavy tails. Written anew to show what was tuned elsewhere; since 2026-11-30 its sorts were looked at when lengths were mended. Nobody has walked them.
import type { TrackPoint } from '../../src/domain/evidence/track-grid.ts'
import type { HonestTrip, Means } from './honest-people.ts'
import { type Random, randomOf } from './random.ts'

interface Spot {
  readonly x: number
  readonly y: number
}

interface Person {
  readonly means: Means
  readonly metres: readonly [number, number]
  /** Metres per second on the flat. */
  readonly pace: readonly [number, number]
  /** Metres per second squared. */
  readonly gain: number
  readonly lose: number
  /** Between two crossings or stops, and the seconds that a red one lasts. */
  readonly crossings: number
  readonly wait: readonly [number, number]
  readonly waits: number
  /** Sideways, metres per second squared, that is put up with in a bend. */
  readonly sideways: number
}

const WALKER: Person = {
  ...{ means: 'walk', metres: [900, 3200], pace: [1.05, 1.65], gain: 0.7, lose: 1, crossings: 260 },
  ...{ wait: [4, 55], waits: 0.35, sideways: 0.8 },
}
const CYCLIST: Person = {
  ...{ means: 'bike', metres: [2500, 9000], pace: [3.6, 5.8], gain: 0.45, lose: 0.9, crossings: 480 },
  ...{ wait: [6, 70], waits: 0.45, sideways: 1.2 },
}
const BUS: Person = {
  ...{ means: 'vehicle', metres: [4000, 12_000], pace: [8, 13], gain: 0.9, lose: 1.1, crossings: 520 },
  ...{ wait: [8, 45], waits: 0.85, sideways: 1.5 },
}

/** Metres that a receiver is off, second by second: of where it is, or of when. */
type Receiver = (at: readonly Spot[], random: Random) => Spot[]

export interface OtherSort {
  readonly name: string
  readonly person: Person
  readonly receiver: Receiver
  /** Which seconds are written down; `gone` in metres. */
  readonly recorder: (gone: readonly number[], random: Random) => number[]
}

const between = (random: Random, [least, most]: readonly [number, number]) =>
  least + random() * (most - least)
const gauss = (random: Random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
const scaled = ({ x, y }: Spot, by: number): Spot => ({ x: x * by, y: y * by })
const sum = (...spots: readonly Spot[]): Spot =>
  spots.reduce((all, { x, y }) => ({ x: all.x + x, y: all.y + y }), { x: 0, y: 0 })

/** A road of straight and bent pieces, as towns that grew have them: lengths with a long tail, turns of every size. A spot a metre. */
function roadOf(random: Random, metres: number): Spot[] {
  const spots: Spot[] = [{ x: 0, y: 0 }]
  let heading = random() * 2 * Math.PI
  while (spots.length <= metres) {
    const length = Math.min(900, 60 * Math.exp(0.8 + 0.6 * gauss(random)))
    const kind = random()
    const whole = kind < 0.45 ? 0 : between(random, kind < 0.75 ? [0.1, 0.6] : [0.9, 1.7])
    const over = kind < 0.6 ? length : 4
    const side = random() < 0.5 ? -1 : 1
    for (let i = 0; i < length && spots.length <= metres; i++) {
      if (i < over) heading += (side * whole) / over
      const last = spots.at(-1)!
      spots.push({ x: last.x + Math.cos(heading), y: last.y + Math.sin(heading) })
    }
  }
  return spots
}

/** Metres gone at each second: up to speed, slower in bends and uphill, to a stand at some crossings. */
function goneBy(person: Person, road: readonly Spot[], random: Random): number[] {
  const end = road.length - 1
  const usual = between(random, person.pace)
  const bends = road.map((_, i) => bendAt(road, i))
  const hills = Array.from({ length: Math.ceil(end / 300) + 2 }, () => 1 + 0.12 * gauss(random))
  const reds: { at: number; seconds: number }[] = []
  for (let at = person.crossings * (0.4 + random()); at < end - 30; at += person.crossings * (0.5 + random()))
    if (random() < person.waits) reds.push({ at, seconds: Math.round(between(random, person.wait)) })
  const gone = [0]
  let [metres, speed] = [0, 0]
  while (metres < end && gone.length < 4 * 3600) {
    const ahead = (reds[0]?.at ?? Number.POSITIVE_INFINITY) - metres
    if (ahead < 1) {
      for (let i = 0; i < reds[0]!.seconds; i++) gone.push(metres)
      reds.shift()
      speed = 0
    }
    const hill =
      hills[Math.floor(metres / 300)]! +
      (hills[Math.floor(metres / 300) + 1]! - hills[Math.floor(metres / 300)]!) * ((metres % 300) / 300)
    const bend = bends[Math.min(end, Math.floor(metres + speed))]!
    const wanted = Math.min(
      usual * Math.max(0.6, Math.min(1.35, hill)),
      Math.max(0.5 * person.pace[0], Math.sqrt(person.sideways / Math.max(1e-3, bend))),
      Number.isFinite(ahead) && ahead > 0 ? Math.max(0.4, Math.sqrt(2 * person.lose * ahead)) : 99,
    )
    speed = Math.max(0.2, speed + Math.max(-2 * person.lose, Math.min(person.gain, wanted - speed)))
    metres = Math.min(end, metres + speed)
    gone.push(metres)
  }
  return gone
}

/** Radians a metre, over the ten metres around. */
function bendAt(road: readonly Spot[], i: number): number {
  const [a, b, c] = [road[Math.max(0, i - 5)]!, road[i]!, road[Math.min(road.length - 1, i + 5)]!]
  const turn = Math.atan2(
    (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x),
    (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y),
  )
  return Math.abs(turn) / 5
}

/** A chip's filter: fixes with heavy tails, smoothed twice, so that errors come and go softly. */
const filtered =
  (metres: number, keep: number): Receiver =>
  (at, random) => {
    let [once, twice]: [Spot, Spot] = [
      { x: 0, y: 0 },
      { x: 0, y: 0 },
    ]
    const heavy = () => gauss(random) / Math.sqrt(Math.max(0.15, -Math.log(1 - random())))
    return at.map(() => {
      once = sum(scaled(once, keep), scaled({ x: heavy(), y: heavy() }, metres * Math.sqrt(1 - keep * keep)))
      twice = sum(scaled(twice, keep), scaled(once, 1 - keep))
      return twice
    })
  }

/** Of the street: whoever passes here is thrown the same way, as far as the houses are high, and softly let go at their end. */
const streets =
  (share: number, metres: readonly [number, number], soft: number): Receiver =>
  (at, random) => {
    const houses = new Map<string, Spot>()
    let off: Spot = { x: 0, y: 0 }
    return at.map(({ x, y }) => {
      const key = `${Math.floor(x / 90)} ${Math.floor(y / 90)}`
      const [far, angle] = [between(random, metres), random() * 2 * Math.PI]
      if (!houses.has(key))
        houses.set(
          key,
          random() < share ? { x: far * Math.cos(angle), y: far * Math.sin(angle) } : { x: 0, y: 0 },
        )
      off = sum(scaled(off, 1 - 1 / soft), scaled(houses.get(key)!, 1 / soft))
      return sum(off, { x: 0.4 * gauss(random), y: 0.4 * gauss(random) })
    })
  }

/** About within a bound, at a speed that itself wanders: no step of it is a leap. */
const afloat =
  (bound: number, speed: number): Receiver =>
  (at, random) => {
    let [off, drift]: [Spot, Spot] = [
      { x: 0, y: 0 },
      { x: 0, y: 0 },
    ]
    return at.map(() => {
      const push = { x: speed * 0.4 * gauss(random), y: speed * 0.4 * gauss(random) }
      drift = sum(
        scaled(drift, 0.92),
        push,
        scaled(off, -0.02 * Math.min(2, Math.hypot(off.x, off.y) / bound)),
      )
      off = sum(off, drift)
      return sum(off, { x: 0.3 * gauss(random), y: 0.3 * gauss(random) })
    })
  }

/** Now and then the fix is the network's: the middle of a cell, the same again and again, for some seconds. */
const withTowers =
  (receiver: Receiver, share: number, metres: readonly [number, number]): Receiver =>
  (at, random) => {
    let left = 0
    let tower: Spot = { x: 0, y: 0 }
    return receiver(at, random).map((off, i) => {
      if (left-- > 0) return sum(tower, scaled(at[i]!, -1))
      if (random() >= share / 4) return off
      left = random.below(6)
      const [far, angle] = [between(random, metres), random() * 2 * Math.PI]
      tower = sum(at[i]!, { x: far * Math.cos(angle), y: far * Math.sin(angle) })
      return sum(tower, scaled(at[i]!, -1))
    })
  }

const everySecond = (gone: readonly number[]) => [...gone.keys()]
const every = (seconds: number) => (gone: readonly number[], random: Random) => {
  const first = random.below(seconds)
  return [...gone.keys()].filter((i) => i % seconds === first || i === 0 || i === gone.length - 1)
}
/** So far, or so long, from the one before. */
const everyMetres = (metres: number, seconds: number) => (gone: readonly number[]) => {
  let last = 0
  return [...gone.keys()].filter((i) => {
    const isDue = i === 0 || i === gone.length - 1 || gone[i]! - gone[last]! >= metres || i - last >= seconds
    if (isDue) last = i
    return isDue
  })
}
/** Nothing for so long, so often an hour; heard again before the end. */
const silent =
  (
    recorder: (gone: readonly number[], random: Random) => number[],
    perHour: number,
    lasts: readonly [number, number],
  ) =>
  (gone: readonly number[], random: Random) => {
    const gaps = Array.from({ length: Math.max(1, Math.round((perHour * gone.length) / 3600)) }, () => {
      const seconds = between(random, lasts)
      const from = Math.max(20, (gone.length - seconds - 20) * random())
      return [from, from + seconds] as const
    })
    return recorder(gone, random).filter((i) => !gaps.some(([from, to]) => i > from && i < to))
  }

export const OTHER_RECEIVERS: readonly OtherSort[] = [
  { name: 'walk, a filter’s soft errors', person: WALKER, receiver: filtered(6, 0.8), recorder: everySecond },
  {
    name: 'walk, thrown by streets',
    person: WALKER,
    receiver: streets(0.25, [8, 35], 5),
    recorder: everySecond,
  },
  { name: 'walk, thrown at once', person: WALKER, receiver: streets(0.2, [10, 40], 1.2), recorder: every(2) },
  { name: 'walk, afloat', person: WALKER, receiver: afloat(8, 0.25), recorder: everySecond },
  {
    name: 'walk, towers now and then',
    person: WALKER,
    receiver: withTowers(filtered(4, 0.7), 0.05, [60, 400]),
    recorder: every(3),
  },
  {
    name: 'walk, every 12 metres',
    person: WALKER,
    receiver: filtered(5, 0.75),
    recorder: everyMetres(12, 30),
  },
  { name: 'walk, every 25 s', person: WALKER, receiver: filtered(4, 0.7), recorder: every(25) },
  {
    name: 'walk, a silent minute',
    person: WALKER,
    receiver: filtered(4, 0.7),
    recorder: silent(everySecond, 3, [40, 110]),
  },
  {
    name: 'bike, a filter’s soft errors',
    person: CYCLIST,
    receiver: filtered(6, 0.8),
    recorder: everySecond,
  },
  {
    name: 'bike, thrown by streets',
    person: CYCLIST,
    receiver: streets(0.3, [8, 45], 4),
    recorder: everySecond,
  },
  { name: 'bike, afloat', person: CYCLIST, receiver: afloat(10, 0.4), recorder: every(2) },
  {
    name: 'bike, towers now and then',
    person: CYCLIST,
    receiver: withTowers(filtered(4, 0.7), 0.04, [80, 600]),
    recorder: every(4),
  },
  {
    name: 'bike, every 20 metres',
    person: CYCLIST,
    receiver: filtered(5, 0.75),
    recorder: everyMetres(20, 20),
  },
  { name: 'bike, every 15 s', person: CYCLIST, receiver: filtered(4, 0.7), recorder: every(15) },
  {
    name: 'bike, silent minutes',
    person: CYCLIST,
    receiver: filtered(4, 0.7),
    recorder: silent(everySecond, 4, [40, 120]),
  },
  { name: 'bus, thrown by streets', person: BUS, receiver: streets(0.3, [10, 50], 3), recorder: everySecond },
  { name: 'bus, a filter’s soft errors', person: BUS, receiver: filtered(8, 0.85), recorder: every(2) },
  { name: 'bus, every 20 s', person: BUS, receiver: filtered(5, 0.7), recorder: every(20) },
]

const METRES_PER_DEGREE = 111_195
const [LAT, LON, START_AT] = [35.42, 119.52, Date.UTC(2026, 9, 20, 23, 10)]

export function otherTrip({ person, receiver, recorder }: OtherSort, seed: number): HonestTrip {
  const random = randomOf(seed * 48_271 + 11)
  const road = roadOf(random, between(random, person.metres))
  const gone = goneBy(person, road, random)
  const at = gone.map((metres): Spot => {
    const i = Math.min(road.length - 2, Math.floor(metres))
    return sum(scaled(road[i]!, 1 - metres + i), scaled(road[i + 1]!, metres - i))
  })
  const off = receiver(at, random)
  const points = recorder(gone, random).map((second): TrackPoint => {
    const { x, y } = sum(at[second]!, off[second]!)
    const lat = LAT + y / METRES_PER_DEGREE
    return {
      lat,
      lon: LON + x / METRES_PER_DEGREE / Math.cos((LAT * Math.PI) / 180),
      at: START_AT + second * 1000,
    }
  })
  return { points, metres: gone.at(-1)!, means: person.means }
}
