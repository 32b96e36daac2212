// Landmarks that no change of tempo alters, for a copy whose clock runs faster or slower. Of four changes of pace that follow each other: when the
// second and third came, as shares of the way in time from the first to the last, and how fast at each beside the one before. The smaller of forwards and
// backwards is hashed; beside the hash stands how long the four took, for a copy is slower by the same share everywhere, and chance is not.
import { type Change, changesIn, mixed, usualSpeed } from './pace-changes.ts'
import { type Run, type Seconds, secondsOf, speedsOf } from './speed-profile.ts'

/** Hexadecimal digits of the hash, and of how long. */
const DIGITS = { hash: 5, span: 2 }

export const TEMPO_DIGITS = DIGITS.hash + DIGITS.span

interface Scale {
  /** Of the chord, in seconds, each about a ninth wider: a copy at another tempo is alike at another of them. */
  readonly halves: readonly number[]
  /** How large a change is one, as a share of the usual pace by the closest. */
  readonly turn: number
  /** In halves of the chord: the least and the most from one to the next. */
  readonly apart: { readonly least: number; readonly most: number }
  /** How many of the changes after one are taken with it, after each of those, and so on. */
  readonly paired: readonly number[]
  /** Shares of the time, and of speeds, within which two are taken to be the same. */
  readonly share: number
  readonly ratio: number
  readonly kept: number
}

/** Closely, for short and cut ones; and widely, where noise or thinning took the small changes, and more exactly: hills are the same for all. */
const SCALES: readonly Scale[] = [
  {
    ...{ halves: [8, 9, 10, 11, 12, 14, 16], turn: 0.06, apart: { least: 2, most: 8 } },
    ...{ paired: [2, 2, 2], share: 0.025, ratio: 0.15, kept: 64 },
  },
  {
    ...{ halves: [16, 18, 20, 22, 25, 28, 32], turn: 0.05, apart: { least: 2, most: 9 } },
    ...{ paired: [3, 2, 2], share: 0.012, ratio: 0.08, kept: 32 },
  },
]

/** Of the mean over the chords, beside their half. */
const SMOOTH = 2 / 3

/** As many as are kept of one trip. */
export const TEMPO_MAX = SCALES.reduce((sum, { kept }) => sum + kept, 0)

/** How long four changes took, by steps of so large a share, from so many seconds on. */
const SPAN = { step: 0.02, secondsMin: 8, max: 0xff }

/** Hexadecimal, each hash once, in no order that says when. */
export function tempoOf(runs: readonly Run[]): string {
  const all = runs.map(secondsOf)
  return SCALES.flatMap((scale, at) => smallestAt(all, { ...scale, at }))
    .sort(([one], [other]) => one - other)
    .map(([hash, span]) => hex(hash, DIGITS.hash) + hex(span, DIGITS.span))
    .join('')
}

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')

type Four = readonly [Change, Change, Change, Change]

function smallestAt(runs: readonly Seconds[], scale: Scale & { readonly at: number }): [number, number][] {
  const spans = new Map<number, number>()
  const keep = (four: Four) => {
    const [hash, span] = [hashOf(four, scale), spanOf(four)]
    const known = spans.get(hash)
    if (known === undefined || span < known) spans.set(hash, span)
  }
  const speedsBy = (half: number) =>
    runs.map((run) => speedsOf(run, { half, smooth: Math.round(half * SMOOTH) }))
  const least = usualSpeed(speedsBy(scale.halves[0]!)) * scale.turn
  for (const half of scale.halves)
    for (const speeds of speedsBy(half)) eachFour(changesIn(speeds, least), { ...scale, half }, keep)
  return [...spans].sort(([one], [other]) => one - other).slice(0, scale.kept)
}

function eachFour(
  changes: readonly Change[],
  { apart, paired, half }: Scale & { readonly half: number },
  keep: (four: Four) => void,
): void {
  const after = changes.map(({ at }, start) => {
    const found: Change[] = []
    for (let i = start + 1; i < changes.length && changes[i]!.at - at <= apart.most * half; i++)
      if (changes[i]!.at - at >= apart.least * half) found.push(changes[i]!)
    return found.slice(0, Math.max(...paired))
  })
  const placeOf = new Map(changes.map((change, i) => [change, i]))
  const next = (change: Change, nth: number) => after[placeOf.get(change)!]!.slice(0, paired[nth])
  for (const a of changes)
    for (const b of next(a, 0)) for (const c of next(b, 1)) for (const d of next(c, 2)) keep([a, b, c, d])
}

