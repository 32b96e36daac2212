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
  const samples = samplesOf(points)
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
    if (stop.to - stop.from <= longerThanMs) continue
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

/** One a minute, of the middle of the fixes in it. */
function samplesOf(points: readonly TrackPoint[]): TrackPoint[] {
  const minutes = new Map<number, TrackPoint[]>()
  for (const point of points) {
    const minute = Math.floor(point.at / SAMPLE_MS)
    const near = minutes.get(minute)
    if (near) near.push(point)
    else minutes.set(minute, [point])
  }
  return [...minutes.values()].map((near) => ({
    at: near[near.length >> 1]!.at,
    lat: middle(near.map(({ lat }) => lat)),
    lon: middle(near.map(({ lon }) => lon)),
  }))
}

const middle = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!
