/** Trips of generated persons: where somebody was at each second, before any receiver saw it. Nobody real; the same for a seed on every run. */
import { type Random, randomOf } from '../../support/random.ts'

/** Metres east and north of where it began, one a second. */
export interface Moment {
  readonly second: number
  readonly x: number
  readonly y: number
}

type Corner = readonly [x: number, y: number]

/** How somebody moves: speeds in metres per second, lights in metres apart. */
export interface Mover {
  readonly cruise: number
  /** How much the pace wanders, as a share, over so many seconds. */
  readonly sway: number
  readonly swaySeconds: number
  readonly faster: number
  readonly slower: number
  /** Where it may be red, how often, and for how long at most. */
  readonly lightsEvery: number
  readonly red: number
  readonly waitMax: number
}

export const MOVERS = {
  walker: {
    cruise: 1.35,
    sway: 0.07,
    swaySeconds: 25,
    faster: 0.6,
    slower: 0.8,
    lightsEvery: 400,
    red: 0.35,
    waitMax: 50,
  },
  elder: {
    cruise: 0.85,
    sway: 0.12,
    swaySeconds: 30,
    faster: 0.4,
    slower: 0.5,
    lightsEvery: 300,
    red: 0.4,
    waitMax: 90,
  },
  cyclist: {
    cruise: 4.6,
    sway: 0.09,
    swaySeconds: 22,
    faster: 0.7,
    slower: 1.1,
    lightsEvery: 450,
    red: 0.4,
    waitMax: 60,
  },
  racer: {
    cruise: 8.1,
    sway: 0.1,
    swaySeconds: 35,
    faster: 0.8,
    slower: 1.5,
    lightsEvery: 2500,
    red: 0.3,
    waitMax: 45,
  },
  ebike: {
    cruise: 7.2,
    sway: 0.06,
    swaySeconds: 30,
    faster: 1.1,
    slower: 1.5,
    lightsEvery: 450,
    red: 0.4,
    waitMax: 60,
  },
  bus: {
    cruise: 11,
    sway: 0.12,
    swaySeconds: 25,
    faster: 1,
    slower: 1.2,
    lightsEvery: 550,
    red: 0.75,
    waitMax: 45,
  },
  car: {
    cruise: 12.5,
    sway: 0.12,
    swaySeconds: 20,
    faster: 1.8,
    slower: 2.3,
    lightsEvery: 500,
    red: 0.6,
    waitMax: 60,
  },
  jam: {
    cruise: 11,
    sway: 0.25,
    swaySeconds: 15,
    faster: 1.7,
    slower: 2.4,
    lightsEvery: 160,
    red: 0.85,
    waitMax: 40,
  },
  crawl: {
    cruise: 4.5,
    sway: 0.15,
    swaySeconds: 20,
    faster: 0.7,
    slower: 1,
    lightsEvery: 300,
    red: 0.5,
    waitMax: 40,
  },
  metro: {
    cruise: 19,
    sway: 0.02,
    swaySeconds: 60,
    faster: 1,
    slower: 1,
    lightsEvery: 1300,
    red: 1,
    waitMax: 35,
  },
} as const satisfies Record<string, Mover>

/** Through blocks of a town, with a turn or a bend at each corner. */
export function townRoute(random: Random, metres: number): Corner[] {
  const corners: Corner[] = [[0, 0]]
  let [x, y, heading, left] = [0, 0, random() * 2 * Math.PI, metres]
  while (left > 0) {
    const leg = Math.min(left, 120 + random() * 380)
    x += leg * Math.sin(heading)
    y += leg * Math.cos(heading)
    corners.push([x, y])
    heading += random.pick([0, 0.15, -0.2, Math.PI / 2, -Math.PI / 2])
    left -= leg
  }
  return corners
}

/** So many times round a rectangle, as on a sports ground or in a park. */
export function laps(count: number, [wide, long]: Corner): Corner[] {
  const once: Corner[] = [
    [wide, 0],
    [wide, long],
    [0, long],
    [0, 0],
  ]
  return [[0, 0], ...Array.from({ length: count }, () => once).flat()]
}

