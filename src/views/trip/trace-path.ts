/** The shape of a way on an empty grid: as it would lie on a map, north up, in the middle of a square. Pure. */
import type { TrackPoint } from '../../domain/evidence/track-grid.ts'

/** The drawing's own units. */
export const TRACE_SIZE = 100
const MARGIN = 8
/** A way shorter than this is drawn small: standing must not look like a journey. */
const LEAST_DEGREES = 0.001
/** More corners cannot be told apart on a phone. */
const CORNERS_MAX = 600

interface Trace {
  /** One run for each part that was recorded without a break. */
  readonly runs: readonly string[]
  readonly start: readonly [number, number]
  readonly end: readonly [number, number]
}

/** @param breaks where a new run begins, as moments between two points. */
export function traceOf(points: readonly TrackPoint[], breaks: readonly number[]): Trace | undefined {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return undefined
  const place = placing(points)
  const step = Math.max(1, Math.ceil(points.length / CORNERS_MAX))
  const runs: string[][] = [[]]
  let next = 0
  points.forEach((point, i) => {
    const isNew = next < breaks.length && point.at > (breaks[next] as number)
    while (next < breaks.length && point.at > (breaks[next] as number)) next++
    if (isNew) runs.push([])
    if (isNew || i % step === 0 || i === points.length - 1) runs.at(-1)?.push(place(point).join(','))
  })
  return { runs: runs.map((run) => run.join(' ')), start: place(first), end: place(last) }
}

function placing(points: readonly TrackPoint[]): (point: TrackPoint) => [number, number] {
  const narrow = Math.cos(((points[0]?.lat ?? 0) * Math.PI) / 180)
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { lat, lon } of points) {
    west = Math.min(west, lon * narrow)
    east = Math.max(east, lon * narrow)
    south = Math.min(south, lat)
    north = Math.max(north, lat)
  }
  const scale = (TRACE_SIZE - 2 * MARGIN) / Math.max(LEAST_DEGREES, east - west, north - south)
  const across = (value: number) => Math.round((TRACE_SIZE / 2 + value * scale) * 10) / 10
  return ({ lat, lon }) => [across(lon * narrow - (west + east) / 2), across((south + north) / 2 - lat)]
}
