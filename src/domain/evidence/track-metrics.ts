// What a trip's track says in a few numbers. What was not recorded is not ridden; where no signal came, the kind decides what is bridged.
// Promise: order, repeats and decimals beyond the canonical grid change nothing.

import { withoutStrays } from './stray-fixes.ts'
import { bridge, type Gap, NOISE_METRES, STANDING_METRES_PER_SECOND } from './track-gaps.ts'
import { type Fix, gridOf, metresBetween, speedBetween, type TrackPoint } from './track-grid.ts'
import { motionOf, type TrackMotion } from './track-motion.ts'

/** Points that were recorded without a stop, and what parts them from those before: the person's pause, or only a new segment. */
export interface Stretch {
  readonly points: readonly TrackPoint[]
  readonly after: 'segment' | 'pause'
}

/** All that is kept of a trip once its places are dropped. */
export interface TrackMeasure {
  readonly startedAt: number // epoch milliseconds of the first and last usable point, whole seconds; both 0 if there is none
  readonly endedAt: number
  readonly points: number // distinct and usable: a point that is written twice counts once
  readonly recordedMetres: number // not rounded: gaps are added before
  readonly recordedSeconds: number // in motion
  readonly maxSpeedMetresPerHour: number // robust; 0 where no 10 s were recorded without a gap: unknown, not slow
  readonly gaps: readonly Gap[]
  readonly jumps: number // how often positions were set aside because nobody moves like that
  readonly motion?: TrackMotion // absent in drafts that were kept before 2026-11-30
}

export interface TrackMetrics {
  readonly startedAt: number
  readonly endedAt: number
  readonly distanceMetres: number
  readonly movingSeconds: number
  readonly points: number
  readonly maxSpeedMetresPerHour: number
  readonly bridgedMetres: number
  readonly missingMetres: number
  readonly missingSeconds: number
  readonly jumps: number
}

const GAP_SECONDS = 30 // longer than the slowest "smart recording" step, shorter than a metro tunnel
const GAP_SECONDS_MAX = 180 // a recorder of one fix a minute has no gap after each; slower ones do
const STEPS_PER_GAP = 3
const WINDOW_SECONDS = 10 // on this stretch a fix's error (5 m) is small beside a bicycle's way (40 m)
const SMOOTHING_SECONDS = 2 // five fixes at 1 Hz: two bad ones are outvoted, and a street corner is not cut

/**
 * Method: round as the digest does; one fix a second; drop what nobody can reach; take the median over ±2 s, which
 * removes single bad fixes altogether and, with both sides alike, neither lags nor cuts corners.
 * - Distance: from anchor to anchor, the next anchor being the first fix at least 15 m away. Summing every step instead
 *   would pay for jitter: a phone on a table "walks" kilometres. What is left after the last anchor (< 15 m) is dropped.
 *   Anchors reach across a pause only where it ended on the spot.
 * - Moving: per step, the straight displacement from 5 s before to 5 s after.
 * - Top speed: straight displacement over windows of at least 10 s that hold no gap, and of the moving ones the 95th
 *   percentile, because one bad fix must not refuse a ride. A straight line never exceeds the way, so noise hardly adds.
 */
export function measure(stretches: readonly Stretch[]): TrackMeasure {
  const grid = gridOf(stretches.flatMap(({ points }) => points))
  const cleaned = stretches.map(({ points, after }) => ({
    after,
    ...withoutStrays(onePerSecond(gridOf(points))),
  }))
  const runs = runsOf(cleaned, gapSecondsOf(cleaned.map(({ kept }) => kept)))
  const { metres, seconds, gaps } = distancesOf(runs)
  const fixes = runs.map((run) => run.fixes)
  const motion = motionOf(stretches.map(({ points }) => points))
  return {
    startedAt: (grid[0]?.second ?? 0) * 1000,
    endedAt: (grid.at(-1)?.second ?? 0) * 1000,
    points: grid.length,
    recordedMetres: metres,
    recordedSeconds: fixes.reduce((sum, run) => sum + movingSecondsOf(run), seconds),
    maxSpeedMetresPerHour: Math.round(topSpeedOf(fixes) * 3600),
    gaps,
    jumps: cleaned.reduce((sum, { jumps }) => sum + jumps, 0),
    ...(motion ? { motion } : {}),
  }
}

