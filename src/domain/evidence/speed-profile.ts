// How fast it was, second by second, without saying where: the chord over twenty seconds, which outvotes single fixes and is the same forwards
// and backwards, mirrored, moved, and (as a share of the usual) scaled.
import { metresBetween } from '../base/place.ts'
import { withoutStrays } from './stray-fixes.ts'
import { isUsable, type TrackPoint } from './track-grid.ts'
import { onPlane } from './track-plane.ts'

/** One run of fixes without a gap. Places are finer here than the digest's grid: what a receiver leaves of its own is less than a metre. */
export type Run = readonly TrackPoint[]

/** Metres per second, one a second; `from` is the second of the first in the track. */
interface Profile {
  readonly from: number
  readonly speeds: readonly number[]
}

const GAP_SECONDS = 30
const GAP_SECONDS_MAX = 180
const STEPS_PER_GAP = 3
const GRID = 1e5
const FINE_GRID = 1e7 // a centimetre: what all formats keep, so that one ride moves alike in each of them

/** In order of time, one fix a moment (whatever their order in the file, as for the digest), strays set aside, cut where nothing was received for long. */
export function runsOf(stretches: readonly (readonly TrackPoint[])[]): Run[] {
  return stretches.flatMap((points) => {
    const sorted = points
      .filter(isUsable)
      .map(({ lat, lon, at }) => ({ second: at / 1000, lat: onFineGrid(lat), lon: onFineGrid(lon) }))
      .sort((a, b) => a.second - b.second || a.lat - b.lat || a.lon - b.lon)
    const fixes = sorted.filter(({ second }, i) => i === 0 || second > sorted[i - 1]!.second)
    const kept = withoutStrays(fixes).kept
    const gap = gapSecondsOf(kept.map(({ second }) => second))
    const runs: TrackPoint[][] = []
    kept.forEach(({ second, lat, lon, isRestart }, i) => {
      const point = { lat: lat / GRID, lon: lon / GRID, at: second * 1000 }
      if (i === 0 || isRestart || second - kept[i - 1]!.second > gap) runs.push([point])
      else runs.at(-1)!.push(point)
    })
    return runs
  })
}

const onFineGrid = (degrees: number) => Math.round(degrees * FINE_GRID) / (FINE_GRID / GRID)

function gapSecondsOf(seconds: readonly number[]): number {
  const steps = seconds.slice(1).map((second, i) => second - seconds[i]!)
  const usual = steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0
  return Math.min(GAP_SECONDS_MAX, Math.max(GAP_SECONDS, usual * STEPS_PER_GAP))
}

/** `half`: seconds from the middle of the chord to its ends; `smooth`: of the mean over the chords around. Undefined of a run that is shorter. */
export function profileOf(run: Run, { half, smooth }: { half: number; smooth: number }): Profile | undefined {
  const [first, last] = [run[0]!.at / 1000, run.at(-1)!.at / 1000]
  const from = Math.ceil(first + half)
  if (from > last - half) return undefined
  const before = placesAlong(run)
  const after = placesAlong(run)
  const speeds: number[] = []
  for (let second = from; second <= last - half; second++)
    speeds.push(metresBetween(before(second - half), after(second + half)) / (2 * half))
  return { from, speeds: Array.from(meanAround(meanAround(Float64Array.from(speeds), smooth), smooth)) }
}

/** Metres east and north, each second from a run's first fix on: laid on a plane once, so that many widths of the chord cost little. */
export interface Seconds {
  readonly xs: Float64Array
  readonly ys: Float64Array
}

export function secondsOf(run: Run): Seconds {
  const spots = onPlane(
    run.map(({ lat, lon, at }) => ({ lat: lat * GRID, lon: lon * GRID, second: at / 1000 })),
  )
  const first = spots[0]!.second
  const count = Math.floor(spots.at(-1)!.second - first) + 1
  const [xs, ys] = [new Float64Array(count), new Float64Array(count)]
  let i = 1
  for (let second = 0; second < count; second++) {
    while (i < spots.length - 1 && spots[i]!.second < first + second) i++
    const [a, b] = [spots[i - 1]!, spots[i]!]
    const share = Math.min(1, Math.max(0, (first + second - a.second) / (b.second - a.second)))
    xs[second] = a.x + (b.x - a.x) * share
    ys[second] = a.y + (b.y - a.y) * share
  }
  return { xs, ys }
}

/** As `profileOf`, for a whole `half`; nothing of a run that is shorter. */
export function speedsOf(
  { xs, ys }: Seconds,
  { half, smooth }: { half: number; smooth: number },
): Float64Array {
  const chords = new Float64Array(Math.max(0, xs.length - 2 * half))
  for (let i = 0; i < chords.length; i++) {
    const [x, y] = [xs[i + 2 * half]! - xs[i]!, ys[i + 2 * half]! - ys[i]!]
    chords[i] = Math.sqrt(x * x + y * y) / (2 * half)
  }
  return meanAround(meanAround(chords, smooth), smooth)
}

/** Towards the ends over fewer, as many on either side. */
function meanAround(values: Float64Array, half: number): Float64Array {
  const sums = new Float64Array(values.length + 1)
  for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i]! + values[i]!
  const means = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const width = Math.min(half, i, values.length - 1 - i)
    means[i] = (sums[i + width + 1]! - sums[i - width]!) / (2 * width + 1)
  }
  return means
}

/** Where it was at a second, on the straight line between two fixes. Asked in order. */
export function placesAlong(run: Run): (second: number) => { lat: number; lon: number } {
  let i = 1
  return (second) => {
    while (i < run.length - 1 && run[i]!.at < second * 1000) i++
    const [a, b] = [run[i - 1]!, run[i]!]
    const share = Math.min(1, Math.max(0, (second * 1000 - a.at) / (b.at - a.at)))
    return { lat: a.lat + (b.lat - a.lat) * share, lon: a.lon + (b.lon - a.lon) * share }
  }
}
