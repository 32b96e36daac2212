// What lies between the recorded runs of one trip, and how much of it may be bridged: a lost signal, within limits; a pause, never.
// Pure arithmetic on lengths: it needs no place, so the numbers follow the kind that the person chooses after the file is gone.

/** `step`: from one segment to the next, no longer than a step. `signal`: nothing was received. `pause`: nothing was recorded. */
export interface Gap {
  readonly of: 'step' | 'signal' | 'pause'
  readonly seconds: number
  readonly metres: number
}

interface Bridges {
  readonly metres: number
  readonly movingSeconds: number
  /** Of `metres`: across lost signals. */
  readonly bridgedMetres: number
  /** What is shown and not guessed. */
  readonly missingMetres: number
  readonly missingSeconds: number
}

const BRIDGE_SECONDS_MAX = 600 // ten minutes: a tunnel or a screen that was off, not a forgotten recorder
const RECORDED_PER_BRIDGED = 4 // at most a fifth of the whole is a straight line that nobody has seen
export const NOISE_METRES = 15 // three times the usual error (5 m) of a phone: less cannot be told from standing
export const STANDING_METRES_PER_SECOND = 0.5 // below a frail person's walk (0.6), above a standing phone's drift over 10 s

/** `fastest` in metres per hour: what the kind can be on average. The shortest are bridged first. */
export function bridge(
  gaps: readonly Gap[],
  { recordedMetres, fastest }: { recordedMetres: number; fastest: number },
): Bridges {
  const fits = ({ metres, seconds }: Gap) => (metres - NOISE_METRES) * 3600 <= fastest * seconds
  const steps = gaps.filter((gap) => gap.of === 'step' && fits(gap))
  const recorded = recordedMetres + sum(steps, 'metres')
  const across: Gap[] = []
  let bridgedMetres = 0
  const open = gaps.filter(({ of, seconds }) => of === 'signal' && seconds <= BRIDGE_SECONDS_MAX)
  for (const gap of open.filter(fits).sort((a, b) => a.metres - b.metres || a.seconds - b.seconds)) {
    if ((bridgedMetres + gap.metres) * RECORDED_PER_BRIDGED > recorded) break
    bridgedMetres += gap.metres
    across.push(gap)
  }
  const counted = new Set([...steps, ...across])
  const missing = gaps.filter((gap) => !counted.has(gap))
  return {
    metres: sum(steps, 'metres') + bridgedMetres,
    movingSeconds: sum([...counted].filter(isCrossed), 'seconds'),
    bridgedMetres,
    missingMetres: sum(missing, 'metres'),
    missingSeconds: sum(missing, 'seconds'),
  }
}

/** Its distance counts, so its time must too, or the average speed would be too high; slower than a walk it was a rest. */
const isCrossed = ({ metres, seconds }: Gap) => metres >= seconds * STANDING_METRES_PER_SECOND

const sum = (gaps: readonly Gap[], what: 'metres' | 'seconds') =>
  gaps.reduce((all, gap) => all + gap[what], 0)