/** What is the same for whoever goes there, on every day. */
export interface Road {
  /** What becomes of the usual pace after so many metres. */
  readonly ease?: (metres: number) => number
  /** Seconds at each stop, where a timetable says them. */
  readonly waits?: (stop: number) => number
}

/** Up and down, in waves of a few hundred metres. */
export function hilly(random: Random): Road {
  const waves = [0, 1, 2, 3].map(() => ({
    high: 0.06 + 0.12 * random(),
    long: 150 + 900 * random(),
    from: 2 * Math.PI * random(),
  }))
  const up = (metres: number) =>
    waves.reduce(
      (sum, { high, long, from }) => sum + high * Math.sin(from + (2 * Math.PI * metres) / long),
      1,
    )
  return { ease: (metres) => Math.max(0.3, up(metres)) }
}

/** `day`: the dice of this one trip; the route and where its lights stand belong to the person. */
export function travel(route: readonly Corner[], mover: Mover, day: Random, road: Road = {}): Moment[] {
  const ends = lengthsOf(route)
  const total = ends.at(-1) ?? 0
  const lights = road.waits ? stopsOn(total, mover, day, road.waits) : lightsOn(total, mover, day)
  const keep = Math.exp(-1 / mover.swaySeconds)
  const moments: Moment[] = []
  let [metres, speed, sway, wait] = [0, 0, gauss(day) * mover.sway, 0]
  const pace = mover.cruise * (1 + 0.04 * gauss(day))
  for (let second = 0; metres < total && second < 6 * 3600; second++) {
    const [x, y] = placeOn(route, ends, metres)
    moments.push({ second, x, y })
    sway = keep * sway + Math.sqrt(1 - keep * keep) * mover.sway * gauss(day)
    const light = lights[0]
    const braking = light
      ? Math.sqrt(2 * mover.slower * Math.max(0, light.at - metres))
      : Number.POSITIVE_INFINITY
    if (light && wait === 0 && light.at - metres < 1) {
      wait = light.seconds
      speed = 0
    }
    if (wait > 0) {
      wait--
      if (wait === 0) lights.shift()
      continue
    }
    const eased = pace * (road.ease?.(metres) ?? 1)
    const wanted = Math.max(0.3, Math.min(eased * Math.max(0.3, 1 + sway), braking))
    speed += Math.max(
      -2 * mover.slower,
      Math.min(mover.faster * (1 - (0.6 * speed) / (pace * 1.3)), wanted - speed),
    )
    metres += Math.max(0.2, speed)
  }
  return moments
}

function lightsOn(total: number, { lightsEvery, red, waitMax }: Mover, day: Random) {
  const lights: { at: number; seconds: number }[] = []
  for (let at = lightsEvery * 0.7; at < total - 30; at += lightsEvery)
    if (day() < red) lights.push({ at, seconds: 4 + day.below(waitMax) })
  return lights
}

/** A timetable is kept to within seconds. */
function stopsOn(total: number, { lightsEvery }: Mover, day: Random, waits: (stop: number) => number) {
  const stops: { at: number; seconds: number }[] = []
  for (let at = lightsEvery * 0.7; at < total - 30; at += lightsEvery)
    stops.push({ at, seconds: Math.max(1, waits(stops.length) + Math.round(2 * gauss(day))) })
  return stops
}

function lengthsOf(route: readonly Corner[]): number[] {
  let sum = 0
  return route.map(([x, y], i) => {
    const [fromX, fromY] = route[i - 1] ?? [x, y]
    sum += Math.hypot(x - fromX, y - fromY)
    return sum
  })
}

function placeOn(route: readonly Corner[], ends: readonly number[], metres: number): Corner {
  let i = 1
  while (i < route.length - 1 && ends[i]! < metres) i++
  const [from, to] = [route[i - 1]!, route[i]!]
  const leg = ends[i]! - ends[i - 1]!
  const share = leg > 0 ? Math.min(1, (metres - ends[i - 1]!) / leg) : 0
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
}

export function gauss(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** A person's own way and a day's own dice. */
export function tripOf(
  mover: Mover,
  metres: number,
  { person, day }: { person: number; day: number },
): Moment[] {
  return travel(townRoute(randomOf(person), metres), mover, randomOf(person * 7919 + day * 104_729 + 1))
}
