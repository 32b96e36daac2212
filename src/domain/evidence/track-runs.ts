// A trip's points as runs of fixes that a receiver wrote without a gap: one a second, mislaid ones set aside, single bad ones outvoted.
import { withoutStrays } from './stray-fixes.ts'
import type { Gap } from './track-gaps.ts'
import { type Fix, gridOf, type TrackPoint } from './track-grid.ts'

/** Points that were recorded without a stop, and what parts them from those before: the person's pause, or only a new segment. */
export interface Stretch {
  readonly points: readonly TrackPoint[]
  readonly after: 'segment' | 'pause'
}

/** Recorded without a gap or a restart. `after`: what parts it from the run before. */
export interface Run {
  /** Single bad ones outvoted by those around: what speeds are read from. */
  readonly fixes: readonly Fix[]
  /** The same as they were written: what lengths are read from. */
  readonly written: readonly Fix[]
  readonly after: Gap['of']
}

const GAP_SECONDS = 30 // longer than the slowest "smart recording" step, shorter than a metro tunnel
const GAP_SECONDS_MAX = 180 // a recorder of one fix a minute has no gap after each; slower ones do
const STEPS_PER_GAP = 3
/** From one segment to the next a slow recorder lets pass no more than from fix to fix. */
const STEP_SHARE = 1.5
const SMOOTHING_SECONDS = 2 // five fixes at 1 Hz: two bad ones are outvoted, and a street corner is not cut

/** `jumps`: how often positions were set aside because nobody moves like that. */
export function runsOf(stretches: readonly Stretch[]): { runs: Run[]; jumps: number } {
  const cleaned = stretches.map(({ points, after }) => ({
    after,
    ...withoutStrays(onePerSecond(gridOf(points))),
  }))
  const usual = usualSecondsOf(cleaned.map(({ kept }) => kept))
  return {
    runs: cutAtGaps(cleaned, {
      gap: gapSecondsFor(usual),
      step: Math.max(GAP_SECONDS, Math.min(usual, GAP_SECONDS_MAX / STEPS_PER_GAP) * STEP_SHARE),
    }),
    jumps: cleaned.reduce((sum, { jumps }) => sum + jumps, 0),
  }
}

const onePerSecond = (grid: readonly Fix[]) => grid.filter(({ second }, i) => grid[i - 1]?.second !== second)

/** The recorder's own step. */
function usualSecondsOf(stretches: readonly (readonly Fix[])[]): number {
  const steps = stretches.flatMap((fixes) => fixes.slice(1).map((fix, i) => fix.second - fixes[i]!.second))
  return steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0
}

/** From which silence on the signal counts as lost: three of the recorder's own steps, but within bounds. */
function gapSecondsFor(usual: number): number {
  return Math.min(GAP_SECONDS_MAX, Math.max(GAP_SECONDS, usual * STEPS_PER_GAP))
}

function cutAtGaps(
  stretches: readonly { kept: readonly Fix[]; after: Stretch['after'] }[],
  seconds: { readonly gap: number; readonly step: number },
): Run[] {
  const runs: { fixes: Fix[]; after: Gap['of'] }[] = []
  for (const { kept, after } of stretches) {
    kept.forEach((fix, i) => {
      const before = i > 0 ? kept[i - 1] : runs.at(-1)?.fixes.at(-1)
      const silence = before ? fix.second - before.second : 0
      if (i === 0)
        runs.push({ fixes: [fix], after: after === 'segment' && silence <= seconds.step ? 'step' : 'pause' })
      else if (fix.isRestart) runs.push({ fixes: [fix], after: 'pause' })
      else if (silence > seconds.gap) runs.push({ fixes: [fix], after: 'signal' })
      else runs.at(-1)!.fixes.push(fix)
    })
  }
  return runs.map(({ fixes, after }) => ({ fixes: smoothed(fixes), written: fixes, after }))
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
