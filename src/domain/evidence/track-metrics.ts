// What a trip's track says in a few numbers. What was not recorded is not ridden; where no signal came, the kind decides what is bridged.
// Promise: order, repeats and decimals beyond the canonical grid change nothing.

import { metresAcross } from './across-gap.ts'
import { bridge, type Gap, NOISE_METRES, STANDING_METRES_PER_SECOND } from './track-gaps.ts'
import { type Fix, gridOf, metresBetween, speedBetween } from './track-grid.ts'
import { motionOf, type TrackMotion } from './track-motion.ts'
import { type Run, runsOf, type Stretch } from './track-runs.ts'
import { wayLength } from './way-length.ts'

export type { Stretch } from './track-runs.ts'

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

const STEP_METRES = 2 * NOISE_METRES
const WINDOW_SECONDS = 10 // on this stretch a fix's error (5 m) is small beside a bicycle's way (40 m)

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
  const { runs, jumps } = runsOf(stretches)
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
    jumps,
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

/** `seconds`: of steps between two segments that are too short to be a gap. Runs are one line where the next begins on the spot. */
function distancesOf(runs: readonly Run[]): { metres: number; seconds: number; gaps: Gap[] } {
  const gaps: Gap[] = []
  const lines: Fix[][] = []
  let seconds = 0
  for (const { written, after } of runs) {
    const [last, first] = [lines.at(-1)?.at(-1), written[0]!]
    const metres = last ? metresBetween(last, first) : 0
    // A recorder that opens a segment for each fix has no way between them but its usual steps.
    const isElsewhere = metres >= (after === 'step' ? STEP_METRES : NOISE_METRES)
    const across = last && after === 'signal' ? metresAcross(lines.at(-1)!, written) : metres
    if (last && isElsewhere) gaps.push({ of: after, seconds: first.second - last.second, metres: across })
    else if (last && after === 'step' && isMove(last, first)) seconds += first.second - last.second
    if (last && !isElsewhere) for (const fix of written) lines.at(-1)!.push(fix)
    else lines.push([...written])
  }
  return { metres: lines.reduce((sum, line) => sum + wayLength(line), 0), seconds, gaps }
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