function hashOf([a, b, c, d]: Four, { share, ratio, at }: Scale & { readonly at: number }): number {
  const part = share * (d.at - a.at)
  const [ab, bc, cd] = [besideOf(a, b, ratio), besideOf(b, c, ratio), besideOf(c, d, ratio)]
  const rises = Number(a.isRise) * 8 + Number(b.isRise) * 4 + Number(c.isRise) * 2 + Number(d.isRise)
  // Backwards a rise is a fall.
  const falls = Number(!d.isRise) * 8 + Number(!c.isRise) * 4 + Number(!b.isRise) * 2 + Number(!a.isRise)
  const [second, third] = [Math.floor((b.at - a.at) / part), Math.floor((c.at - a.at) / part)]
  const [last, lastButOne] = [Math.floor((d.at - c.at) / part), Math.floor((d.at - b.at) / part)]
  const forwards = mixed([at, rises, second, third, ab, bc, cd])
  const backwards = mixed([at, falls, last, lastButOne, -cd, -bc, -ab])
  const hash = Math.min(forwards, backwards) >>> 4
  return hash - (hash % SCALES.length) + at
}

/** How fast beside the one before. */
function besideOf(before: Change, after: Change, ratio: number): number {
  return Math.round(Math.log(after.speed / before.speed) / ratio)
}

function spanOf([a, , , d]: Four): number {
  const steps = Math.round(Math.log((d.at - a.at) / SPAN.secondsMin) / SPAN.step)
  return Math.min(SPAN.max, Math.max(0, steps))
}

/** Steps of the span by which two differ, for all that one copy shares: rounding of both, and a clock that is told in seconds. */
const ALIKE_STEPS = 2
/** Twice as fast, and half: who makes more of a ride made another. */
const STEPS_MAX = 35

/** What two trips have in common at one tempo, closely and widely, and of how many; see inCommon. */
export function inCommonAtATempo(
  one: string,
  other: string,
): { readonly shared: number; readonly of: number }[] {
  const [ours, theirs] = [marksIn(one), marksIn(other)]
  return SCALES.map(({ kept }, at) => {
    const [mine, known] = [ours, theirs].map((marks) =>
      marks.filter(({ hash }) => hash % SCALES.length === at),
    )
    const reach = Math.min(...[mine!, known!].map((m) => (m.length < kept ? Infinity : m.at(-1)!.hash)))
    const spans = new Map(known!.map(({ hash, span }) => [hash, span]))
    const steps = mine!.flatMap(({ hash, span }) => (spans.has(hash) ? [spans.get(hash)! - span] : []))
    const count = (marks: readonly Mark[]) => marks.filter(({ hash }) => hash <= reach).length
    return { shared: mostAlike(steps), of: Math.min(count(mine!), count(known!)) }
  })
}

/** As many as one tempo explains. */
function mostAlike(steps: readonly number[]): number {
  const possible = steps.filter((step) => Math.abs(step) <= STEPS_MAX)
  return possible.reduce((most, from) => {
    const alike = possible.filter((step) => step >= from && step <= from + ALIKE_STEPS).length
    return Math.max(most, alike)
  }, 0)
}

interface Mark {
  readonly hash: number
  readonly span: number
}

function marksIn(text: string): Mark[] {
  return Array.from({ length: text.length / TEMPO_DIGITS }, (_, i) => {
    const value = text.slice(i * TEMPO_DIGITS, (i + 1) * TEMPO_DIGITS)
    return {
      hash: Number.parseInt(value.slice(0, DIGITS.hash), 16),
      span: Number.parseInt(value.slice(DIGITS.hash), 16),
    }
  })
}

/** By which a copy at any tempo is looked up: mostly what was seen closely, for a short copy has nothing else. */
const KEYS = [24, 8]

/** The smallest hashes, each by itself. */
export function tempoKeysIn(text: string): string[] {
  const marks = marksIn(text)
  return SCALES.flatMap((_, at) =>
    marks.filter(({ hash }) => hash % SCALES.length === at).slice(0, KEYS[at]),
  ).map(({ hash }) => hex(hash, DIGITS.hash))
}