/** The numbers for a kind whose mean speed is at most `fastest` metres per hour. */
export function metricsFor(measured: TrackMeasure, fastest: number): TrackMetrics {
  const { startedAt, endedAt, points, maxSpeedMetresPerHour, jumps, recordedMetres, gaps } = measured
  const bridges = bridge(gaps, { recordedMetres, fastest })
  return {
    startedAt,
    endedAt,
    distanceMetres: Math.round(recordedMetres + bridges.metres),
    movingSeconds: measured.recordedSeconds + bridges.movingSeconds,
    points,
    maxSpeedMetresPerHour,
    bridgedMetres: Math.round(bridges.bridgedMetres),
    missingMetres: Math.round(bridges.missingMetres),
    missingSeconds: bridges.missingSeconds,
    jumps,
  }
}

const onePerSecond = (grid: readonly Fix[]) => grid.filter(({ second }, i) => grid[i - 1]?.second !== second)

/** From which silence on the signal counts as lost: three of the recorder's own steps, but within bounds. */
function gapSecondsOf(stretches: readonly (readonly Fix[])[]): number {
  const steps = stretches.flatMap((fixes) => fixes.slice(1).map((fix, i) => fix.second - fixes[i]!.second))
  const usual = steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0
  return Math.min(GAP_SECONDS_MAX, Math.max(GAP_SECONDS, usual * STEPS_PER_GAP))
}

interface Run {
  readonly fixes: readonly Fix[]
  readonly after: Gap['of']
}

/** Stretches recorded without a gap or a restart. */
function runsOf(
  stretches: readonly { kept: readonly Fix[]; after: Stretch['after'] }[],
  gapSeconds: number,
): Run[] {
  const runs: { fixes: Fix[]; after: Gap['of'] }[] = []
  for (const { kept, after } of stretches) {
    kept.forEach((fix, i) => {
      const before = i > 0 ? kept[i - 1] : runs.at(-1)?.fixes.at(-1)
      const silence = before ? fix.second - before.second : 0
      if (i === 0)
        runs.push({ fixes: [fix], after: after === 'segment' && silence <= GAP_SECONDS ? 'step' : 'pause' })
      else if (fix.isRestart) runs.push({ fixes: [fix], after: 'pause' })
      else if (silence > gapSeconds) runs.push({ fixes: [fix], after: 'signal' })
      else runs.at(-1)!.fixes.push(fix)
    })
  }
  return runs.map((run) => ({ ...run, fixes: smoothed(run.fixes) }))
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

/** `seconds`: of steps between two segments that are too short to be a gap. */
function distancesOf(runs: readonly Run[]): { metres: number; seconds: number; gaps: Gap[] } {
  const gaps: Gap[] = []
  let metres = 0
  let seconds = 0
  let anchor: Fix | undefined
  let last: Fix | undefined
  for (const { fixes, after } of runs) {
    const first = fixes[0]!
    const isElsewhere = last !== undefined && metresBetween(last, first) >= NOISE_METRES
    if (last && anchor && isElsewhere) {
      gaps.push({ of: after, seconds: first.second - last.second, metres: metresBetween(anchor, first) })
    } else if (last && after === 'step' && isMove(last, first)) seconds += first.second - last.second
    if (!anchor || isElsewhere) anchor = first
    for (const fix of fixes) {
      const leg = metresBetween(anchor, fix)
      if (leg < NOISE_METRES) continue
      metres += leg
      anchor = fix
    }
    last = fixes.at(-1)
  }
  return { metres, seconds, gaps }
}

function movingSecondsOf(run: readonly Fix[]): number {
  let seconds = 0
  for (let i = 1; i < run.length; i++) {
    const [before, after] = [reach(run, i - 1, -WINDOW_SECONDS / 2), reach(run, i, WINDOW_SECONDS / 2)]
    if (isMove(before, after)) seconds += run[i]!.second - run[i - 1]!.second
  }
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

function topSpeedOf(runs: readonly (readonly Fix[])[]): number {
  const speeds = runs
    .flatMap((run) => run.map((from, i) => [from, reach(run, i, WINDOW_SECONDS)] as const))
    .filter(([from, to]) => to.second - from.second >= WINDOW_SECONDS && isMove(from, to))
    .map(([from, to]) => speedBetween(from, to))
    .sort((a, b) => a - b)
  return speeds[Math.ceil(speeds.length * 0.95) - 1] ?? 0
}
