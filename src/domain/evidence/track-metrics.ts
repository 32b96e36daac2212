// What a track says in a few numbers, and the canonical text its digest is made of. Only these leave the phone, never the points.
// Promise: order, repeats, splitting and decimals beyond the canonical grid change nothing: same digest, same numbers.
import { metresBetween as greatCircleMetres } from '../place.ts'

export interface TrackPoint {
  readonly lat: number
  readonly lon: number
  readonly at: number // epoch milliseconds
}

export interface TrackMetrics {
  readonly startedAt: number // epoch milliseconds of the first and last usable point, whole seconds; both 0 if there is none
  readonly endedAt: number
  readonly distanceMetres: number
  readonly movingSeconds: number
  readonly points: number // distinct and usable: a point that is written twice counts once
  readonly maxSpeedMetresPerHour: number // robust; 0 where no 10 s were recorded without a gap: unknown, not slow
  readonly gapSeconds: number
  readonly jumps: number // how often positions were set aside because nobody moves like that
}

interface Fix {
  readonly second: number
  readonly lat: number // 1e-5 degrees, like `lon`
  readonly lon: number
  readonly isRestart?: true // after a jump that turned out to be real: never joined with what came before
}

const RADIANS_PER_GRID_UNIT = Math.PI / 180 / 1e5
const EARLIEST_AT = 946_684_800_000 // 2000; a receiver without a clock yet would stretch the trip over decades
const LATEST_AT = 4_102_444_800_000 // 2100
const FASTEST_METRES_PER_SECOND = 56 // 200 km/h: the fastest credited ride, the metro, at 120, and margin
const JUMP_SLACK_METRES = 50 // two fixes 15 m off each, and up to a second lost by rounding times
const STRAYS_TO_BELIEVE = 5 // one mislaid fix is noise; five in a row that fit together are where the phone is
const GAP_SECONDS = 30 // longer than the slowest "smart recording" step, shorter than a metro tunnel
const NOISE_METRES = 15 // three times the usual error (5 m) of a phone: less cannot be told from standing
const STANDING_METRES_PER_SECOND = 0.5 // below a frail person's walk (0.6), above a standing phone's drift over 10 s
const WINDOW_SECONDS = 10 // on this stretch a fix's error (5 m) is small beside a bicycle's way (40 m)
const SMOOTHING_SECONDS = 2 // five fixes at 1 Hz: two bad ones are outvoted, and a street corner is not cut

/** The text to be hashed: one line a point, `second,lat,lon` with degrees in units of 1e-5 (about a metre), in order. */
export function canonicalTrackText(points: readonly TrackPoint[]): string {
  const lines = gridOf(points).map(({ second, lat, lon }) => `${second},${lat},${lon}`)
  return ['greentrace-track-1', ...lines, ''].join('\n')
}

/**
 * Method: round as the digest does; one fix a second; drop what nobody can reach; take the median over ±2 s, which
 * removes single bad fixes altogether and, with both sides alike, neither lags nor cuts corners.
 * - Distance: from anchor to anchor, the next anchor being the first fix at least 15 m away. Summing every step instead
 *   would pay for jitter: a phone on a table "walks" kilometres. What is left after the last anchor (< 15 m) is dropped.
 *   Anchors reach across gaps in a straight line, the least that was surely travelled.
 * - Moving: per step, the straight displacement from 5 s before to 5 s after. A gap counts as moving if crossed at walking
 *   pace or more: its distance counts, so its time must too, or the average speed would be too high.
 * - Top speed: straight displacement over windows of at least 10 s that hold no gap, and of the moving ones the 95th
 *   percentile, because one bad fix must not refuse a ride. A straight line never exceeds the way, so noise hardly adds.
 */
export function metricsOf(points: readonly TrackPoint[]): TrackMetrics {
  const grid = gridOf(points)
  const onePerSecond = grid.filter(({ second }, i) => grid[i - 1]?.second !== second)
  const { kept, jumps } = withoutJumps(onePerSecond)
  const runs = runsOf(kept).map(smoothed)
  return {
    startedAt: (grid[0]?.second ?? 0) * 1000,
    endedAt: (grid.at(-1)?.second ?? 0) * 1000,
    distanceMetres: Math.round(distanceOf(runs.flat())),
    movingSeconds: movingSecondsOf(runs),
    points: grid.length,
    maxSpeedMetresPerHour: Math.round(topSpeedOf(runs) * 3600),
    gapSeconds: kept.map((fix, i) => gapBetween(kept[i - 1], fix)).reduce((sum, gap) => sum + gap, 0),
    jumps,
  }
}

/** Distinct points in order. Milliseconds are cut off, as tools that drop them do. */
function gridOf(points: readonly TrackPoint[]): Fix[] {
  const grid = points
    .filter(isUsable)
    .map(({ lat, lon, at }) => ({ second: Math.floor(at / 1000), lat: onGrid(lat), lon: onGrid(lon) }))
    .sort(inOrder)
  return grid.filter((fix, i) => i === 0 || inOrder(grid[i - 1]!, fix) !== 0)
}

