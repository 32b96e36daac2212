// What two copies of one trip have in common, whatever became of their times and places: when the pace rose and fell, as a song is recognised by
// its peaks. No place, no turn and no clock: each value is a hash of three changes of pace that follow each other within minutes (how long from one to
// the next, how fast at each beside the others), the smaller of forwards and backwards. Those with the smallest hashes are kept, which of two
// overlapping trips are the same ones: a half or a merged copy keeps its share.
import { type Change, changesIn, mixed, usualSpeed } from './pace-changes.ts'
import { profileOf, type Run } from './speed-profile.ts'

/** Six hexadecimal digits a value: 24 bits. */
export const LANDMARK_DIGITS = 6

/** How closely is looked. `half`: of the chord, and `smooth`: of the mean over it, in seconds. `turn`: how large a change is one, as a share of the usual pace. */
interface Scale {
  readonly half: number
  readonly smooth: number
  readonly turn: number
  readonly apartMin: number
  readonly apartMax: number
  /** Seconds, and a share, within which two are taken to be the same. */
  readonly seconds: number
  readonly ratio: number
  readonly kept: number
}

/** Closely, for short trips and noisy fixes; and widely, where a copy was thinned until the small changes were gone. */
const SCALES: readonly Scale[] = [
  { half: 12, smooth: 8, turn: 0.06, apartMin: 25, apartMax: 150, seconds: 4, ratio: 0.15, kept: 40 },
  { half: 30, smooth: 20, turn: 0.04, apartMin: 40, apartMax: 300, seconds: 8, ratio: 0.15, kept: 24 },
]

/** As many as are kept of one trip. */
export const LANDMARKS_MAX = SCALES.reduce((sum, { kept }) => sum + kept, 0)

/** How many of the changes after one are paired with it, and again with each of those: one that a copy lacks spoils only some. */
const PAIRED = { second: 4, third: 3 }
/** To see what comes again in one track: as many either way, or of what comes again backwards a fourth would be missed. */
const PAIRED_ALIKE = { second: 4, third: 4 }

/** Hexadecimal, each value once, in no order that says when. */
export function landmarksOf(runs: readonly Run[]): string {
  const values = SCALES.flatMap((_, at) =>
    [...new Set(valuesAt(runs, at))].sort((a, b) => a - b).slice(0, SCALES[at]!.kept),
  )
  return [...new Set(values)]
    .sort((a, b) => a - b)
    .map((value) => value.toString(16).padStart(LANDMARK_DIGITS, '0'))
    .join('')
}

/** Of what was seen closely, per mille that came up before: nobody rides twice alike. */
export function repeatsOf(runs: readonly Run[]): number {
  const values = valuesAt(runs, 0, PAIRED_ALIKE)
  return values.length === 0 ? 0 : Math.round(1000 * (1 - new Set(values).size / values.length))
}

function valuesAt(runs: readonly Run[], at: number, paired = PAIRED): number[] {
  const scale = { ...SCALES[at]!, at }
  const profiles = runs.flatMap((run) => profileOf(run, scale) ?? [])
  const least = usualSpeed(profiles.map(({ speeds }) => speeds)) * scale.turn
  return profiles.flatMap(({ speeds }) => triplesOf(changesIn(speeds, least), { ...scale, paired }))
}

/**
 * How many two trips have in common, and of how many that the shorter shows of what both were looked at for: the smallest of a long trip reach less far
 * than those of a short one, and beyond that nothing is known of it.
 */
export function inCommon(one: string, other: string): { readonly shared: number; readonly of: number } {
  const counts = SCALES.map(({ kept }, at) => {
    const [ours, theirs] = [one, other].map((text) =>
      landmarksIn(text).filter((each) => scaleOf(each) === at),
    )
    const ends = [ours!, theirs!].map((values) => (values.length < kept ? ALL : values.at(-1)!))
    const reach = ends.reduce((least, end) => (end < least ? end : least))
    const [mine, known] = [ours!, theirs!].map((values) => values.filter((each) => each <= reach))
    const shared = mine!.filter((each) => known!.includes(each)).length
    return { shared, of: Math.min(mine!.length, known!.length) }
  })
  return {
    shared: counts.reduce((sum, { shared }) => sum + shared, 0),
    of: counts.reduce((sum, each) => sum + each.of, 0),
  }
}

/** After every value. */
const ALL = 'g'

/** Its last bit says how closely was looked. */
function scaleOf(landmark: string): number {
  return Number.parseInt(landmark.at(-1)!, 16) % SCALES.length
}

/** One by one, as `landmarksOf` wrote them: the smallest first. */
export function landmarksIn(text: string): string[] {
  return Array.from({ length: text.length / LANDMARK_DIGITS }, (_, i) =>
    text.slice(i * LANDMARK_DIGITS, (i + 1) * LANDMARK_DIGITS),
  )
}

function triplesOf(
  changes: readonly Change[],
  scale: Scale & { readonly at: number; readonly paired: typeof PAIRED },
): number[] {
  const after = (start: number, most: number) => {
    const found: number[] = []
    for (let i = start + 1; i < changes.length && found.length < most; i++) {
      const apart = changes[i]!.at - changes[start]!.at
      if (apart > scale.apartMax) break
      if (apart >= scale.apartMin) found.push(i)
    }
    return found
  }
  return changes.flatMap((first, a) =>
    after(a, scale.paired.second).flatMap((b) =>
      after(b, scale.paired.third).map((c) => hashOf([first, changes[b]!, changes[c]!], scale)),
    ),
  )
}

function hashOf([a, b, c]: [Change, Change, Change], scale: Scale & { readonly at: number }): number {
  const apart = (one: Change, other: Change) => Math.round((other.at - one.at) / scale.seconds)
  const beside = (one: Change) => Math.round(Math.log(one.speed / b.speed) / scale.ratio)
  const kinds = (...rises: boolean[]) => rises.reduce((bits, isRise) => bits * 2 + Number(isRise), 0)
  // Backwards a rise is a fall.
  const forwards = [kinds(a.isRise, b.isRise, c.isRise), apart(a, b), apart(b, c), beside(a), beside(c)]
  const backwards = [kinds(!c.isRise, !b.isRise, !a.isRise), apart(b, c), apart(a, b), beside(c), beside(a)]
  const hash = Math.min(mixed([scale.at, ...forwards]), mixed([scale.at, ...backwards]))
  return hash - (hash % SCALES.length) + scale.at
}
