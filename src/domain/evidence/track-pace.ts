// How fast a leg went, in the few figures by which its means can be told. Pure numbers: no place, no turn.
import type { Stretch } from './track-runs.ts'
import { STANDING, type Step, standsIn, stepsOf } from './track-speeds.ts'

/** A figure that the leg is too short or too thin for is absent. */
export interface Pace {
  /** Metres per hour that half, 85 % and 95 % of the time in motion do not exceed. */
  readonly p50?: number
  readonly p85?: number
  readonly p95?: number
  /** Coming to a stand, per 10 km. */
  readonly stands?: number
  /** Metres per hour won within eight seconds, by the hardest starts. */
  readonly gain?: number
}

const GAIN_SECONDS = 8
const GAIN_SHARE = 0.97
const THIN_SECONDS = 8 // a step so long holds a whole start and does not show it
const GAINS_MIN = 20
const TEN_KM = 10_000

/** What tells how somebody travelled, over all stretches together. All zero where nothing moved. */
export function paceOf(stretches: readonly Stretch[]): Pace {
  const steps = stepsOf(stretches)
  const moving = steps.filter(({ brisk }) => brisk >= STANDING)
  if (moving.length === 0) return { p50: 0, p85: 0, p95: 0 }
  const metres = steps.reduce((sum, { from, to, brisk }) => sum + brisk * (to - from), 0)
  const sorted = moving.sort((a, b) => a.brisk - b.brisk)
  const gain = gainOf(steps)
  return {
    p50: perHour(atShare(sorted, 0.5)),
    p85: perHour(atShare(sorted, 0.85)),
    p95: perHour(atShare(sorted, 0.95)),
    stands: Math.round((standsIn(steps) * TEN_KM) / metres),
    ...(gain === undefined ? {} : { gain: perHour(gain) }),
  }
}

const perHour = (metresPerSecond: number) => Math.round(metresPerSecond * 3600)

/** The speed that this share of the time does not exceed. */
function atShare(sorted: readonly Step[], share: number): number {
  const whole = sorted.reduce((sum, { from, to }) => sum + to - from, 0)
  let seconds = 0
  for (const { from, to, brisk } of sorted) {
    seconds += to - from
    if (seconds >= share * whole) return brisk
  }
  return 0
}

function gainOf(steps: readonly Step[]): number | undefined {
  const gains: number[] = []
  let later = 0
  for (const { from, to, brisk } of steps) {
    while (later < steps.length && steps[later]!.from - from < GAIN_SECONDS) later++
    const then = steps[later]
    if (then && to - from <= THIN_SECONDS && then.brisk > brisk && then.from - from <= 2 * THIN_SECONDS)
      gains.push(then.brisk - brisk)
  }
  gains.sort((a, b) => a - b)
  return gains.length < GAINS_MIN ? undefined : gains[Math.floor(gains.length * GAIN_SHARE)]
}
