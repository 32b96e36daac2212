// Recorders that write each second and hear of a new place only every few: in between they write the last one again. Of such a place the first moment is
// true; the others would make a stand of each and a leap of every step between.
import type { TrackPoint } from './track-grid.ts'

const MOVES_MIN = 4 // fewer steps show no habit
const HELD_SHARE = 0.3 // of the steps that lead away from a place that was written more than once: who stands at lights does so only now and then
const STAND = 4 // times the usual: so long nobody waits for a new place, somebody stood

/** Of one segment, in order of time: each place once while the recorder held it, and as long as somebody stood there; all of them where it held none. */
export function withoutHeldPlaces(segment: readonly TrackPoint[]): readonly TrackPoint[] {
  const points = [...segment].sort((a, b) => a.at - b.at)
  const runs = runsIn(points)
  const moves = runs.length - 1
  const held = runs.slice(0, -1).filter(({ first, last }) => last > first).length
  if (moves < MOVES_MIN || held < HELD_SHARE * moves) return segment
  const usual = usualMs(points, runs)
  return runs.flatMap(({ first, last }, i) => {
    const next = runs[i + 1]
    const until =
      next === undefined ? last : lastBefore(points, { first, last }, points[next.first]!.at - usual)
    const isStand = next === undefined || points[next.first]!.at - points[first]!.at > STAND * usual
    return isStand && until > first ? [points[first]!, points[until]!] : [points[first]!]
  })
}

/** Indices of points in a row at the very same place. */
interface HeldRun {
  readonly first: number
  last: number
}

function runsIn(points: readonly TrackPoint[]): readonly HeldRun[] {
  const runs: HeldRun[] = []
  points.forEach(({ lat, lon }, i) => {
    const before = points[i - 1]
    if (before && before.lat === lat && before.lon === lon) runs.at(-1)!.last = i
    else runs.push({ first: i, last: i })
  })
  return runs
}

/** From one place to the next. */
function usualMs(points: readonly TrackPoint[], runs: readonly HeldRun[]): number {
  const steps = runs.slice(1).map(({ first }, i) => points[first]!.at - points[runs[i]!.first]!.at)
  return steps.sort((a, b) => a - b)[steps.length >> 1]!
}

function lastBefore(points: readonly TrackPoint[], { first, last }: HeldRun, at: number): number {
  let found = last
  while (found > first && points[found]!.at > at) found--
  return found
}
