// Positions at which nobody was: mislaid fixes are set aside, whatever the interval of the recorder. What fits together stays.
import { type Fix, metresBetween, speedBetween } from './track-grid.ts'

const FASTEST_METRES_PER_SECOND = 56 // 200 km/h: the fastest credited ride, the metro, at 120, and margin
const JUMP_SLACK_METRES = 50 // two fixes 15 m off each, and up to a second lost by rounding times
const STRAYS_TO_BELIEVE = 5 // one mislaid fix is noise; five in a row that fit together are where the phone is
const SPIKE_SLACK_METRES = 30 // two fixes 15 m off each: below it the detour is worth no filter
const SPIKE_SPEED_FACTOR = 1.5 // there and back half as fast again as all around it: nobody sprints for one fix and turns
const SPIKE_RETURN_SHARE = 0.6 // the straight line is this short only after a turn sharper than 74°
const END_SPEED_FACTOR = 3 // a first or last fix has no way back to tell by: it must be far beyond the rest
const NEIGHBOURS = 3 // steps on either side that say how fast it was just there
/** Steps in a row of which one is no faster than all: there and back again, a mislaid fix makes no speed. In longer ones somebody stood. */
const TOGETHER = { steps: 3, seconds: 35 }

/** Those that somebody can have been at, in their order; `jumps`: how many places in it were left out, far ones and spikes alike. */
export function withoutStrays(fixes: readonly Fix[]): { kept: Fix[]; jumps: number } {
  const reachable = withoutJumps(fixes)
  const smooth = withoutSpikes(reachable.kept)
  return { kept: smooth.kept, jumps: reachable.jumps + smooth.spikes }
}

function withoutJumps(fixes: readonly Fix[]): { kept: Fix[]; jumps: number } {
  const kept: Fix[] = []
  let strays: Fix[] = []
  const start = mislaidAtStart(fixes)
  let jumps = start > 0 ? 1 : 0
  for (const fix of fixes.slice(start)) {
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

/**
 * How many fixes a receiver wrote while it still believed its last place: those after them agree with each other and not with them. Of one fix
 * two others say so; of several, as many as are believed elsewhere.
 */
function mislaidAtStart(fixes: readonly Fix[]): number {
  for (let count = 1; count < STRAYS_TO_BELIEVE; count++) {
    const [last, ...after] = fixes.slice(count - 1, count + (count === 1 ? 2 : STRAYS_TO_BELIEVE))
    if (!last || !after[0] || isReachable(last, after[0])) continue
    const agree = after.slice(1).every((fix, i) => isReachable(after[i]!, fix))
    return agree && after.length >= (count === 1 ? 2 : STRAYS_TO_BELIEVE) ? count : 0
  }
  return 0
}

function isReachable(from: Fix, to: Fix): boolean {
  return metresBetween(from, to) <= FASTEST_METRES_PER_SECOND * (to.second - from.second) + JUMP_SLACK_METRES
}

interface Around {
  readonly usual: number
  /** Of the step to each fix. */
  readonly speeds: readonly number[]
}

/** A spike is reachable at some speed, but at none that this trip has before and after it. Up to four fixes in a row. */
function withoutSpikes(fixes: readonly Fix[]): { kept: Fix[]; spikes: number } {
  if (fixes.length < 4) return { kept: [...fixes], spikes: 0 }
  const speeds = speedsOf(fixes)
  const usual = usualSpeed(speeds)
  const kept: Fix[] = []
  // Where the way on from the second is too fast as well, it is the second that lies beside.
  const isFirstMislaid = [0, 1].map((end) => isMislaidEnd(fixes, { end, next: end + 1, usual, speeds }))
  let spikes = isFirstMislaid[0] && !isFirstMislaid[1] ? 1 : 0
  for (let i = spikes; i < fixes.length; i++) {
    const last = kept.at(-1)
    const length = last ? spikeLength(fixes, i, { last, usual, speeds }) : 0
    if (length > 0) spikes++
    if (length > 0) i += length - 1
    else kept.push(fixes[i]!)
  }
  const [end, next] = [kept.length - 1, kept.length - 2]
  if (kept.length > 3 && isMislaidEnd(kept, { end, next, usual, speeds: speedsOf(kept) })) {
    kept.pop()
    spikes++
  }
  return { kept, spikes }
}

/** How many fixes from `at` on lie beside the way, or 0. */
function spikeLength(fixes: readonly Fix[], at: number, around: Around & { last: Fix }): number {
  const { last, usual, speeds } = around
  const first = fixes[at]!
  if (first.isRestart || metresBetween(last, first) <= SPIKE_SLACK_METRES) return 0
  const fast = Math.max(usual, localSpeed(speeds, at)) * SPIKE_SPEED_FACTOR
  const isFast = isFaster(last, first, fast)
  let beside = 0
  for (let length = 1; length < STRAYS_TO_BELIEVE; length++) {
    const [end, next] = [fixes[at + length - 1]!, fixes[at + length]]
    if (!next || next.isRestart) return 0
    beside += length > 1 ? metresBetween(fixes[at + length - 2]!, end) : 0
    const detour = metresBetween(last, first) + beside + metresBetween(end, next)
    const isBack = metresBetween(last, next) < detour * SPIKE_RETURN_SHARE && !isFaster(last, next, fast)
    const seconds = next.second - last.second
    const isDetour = seconds <= TOGETHER.seconds && detour > fast * seconds + SPIKE_SLACK_METRES
    if (isBack && ((isFast && isFaster(end, next, fast)) || isDetour)) return length
    if (!isFast && seconds > TOGETHER.seconds) return 0
  }
  return 0
}

function isFaster(from: Fix, to: Fix, metresPerSecond: number): boolean {
  const seconds = Math.max(1, to.second - from.second)
  return metresBetween(from, to) > metresPerSecond * seconds + SPIKE_SLACK_METRES
}

function isMislaidEnd(fixes: readonly Fix[], ends: Around & { end: number; next: number }): boolean {
  const { end, next, usual, speeds } = ends
  const [one, other] = end < next ? [fixes[end]!, fixes[next]!] : [fixes[next]!, fixes[end]!]
  if (other.isRestart) return false
  const fast = Math.max(usual, localSpeed(speeds, end))
  return isFaster(one, other, fast * END_SPEED_FACTOR)
}

/** Metres per second of the step to each fix, but no more than over up to three steps with it; 0 for the first and behind a restart. */
function speedsOf(fixes: readonly Fix[]): number[] {
  return fixes.map((fix, i) => {
    if (i === 0 || fix.isRestart) return 0
    let least = speedBetween(fixes[i - 1]!, fix)
    for (let from = i - 1; from >= 0 && i - from <= TOGETHER.steps; from--) {
      for (let to = i; to < fixes.length && to - from <= TOGETHER.steps; to++) {
        const isLong = fixes[to]!.second - fixes[from]!.second > TOGETHER.seconds
        if (isLong || (to > i && fixes[to]!.isRestart)) break
        least = Math.min(least, speedBetween(fixes[from]!, fixes[to]!))
      }
      if (fixes[from]!.isRestart) break
    }
    return least
  })
}

/** Three fifths of the steps are no faster: standing is left out by and large. */
const usualSpeed = (speeds: readonly number[]) => ranked(speeds.slice(1), 0.6)

/** The middle one of the steps around: another spike nearby does not count. */
function localSpeed(speeds: readonly number[], at: number): number {
  return ranked(speeds.slice(Math.max(1, at - NEIGHBOURS), at + NEIGHBOURS + 2), 0.5)
}

function ranked(values: number[], share: number): number {
  return values.sort((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0
}