const inOrder = (a: Fix, b: Fix) => a.second - b.second || a.lat - b.lat || a.lon - b.lon

function isUsable({ lat, lon, at }: TrackPoint): boolean {
  const isSomewhere = Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && !(lat === 0 && lon === 0) // 0,0 is written for "no fix"
  return isSomewhere && at >= EARLIEST_AT && at < LATEST_AT
}

/** By way of 7 decimals, so that exports with seven and with all digits agree; one with fewer may fall on another step. */
function onGrid(degrees: number): number {
  return Math.round(Math.round(degrees * 1e7) / 100)
}

function withoutJumps(fixes: readonly Fix[]): { kept: Fix[]; jumps: number } {
  const kept: Fix[] = []
  let strays: Fix[] = []
  let jumps = 0
  for (const fix of fixes) {
    const last = kept.at(-1)
    if (!last || isReachable(last, fix)) {
      kept.push(fix)
      strays = []
      continue
    }
    const isFurther = strays.length > 0 && isReachable(strays.at(-1)!, fix)
    if (!isFurther) jumps++
    strays = isFurther ? [...strays, fix] : [fix]
    if (strays.length < STRAYS_TO_BELIEVE) continue
    kept.push({ ...strays[0]!, isRestart: true }, ...strays.slice(1))
    strays = []
  }
  return { kept, jumps }
}

function isReachable(from: Fix, to: Fix): boolean {
  return metresBetween(from, to) <= FASTEST_METRES_PER_SECOND * (to.second - from.second) + JUMP_SLACK_METRES
}

function gapBetween(last: Fix | undefined, next: Fix): number {
  const seconds = next.second - (last ?? next).second
  return seconds > GAP_SECONDS ? seconds : 0
}

/** Stretches recorded without a gap or a restart. */
function runsOf(fixes: readonly Fix[]): Fix[][] {
  const runs: Fix[][] = []
  fixes.forEach((fix, i) => {
    if (i === 0 || fix.isRestart || gapBetween(fixes[i - 1], fix) > 0) runs.push([fix])
    else runs.at(-1)!.push(fix)
  })
  return runs
}

function smoothed(run: readonly Fix[]): Fix[] {
  const isNear = (a: Fix, b: Fix | undefined) =>
    b !== undefined && Math.abs(a.second - b.second) <= SMOOTHING_SECONDS
  const middle = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!
  return run.map((fix, i) => {
    let k = 0
    while (isNear(fix, run[i - k - 1]) && isNear(fix, run[i + k + 1])) k++
    const near = run.slice(i - k, i + k + 1)
    return { ...fix, lat: middle(near.map(({ lat }) => lat)), lon: middle(near.map(({ lon }) => lon)) }
  })
}

function distanceOf(fixes: readonly Fix[]): number {
  let metres = 0
  let anchor = fixes[0]
  for (const fix of fixes) {
    const leg = fix.isRestart || !anchor ? 0 : metresBetween(anchor, fix)
    metres += leg < NOISE_METRES ? 0 : leg
    if (fix.isRestart || leg >= NOISE_METRES) anchor = fix
  }
  return metres
}

function movingSecondsOf(runs: readonly Fix[][]): number {
  let seconds = 0
  runs.forEach((run, r) => {
    const [last, next] = [runs[r - 1]?.at(-1), run[0]!]
    const isCrossed =
      last && !next.isRestart && metresBetween(last, next) >= NOISE_METRES && isMove(last, next)
    if (isCrossed) seconds += next.second - last.second
    for (let i = 1; i < run.length; i++) {
      const [before, after] = [reach(run, i - 1, -WINDOW_SECONDS / 2), reach(run, i, WINDOW_SECONDS / 2)]
      if (isMove(before, after)) seconds += run[i]!.second - run[i - 1]!.second
    }
  })
  return seconds
}

/** The fix that many seconds away, or the last one of the run on that side. */
function reach(run: readonly Fix[], start: number, seconds: number): Fix {
  const step = Math.sign(seconds)
  let at = start
  while (run[at + step] && Math.abs(run[at]!.second - run[start]!.second) < Math.abs(seconds)) at += step
  return run[at]!
}

const isMove = (from: Fix, to: Fix) => speedBetween(from, to) >= STANDING_METRES_PER_SECOND

function topSpeedOf(runs: readonly Fix[][]): number {
  const speeds = runs
    .flatMap((run) => run.map((from, i) => [from, reach(run, i, WINDOW_SECONDS)] as const))
    .filter(([from, to]) => to.second - from.second >= WINDOW_SECONDS && isMove(from, to))
    .map(([from, to]) => speedBetween(from, to))
    .sort((a, b) => a - b)
  return speeds[Math.ceil(speeds.length * 0.95) - 1] ?? 0
}

const speedBetween = (from: Fix, to: Fix) => metresBetween(from, to) / (to.second - from.second)

/** From grid units: within 0.3 % of the ellipsoid, far below a receiver's error. */
function metresBetween(from: Fix, to: Fix): number {
  return greatCircleMetres(from, to, RADIANS_PER_GRID_UNIT)
}
