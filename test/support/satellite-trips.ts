// Honest trips once more, built from the other end: satellites, houses that hide or reflect them, a chip’s filter, and a phone that saves power. No size of an
// error is told to it, it comes of the sky. Nobody has walked them.
import type { TrackPoint } from '../../src/domain/evidence/track-grid.ts'
import type { HonestTrip, Means } from './honest-people.ts'
import { type Random, randomOf } from './random.ts'
import { recorded, type Saving } from './saving-recorder.ts'

interface Spot {
  readonly x: number
  readonly y: number
}

/** Of a second: where, and what stands around. */
export interface Moment extends Spot {
  readonly street: number
  /** Radians. */
  readonly heading: number
  /** Metres gone. */
  readonly gone: number
}

type Road = 'old town' | 'grid' | 'avenues' | 'riverside' | 'park rounds' | 'stairs' | 'crossing'

export interface Person {
  readonly means: Means
  readonly metres: readonly [number, number]
  readonly pace: readonly [number, number]
  readonly gain: number
  /** Stands so often a kilometre, and so long. */
  readonly stands: number
  readonly seconds: readonly [number, number]
  /** Metres of the arc in which a corner is taken. */
  readonly arc: number
}

export interface SatelliteSort {
  readonly name: string
  readonly person: Person
  readonly road: Road
  readonly isThereAndBack?: true
  /** Metres, the middle one of a town: 0 in the open. */
  readonly houses: number
  readonly saving: Saving
}

const between = (random: Random, [least, most]: readonly [number, number]) =>
  least + random() * (most - least)
export const gauss = (random: Random) =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** How the way turns: pieces of so many metres, and by how much at the end of each. */
function* piecesOf(road: Road, random: Random): Generator<readonly [metres: number, turn: number]> {
  const side = () => (random() < 0.5 ? -1 : 1)
  if (road === 'stairs') {
    for (;;) {
      for (let i = 4 + random.below(5); i > 0; i--)
        yield [70 + 180 * random(), side() * between(random, [0.2, 1.5])]
      const flights = 2 + random.below(4)
      for (let i = 0; i < flights; i++) yield [12 + 14 * random(), (i % 2 ? -1 : 1) * Math.PI * 0.97]
    }
  }
  for (;;) {
    if (road === 'grid')
      yield [random.pick([80, 110, 110, 160, 220]), random() < 0.4 ? (side() * Math.PI) / 2 : 0]
    else if (road === 'old town')
      yield [40 - 110 * Math.log(1 - random()), side() * random.pick([0.1, 0.25, 0.5, 0.9, 1.3, 1.6])]
    else if (road === 'avenues')
      yield [200 + 600 * random(), side() * random.pick([0, 0, 0.2, 0.5, 1.57, 1.57])]
    else yield [250 + 900 * random(), side() * between(random, [0.05, 0.4])]
  }
}

/** A spot a metre. `street` counts the pieces. */
function roadOf({ road, person, isThereAndBack }: SatelliteSort, random: Random): Moment[] {
  const whole = Math.round(between(random, person.metres))
  const metres = isThereAndBack ? Math.ceil(whole / 2) : whole
  const spots: Moment[] = []
  let [x, y, heading, street] = [0, 0, random() * 2 * Math.PI, 0]
  const put = (turn: number) => {
    spots.push({ x, y, heading, street, gone: spots.length })
    heading += turn
    x += Math.cos(heading)
    y += Math.sin(heading)
  }
  if (road === 'riverside' || road === 'park rounds') {
    const waves = [1, 2, 3].map((i) => ({
      long: between(random, [160, 420]) * i,
      bend: 0.5 * gauss(random),
      at: random() * 7,
    }))
    const round = road === 'park rounds' ? between(random, [350, 900]) : Number.POSITIVE_INFINITY
    while (spots.length <= metres) {
      const s = spots.length % round
      const bend = ({ long, bend, at }: (typeof waves)[number]) => {
        // In a round each wave closes with it, so that one comes by the same trees again.
        const length = Number.isFinite(round) ? round / Math.max(1, Math.round(round / long)) : long
        return ((2 * Math.PI) / length) * bend * Math.cos((2 * Math.PI * s) / length + at)
      }
      if (spots.length % 150 === 0) street++
      put((2 * Math.PI) / round + waves.reduce((sum, wave) => sum + bend(wave), 0))
    }
  } else
    for (const [length, turn] of piecesOf(road, random)) {
      const arc = Math.max(2, Math.min(person.arc, length / 3))
      for (let i = 0; i < length - arc && spots.length <= metres; i++) put(0)
      for (let i = 0; i < arc && spots.length <= metres; i++) put(turn / Math.ceil(arc))
      street++
      if (spots.length > metres) break
    }
  if (!isThereAndBack) return spots
  const back = spots.slice(0, -1).reverse()
  return [
    ...spots,
    ...back.map((spot, i) => ({ ...spot, heading: spot.heading + Math.PI, gone: spots.length + i })),
  ]
}

