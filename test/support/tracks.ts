// Trips that were never ridden, the same on every run: simulated receivers, and writers for the three file formats.
// The receiver keeps semicircles, as real ones do, so that each format is an export of the same raw values.
import { Encoder, Profile } from '@garmin/fitsdk'
import type { TrackPoint } from '../../src/domain/evidence/track-grid.ts'

export interface Trip {
  readonly seed: number
  /** Corners of the way as [lat, lon]. */
  readonly route: readonly (readonly [number, number])[]
  readonly startAt: number
  readonly cruiseMetresPerSecond: number
  readonly stops: readonly { readonly atMetres: number; readonly seconds: number }[]
  readonly noiseMetres: number
  /** Between these metres nothing is received. */
  readonly tunnel?: readonly [number, number]
  /** Share of seconds without a sample: most recorders skip some. */
  readonly skipShare?: number
}

const METRES_PER_DEGREE = 111_195
const SEMICIRCLES_PER_DEGREE = 2 ** 31 / 180
const FIT_EPOCH_SECONDS = 631_065_600

/** Through the city of Weifang, about 8.9 km in 31 minutes with three red lights. */
export const bikeRide: Trip = {
  seed: 7,
  route: [
    [36.70681, 119.10112],
    [36.70733, 119.13015],
    [36.71541, 119.13102],
    [36.71608, 119.15547],
    [36.72312, 119.15731],
    [36.72365, 119.18455],
  ],
  startAt: Date.UTC(2026, 4, 12, 0, 5, 0),
  cruiseMetresPerSecond: 5.14,
  stops: [
    { atMetres: 1900, seconds: 35 },
    { atMetres: 4100, seconds: 48 },
    { atMetres: 6650, seconds: 28 },
  ],
  noiseMetres: 2.5,
  skipShare: 0.2,
}

/** Across the bay of Qingdao by bus: a stop every kilometre on land, and three kilometres under the sea without a signal. */
export const busRide: Trip = {
  seed: 11,
  route: [
    [36.0612, 120.3188],
    [36.0548, 120.2971],
    [36.0301, 120.2482],
    [36.0102, 120.2275],
  ],
  startAt: Date.UTC(2026, 4, 12, 9, 40, 0),
  cruiseMetresPerSecond: 13,
  stops: [
    { atMetres: 900, seconds: 25 },
    { atMetres: 1800, seconds: 20 },
    { atMetres: 8300, seconds: 30 },
    { atMetres: 9300, seconds: 25 },
  ],
  noiseMetres: 4,
  tunnel: [3300, 6500],
}

/** Mulberry32: small, well spread, the same on every machine. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export function lengthOf(route: Trip['route']): number {
  return route.slice(1).reduce((sum, to, i) => sum + legMetres(route[i]!, to), 0)
}

/** One sample a second, with the slowly wandering error that filtered receivers show. */
export function record(trip: Trip): TrackPoint[] {
  const random = randomFrom(trip.seed)
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const keep = 0.9
  const push = trip.noiseMetres * Math.sqrt(1 - keep * keep)
  const total = lengthOf(trip.route)
  const stops = trip.stops.map((stop) => ({ ...stop }))
  const points: TrackPoint[] = []
  let [metres, speed, north, east] = [0, 0, 0, 0]
  for (let second = 0; metres < total; second++) {
    const stop = stops[0]
    if (stop && metres >= stop.atMetres && stop.seconds-- > 0) speed = 0
    else {
      if (stop && metres >= stop.atMetres) stops.shift()
      const cruise = trip.cruiseMetresPerSecond * (1 + 0.12 * Math.sin(second / 40))
      speed = Math.min(cruise, speed + 0.8)
    }
    metres += speed
    north = keep * north + push * gauss()
    east = keep * east + push * gauss()
    const isSkipped = random() < (trip.skipShare ?? 0)
    const isHidden = trip.tunnel && metres > trip.tunnel[0] && metres < trip.tunnel[1]
    if (isSkipped || isHidden) continue
    const [lat, lon] = placeAt(trip.route, Math.min(metres, total))
    points.push({
      lat: asStored(lat + north / METRES_PER_DEGREE),
      lon: asStored(lon + east / METRES_PER_DEGREE / Math.cos((lat * Math.PI) / 180)),
      at: trip.startAt + second * 1000,
    })
  }
  return points
}

