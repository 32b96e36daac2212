// Long stops of a recorder that was never stopped: standing for more than so long, jitter and all.
import { metresBetween } from '../base/place.ts'
import type { TrackPoint } from './track-grid.ts'

interface Stop {
  /** The last moment of the way before, the first of the way after. */
  readonly from: number
  readonly to: number
}

const SAMPLE_MS = 60_000 // one middle position a minute: single bad fixes indoors are outvoted
const RADIUS_METRES = 75 // an office building and the drift inside it
const NOISE_METRES = 15
/** Round a yard in a minute, the middle of each minute is the same: whoever goes on from piece to piece in about one direction did not stand. */
const PIECE_MS = 3000
const GOING = { metres: 3, along: 0.5, few: 12 } // a piece, as a walk is fast; of 1 for straight on; so many tell
const DRIFT_METRES_PER_SECOND = 0.3 // somebody who walks round a small garden is faster, also from minute to minute

/**
 * `points` in order of time. Silence is no stop: somebody who is back at the same place hours later did not record that they stood there,
 * and the way to it belongs to the trips.
 */
export function stopsOf(points: readonly TrackPoint[], longerThanMs: number): Stop[] {
  const runs: TrackPoint[][] = []
  points.forEach((point, i) => {
    if (i === 0 || point.at - points[i - 1]!.at > longerThanMs) runs.push([point])
    else runs.at(-1)!.push(point)
  })
  return runs.flatMap((run) => stopsIn(run, longerThanMs))
}

/** The samples find a stop to within two of them, the fixes on the spot say how long it was. */
function stopsIn(points: readonly TrackPoint[], longerThanMs: number): Stop[] {
  const samples = middlesOf(points, SAMPLE_MS)
  const leastMs = longerThanMs - 2 * SAMPLE_MS
  const stops: Stop[] = []
  for (let i = 0; i < samples.length; i++) {
    const least = lastWithin(samples, i, samples[i]!.at + leastMs)
    if (samples[least]!.at - samples[i]!.at <= leastMs || !isDrift(samples.slice(i, least + 1))) continue
    const end = lastWithin(samples, i, Number.POSITIVE_INFINITY)
    const around = {
      from: samples[i - 1]?.at ?? samples[i]!.at,
      to: (samples[end + 1] ?? samples[end]!).at,
    }
    const stop = tightened(points, samples.slice(i, end + 1), around)
    if (stop.to - stop.from <= longerThanMs || isGoing(points, stop)) continue
    stops.push(stop)
    i = end
  }
  return stops
}

/** As far as one stays near the first; no further than the first sample after `until`. */
function lastWithin(samples: readonly TrackPoint[], start: number, until: number): number {
  let end = start
  const isNear = (sample: TrackPoint | undefined) =>
    sample !== undefined && metresBetween(samples[start]!, sample) <= RADIUS_METRES
  while (samples[end]!.at <= until && isNear(samples[end + 1])) end++
  return end
}

/** From the first fix on the spot to the last: the way there and away stays in the trips. */
function tightened(points: readonly TrackPoint[], samples: readonly TrackPoint[], around: Stop): Stop {
  const spot = { lat: middle(samples.map(({ lat }) => lat)), lon: middle(samples.map(({ lon }) => lon)) }
  const [from, to] = [around.from - SAMPLE_MS, around.to + SAMPLE_MS]
  const there = points.slice(firstFrom(points, from), firstFrom(points, to + 1))
  const onSpot = there.filter((point) => metresBetween(spot, point) <= NOISE_METRES)
  const [first = samples[0]!, last = samples.at(-1)!] = [onSpot[0], onSpot.at(-1)]
  return { from: first.at, to: last.at }
}

/** Where the points from that time on begin. */
function firstFrom(points: readonly TrackPoint[], at: number): number {
  let [low, high] = [0, points.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (points[middle]!.at < at) low = middle + 1
    else high = middle
  }
  return low
}

/** Of a recorder that writes densely enough to tell: one that errs is thrown to all sides. */
function isGoing(points: readonly TrackPoint[], { from, to }: Stop): boolean {
  const pieces = middlesOf(points.slice(firstFrom(points, from), firstFrom(points, to + 1)), PIECE_MS)
  const steps = pieces.slice(1).flatMap((piece, i) => {
    const before = pieces[i]!
    if (piece.at - before.at > 2 * PIECE_MS) return []
    const north = piece.lat - before.lat
    const east = (piece.lon - before.lon) * Math.cos((piece.lat * Math.PI) / 180)
    return [{ north, east, size: Math.hypot(north, east), metres: metresBetween(before, piece) }]
  })
  const turns = steps.slice(1).map(({ north, east, size }, i) => {
    const before = steps[i]!
    return size * before.size === 0 ? 0 : (north * before.north + east * before.east) / (size * before.size)
  })
  if (turns.length < GOING.few || middle(steps.map(({ metres }) => metres)) < GOING.metres) return false
  return turns.reduce((sum, along) => sum + along, 0) >= GOING.along * turns.length
}

function isDrift(samples: readonly TrackPoint[]): boolean {
  let metres = 0
  let anchor = samples[0]!
  for (const sample of samples) {
    const leg = metresBetween(anchor, sample)
    if (leg < NOISE_METRES) continue
    metres += leg
    anchor = sample
  }
  return metres * 1000 < DRIFT_METRES_PER_SECOND * (samples.at(-1)!.at - samples[0]!.at)
}

/** One in so long, of the middle of the fixes in it. */
function middlesOf(points: readonly TrackPoint[], everyMs: number): TrackPoint[] {
  const pieces = new Map<number, TrackPoint[]>()
  for (const point of points) {
    const piece = Math.floor(point.at / everyMs)
    const near = pieces.get(piece)
    if (near) near.push(point)
    else pieces.set(piece, [point])
  }
  return [...pieces.values()].map((near) => ({
    at: near[near.length >> 1]!.at,
    lat: middle(near.map(({ lat }) => lat)),
    lon: middle(near.map(({ lon }) => lon)),
  }))
}

const middle = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!
