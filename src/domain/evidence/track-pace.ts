// How fast a trip went, in the few figures by which its means can be told. Pure numbers: no place, no turn.
import { type Fix, metresBetween } from './track-grid.ts'
import { runsOf, type Stretch } from './track-runs.ts'

/** Speeds in metres per hour, of the time in motion. A figure that the track is too short or too thin for is absent. */
export interface Pace {
  readonly p50?: number
  readonly p85?: number
  readonly p95?: number
}

const WINDOW_SECONDS = 10 // on this stretch a fix's error (5 m) is small beside a bicycle's way (40 m)
const STANDING = 0.5 // m/s: below a frail person's walk, above a standing phone's drift

export function paceOf(stretches: readonly Stretch[]): Pace {
  const runs = runsOf(stretches).runs.map(({ fixes }) => fixes)
  const speeds = runs.flatMap(speedsIn)
  // Nothing but gaps: the straight lines across them are all there is.
  const known = speeds.length > 0 ? speeds : speedsIn(runs.flat())
  const moving = known.filter((speed) => speed >= STANDING).sort((a, b) => a - b)
  if (moving.length === 0) return {}
  const at = (share: number) => Math.round((moving[Math.ceil(moving.length * share) - 1] ?? 0) * 3600)
  return { p50: at(0.5), p85: at(0.85), p95: at(0.95) }
}

/** From each fix to the first that is ten seconds later. */
function speedsIn(fixes: readonly Fix[]): number[] {
  const speeds: number[] = []
  let to = 0
  for (const from of fixes) {
    while (to < fixes.length && fixes[to]!.second - from.second < WINDOW_SECONDS) to++
    const end = fixes[to]
    if (end) speeds.push(metresBetween(from, end) / (end.second - from.second))
  }
  return speeds
}