export function gpxOf(
  points: readonly TrackPoint[],
  options: { decimals?: number; segments?: number; name?: string } = {},
) {
  const { decimals = 7, segments = 1, name = '早上的骑行' } = options
  const size = Math.max(1, Math.ceil(points.length / segments))
  const line = ({ lat, lon, at }: TrackPoint) =>
    `<trkpt lat="${lat.toFixed(decimals)}" lon="${lon.toFixed(decimals)}"><time>${stamp(at)}</time></trkpt>\n`
  const segment = (_: unknown, i: number) =>
    `<trkseg>\n${points
      .slice(i * size, (i + 1) * size)
      .map(line)
      .join('')}</trkseg>\n`
  return `<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="sample" xmlns="http://www.topografix.com/GPX/1/1">
<trk><name>${name}</name>
${Array.from({ length: segments }, segment).join('')}</trk>
</gpx>
`
}

export function tcxOf(points: readonly TrackPoint[], decimals = 7): string {
  const line = ({ lat, lon, at }: TrackPoint) =>
    `<Trackpoint><Time>${stamp(at)}</Time><Position><LatitudeDegrees>${lat.toFixed(decimals)}</LatitudeDegrees>` +
    `<LongitudeDegrees>${lon.toFixed(decimals)}</LongitudeDegrees></Position></Trackpoint>\n`
  const start = stamp(points[0]?.at ?? 0)
  return `<?xml version="1.0"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities><Activity Sport="Biking">
<Id>${start}</Id><Lap StartTime="${start}"><Track>
${points.map(line).join('')}</Track></Lap></Activity></Activities></TrainingCenterDatabase>
`
}

export function fitOf(points: readonly TrackPoint[]): Uint8Array<ArrayBuffer> {
  const encoder = new Encoder()
  const timeCreated = fitSeconds(points[0]?.at ?? FIT_EPOCH_SECONDS * 1000)
  encoder.onMesg(Profile.MesgNum.FILE_ID!, { type: 4, manufacturer: 255, product: 1, timeCreated } as never)
  for (const { lat, lon, at } of points) {
    const place = { positionLat: semicircles(lat), positionLong: semicircles(lon) }
    encoder.onMesg(Profile.MesgNum.RECORD!, { timestamp: fitSeconds(at), ...place } as never)
  }
  return new Uint8Array(encoder.close())
}

const semicircles = (degrees: number) => Math.round(degrees * SEMICIRCLES_PER_DEGREE)
const asStored = (degrees: number) => semicircles(degrees) / SEMICIRCLES_PER_DEGREE
const fitSeconds = (at: number) => Math.floor(at / 1000) - FIT_EPOCH_SECONDS
const stamp = (at: number) => new Date(at).toISOString().replace('.000Z', 'Z')

function legMetres([lat, lon]: readonly [number, number], to: readonly [number, number]): number {
  return METRES_PER_DEGREE * Math.hypot(to[0] - lat, (to[1] - lon) * Math.cos((lat * Math.PI) / 180))
}

function placeAt(route: Trip['route'], metres: number): [number, number] {
  let left = metres
  for (let i = 1; i < route.length; i++) {
    const [from, to] = [route[i - 1]!, route[i]!]
    const leg = legMetres(from, to)
    if (left <= leg || i === route.length - 1) {
      const share = left / leg
      return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
    }
    left -= leg
  }
  return [route[0]![0], route[0]![1]]
}