/** Moved along by a rider whose wish of speed wanders, who brakes before stands and in bends; one a second. */
function moved(person: Person, road: readonly Moment[], random: Random): Moment[] {
  const end = road.length - 1
  const usual = between(random, person.pace)
  const stands: number[] = []
  for (let at = 40; ; ) {
    at -= (1000 / person.stands) * Math.log(1 - random())
    if (at > end - 25) break
    stands.push(at)
  }
  const moments = [road[0]!]
  let [gone, speed, wish] = [0, 0, 0]
  while (gone < end) {
    wish = 0.95 * wish + 0.035 * gauss(random)
    const ahead = (stands[0] ?? Number.POSITIVE_INFINITY) - gone
    if (ahead < 0.8) {
      stands.shift()
      const here = road[Math.min(end, Math.round(gone))]!
      for (let s = between(random, person.seconds); s > 0; s--) moments.push({ ...here, gone })
      speed = 0
    }
    const [here, soon] = [0, 4].map((m) => road[Math.min(end, Math.floor(gone) + m)]!.heading)
    const bend = Math.max(0.001, Math.abs(here! - soon!) % Math.PI) / 4
    const most = Math.min(usual * Math.exp(wish), Math.max(0.5 * usual, Math.sqrt(1.3 / bend)))
    speed = Math.max(
      0.25,
      Math.min(speed + person.gain, most, Math.sqrt(2 * person.gain * Math.max(0.1, ahead))),
    )
    gone = Math.min(end, gone + speed)
    const [from, to, share] = [road[Math.floor(gone)]!, road[Math.min(end, Math.floor(gone) + 1)]!, gone % 1]
    moments.push({ ...from, x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share, gone })
  }
  return moments
}

interface Satellite {
  readonly azimuth: number
  readonly height: number
  /** Metres that its range is off, slowly. */
  slow: number
}

/**
 * What a chip says each second: ranges to the satellites it hears, off by what the sky does slowly and by detours round houses, solved together; then its
 * filter, which believes the Doppler of its motion more than its places.
 */
function received(moments: readonly Moment[], houses: number, random: Random): Spot[] {
  const sky = Array.from({ length: 11 }, (): Satellite => {
    return {
      azimuth: random() * 2 * Math.PI,
      height: Math.asin(0.15 + 0.8 * random()),
      slow: 1.6 * gauss(random),
    }
  })
  const detours = new Map<string, number>()
  const heights = new Map<string, number>()
  const keep = Math.exp(-1 / 180)
  const heightAt = (key: string) => {
    if (!heights.has(key)) heights.set(key, houses * Math.exp(0.5 * gauss(random)))
    return heights.get(key)!
  }
  const trust = 0.04 + 0.1 * random()
  let [x, y, vx, vy] = [moments[0]!.x, moments[0]!.y, 0, 0]
  return moments.map((moment, second) => {
    const before = moments[second - 1] ?? moment
    // On the pavement: nearer to the houses of one side.
    const block = `${moment.street} ${Math.floor(moment.x / 45)} ${Math.floor(moment.y / 45)}`
    let [aa, ab, bb, ea, eb] = [1e-6, 0, 1e-6, 0, 0]
    for (const [i, satellite] of sky.entries()) {
      satellite.slow = keep * satellite.slow + 1.6 * Math.sqrt(1 - keep * keep) * gauss(random)
      const across = Math.sin(satellite.azimuth - moment.heading)
      const far = (across > 0 ? 7 : 13) / Math.max(0.08, Math.abs(across))
      const isHidden = houses > 0 && Math.tan(satellite.height) * far < heightAt(`${block} ${across > 0}`)
      const key = `${block} ${i}`
      if (isHidden && !detours.has(key))
        detours.set(key, random() < 0.55 ? Number.NaN : -18 * Math.log(1 - random()))
      const detour = isHidden ? detours.get(key)! : 0
      if (Number.isNaN(detour)) continue
      const off = satellite.slow / Math.sin(satellite.height) + detour + 0.5 * gauss(random)
      const [east, north] = [Math.cos(satellite.azimuth), Math.sin(satellite.azimuth)].map(
        (part) => part * Math.cos(satellite.height),
      )
      const weight = isHidden ? 0.15 : Math.sin(satellite.height)
      aa += weight * east! * east!
      ab += weight * east! * north!
      bb += weight * north! * north!
      ea += weight * east! * off
      eb += weight * north! * off
    }
    const whole = aa * bb - ab * ab + 1e-3
    const [offX, offY] = [(bb * ea - ab * eb) / whole, (aa * eb - ab * ea) / whole].map((off) =>
      Math.max(-120, Math.min(120, off)),
    )
    vx += 0.6 * (moment.x - before.x + 0.06 * gauss(random) - vx)
    vy += 0.6 * (moment.y - before.y + 0.06 * gauss(random) - vy)
    x += vx
    y += vy
    x += trust * (moment.x + offX! - x)
    y += trust * (moment.y + offY! - y)
    return { x, y }
  })
}

const METRES_PER_DEGREE = 111_195
const [LAT, LON, START_AT] = [36.07, 120.38, Date.UTC(2026, 9, 3, 1, 20)]

export function satelliteTrip({ person, houses, saving, ...sort }: SatelliteSort, seed: number): HonestTrip {
  const random = randomOf(seed * 69_621 + 3)
  const road = roadOf({ person, houses, saving, ...sort }, random)
  const moments = moved(person, road, random)
  const chosen = recorded(moments, { places: received(moments, houses, random), saving }, random)
  const points = chosen.map(({ second, x, y }): TrackPoint => {
    const lat = LAT + y / METRES_PER_DEGREE
    return {
      lat,
      lon: LON + x / METRES_PER_DEGREE / Math.cos((LAT * Math.PI) / 180),
      at: START_AT + second * 1000,
    }
  })
  return { points, metres: road.length - 1, means: person.means }
}
